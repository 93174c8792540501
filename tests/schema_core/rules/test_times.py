"""Marked times against the span of an acquisition."""

from __future__ import annotations

import datetime as dt

import pytest

from schema_core import load
from schema_core.core.acquisition import Acquisition
from schema_core.core.model import ModelTraining
from schema_core.core.processing import DataProcess, Processing
from schema_core.rules.times import OVERLOOKED, SEEN, Span, TimeValidation, misplaced
from schema_core.utils.validators import recursive_time_validation_check
from tests.schema_core import samples

HOUR = dt.timedelta(hours=1)
START = dt.datetime(2024, 3, 10, 10, tzinfo=dt.timezone(-8 * HOUR))
DURING = Span(START, START + HOUR)
BEFORE, AFTER = START - HOUR, START + 2 * HOUR


def found(node, **options):
    return [(one.at, one.end) for one in misplaced(node, DURING, **options)]


def acquisition(start, end):
    times = {"stream_start_time": start.isoformat(), "stream_end_time": end.isoformat()}
    return Acquisition.model_validate(samples.acquisition(data_streams=[samples.data_stream(**times)]))


@pytest.mark.filterwarnings("ignore")
def test_the_ends_of_the_acquisition_belong_to_it():
    assert found(acquisition(START, START + HOUR)) == []
    assert found(acquisition(BEFORE, AFTER)) == [
        ("data_streams.0.stream_start_time", False),
        ("data_streams.0.stream_end_time", True),
    ]


@pytest.mark.parametrize(("start", "expected"), [(START, [False]), (START + HOUR, []), (BEFORE, [False])])
def test_a_process_begins_after_the_beginning(start, expected):
    node = load(samples.processing(samples.process(start_date_time=start.isoformat())))
    assert [end for _, end in found(node)] == expected


@pytest.mark.parametrize(
    ("zone", "expected"), [(dt.timezone(-8 * HOUR), []), (dt.timezone(-20 * HOUR), ["subject_details.date_of_birth"])]
)
def test_a_day_is_its_midnight_where_the_acquisition_was(zone, expected):
    start = dt.datetime(2024, 3, 9, 23, tzinfo=zone)
    born = load(samples.subject(samples.mouse(date_of_birth="2024-03-10")))
    end = dt.datetime(2024, 3, 10, 12, tzinfo=dt.UTC)
    assert [one.at for one in misplaced(born, Span(start, end))] == expected


def test_what_a_subclass_inherits_and_what_may_be_absent_is_overlooked_by_the_standard():
    assert SEEN[DataProcess].marked == (("start_date_time", TimeValidation.AFTER),)
    assert OVERLOOKED[DataProcess].marked == (("end_date_time", TimeValidation.AFTER),)
    assert SEEN[ModelTraining].marked == ()
    both = (("start_date_time", TimeValidation.AFTER), ("end_date_time", TimeValidation.AFTER))
    assert OVERLOOKED[ModelTraining].marked == both


def test_only_what_leads_to_marked_times_is_walked():
    assert SEEN[Processing].descend == ("data_processes",)
    assert set(SEEN[Acquisition].descend) == {
        "data_streams",
        "stimulus_epochs",
        "manipulations",
        "calibrations",
        "maintenance",
    }


@pytest.mark.filterwarnings("ignore")
def test_the_helper_of_the_standard_raises_for_the_first_time_that_does_not_fit():
    with pytest.raises(ValueError, match=r"data_streams\.0\.stream_start_time"):
        recursive_time_validation_check(acquisition(BEFORE, AFTER), DURING.start, DURING.end)
    recursive_time_validation_check(acquisition(START, START + HOUR), DURING.start, DURING.end)
    recursive_time_validation_check([acquisition(BEFORE, AFTER)])
    recursive_time_validation_check(None, DURING.start, DURING.end)
