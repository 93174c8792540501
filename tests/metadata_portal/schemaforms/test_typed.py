"""Typed text becomes a value, or stays the text that it is."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metadata_portal.schemaforms import typed
from metadata_portal.schemaforms.doubts import QUANTITY, doubts

UNREADABLE = ["1,5", "NaN", "nan", "inf", "-Infinity", "1e400", "1e-999999999", "1_0", "٣", "¹", "0x10", "5 mm", "--1"]


@pytest.mark.parametrize("text", [*UNREADABLE, "9" * 5000])
@pytest.mark.parametrize("kind", [int, float])
def test_what_is_no_plain_number_stays_text(kind, text):
    assert typed.read(kind, text) == text


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (int, "7", 7),
        (int, "-7", -7),
        (int, "2.5e12", 2_500_000_000_000),
        (int, "7.0", 7),
        (int, "2.5", "2.5"),
        (float, "1.5", 1.5),
        (float, "-.5", -0.5),
        (float, "15", 15),
        (float, "2.5E12", 2.5e12),
        (Decimal, "20.10", "20.10"),
        (bool, "true", True),
        (bool, "no", False),
        (bool, "maybe", "maybe"),
        (dt.date, "2024-02-30", "2024-02-30"),
        (dt.time, "07:30", "07:30:00"),
        (str, "True", "True"),
    ],
)
def test_plain_forms_are_read(kind, text, value):
    read = typed.read(kind, text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-05-01 13:20", "2024-05-01T13:20:00-07:00"),
        ("2024-01-01T13:20:05", "2024-01-01T13:20:05-08:00"),
        ("2024-05-01T13:20:00Z", "2024-05-01T13:20:00Z"),
        ("2024-05-01 13:20+02:00", "2024-05-01T13:20:00+02:00"),
        ("2024-03-10 02:30", "2024-03-10 02:30"),
        ("2024-11-03 01:30", "2024-11-03 01:30"),
        ("2024-11-03 01:30-07:00", "2024-11-03T01:30:00-07:00"),
        ("2024-02-30 10:00", "2024-02-30 10:00"),
        ("yesterday", "yesterday"),
    ],
)
def test_times_without_offset_get_the_labs_unless_the_clock_was_changed(text, value, settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    assert typed.read(dt.datetime, text) == value


@given(st.text())
def test_nothing_typed_is_ever_refused(text):
    for kind in (str, int, float, bool, Decimal, dt.date, dt.time, dt.datetime):
        typed.read(kind, text)


def surgery(**fields):
    return {
        "object_type": "Procedures",
        "subject_id": "1",
        "subject_procedures": [{"object_type": "Surgery", **fields}],
    }


@pytest.mark.parametrize("text", UNREADABLE)
def test_numbers_that_a_parser_would_guess_are_asked_about(text):
    (found,) = doubts("procedures", surgery(animal_weight_prior=text))
    assert (found.path, found.code, found.severity) == ("subject_procedures.0.animal_weight_prior", QUANTITY, "error")


@pytest.mark.parametrize("text", ["1700000000", "20240101", "1/2/2024", "now"])
def test_dates_that_are_not_iso_are_asked_about(text):
    (found,) = doubts("procedures", surgery(start_date=text))
    assert found.path == "subject_procedures.0.start_date"


def test_times_in_a_changed_hour_are_asked_about(settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    twice = {"object_type": "Data description", "creation_time": "2024-11-03T01:30:00"}
    assert [found.path for found in doubts("data_description", twice)] == ["creation_time"]
    assert doubts("data_description", {**twice, "creation_time": "2024-11-03T01:30:00-08:00"}) == []


@pytest.mark.peer
def test_the_peers_examples_leave_no_doubts(peer_examples):
    assert [doubts(kind, json.loads(text)) for kind, text in peer_examples.values()] == [[]] * len(peer_examples)
