"""Names, derived descriptions and records, joined procedures."""

from __future__ import annotations

import datetime as dt
import logging

import pytest

from schema_core import load
from schema_core.core.data_description import DataDescription
from schema_core.core.metadata import Metadata
from schema_core.registries.data_name_patterns import DataLevel
from schema_core.utils import inheritance, merge
from tests.schema_core import samples

WHEN = dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
RAW = "654321_2024-03-10_11-12-13"


def raw(**changes):
    return load(samples.data_description(**changes))


def record(subject_id="654321", **changes):
    subject = samples.subject(subject_id=subject_id)
    described = samples.data_description(subject_id=subject_id)
    document = samples.metadata(subject=subject, data_description=described, **changes)
    return load(document)


def test_names_of_each_level_are_taken_apart():
    parse = DataDescription.parse_name
    assert parse(RAW) == {"label": "654321", "creation_time": dt.datetime(2024, 3, 10, 11, 12, 13)}  # noqa: DTZ001
    assert parse(f"{RAW}_sorted_2024-05-06_07-08-09", DataLevel.DERIVED)["process_name"] == "sorted"
    assert parse("Cells_map_2024-05-06_07-08-09", DataLevel.DERIVED)["analysis_name"] == "map"


@pytest.mark.parametrize(
    ("name", "level"), [("x", DataLevel.RAW), ("x", DataLevel.DERIVED), (RAW, DataLevel.SIMULATED)]
)
def test_other_names_are_refused(name, level):
    with pytest.raises(ValueError, match="form"):
        DataDescription.parse_name(name, level)


def test_derived_data_carry_what_the_raw_data_said():
    derived = inheritance.derive_data_description(raw(license="MIT", tags=["a"]), "sorted", creation_time=WHEN)
    assert derived.name == f"{RAW}_sorted_2024-05-06_07-08-09"
    assert (derived.data_level, derived.source_data, derived.tags, derived.license) == ("derived", [RAW], ["a"], "MIT")


def test_derived_of_derived_is_named_after_the_raw_data():
    first = inheritance.derive_data_description(raw(), "sorted", creation_time=WHEN)
    second = inheritance.derive_data_description(first, "curated", creation_time=WHEN, project_name="Other")
    assert second.name == f"{RAW}_curated_2024-05-06_07-08-09"
    assert (second.source_data, second.project_name) == ([first.name], "Other")


def test_analyses_are_named_after_the_project():
    analyzed = inheritance.derive_data_description_analyzed(raw(), "map", ["a", "b"], creation_time=WHEN)
    assert (analyzed.name, analyzed.source_data) == ("Cells_map_2024-05-06_07-08-09", ["a", "b"])
    with pytest.raises(ValueError, match="names no source asset"):
        inheritance.derive_data_description(analyzed, "x")


def test_wrong_levels_and_times_are_refused():
    with pytest.raises(ValueError, match="data_level"):
        inheritance.derive_data_description_from_derived(raw(), "x")
    with pytest.raises(ValueError, match="datetime"):
        inheritance.derive_data_description(raw(), "x", creation_time="now")


def test_what_the_source_lacks_must_be_given():
    source = DataDescription.model_construct(**{**raw().__dict__, "investigators": None})
    with pytest.raises(ValueError, match="no investigators"):
        inheritance.derive_data_description(source, "sorted")


def test_nothing_is_derived_from_simulated_data():
    with pytest.raises(ValueError, match="simulated"):
        inheritance.derive_data_description(raw(data_level="simulated"), "sorted")


@pytest.mark.parametrize("method", ["from_raw", "from_data_description"])
def test_older_names_still_work_with_a_warning(method):
    with pytest.warns(DeprecationWarning, match="derive_data_description"):
        derived = getattr(DataDescription, method)(raw(), "sorted", creation_time=WHEN)
    assert derived.name.startswith(RAW)
    with pytest.warns(DeprecationWarning, match="from_derived"):
        assert DataDescription.from_derived(derived, "again", creation_time=WHEN).data_level == "derived"


@pytest.mark.filterwarnings("ignore")
def test_a_record_derived_from_one_keeps_subject_and_procedures():
    source = record(procedures=samples.procedures(samples.craniotomy()))
    derived = Metadata.from_metadata(source, "sorted", location="s3://new", creation_time=WHEN)
    assert (derived.name, derived.location) == (f"{RAW}_sorted_2024-05-06_07-08-09", "s3://new")
    assert (derived.subject, derived.procedures) == (source.subject, source.procedures)


@pytest.mark.filterwarnings("ignore")
def test_a_record_derived_from_two_animals_keeps_neither():
    sources = [record(), record("700000")]
    new = load(samples.processing())
    derived = Metadata.from_metadata(sources, "map", "x", new, creation_time=WHEN)
    assert derived.name == "Cells_map_2024-05-06_07-08-09"
    assert (derived.subject, derived.data_description.subject_id) == (None, None)
    assert derived.processing == new


def test_a_derived_record_needs_sources_with_descriptions():
    with pytest.raises(ValueError, match="at least one source"):
        Metadata.from_metadata([])
    with pytest.raises(ValueError, match="data_description"):
        Metadata.from_metadata(Metadata.model_construct(data_description=None))


@pytest.mark.filterwarnings("ignore")
def test_a_record_writes_its_files(tmp_path):
    record().write_standard_files(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data_description.json", "subject.json"]


def test_procedures_of_one_subject_add_up():
    first = load(samples.procedures(samples.craniotomy(), notes="a"))
    second = load(samples.procedures(samples.brain_injection(), notes="b"))
    both = first + second
    assert [len(surgery.procedures) for surgery in both.subject_procedures] == [1, 1]
    assert both.notes == "a\nb"
    with pytest.raises(ValueError, match="two subjects"):
        first + load(samples.procedures(subject_id="1"))
    with pytest.raises(ValueError, match="differ"):
        first + load(samples.procedures(global_coordinate_system=samples.system("BREGMA_RAS")))


def test_implanted_devices_are_named_once():
    step = {"object_type": "Device implant", "relative_position": [], "implanted_device": {"name": "Thermistor"}}
    assert load(samples.procedures(step, step, samples.craniotomy())).get_device_names() == ["Thermistor"]


def test_merging_helpers(caplog):
    caplog.set_level(logging.INFO)
    assert merge.remove_duplicates(["b", "a", "b"]) == ["b", "a"]
    assert "Dropped 1" in caplog.text
    assert merge.merge_str_alphabetical("b", "a") == "a_b"
    assert merge.merge_str_alphabetical("a", "a") == "a"
    assert merge.merge_str_alphabetical(None, "a") == "a"
    assert merge.merge_optional_list(None, []) is None
    assert merge.merge_optional_list([1], [2]) == [1, 2]
    assert merge.merge_notes("a", None) == "a"
    assert merge.merge_str_tuple_lists(["a", ("b", "c")], ["a", "c", "d"]) == ["a", ("b", "c"), "d"]
    process = type("Process", (), {"name": "p"})
    assert merge.merge_process_graph({"a": []}, None, [], [process]) == {"a": [], "p": []}
    assert merge.merge_process_graph(None, {"a": []}, [process], []) == {"a": [], "p": []}
    assert merge.merge_process_graph({"a": []}, {"b": ["a"]}, [], []) == {"a": [], "b": ["a"]}
    assert merge.merge_process_graph(None, None, [], []) is None
