"""The head of every core file: which version it is, and which file of the standard describes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from schema_core.upgrade.generations import SOURCES, VERSIONS, described_by
from schema_core.upgrade.steps import step

if TYPE_CHECKING:
    from schema_core.upgrade.generations import Target
    from schema_core.upgrade.steps import Log
    from schema_core.upgrade.walk import Place

_CORE: Final = "DataCoreModel"


def _kind(place: Place) -> str:
    """The kind of a core file; a lab's own class counts as what it extends."""
    for base in place.cls.__mro__:
        kind = re.sub(r"(?<!^)(?=[A-Z])", "_", base.__name__).lower()
        if kind in VERSIONS["2.9"]:
            return kind
    raise TypeError(f"{place.cls.__name__} is no core file of the standard")


def _headed(place: Place, log: Log, target: Target, *, stays: bool = False) -> None:
    kind = _kind(place)
    version, given = VERSIONS[target][kind], place.values.get("schema_version")
    if given != version and not (stays and "schema_version" not in place.values):
        place.values["schema_version"] = version
        log.changed(
            place.at("schema_version"), f"{given or 'none'} → {version}", f"the version of {kind} files in {target}"
        )
    described = place.values.get("describedBy")
    if isinstance(described, str) and any(source in described for name, source in SOURCES.items() if name != target):
        place.values["describedBy"] = described_by(kind, target)
        log.changed(place.at("describedBy"), described_by(kind, target), f"the file that describes it in {target}")


@step("older", _CORE)
def head_of_standard(place: Place, log: Log) -> None:
    """Any version 2 is read as the newest of them, and so is none at all."""
    _headed(place, log, "2.9", stays=True)


@step("forward", _CORE)
def head_of_successor(place: Place, log: Log) -> None:
    """The successor counts from 3.0 and lives in another repository."""
    _headed(place, log, "3.0")


@step("backward", _CORE)
def head_back(place: Place, log: Log) -> None:
    """Back to the versions of 2.9."""
    _headed(place, log, "2.9")
