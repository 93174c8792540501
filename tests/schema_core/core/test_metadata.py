"""Records of whole data assets: what their files must tell alike, tolerance, and what is made of them."""

from __future__ import annotations

import copy
import json

import pytest
from pydantic import ValidationError

from schema_core import load, validate
from schema_core.core.metadata import CORE_FILES, Metadata, create_metadata_json
from schema_core.core.procedures import Procedures
from tests.schema_core import samples

RIG = {
    "object_type": "Instrument",
    "instrument_id": "Rig1",
    "modification_date": "2024-01-01",
    "modalities": [{"abbreviation": "behavior"}],
    "global_coordinate_system": samples.system(),
    "components": [
        {"object_type": "Device", "name": "Lickport"},
        {"object_type": "Computer", "name": "Stimulus PC"},
    ],
}
IMPLANT = {"object_type": "Device implant", "relative_position": ["Left"], "implanted_device": {"name": "Thermistor"}}
TRAINING = {"object_type": "Training protocol", "training_name": "Foraging", "start_date": "2024-02-01"}
BEADS = {"object_type": "Calibration object", "description": "beads"}
EXTERNAL = {
    "object_type": "External data stream",
    "stream_start_time": "2024-03-10T10:00:00-08:00",
    "stream_end_time": "2024-03-10T11:00:00-08:00",
    "modalities": [{"abbreviation": "behavior"}],
    "data_asset_url": "s3://elsewhere/x",
}
POWER = {
    "object_type": "Power calibration",
    "device_name": "Lickport",
    "input": [1],
    "input_unit": "percent",
    "output": [1],
    "output_unit": "milliwatt",
}
CONNECTION = {"object_type": "Connection", "source_device": "Lickport", "target_device": "Stimulus PC"}
STREAM = "acquisition.data_streams.0"
EPOCH = "acquisition.stimulus_epochs.0"


def stream(**changes):
    return samples.acquisition(data_streams=[samples.data_stream(**changes)])


def epoch(**changes):
    return samples.acquisition(stimulus_epochs=[samples.stimulus_epoch(**changes)])


def record(**changes):
    files = {
        "subject": samples.subject(),
        "data_description": samples.data_description(name="654321_2024-03-10_11-12-13"),
        "procedures": samples.procedures(IMPLANT),
        "instrument": RIG,
        "acquisition": samples.acquisition(),
    }
    return samples.metadata(**{name: file for name, file in {**files, **changes}.items() if file is not None})


def problems(document):
    return [(found.code, found.path, found.severity) for found in validate(document)]


def also(document):
    return {found.code: found.also for found in validate(document)}


def primate(born):
    return samples.subject(
        {
            "object_type": "Non human primate subject",
            "species": {"name": "Macaca mulatta"},
            "sex": "Male",
            "date_of_birth": born,
            "year_of_birth": int(born[:4]),
            "mating_status": "Unknown",
            "source": {"name": "Other"},
        }
    )


