"""Acquisitions: each rule kept and broken, time zones, sums."""

from __future__ import annotations

import datetime as dt
import json
import logging
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from schema_core import load, validate
from schema_core.components.configs import (
    AirPuffConfig,
    LaserConfig,
    PatchCordConfig,
)
from schema_core.core.acquisition import (
    CONFIG_REQUIREMENTS,
    SPECIMEN_MODALITIES,
    Acquisition,
    AcquisitionSubjectDetails,
    DataStream,
    ExternalDataStream,
    Manipulation,
    StimulusEpoch,
)
from tests.schema_core import samples

CODE = {"url": "https://example.org/a", "version": "1"}
EXTERNAL = {
    "object_type": "External data stream",
    "stream_start_time": "2024-03-10T10:00:00-08:00",
    "stream_end_time": "2024-03-10T11:00:00-08:00",
    "modalities": [{"abbreviation": "behavior"}],
}
MANIPULATOR = {
    "object_type": "Manipulator config",
    "device_name": "Manipulator",
    "local_coordinate_system": samples.system("MPM_MANIP_RFB"),
    "local_axis_positions": samples.translation(1, 2, 3),
}
LASER = {"object_type": "Laser config", "device_name": "Laser", "wavelength": 488}
CORD = {"object_type": "Patch cord config", "device_name": "Cord", "channels": []}
CHAMBER = {
    "object_type": "Sample chamber config",
    "device_name": "Chamber",
    "chamber_immersion": {"medium": "water", "refractive_index": 1.33},
}
SCAN = {
    "object_type": "MRI scan",
    "device_name": "Magnet",
    "index": 1,
    "setup": True,
    "pulse_sequence_type": "RARE",
    "mr_acquisition_type": "3D",
    "echo_time": 3,
    "repetition_time": 100,
    "subject_position": "Supine",
}
CALIBRATION = {
    "object_type": "Calibration",
    "device_name": "Laser",
    "calibration_date": "2024-03-09T10:00:00-08:00",
    "description": "x",
    "input": [1],
    "input_unit": "percent",
    "output": [2],
    "output_unit": "milliwatt",
}
MAINTENANCE = {"device_name": "Laser", "maintenance_date": "2024-03-09T10:00:00-08:00", "description": "cleaned"}
MANIPULATION = {"start_time": "2024-03-10T10:10:00-08:00", "end_time": "2024-03-10T10:20:00-08:00"}
EARLY, LATE = "2024-03-10T09:59:59-08:00", "2024-03-10T11:00:01-08:00"


def found(document):
    return [(problem.code, problem.path, problem.severity) for problem in validate(document)]


def recorded(abbreviation, *configurations, **changes):
    """An acquisition of one modality with these configurations."""
    stream = samples.data_stream(modalities=[{"abbreviation": abbreviation}], configurations=list(configurations))
    return samples.acquisition(data_streams=[stream], **changes)


def lacking(abbreviation, *configurations, **changes):
    document = recorded(abbreviation, *configurations, **changes)
    return [path for _, path, severity in found(document) if severity != "warning"]


def test_a_plain_acquisition_is_valid():
    assert found(samples.acquisition()) == []


# specimens and instruments

