"""The record of a derived asset, from those of its sources."""

import operator
from functools import reduce
from typing import TYPE_CHECKING, Any

from schema_core.utils import inheritance

if TYPE_CHECKING:
    from schema_core.core.data_description import DataDescription
    from schema_core.core.metadata import Metadata


def fields(
    sources: "list[Metadata]", process_name: str, new: dict[str, Any], changes: dict[str, Any]
) -> dict[str, Any]:
    """The fields of the derived record, without its location."""
    described = _description(sources, process_name, changes)
    one_subject = len(inheritance.subject_ids(sources)) == 1
    one_acquisition = len(inheritance.acquisition_names(sources)) == 1
    return {
        "name": described.name,
        "data_description": described,
        **_first(sources, ("subject", "procedures"), keep=one_subject),
        **_first(sources, ("instrument", "acquisition"), keep=one_acquisition),
        **{name: _joined(sources if one_acquisition else [], name, file) for name, file in new.items()},
    }


def _description(sources: "list[Metadata]", process_name: str, changes: dict[str, Any]) -> "DataDescription":
    if not sources:
        raise ValueError("A derived record needs at least one source")
    described = [source.data_description for source in sources if source.data_description]
    if not described:
        raise ValueError("No source has a data_description to derive from")
    names = [one.name for one in described if one.name]
    if len(inheritance.subject_ids(sources)) != 1:
        changes = {**changes, "subject_id": None}
    if len(sources) > 1 and len(inheritance.acquisition_names(sources)) != 1:
        return inheritance.derive_data_description_analyzed(described[0], process_name, names, **changes)
    return inheritance.derive_data_description(described[0], process_name, names if len(names) > 1 else None, **changes)


def _first(sources: "list[Metadata]", names: tuple[str, str], *, keep: bool) -> dict[str, Any]:
    """Two core files that belong together, from the first source that has either."""
    for source in sources if keep else []:
        found = {name: getattr(source, name) for name in names}
        if any(found.values()):
            return found
    return dict.fromkeys(names)


def _joined(sources: "list[Metadata]", name: str, new: Any) -> Any:
    """The files of all sources, in order, and then the new one."""
    files = [file for file in (*(getattr(source, name) for source in sources), new) if file]
    return reduce(operator.add, files) if files else None