BROKEN = [
    # (what keeps the rule, what breaks it, code, path, severity)
    (
        record(acquisition=samples.acquisition(subject_details=None, specimen_id="654321_1")),
        record(acquisition=samples.acquisition(subject_details=None)),
        ("subject-details-missing", "acquisition.subject_details", "error"),
    ),
    (
        record(),
        record(acquisition=samples.acquisition(instrument_id="Rig2")),
        ("instrument-differs", "acquisition.instrument_id", "error"),
    ),
    (
        record(acquisition=epoch(active_devices=["Stimulus PC", "Rig1"])),
        record(acquisition=epoch(active_devices=["Stimulus PC", "Thermistor"])),
        ("stimulus-device-unknown", f"{EPOCH}.active_devices.1", "error"),
    ),
    (
        record(acquisition=epoch(active_devices=["Speaker"]), instrument=None),
        record(acquisition=epoch(active_devices=["Speaker"])),
        ("stimulus-device-unknown", f"{EPOCH}.active_devices.0", "error"),
    ),
    (
        record(acquisition=stream(active_devices=["Lickport", "Thermistor", "Rig1"])),
        record(acquisition=stream(active_devices=["Lickport", "Lickspout"])),
        ("device-unknown", f"{STREAM}.active_devices.1", "error"),
    ),
    (
        record(acquisition=stream(active_devices=["Thermistor"]), instrument=None),
        record(acquisition=stream(active_devices=["Thermistor"]), instrument=None, procedures=None),
        ("device-unknown", f"{STREAM}.active_devices.0", "error"),
    ),
    (
        record(acquisition=stream(active_devices=["Lickport", "Stimulus PC"], connections=[CONNECTION])),
        record(
            acquisition=stream(active_devices=["Lickport"], connections=[{**CONNECTION, "target_device": "Another PC"}])
        ),
        ("connection-device-unknown", f"{STREAM}.connections.0.target_device", "error"),
    ),
    (
        record(
            procedures=samples.procedures(subject_procedures=[TRAINING]),
            acquisition=epoch(training_protocol_name="Foraging"),
        ),
        record(acquisition=epoch(training_protocol_name="Foraging")),
        ("training-unknown", f"{EPOCH}.training_protocol_name", "warning"),
    ),
    (
        record(data_description=samples.data_description(name="654321_2024-03-10_00-00-00")),
        record(data_description=samples.data_description(name="654321_2024-03-09_23-59-59")),
        ("name-time", "data_description.name", "warning"),
    ),
    (
        record(data_description=samples.data_description(name="mine"), acquisition=None),
        record(data_description=samples.data_description(name="mine")),
        ("name-form", "data_description.name", "error"),
    ),
    (
        record(),
        record(data_description=samples.data_description(name="a_2024-03-10_11-12-13", data_level="simulated")),
        ("name-form", "data_description.name", "error"),
    ),
    # times, each against its end of the acquisition
    (
        record(acquisition=stream(stream_start_time="2024-03-10T10:00:00-08:00")),
        record(acquisition=stream(stream_start_time="2024-03-10T17:59:59+00:00")),
        ("time-of-acquisition", f"{STREAM}.stream_start_time", "error"),
    ),
    (
        record(acquisition=epoch()),
        record(acquisition=epoch(stimulus_end_time="2024-03-10T11:00:01-08:00")),
        ("time-of-acquisition", f"{EPOCH}.stimulus_end_time", "error"),
    ),
    (
        record(processing=samples.processing(samples.process(start_date_time="2024-03-10T10:00:00.1-08:00"))),
        record(processing=samples.processing(samples.process(start_date_time="2024-03-10T10:00:00-08:00"))),
        ("time-of-acquisition", "processing.data_processes.0.start_date_time", "error"),
    ),
    (
        record(subject=samples.subject(samples.mouse(date_of_birth="2024-03-10"))),
        record(subject=samples.subject(samples.mouse(date_of_birth="2024-03-11"))),
        ("time-of-acquisition", "subject.subject_details.date_of_birth", "error"),
    ),
    (
        record(subject=primate("2020-01-01")),
        record(subject=primate("2025-01-01")),
        ("portal-time-of-acquisition", "subject.subject_details.date_of_birth", "warning"),
    ),
    (
        record(processing=samples.processing(samples.process(end_date_time="2024-03-10T13:00:00-08:00"))),
        record(processing=samples.processing(samples.process(end_date_time="2024-03-10T09:00:00-08:00"))),
        ("portal-time-of-acquisition", "processing.data_processes.0.end_date_time", "warning"),
    ),
    (
        record(instrument={**RIG, "calibrations": [{**POWER, "calibration_date": "2024-01-01T00:00:00+00:00"}]}),
        record(instrument={**RIG, "calibrations": [{**POWER, "calibration_date": "2025-01-01T00:00:00+00:00"}]}),
        ("portal-time-of-acquisition", "instrument.calibrations.0.calibration_date", "warning"),
    ),
    # what the standard never compares
    (
        record(),
        record(procedures=samples.procedures(IMPLANT, subject_id="1")),
        ("portal-subject-differs", "procedures.subject_id", "warning"),
    ),
    (
        record(data_description=samples.data_description(name="654321_2024-03-10_11-12-13")),
        record(data_description=samples.data_description(name="654321_2024-03-10_11-12-14")),
        ("portal-name-differs", "data_description.name", "warning"),
    ),
    # files that call for others
    (record(), record(instrument=None), ("file-expected", "instrument", "warning")),
    (
        record(instrument=None, acquisition=samples.acquisition(data_streams=[EXTERNAL])),
        record(instrument=None, acquisition=samples.acquisition()),
        ("file-expected", "instrument", "warning"),
    ),
    (
        samples.metadata(model=samples.model(), data_description=samples.data_description()),
        samples.metadata(model=samples.model()),
        ("file-expected", "data_description", "warning"),
    ),
    (
        samples.metadata(processing=samples.processing()),
        samples.metadata(quality_control=samples.quality_control(), instrument=RIG),
        ("file-required", "subject", "error"),
    ),
    (
        record(subject=samples.subject()),
        record(subject=samples.subject(BEADS)),
        ("calibration-tag", "data_description.tags", "warning"),
    ),
]