CASES = [
    (samples.acquisition(specimen_id="654321_001"), []),
    (samples.acquisition(specimen_id=""), []),
    (samples.acquisition(specimen_id=["a654321", "654321"]), []),
    (samples.acquisition(specimen_id="65432"), [("specimen-of-subject", "specimen_id", "error")]),
    (
        samples.acquisition(specimen_id=["654321_1", "x", ""]),
        [("specimen-of-subject", "specimen_id.1", "error"), ("specimen-of-subject", "specimen_id.2", "error")],
    ),
    (samples.acquisition(instrument_id=None), [("instrument-unnamed", "instrument_id", "error")]),
    (samples.acquisition(instrument_id=""), [("instrument-unnamed", "instrument_id", "error")]),
    (samples.acquisition(instrument_id=None, data_streams=[EXTERNAL]), []),
    (samples.acquisition(instrument_id=None, data_streams=[]), []),
    (recorded("confocal", specimen_id="654321_001"), []),
    (recorded("confocal"), [("specimen-missing", "specimen_id", "error")]),
    (recorded("confocal", specimen_id=[]), [("specimen-missing", "specimen_id", "error")]),
    (
        samples.acquisition(data_streams=[{**EXTERNAL, "modalities": [{"abbreviation": "SPIM"}]}]),
        [("specimen-missing", "specimen_id", "error")],
    ),
    # connections
    (
        samples.acquisition(
            data_streams=[
                samples.data_stream(
                    active_devices=["A", "B"], connections=[{"source_device": "A", "target_device": "B"}]
                )
            ]
        ),
        [],
    ),
    (
        samples.acquisition(
            data_streams=[
                samples.data_stream(active_devices=["A"], connections=[{"source_device": "C", "target_device": "B"}])
            ]
        ),
        [
            ("connection-inactive", "data_streams.0.connections.0.source_device", "error"),
            ("connection-inactive", "data_streams.0.connections.0.target_device", "error"),
        ],
    ),
    # units
    (
        samples.acquisition(stimulus_epochs=[samples.stimulus_epoch(performance_metrics={"trials_total": 5})]),
        [],
    ),
    (
        samples.acquisition(
            stimulus_epochs=[samples.stimulus_epoch(performance_metrics={"reward_consumed_during_epoch": 5})]
        ),
        [("unit-missing", "stimulus_epochs.0.performance_metrics.reward_consumed_unit", "error")],
    ),
    (
        samples.acquisition(subject_details={"mouse_platform_name": "Wheel", "reward_consumed_total": "1.5"}),
        [("unit-missing", "subject_details.reward_consumed_unit", "error")],
    ),
    # the older name
    (
        samples.acquisition(coordinate_system=samples.system()),
        [("field-renamed", "coordinate_system", "warning")],
    ),
    (samples.acquisition(coordinate_system=samples.system(), global_coordinate_system=samples.system("SPIM_RPI")), []),
]


@pytest.mark.parametrize(("document", "expected"), CASES)
def test_each_rule_says_what_is_wrong_at_its_place(document, expected):
    assert found(document) == expected


# what a modality needs


def test_the_standards_constants():
    assert SPECIMEN_MODALITIES == ["SPIM", "confocal"]
    assert list(CONFIG_REQUIREMENTS) == ["ecephys", "fib", "pophys", "MRI", "SPIM", "slap2"]
    assert CONFIG_REQUIREMENTS["fib"][1][0] is PatchCordConfig


@pytest.mark.parametrize(
    ("abbreviation", "configurations"),
    [
        ("behavior", []),
        ("ecephys", [MANIPULATOR]),
        ("fib", [LASER, CORD]),
        ("pophys", [samples.imaging()]),
        ("slap2", [samples.imaging()]),
        ("MRI", [SCAN]),
    ],
)
def test_a_modality_with_its_configurations(abbreviation, configurations):
    assert lacking(abbreviation, *configurations) == []


@pytest.mark.parametrize(
    ("abbreviation", "configurations", "groups"),
    [
        ("ecephys", [LASER], 1),
        ("fib", [], 2),
        ("fib", [LASER], 1),
        ("fib", [CORD], 1),
        ("pophys", [CHAMBER], 1),
        ("slap2", [], 1),
        ("MRI", [], 1),
    ],
)
def test_a_modality_without_its_configurations(abbreviation, configurations, groups):
    assert lacking(abbreviation, *configurations) == ["data_streams.0.configurations"] * groups


def test_light_sheets_need_both_microscope_and_chamber():
    assert lacking("SPIM", samples.imaging(), CHAMBER, specimen_id="654321") == []
    assert lacking("SPIM", CHAMBER, specimen_id="654321") == ["data_streams.0.configurations"]


def test_a_laser_inside_a_channel_does_not_count():
    cord = {**CORD, "channels": [samples.channel(light_sources=[LASER])]}
    assert lacking("fib", cord) == ["data_streams.0.configurations"]


