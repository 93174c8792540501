"""The coordinate system field that changed its name within version 2 of the standard."""

from typing import Any

from schema_core.base import DataModel
from schema_core.rules.registration import prepares
from schema_core.rules.warned import warn

OLD = "coordinate_system"
OLD_SYSTEM = "Older name of {}_coordinate_system"


def renamed_system(cls: type[DataModel], name: str) -> None:
    """Let a class read `coordinate_system` as its newer field, when only the older is given."""

    def copy_old_system(values: dict[str, Any]) -> dict[str, Any]:
        if OLD not in values or name in values:
            return values
        warn(
            f"{cls.__name__}.{OLD} is the older name of {name}: give {name}",
            code="field-renamed",
            about=values,
            at=OLD,
            category=DeprecationWarning,
        )
        return {**values, name: values[OLD]}

    prepares(cls)(copy_old_system)