@pytest.mark.parametrize(("kept", "broken", "expected"), BROKEN, ids=[f"{case[2][0]} {case[2][1]}" for case in BROKEN])
def test_files_are_held_against_each_other(kept, broken, expected):
    assert expected in problems(broken)
    assert expected not in problems(kept)
    assert (load(broken) is not None) if expected[2] == "warning" else True


def test_a_fitting_record_has_no_problem():
    assert problems(record(acquisition=stream(active_devices=["Lickport"]))) == []


@pytest.mark.parametrize(
    ("broken", "code", "expected"),
    [
        (record(acquisition=samples.acquisition(instrument_id="x")), "instrument-differs", "instrument.instrument_id"),
        (record(acquisition=epoch(active_devices=["x"])), "stimulus-device-unknown", "instrument.components"),
        (record(acquisition=epoch(training_protocol_name="x")), "training-unknown", "procedures.subject_procedures"),
        (
            record(processing=samples.processing(samples.process(start_date_time="2020-01-01T00:00:00+00:00"))),
            "time-of-acquisition",
            "acquisition.acquisition_start_time",
        ),
        (
            record(subject=samples.subject(samples.mouse(date_of_birth="2025-01-01"))),
            "time-of-acquisition",
            "acquisition.acquisition_end_time",
        ),
    ],
)
def test_a_problem_between_files_names_both_places(broken, code, expected):
    assert also(broken)[code] == (expected,)


def test_an_unknown_device_names_the_files_that_could_have_it():
    unknown = stream(active_devices=["Lickprot"])
    assert also(record(acquisition=unknown))["device-unknown"] == (
        "instrument.components",
        "procedures.subject_procedures",
    )
    assert also(record(acquisition=unknown, procedures=None))["device-unknown"] == ("instrument.components",)
    assert also(record(acquisition=unknown, procedures=None, instrument=None))["device-unknown"] == ("instrument",)
    (message,) = [found.message for found in validate(record(acquisition=unknown)) if found.code == "device-unknown"]
    assert "did you mean 'Lickport'?" in message


def test_every_device_that_is_not_there_is_told():
    unknown = stream(active_devices=["A", "Lickport", "B"], connections=[{**CONNECTION, "source_device": "C"}])
    assert [path for code, path, _ in problems(record(acquisition=unknown)) if code.endswith("device-unknown")] == [
        f"{STREAM}.active_devices.0",
        f"{STREAM}.active_devices.2",
        f"{STREAM}.connections.0.source_device",
    ]