def test_a_rule_speaks_although_another_field_is_broken():
    document = recorded("pophys", acquisition_end_time="late")
    document["data_streams"][0]["stream_end_time"] = 5.5e30
    assert ("stream-configuration", "data_streams.0.configurations", "error") in found(document)


@pytest.mark.parametrize("configuration", [AirPuffConfig, LaserConfig])
def test_streams_and_epochs_take_their_own_configurations(configuration):
    puff = {"object_type": "Air puff config", "device_name": "Puff", "relative_position": ["Left"]}
    document = puff if configuration is AirPuffConfig else LASER
    epoch = samples.acquisition(stimulus_epochs=[samples.stimulus_epoch(configurations=[document])])
    assert found(recorded("behavior", document)) == []
    path = "stimulus_epochs.0.configurations.0"
    assert found(epoch) == ([("kind-unknown", path, "error")] if configuration is AirPuffConfig else [])


# time zones


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("-07:00", -7),
        ("+05:30", 5),
        ("-05:30", -6),
        ("05:30", 5),
        ("America/Los_Angeles", "America/Los_Angeles"),
        ("7", 7),
        (-3, -3),
        (3.0, 3),
        (None, -8),
    ],
)
def test_zones_are_read_as_the_standard_reads_them(given, expected):
    made = load(samples.acquisition(acquisition_start_tz=given))
    assert made.acquisition_start_tz == expected
    if isinstance(given, str) and ":" in given:
        assert Acquisition.coerce_fixed_offset_tz_string(given) == expected
    assert json.loads(made.model_dump_json())["acquisition_start_tz"] == expected


@pytest.mark.parametrize("given", ["america/los_angeles", "PST", "", "localtime", 1.5, [], "-7:00"])
def test_other_zones_are_errors(given):
    problems = [path for _, path, _ in found(samples.acquisition(acquisition_start_tz=given))]
    assert problems == ["acquisition_start_tz"]


def test_a_zone_that_is_no_name_hears_of_names_and_hours():
    (problem,) = validate(samples.acquisition(acquisition_start_tz="PST"))
    assert problem.code == "time-zone-unknown"
    (problem,) = validate(samples.acquisition(acquisition_start_tz=1.5))
    assert problem.message == "Expected a whole number or the name of a time zone, got 1.5"


@pytest.mark.parametrize(("given", "warned"), [(-12, False), (14, False), (-13, True), (15, True), ("-0700", True)])
def test_hours_that_no_clock_has_are_a_warning(given, warned):
    expected = [("portal-zone-offset", "acquisition_start_tz", "warning")] if warned else []
    assert found(samples.acquisition(acquisition_start_tz=given)) == expected


def acquired(**changes):
    return load(samples.acquisition(**changes))


def test_a_named_zone_of_the_start_is_kept():
    start = dt.datetime(2024, 3, 10, 10, tzinfo=ZoneInfo("America/Los_Angeles"))
    made = Acquisition.model_validate(samples.acquisition(acquisition_start_time=start))
    assert made.acquisition_start_tz == "America/Los_Angeles"
    assert made.acquisition_start_time_local == start


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        ("Asia/Kolkata", "2024-03-10T23:30:00+05:30"),
        (-5, "2024-03-10T13:00:00-05:00"),
        (None, "2024-03-10T10:00:00-08:00"),
    ],
)
def test_the_start_on_the_local_clock(zone, local):
    made = acquired(acquisition_start_tz=zone)
    assert made.acquisition_start_time_local.isoformat() == local
    made.acquisition_start_tz = None
    assert made.acquisition_start_time_local is made.acquisition_start_time


def test_the_local_clock_of_no_place_is_an_error():
    with pytest.raises(ValueError, match="offset"):
        _ = acquired(acquisition_start_tz=99).acquisition_start_time_local


# times: the standard does not compare them here, we warn

