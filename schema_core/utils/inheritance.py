"""What a derived data asset takes over from the assets it was made of."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from schema_core.core.data_description import DataDescription
from schema_core.registries.data_name_patterns import DataLevel, DataRegex, datetime_to_name_string

if TYPE_CHECKING:
    from schema_core.core.metadata import Metadata

_CARRIED = (
    "license",
    "subject_id",
    "tags",
    "institution",
    "funding_source",
    "group",
    "investigators",
    "project_name",
    "restrictions",
    "modalities",
    "data_summary",
)


def derive_data_description_from_raw(
    data_description: DataDescription, process_name: str, source_data: list[str] | None = None, **kwargs: Any
) -> DataDescription:
    """The description of data derived from raw data; keywords replace fields. ValueError for another level."""
    _demand(data_description, DataLevel.RAW)
    return _derived(data_description, str(data_description.name), process_name, source_data, kwargs)


def derive_data_description_from_derived(
    data_description: DataDescription, process_name: str, source_data: list[str] | None = None, **kwargs: Any
) -> DataDescription:
    """The description of data derived from derived data, named after the raw data at the beginning."""
    _demand(data_description, DataLevel.DERIVED)
    root = root_asset_name(data_description)
    if root is None:
        raise ValueError(f"{data_description.name!r} names no source asset: use derive_data_description_analyzed")
    return _derived(data_description, root, process_name, source_data, kwargs)


def derive_data_description(
    data_description: DataDescription, process_name: str, source_data: list[str] | None = None, **kwargs: Any
) -> DataDescription:
    """The description of data derived from these; ValueError for simulated data."""
    if data_description.data_level == DataLevel.SIMULATED:
        raise ValueError("Nothing can be derived from simulated data: its names have no fixed form")
    if data_description.data_level == DataLevel.RAW:
        return derive_data_description_from_raw(data_description, process_name, source_data, **kwargs)
    return derive_data_description_from_derived(data_description, process_name, source_data, **kwargs)


def derive_data_description_analyzed(
    data_description: DataDescription, analysis_name: str, source_data: list[str] | None = None, **kwargs: Any
) -> DataDescription:
    """The description of an analysis over several acquisitions, named after the project."""
    created = _creation_time(kwargs)
    project = kwargs.get("project_name", getattr(data_description, "project_name", None))
    name = f"{project}_{analysis_name}_{datetime_to_name_string(created)}"
    return _described(data_description, name, DataRegex.ANALYZED, created, source_data, kwargs)


def root_asset_name(data_description: DataDescription) -> str | None:
    """The name of the raw asset that everything began with; None where the name does not tell."""
    if data_description.data_level == DataLevel.RAW:
        return data_description.name
    if data_description.data_level == DataLevel.DERIVED and data_description.name:
        source = DataDescription.parse_name(data_description.name, DataLevel.DERIVED).get("input")
        return None if source is None else str(source)
    return None


def subject_ids(sources: Iterable["Metadata"]) -> set[str]:
    """The subjects that these assets are about."""
    found = (
        source.subject.subject_id if source.subject else source.data_description and source.data_description.subject_id
        for source in sources
    )
    return {subject_id for subject_id in found if subject_id}


def acquisition_names(sources: Iterable["Metadata"]) -> set[str]:
    """The raw assets that these assets began with."""
    found = (root_asset_name(source.data_description) for source in sources if source.data_description)
    return {name for name in found if name}


def _demand(data_description: DataDescription, level: DataLevel) -> None:
    if data_description.data_level != level:
        raise ValueError(f"The source must have data_level {level.value!r}, it has {data_description.data_level!r}")


def _creation_time(kwargs: dict[str, Any]) -> dt.datetime:
    given = kwargs.get("creation_time")
    if given is None:
        return dt.datetime.now(tz=dt.UTC)
    if not isinstance(given, dt.datetime):
        raise ValueError(f"creation_time must be a datetime, got {given!r}")  # noqa: TRY004 - the standard's error
    return given


def _derived(
    source: DataDescription, root: str, process_name: str, source_data: list[str] | None, kwargs: dict[str, Any]
) -> DataDescription:
    created = _creation_time(kwargs)
    name = f"{root}_{process_name}_{datetime_to_name_string(created)}"
    return _described(source, name, DataRegex.DERIVED, created, source_data or [str(source.name)], kwargs)


def _described(
    source: DataDescription,
    name: str,
    form: DataRegex,
    created: dt.datetime,
    source_data: list[str] | None,
    kwargs: dict[str, Any],
) -> DataDescription:
    if not re.match(form.value, name):
        raise ValueError(f"{name!r} has not the form of a name of derived data")
    carried = {field: kwargs.get(field, getattr(source, field, None)) for field in _CARRIED}
    for field, value in carried.items():
        if value is None and DataDescription.model_fields[field].is_required():
            raise ValueError(f"The source has no {field}: give one")
    return DataDescription(
        **carried, creation_time=created, name=name, data_level=DataLevel.DERIVED, source_data=source_data
    )