def test_a_time_within_the_acquisition_is_told_once():
    found = problems(record(acquisition=stream(stream_end_time="2024-03-10T12:00:00-08:00")))
    assert found == [("time-of-acquisition", f"{STREAM}.stream_end_time", "error")]


@pytest.mark.parametrize("modality", ["SPIM", "ecephys"])
def test_an_injection_made_in_code_says_what_was_injected(modality):
    injected = load(samples.procedures(samples.brain_injection()))
    described = load(samples.data_description(modalities=[{"abbreviation": modality}]))
    plain = load(samples.data_description(modalities=[{"abbreviation": "pophys"}]))

    def made(description):
        return Metadata(
            name="a", location="b", subject=load(samples.subject()), data_description=description, procedures=injected
        )

    with pytest.warns(UserWarning, match="is missing"):
        assert made(described).procedures is injected
    injected.subject_procedures[0].procedures[0].injection_materials = None
    with pytest.warns(UserWarning, match="is missing"), pytest.raises(ValidationError) as error:
        made(described)
    assert [found["type"] for found in error.value.errors()] == ["injection-materials"]
    with pytest.warns(UserWarning, match="is missing"):
        assert made(plain).procedures is injected


def test_a_calibration_object_is_tagged():
    beads = load(record(subject=samples.subject(BEADS)))
    assert beads.data_description.tags == ["calibration"]
    tagged = record(
        subject=samples.subject(BEADS),
        data_description=samples.data_description(tags=["x", "calibration"], name="654321_2024-03-10_11-12-13"),
    )
    assert load(tagged).data_description.tags == ["x", "calibration"]


PARTLY_READ = [
    # a part that cannot be read, and what is still told of the rest
    ({"instrument": {**RIG, "components": [{"object_type": "Device"}]}}, {"missing", "instrument-differs"}),
    ({"instrument": {**RIG, "modification_date": "x"}}, {"date", "instrument-differs", "device-unknown"}),
    ({"procedures": {"subject_procedures": 5}}, {"missing", "list", "instrument-differs"}),
    ({"data_description": {"name": 5}}, {"missing", "text", "instrument-differs", "device-unknown"}),
]


@pytest.mark.parametrize(("changes", "expected"), PARTLY_READ)
def test_what_can_be_read_of_broken_files_is_still_held_against_each_other(changes, expected):
    acquisition = {**stream(active_devices=["Nothing"]), "instrument_id": "Rig2"}
    assert {code for code, _, _ in problems(record(acquisition=acquisition, **changes))} == expected


def test_the_readable_streams_of_a_broken_acquisition_are_judged():
    streams = [{"object_type": "Data stream"}, samples.data_stream(active_devices=["Nothing"]), 5]
    found = problems(record(acquisition=samples.acquisition(data_streams=streams)))
    assert ("device-unknown", "acquisition.data_streams.1.active_devices.0", "error") in found


NONSENSE = [{}, {"object_type": "x"}, dict.fromkeys(("data_streams", "components", "metrics", "data_processes"), 5)]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", [name for name in CORE_FILES if name != "acquisition"])
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_a_record_keeps_a_broken_file_and_says_so_but_strict_judging_refuses_it(name, nonsense, caplog):
    document = samples.metadata(**{"subject": samples.subject(), name: nonsense})
    assert getattr(Metadata.model_validate(document), name) is not None
    assert f"{name} is kept" in caplog.text
    assert any(found.path.startswith(name) and found.severity != "warning" for found in validate(document))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("broken", [{"components": [{}]}, {"components": 5}, {"modalities": 5}])
def test_a_broken_instrument_is_kept_beside_an_acquisition(broken):
    instrument = {**RIG, **broken}
    kept = Metadata.model_validate(record(instrument=instrument))
    assert kept.instrument.components == instrument["components"]
    assert kept.instrument.instrument_id == "Rig1"