ENDS = [
    ({"acquisition_end_time": EARLY}, "acquisition_end_time"),
    (
        {
            "data_streams": [
                samples.data_stream(
                    stream_start_time="2024-03-10T11:00:00-08:00", stream_end_time="2024-03-10T10:59:59-08:00"
                )
            ]
        },
        "data_streams.0.stream_end_time",
    ),
    (
        {
            "data_streams": [
                {
                    **EXTERNAL,
                    "stream_start_time": "2024-03-10T11:00:00-08:00",
                    "stream_end_time": "2024-03-10T10:59:59-08:00",
                }
            ]
        },
        "data_streams.0.stream_end_time",
    ),
    (
        {"stimulus_epochs": [samples.stimulus_epoch(stimulus_end_time="2024-03-10T10:09:59-08:00")]},
        "stimulus_epochs.0.stimulus_end_time",
    ),
    ({"manipulations": [{**MANIPULATION, "end_time": "2024-03-10T10:09:59-08:00"}]}, "manipulations.0.end_time"),
]


@pytest.mark.parametrize(("changes", "path"), ENDS, ids=[path for _, path in ENDS])
def test_an_end_before_its_start_is_a_warning(changes, path):
    assert found(samples.acquisition(**changes)) == [("portal-time-order", path, "warning")]


def test_an_end_at_its_start_is_none():
    assert found(samples.acquisition(manipulations=[{**MANIPULATION, "end_time": MANIPULATION["start_time"]}])) == []


OUTSIDE = [
    ({"data_streams": [samples.data_stream(stream_start_time=EARLY)]}, "data_streams.0.stream_start_time"),
    ({"data_streams": [{**EXTERNAL, "stream_end_time": LATE}]}, "data_streams.0.stream_end_time"),
    (
        {"stimulus_epochs": [samples.stimulus_epoch(stimulus_start_time=EARLY)]},
        "stimulus_epochs.0.stimulus_start_time",
    ),
    ({"manipulations": [{**MANIPULATION, "end_time": LATE}]}, "manipulations.0.end_time"),
    ({"calibrations": [{**CALIBRATION, "calibration_date": LATE}]}, "calibrations.0.calibration_date"),
    ({"maintenance": [{**MAINTENANCE, "maintenance_date": LATE}]}, "maintenance.0.maintenance_date"),
]


@pytest.mark.parametrize(("changes", "path"), OUTSIDE, ids=[path for _, path in OUTSIDE])
def test_what_does_not_fit_the_acquisition_is_a_warning(changes, path):
    assert found(samples.acquisition(**changes)) == [("portal-time-outside", path, "warning")]


def test_what_fits_the_acquisition_is_none():
    document = samples.acquisition(
        data_streams=[samples.data_stream(), EXTERNAL],
        stimulus_epochs=[samples.stimulus_epoch()],
        manipulations=[MANIPULATION],
        calibrations=[CALIBRATION],
        maintenance=[MAINTENANCE],
    )
    assert found(document) == []


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"trials_total": 5, "trials_finished": 5, "trials_rewarded": 5}, []),
        ({"trials_total": 0}, []),
        ({"trials_finished": 6, "trials_rewarded": 7}, []),
        ({"trials_total": 5, "trials_finished": 6}, ["trials_finished"]),
        ({"trials_total": 5, "trials_finished": 6, "trials_rewarded": 7}, ["trials_finished", "trials_rewarded"]),
    ],
)
def test_more_trials_than_there_were_are_a_warning(counts, expected):
    document = samples.acquisition(stimulus_epochs=[samples.stimulus_epoch(performance_metrics=counts)])
    path = "stimulus_epochs.0.performance_metrics"
    assert found(document) == [("portal-trials", f"{path}.{name}", "warning") for name in expected]


@pytest.mark.parametrize(("depth", "warned"), [(1.5, False), (-1.5, True)])
def test_an_injection_that_leads_up_is_a_warning(depth, warned):
    step = {**samples.translation(0, 0, depth), "reference_coordinate_system": "local"}
    injection = samples.brain_injection(
        coordinates=[[samples.translation(-2, 1, 0), step]], dynamics=[samples.delivery()]
    )
    document = samples.acquisition(
        global_coordinate_system=samples.system(),
        manipulations=[{**MANIPULATION, "procedures": [injection]}, {**MANIPULATION, "procedures": None}],
    )
    path = "manipulations.0.procedures.0.coordinates.0.1.translation.2"
    assert found(document) == ([("portal-depth-up", path, "warning")] if warned else [])


