"""The standard's helpers for validation, under its names."""

import datetime as dt
from typing import Any

from pydantic import BaseModel

from schema_core.asset_paths import recursive_check_paths
from schema_core.registries.time_zones import extract_timezone_from_datetime
from schema_core.rules.coordinates import Scope, scope_findings
from schema_core.rules.names import names_in
from schema_core.rules.times import Span, TimeValidation, misplaced

__all__ = [
    "AXIS_TYPES",
    "TimeValidation",
    "extract_timezone_from_datetime",
    "recursive_check_paths",
    "recursive_coord_system_check",
    "recursive_get_all_names",
    "recursive_time_validation_check",
    "subject_specimen_id_compatibility",
    "validate_creation_time_after_midnight",
]

AXIS_TYPES = ["Translation", "Rotation", "Scale"]


def subject_specimen_id_compatibility(subject_id: str, specimen_id: str) -> bool:
    """Whether a specimen's name contains that of the subject."""
    return subject_id in specimen_id


def recursive_coord_system_check(data: Any, coordinate_system_name: str | None, axis_count: int | None) -> None:
    """Raise ValueError for the first coordinates in an object that do not fit the coordinate system around them."""
    scope = Scope(coordinate_system_name if coordinate_system_name and axis_count else "")
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, BaseModel):
            for found in scope_findings(item, scope):
                raise ValueError(f"{found.at}: {found.message}")


def recursive_get_all_names(obj: Any) -> list[str]:
    """The `name` of an object and of every node inside it, outermost first."""
    return names_in(obj)


def recursive_time_validation_check(
    data: Any, acquisition_start_time: dt.datetime | None = None, acquisition_end_time: dt.datetime | None = None
) -> None:
    """Raise ValueError for the first marked time inside an object that does not fit the acquisition."""
    if acquisition_start_time and acquisition_end_time:
        for found in misplaced(data, Span.of(acquisition_start_time, acquisition_end_time)):
            raise ValueError(f"{found.at}: {found.message}")


def validate_creation_time_after_midnight(
    creation_time: dt.datetime | dt.date | None, reference_time: dt.datetime | None
) -> None:
    """Raise ValueError if a time is before the day of the reference began; a naive time is in the reference's zone."""
    if not creation_time or not reference_time:
        return
    if not isinstance(creation_time, dt.datetime):
        creation_time = dt.datetime.combine(creation_time, dt.time.min)
    if is_before_day_of(creation_time, reference_time):
        raise ValueError(
            f"Created at {_zoned(creation_time, reference_time)}, before the day of {reference_time} began"
        )


def is_before_day_of(time: dt.datetime, reference: dt.datetime) -> bool:
    """Whether a time is before the day of the reference began; a naive time is in the reference's zone."""
    return _zoned(time, reference) < reference.replace(hour=0, minute=0, second=0, microsecond=0)


def _zoned(time: dt.datetime, reference: dt.datetime) -> dt.datetime:
    return time.replace(tzinfo=reference.tzinfo) if time.tzinfo is None else time