@pytest.mark.filterwarnings("ignore")
def test_a_broken_acquisition_is_refused_for_want_of_subject_details():
    with pytest.raises(ValidationError, match="subject_details"):
        Metadata.model_validate(samples.metadata(subject=samples.subject(), acquisition={}))


@pytest.mark.filterwarnings("ignore")
def test_a_broken_acquisition_is_kept_only_if_it_says_its_zone():
    broken = samples.acquisition(subject_details=None, specimen_id="654321_1", manipulations=5)
    with pytest.raises(ValidationError, match="offset"):
        Metadata.model_validate(samples.metadata(subject=samples.subject(), acquisition=broken))
    kept = samples.metadata(subject=samples.subject(), acquisition={**broken, "acquisition_start_tz": -8})
    assert Metadata.model_validate(kept).acquisition.manipulations == 5


@pytest.mark.filterwarnings("ignore")
def test_what_is_no_object_is_refused_as_a_core_file():
    with pytest.raises(ValidationError):
        Metadata.model_validate(samples.metadata(subject=samples.subject(), instrument=[]))


def files_of(document):
    return {name: copy.deepcopy(document[name]) for name in CORE_FILES if name in document}


def test_a_record_is_made_of_files():
    made = create_metadata_json("a", "b", {**files_of(record()), "model": None, "stranger": {}}, {"DANDI": ["1"]})
    assert made == json.loads(
        load({**record(), "name": "a", "location": "b", "other_identifiers": {"DANDI": ["1"]}}).model_dump_json()
    )
    assert list(made) == list(Metadata.model_fields)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("subject", {"subject_id": "1"}),
        ("data_description", {"name": "x"}),
        ("procedures", {"global_coordinate_system": {"name": "x"}}),
        ("instrument", {}),
        ("acquisition", {"data_streams": [{}]}),
        ("processing", {"data_processes": [{}]}),
        ("quality_control", {"metrics": [{}]}),
        ("acquisition", {"instrument_id": "another"}),
    ],
)
def test_files_that_defy_judging_are_joined_as_they_are(name, broken):
    files = {**files_of(record()), name: broken}
    made = create_metadata_json("a", "b", files)
    assert {key: value for key, value in made.items() if value is not None and key in CORE_FILES} == files
    assert (made["name"], made["location"], made["model"]) == ("a", "b", None)


def test_a_broken_file_that_can_be_judged_is_joined_with_its_defaults():
    made = create_metadata_json("a", "b", {**files_of(record()), "model": {"name": "x"}})
    assert (made["model"]["name"], made["model"]["evaluations"], made["subject"]["notes"]) == ("x", [], None)


@pytest.mark.filterwarnings("ignore")
def test_derived_records_add_up_what_was_done(tmp_path):
    def source(name, status):
        return load(
            record(
                processing=samples.processing(samples.process(name=name)),
                quality_control=samples.quality_control(samples.metric(status)),
            )
        )

    new = load(samples.processing(samples.process(name="new", start_date_time="2024-05-01T00:00:00+00:00")))
    quality = load(samples.quality_control(samples.metric()))
    derived = Metadata.from_metadata([source("a", "Pass"), source("b", "Fail")], "sorted", "x", new, quality)
    assert derived.processing.process_names == ["a", "b", "new"]
    assert len(derived.quality_control.metrics) == 3
    assert derived.quality_control.status["ecephys"] == "Fail"
    assert derived.instrument.instrument_id == "Rig1"
    derived.write_standard_files(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(CORE_FILES) - {"model"}


@pytest.mark.filterwarnings("ignore")
def test_records_of_two_acquisitions_keep_only_what_is_new():
    later = record(
        data_description=samples.data_description(name="654321_2024-04-10_11-12-13"),
        processing=samples.processing(),
    )
    derived = Metadata.from_metadata([load(record()), load(later)], "map", "x")
    assert (derived.instrument, derived.acquisition, derived.processing) == (None, None, None)
    assert isinstance(derived.procedures, Procedures)