# sums


def joined(first, second):
    return json.loads((acquired(**first) + acquired(**second)).model_dump_json())


def test_a_sum_keeps_what_both_have():
    later = samples.data_stream(
        stream_start_time="2024-03-10T12:00:00-08:00", stream_end_time="2024-03-10T13:00:00-08:00"
    )
    made = joined(
        {
            "protocol_id": ["a"],
            "experimenters": ["Ada", "Bo"],
            "ethics_review_id": ["1"],
            "instrument_id": "b",
            "notes": "first",
            "global_coordinate_system": samples.system(),
            "calibrations": [CALIBRATION],
            "manipulations": [MANIPULATION],
            "subject_details": None,
            "data_streams": [EXTERNAL, samples.data_stream()],
        },
        {
            "protocol_id": ["a"],
            "experimenters": ["Bo", "Cy"],
            "ethics_review_id": ["1", "2"],
            "instrument_id": "a",
            "notes": "second",
            "maintenance": [MAINTENANCE],
            "stimulus_epochs": [samples.stimulus_epoch()],
            "manipulations": [{**MANIPULATION, "notes": "later"}],
            "acquisition_start_time": "2024-03-10T12:00:00-08:00",
            "acquisition_end_time": "2024-03-10T13:00:00-08:00",
            "data_streams": [later],
        },
    )
    assert made["protocol_id"] == ["a", "a"]
    assert made["experimenters"] == ["Ada", "Bo", "Cy"]
    assert made["ethics_review_id"] == ["1", "2"]
    assert made["instrument_id"] == "a_b"
    assert made["notes"] == "first\nsecond"
    assert made["global_coordinate_system"]["name"] == "BREGMA_ARI"
    assert made["coordinate_system"] is None
    assert [len(made[name]) for name in ("calibrations", "maintenance", "stimulus_epochs")] == [1, 1, 1]
    assert [one["notes"] for one in made["manipulations"]] == [None, "later"]
    assert made["subject_details"]["mouse_platform_name"] == "Wheel"
    kinds = [stream["object_type"] for stream in made["data_streams"]]
    assert kinds == ["Data stream", "Data stream", "External data stream"]
    assert made["acquisition_start_time"] == "2024-03-10T10:00:00-08:00"
    assert made["acquisition_end_time"] == "2024-03-10T13:00:00-08:00"


def test_streams_within_two_minutes_become_one():
    near = samples.data_stream(
        stream_start_time="2024-03-10T10:02:00-08:00", stream_end_time="2024-03-10T10:58:00-08:00"
    )
    far = samples.data_stream(stream_start_time="2024-03-10T10:02:01-08:00")
    assert len(joined({"subject_details": None}, {"data_streams": [near]})["data_streams"]) == 1
    assert len(joined({"subject_details": None}, {"data_streams": [far]})["data_streams"]) == 2


def test_the_zone_of_a_sum_is_that_of_the_earlier():
    early = {"acquisition_start_tz": "America/Los_Angeles", "subject_details": None}
    late = {"acquisition_start_time": "2024-03-10T10:30:00-08:00"}
    assert joined(early, late)["acquisition_start_tz"] == "America/Los_Angeles"
    assert (acquired(**late) + acquired(**early)).acquisition_start_tz == "America/Los_Angeles"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ({"subject_id": "1"}, {}, "subject_id"),
        ({"specimen_id": "654321_1"}, {}, "specimen_id"),
        ({"acquisition_type": "Rest"}, {}, "acquisition_type"),
        ({}, {}, "subject_details"),
        (
            {"global_coordinate_system": samples.system()},
            {"global_coordinate_system": samples.system("SPIM_RPI"), "subject_details": None},
            "coordinate systems differ",
        ),
    ],
)
def test_what_cannot_be_joined_is_refused(first, second, said):
    with pytest.raises(ValueError, match=said):
        _ = acquired(**first) + acquired(**second)


def test_versions_are_compared():
    other = acquired(subject_details=None).model_copy(update={"schema_version": "1.0.0"})
    with pytest.raises(ValueError, match=r"2\.5\.4 and 1\.0\.0"):
        _ = acquired() + other


