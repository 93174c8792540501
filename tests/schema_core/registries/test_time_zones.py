"""Names of time zones."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from schema_core.registries.time_zones import TimeZoneName, extract_timezone_from_datetime, time_zone_names
from schema_core.utils import validators

ZONE: TypeAdapter[Any] = TypeAdapter(TimeZoneName)
NOON = dt.datetime.fromisoformat("2024-03-10T12:00")


@pytest.mark.parametrize("name", ["America/Los_Angeles", "UTC", "Etc/GMT+8", "Asia/Kolkata"])
def test_names_of_the_iana_database_are_known(name):
    assert ZONE.validate_python(name) == name
    assert isinstance(ZONE.validate_python(name), TimeZoneName)


@pytest.mark.parametrize("name", ["america/los_angeles", "PDT", "", "localtime", "posixrules", " UTC"])
def test_other_names_are_refused(name):
    with pytest.raises(ValidationError):
        ZONE.validate_python(name)


@pytest.mark.parametrize(("name", "advice"), [(" america/los_angeles", "write America/Los_Angeles"), ("", "IANA name")])
def test_a_refused_name_hears_of_the_right_one(name, advice):
    with pytest.raises(ValidationError, match=advice):
        ZONE.validate_python(name)


def test_this_machine_has_the_clock_of_every_name_but_few():
    """A machine's own database may be older than the packaged one."""
    assert len(time_zone_names()) > 590
    assert len(time_zone_names() - zoneinfo.available_timezones()) < 10


@pytest.mark.peer
def test_the_names_are_the_peers(peer):
    code = "from pydantic_extra_types.timezone_name import TimeZoneName; result = sorted(TimeZoneName.allowed_values)"
    assert set(peer.run(code)) - {"localtime", "posixrules"} == time_zone_names()


def test_forms_and_schemas_list_the_names():
    schema = ZONE.json_schema()
    assert schema["type"] == "string"
    assert schema["enum"] == sorted(time_zone_names())


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (dt.UTC, 0),
        (dt.timezone(dt.timedelta(hours=-7)), -7),
        (dt.timezone(dt.timedelta(hours=5, minutes=30)), 5),
        (dt.timezone(-dt.timedelta(hours=3, minutes=30)), -4),
        (zoneinfo.ZoneInfo("America/Los_Angeles"), "America/Los_Angeles"),
    ],
)
def test_the_zone_of_a_time(zone, expected):
    assert extract_timezone_from_datetime(NOON.replace(tzinfo=zone)) == expected
    assert validators.extract_timezone_from_datetime is extract_timezone_from_datetime


def test_a_time_without_offset_has_no_zone():
    with pytest.raises(ValueError, match="no offset"):
        extract_timezone_from_datetime(NOON)


def test_a_zone_that_only_this_machine_names_counts_in_hours():
    class Here(dt.tzinfo):
        key = "localtime"

        def utcoffset(self, _moment):
            return dt.timedelta(hours=-8)

    assert extract_timezone_from_datetime(NOON.replace(tzinfo=Here())) == -8
