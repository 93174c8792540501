"""Time zones: the names of the IANA database, packaged so that every machine knows the same ones."""

import datetime as dt
from functools import cache
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from schema_core.registries.table import Table

_HOUR = 3600
_ADVICE = "give its IANA name, as in America/Los_Angeles, or whole hours from UTC"


@cache
def time_zone_names() -> frozenset[str]:
    """Every name of the IANA database, in its own spelling."""
    return frozenset(row["name"] for row in Table("time_zones", ("name",))())


class TimeZoneName(str):
    """The name of a time zone: America/Los_Angeles."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(cls._known, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "minLength": 1, "enum": sorted(time_zone_names())}

    @classmethod
    def _known(cls, name: str) -> "TimeZoneName":
        if name not in time_zone_names():
            meant = next((one for one in time_zone_names() if one.casefold() == name.strip().casefold()), None)
            advice = f"write {meant}" if meant else _ADVICE
            message = "There is no time zone {name}: {advice}"
            raise PydanticCustomError("time-zone-unknown", message, {"name": repr(name), "advice": advice})
        return cls(name)


def extract_timezone_from_datetime(dt: dt.datetime) -> int | TimeZoneName:
    """The zone of a time: its IANA name where it has one, else whole hours from UTC, rounded down.

    ValueError for a time without offset.
    """
    offset = dt.utcoffset() if hasattr(dt, "utcoffset") else None  # kept as text in a file that could not be read
    if offset is None:
        raise ValueError(f"{dt} has no offset from UTC: give it one")
    name = getattr(dt.tzinfo, "key", None)
    return TimeZoneName(name) if name in time_zone_names() else int(offset.total_seconds() // _HOUR)