def stream(**changes):
    return DataStream.model_validate(samples.data_stream(**changes))


def test_a_sum_of_streams_keeps_all_and_names_a_device_once(caplog):
    first = stream(
        active_devices=["A", "B"],
        code=[CODE],
        notes="one",
        configurations=[LASER],
        stream_start_time="2024-03-10T10:01:00-08:00",
    )
    second = stream(
        active_devices=["B", "C"],
        code=[CODE, {**CODE, "version": "2"}],
        notes="two",
        modalities=[{"abbreviation": "behavior"}, {"abbreviation": "behavior-videos"}],
        connections=[{"source_device": "B", "target_device": "C"}],
        stream_end_time="2024-03-10T11:01:00-08:00",
    )
    with caplog.at_level(logging.WARNING):
        made = json.loads((first + second).model_dump_json())
    assert "Both streams use B:" in caplog.text
    assert made["active_devices"] == ["A", "B", "C"]
    assert [code["version"] for code in made["code"]] == ["1", "2"]
    assert made["notes"] == "one\ntwo"
    assert [one["abbreviation"] for one in made["modalities"]] == ["behavior", "behavior-videos"]
    assert len(made["configurations"]) == len(made["connections"]) == 1
    assert made["stream_start_time"] == "2024-03-10T10:00:00-08:00"
    assert made["stream_end_time"] == "2024-03-10T11:01:00-08:00"


@pytest.mark.parametrize(("seconds", "together"), [(0, True), (120, True), (121, False)])
def test_streams_overlap_when_both_ends_are_near(seconds, together):
    start = dt.datetime.fromisoformat("2024-03-10T10:00:00-08:00") + dt.timedelta(seconds=seconds)
    other = stream(stream_start_time=start)
    assert DataStream.overlapping(stream(), other, 120) is together
    assert DataStream.overlapping(other, stream(), overlap_s=120) is together


def test_streams_that_are_apart_are_not_joined():
    with pytest.raises(ValueError, match="120 s"):
        _ = stream() + stream(stream_end_time="2024-03-10T12:00:00-08:00")


# reading and writing


@pytest.mark.parametrize(
    ("cls", "document"),
    [
        (StimulusEpoch, samples.stimulus_epoch()),
        (Manipulation, {**MANIPULATION, "procedures": [samples.brain_injection()]}),
        (ExternalDataStream, EXTERNAL),
        (AcquisitionSubjectDetails, {"mouse_platform_name": "Wheel", "animal_weight_prior": "20.10"}),
    ],
)
def test_parts_are_written_as_they_were_read(cls, document):
    made = cls.model_validate(document)
    assert cls.model_validate_json(made.model_dump_json()) == made


def test_a_stream_says_which_of_the_two_it_is():
    document = samples.acquisition(data_streams=[{key: EXTERNAL[key] for key in EXTERNAL if key != "object_type"}])
    assert found(document) == [("kind-missing", "data_streams.0", "missing")]
    assert ExternalDataStream.model_validate({**EXTERNAL, "object_type": "ExternalDataStream"}).object_type == (
        "External data stream"
    )


def test_weights_keep_their_digits():
    details = AcquisitionSubjectDetails(mouse_platform_name="Wheel", animal_weight_prior="20.10")
    assert details.model_dump(mode="json")["animal_weight_prior"] == "20.10"


def test_strangers_are_refused():
    with pytest.raises(ValidationError, match="stranger"):
        Acquisition.model_validate(samples.acquisition(stranger=1))


def test_a_matrix_of_which_only_a_part_can_be_read_is_judged_by_that_part():
    matrix = {"object_type": "Affine", "affine_transform": [[1, 0, 0], None]}
    imaging = samples.imaging(images=[samples.image(image_to_acquisition_transform=[matrix])])
    document = recorded("pophys", imaging, global_coordinate_system=samples.system())
    path = "data_streams.0.configurations.0.images.0.image_to_acquisition_transform.0.affine_transform.1"
    assert [problem.path for problem in validate(document)] == [path]
