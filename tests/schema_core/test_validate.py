"""Every fault is one problem at its own address, whatever else is wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema_core import InvalidDocument, Problem, UnknownKind, assemble, kind_of, kinds, load, validate
from schema_core.core.metadata import Metadata, create_metadata_json
from schema_core.core.subject import Subject
from tests.schema_core import rigs, samples


def found(document, kind=None):
    return [(problem.path, problem.code, problem.severity) for problem in validate(document, kind)]


def test_the_kinds_are_the_standards_core_files():
    files = ("subject", "data_description", "procedures", "instrument", "acquisition")
    assert kinds() == (*files, "processing", "quality_control", "model", "metadata")


@pytest.mark.parametrize(
    ("document", "filename", "kind"),
    [
        ({"describedBy": "https://x/core/procedures.py"}, None, "procedures"),
        ({"object_type": "Data description"}, None, "data_description"),
        ({}, "metadata.nd.json", "metadata"),
        ({}, "/data/behavior_subject.json", "subject"),
        ({"describedBy": 5, "object_type": []}, "procedures_v2.json", "procedures"),
    ],
)
def test_the_kind_is_read_from_the_document_or_the_file_name(document, filename, kind):
    assert kind_of(document, filename) == kind


def test_a_document_of_unknown_kind_is_a_problem_and_an_unknown_kind_a_mistake():
    assert found({"a": 1}) == [("", "document-kind", "error")]
    with pytest.raises(UnknownKind, match="protocol"):
        validate({}, "protocol")


def test_a_warning_stands_at_its_item_though_the_items_are_put_in_order():
    late = samples.process(name="late", start_date_time="2024-05-02T10:00:00Z", end_date_time="2024-05-01T10:00:00Z")
    early = samples.process(name="early", start_date_time="2024-04-01T10:00:00Z", end_date_time="2024-04-02T10:00:00Z")
    found = validate(samples.processing(late, early), "processing")
    assert [problem.path for problem in found if problem.code == "portal-time-order"] == [
        "data_processes.0.end_date_time"
    ]


def test_a_rule_that_stumbles_over_a_broken_node_raises_nothing():
    filtering = rigs.device("F", "Filter", filter_type=None, manufacturer=rigs.MAKER, center_wavelength=[500, 600])
    found = validate(rigs.instrument(filtering), "instrument")
    assert [problem.path for problem in found if problem.severity != "warning"] == ["components.0.filter_type"]


def test_three_faults_are_three_problems():
    document = samples.procedures(
        samples.brain_injection(dynamics=[samples.delivery(volume_unit=None), samples.delivery()]),
        samples.craniotomy(coordinate_system_name="LAMBDA"),
        subject_id=5,
    )
    assert found(document) == [
        ("subject_id", "text", "error"),
        ("subject_procedures.0.procedures.0.dynamics.0.volume_unit", "unit-missing", "error"),
        ("subject_procedures.0.procedures.0.dynamics", "injection-depths", "error"),
        ("subject_procedures.0.procedures.1.coordinate_system_name", "coordinate-system", "error"),
    ]


def test_a_rule_runs_when_a_field_it_does_not_read_is_broken():
    document = samples.data_description(source_data=["a"], subject_id=None, project_name="a_b")
    assert found(document) == [
        ("project_name", "form", "error"),
        ("subject_id", "raw-subject", "error"),
        ("source_data", "raw-source", "error"),
    ]


def test_a_rule_does_not_run_when_a_field_it_reads_is_broken():
    document = samples.procedures(samples.brain_injection(coordinates=[[samples.translation(1, 2, 3)], "x", []]))
    assert found(document) == [("subject_procedures.0.procedures.0.coordinates.1", "list", "error")]


def test_nothing_is_said_of_coordinates_under_a_system_that_cannot_be_read():
    document = samples.procedures(samples.craniotomy(), global_coordinate_system={"name": 5})
    assert {path for path, _, _ in found(document)} == {
        "global_coordinate_system.name",
        "global_coordinate_system.origin",
        "global_coordinate_system.axes",
        "global_coordinate_system.axis_unit",
    }


def test_required_fields_that_are_absent_are_missing_at_their_own_path():
    assert found({"object_type": "Subject"}) == [
        ("subject_id", "missing", "missing"),
        ("subject_details", "missing", "missing"),
    ]


def test_a_required_field_that_was_emptied_is_missing_too():
    assert found(samples.subject(subject_id=None)) == [("subject_id", "null", "missing")]


def test_an_item_that_does_not_say_what_it_is_is_a_choice_to_make():
    document = samples.procedures({}, {"object_type": "Headfram"}, 5)
    assert found(document) == [
        ("subject_procedures.0.procedures.0", "kind-missing", "missing"),
        ("subject_procedures.0.procedures.1", "kind-unknown", "error"),
        ("subject_procedures.0.procedures.2", "object", "error"),
    ]
    assert "did you mean 'Headframe'" in validate(document)[1].message


def test_a_tagged_union_complains_of_the_chosen_branch_only():
    document = samples.procedures({"object_type": "Headframe", "headframe_material": "Wood"})
    assert found(document) == [
        ("subject_procedures.0.procedures.0.headframe_type", "missing", "missing"),
        ("subject_procedures.0.procedures.0.headframe_material", "choice", "error"),
    ]


IMPLANT = "subject_procedures.0.procedures.0.implanted_device"


@pytest.mark.parametrize(
    ("device", "paths"),
    [
        ({"object_type": "Ephys probe", "name": "A"}, {"probe_model"}),
        ({"name": "A", "probe_model": "x"}, {"probe_model"}),
        ({"name": "A", "core_diameter": 1, "numerical_aperture": "x"}, {"numerical_aperture", "total_length"}),
        ({"object_type": "Fiber probe"}, {"name", "core_diameter", "numerical_aperture", "total_length"}),
    ],
)
def test_an_untagged_union_complains_of_the_branch_that_the_document_means(device, paths):
    config = {
        "device_name": "A",
        "primary_targeted_structure": {
            "atlas": "CCFv3",
            "name": "Ventral tegmental area",
            "acronym": "VTA",
            "id": "749",
        },
        "local_coordinate_system": samples.system("MPM_MANIP_RFB"),
        "transform": [],
    }
    step = {"object_type": "Probe implant", "implanted_device": device, "device_config": config}
    assert {path for path, _, _ in found(samples.procedures(step))} == {f"{IMPLANT}.{path}" for path in paths}


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ({"translation": "x"}, [("position.translation", "list", "error")]),
        (["Left", "Up"], [("position.1", "choice", "error")]),
        ("Left", [("position", "alternative", "error")]),
    ],
)
def test_the_kind_of_value_chooses_between_an_object_and_a_list(position, expected):
    step = "subject_procedures.0.procedures.0"
    assert found(samples.procedures(samples.craniotomy(position=position))) == [
        (f"{step}.{path}", code, severity) for path, code, severity in expected
    ]


def test_a_word_or_a_term_may_be_an_origin():
    system = samples.system()
    assert found(samples.procedures(global_coordinate_system={**system, "origin": "Bregmaa"})) == [
        ("global_coordinate_system.origin", "choice", "error")
    ]
    assert found(samples.procedures(global_coordinate_system={**system, "origin": {"name": "ear"}}))[0][0].startswith(
        "global_coordinate_system.origin"
    )


def test_map_keys_and_values_are_judged_at_the_key():
    document = samples.procedures(
        subject_procedures=[
            samples.surgery(
                samples.craniotomy(), measured_coordinates={"Lambda": {"translation": 1}, "Ear": samples.translation(1)}
            )
        ]
    )
    assert found(document) == [
        ("subject_procedures.0.measured_coordinates.Lambda.translation", "list", "error"),
        ("subject_procedures.0.measured_coordinates.Ear", "choice", "error"),
    ]


def test_a_strange_field_is_named_with_the_field_it_resembles():
    (problem,) = validate(samples.subject(nots="x"))
    assert problem == Problem(
        "nots", "unknown-field", "\"nots\" is not a field of Subject: remove it: did you mean 'notes'?"
    )


def test_a_thousand_strange_fields_are_counted_not_listed():
    problems = validate(samples.subject(**{f"x{number}": 1 for number in range(1000)}))
    assert len(problems) == 51
    assert "950 more" in problems[-1].message


def test_a_thousand_broken_items_are_told_and_the_rest_counted():
    problems = validate(samples.subject(samples.mouse(alleles=[{}] * 1500)))
    assert len(problems) == 1001
    assert problems[0] == Problem(
        "subject_details.alleles", "and-more", "500 more items of this list have problems", "error"
    )


def test_messages_say_what_was_expected_and_what_came():
    document = samples.subject(samples.mouse(sex="male", date_of_birth="1.2.2024", genotype=None))
    assert {problem.path: problem.message for problem in validate(document)} == {
        "subject_details.sex": "\"male\" is not one of the allowed values (Female, Male): did you mean 'Female'?",
        "subject_details.date_of_birth": 'Expected a date, YYYY-MM-DD, got "1.2.2024"',
        "subject_details.genotype": (
            "Expected text, got nothing (null): fill it in, or leave the field out if it may be empty"
        ),
    }


def test_an_unknown_term_is_one_problem_at_the_term():
    problems = validate(samples.subject(samples.mouse(strain={"name": "C57BL/6"}, source={})))
    assert [problem.path for problem in problems] == ["subject_details.strain", "subject_details.source.name"] or [
        problem.path for problem in problems
    ] == ["subject_details.strain", "subject_details.source"]


@pytest.mark.parametrize(
    "document",
    [
        "",
        "{",
        "null",
        "[]",
        "5",
        b"\xff\xfe",
        b"\x00",
        '{"object_type": "Subject", "subject_id": NaN}',
        '{"object_type": "Subject", "subject_id": ' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"object_type":' * 100_000,
        '"\\ud800"',
    ],
    ids=repr,
)
def test_text_that_is_no_document_is_a_problem(document):
    assert [problem.severity for problem in validate(document)] == ["error"]


@pytest.mark.parametrize("as_text", [json.dumps, dict], ids=["text", "dict"])
def test_text_that_cannot_be_written_is_a_problem_at_its_place(as_text):
    document = samples.subject(samples.mouse(genotype="a\ud800"))
    assert found(as_text(document)) == [("subject_details.genotype", "text-unwritable", "error")]


def deep(levels):
    value = {}
    for _ in range(levels):
        value = {"x": value}
    return value


@pytest.mark.parametrize(
    "document",
    [
        samples.subject(subject_id="\ud800"),
        samples.subject(notes=deep(100_000)),
        samples.subject(subject_details=[[[]]]),
        samples.subject(subject_details={"object_type": ["Mouse subject"]}),
        samples.subject(subject_details={"object_type": {"a": 1}}),
        samples.procedures(subject_procedures={"0": {}}),
        samples.procedures(subject_procedures=[None, [], "x", 1e400]),
        samples.data_description(creation_time=10**400),
        samples.data_description(creation_time="0001-01-01T00:00:00"),
        samples.procedures(samples.craniotomy(size=float("inf"))),
        samples.procedures(samples.craniotomy(size=10**400)),
        samples.subject(samples.mouse(breeding_info={"breeding_group": object()})),
        {1: 2, "object_type": "Subject"},
        {**samples.metadata(), "subject": 5},
        {**samples.metadata(), "subject": {}, "procedures": {"subject_procedures": 5}},
    ],
    ids=range(15),
)
def test_hostile_documents_are_problems_not_tracebacks(document):
    problems = validate(document)
    assert any(problem.severity != "warning" for problem in problems)


def test_a_free_object_may_be_as_deep_as_memory():
    code = {"url": "x", "version": "1", "parameters": deep(50_000)}
    training = {
        "object_type": "Training protocol",
        "training_name": "t",
        "start_date": "2024-01-01",
        "curriculum_code": code,
    }
    assert validate(samples.procedures(subject_procedures=[training])) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(value=JSON, kind=st.sampled_from(kinds()))
def test_no_value_makes_validate_raise(value, kind):
    if isinstance(value, dict):
        validate(value, kind)
    validate(json.dumps(value), kind)
    validate({**samples.procedures(samples.craniotomy()), "notes": value}, "procedures")


def test_validating_leaves_the_document_as_it_was():
    document = samples.procedures(samples.craniotomy(), coordinate_system=samples.system())
    del document["global_coordinate_system"]
    before = json.dumps(document)
    validate(document)
    assert json.dumps(document) == before


def test_load_returns_the_model_or_raises_with_every_problem():
    assert isinstance(load(json.dumps(samples.subject())), Subject)
    with pytest.raises(InvalidDocument) as caught:
        load(samples.subject(subject_id=5, notes=5))
    assert [problem.path for problem in caught.value.problems] == ["subject_id", "notes"]


@pytest.mark.filterwarnings("ignore")
def test_core_files_are_judged_strictly_inside_a_record():
    document = samples.metadata(subject={"object_type": "Subject"}, data_description=samples.data_description())
    assert [entry for entry in found(document) if entry[2] != "warning"] == [
        ("subject.subject_id", "missing", "missing"),
        ("subject.subject_details", "missing", "missing"),
    ]
    assert Metadata.model_validate(document).data_description.subject_id == "654321"


def test_rules_of_a_core_file_name_their_paths_from_the_record():
    broken = samples.procedures(specimen_procedures=[samples.specimen_procedure(specimen_id="1")])
    problems = validate(samples.metadata(subject=samples.subject(), procedures=broken))
    (problem,) = [problem for problem in problems if problem.code == "specimen-of-subject"]
    assert problem.path == "procedures.specimen_procedures.0.specimen_id"
    assert problem.also == ("procedures.subject_id",)


def test_assemble_joins_valid_files():
    files = {"subject": samples.subject(), "procedures": load(samples.procedures(samples.craniotomy()))}
    record = assemble(files, name="a", location="b", other_identifiers={"DANDI": ["1"]})
    assert record.subject.subject_id == "654321"
    assert validate(record.model_dump_json(), "metadata")[0].severity == "warning"
    assert list(json.loads(record.model_dump_json()))[3:] == [
        "name",
        "location",
        "other_identifiers",
        "subject",
        "data_description",
        "procedures",
        "instrument",
        "processing",
        "acquisition",
        "quality_control",
        "model",
    ]


def test_assemble_refuses_broken_and_unknown_files():
    with pytest.raises(InvalidDocument) as caught:
        assemble({"subject": samples.subject(subject_id=5)}, name="a", location="b")
    assert [problem.path for problem in caught.value.problems] == ["subject.subject_id"]
    with pytest.raises(UnknownKind, match="subjekt"):
        assemble({"subjekt": {}}, name="a", location="b")


@pytest.mark.filterwarnings("ignore")
def test_a_calibration_object_gets_its_tag():
    described = samples.data_description(tags=["x"])
    beads = samples.subject({"object_type": "Calibration object", "description": "beads"})
    record = assemble({"subject": beads, "data_description": described}, name="a", location="b")
    assert record.data_description.tags == ["x", "calibration"]


@pytest.mark.filterwarnings("ignore")
def test_a_record_of_broken_files_is_joined_as_it_is():
    files = {"subject": {"subject_id": 5}, "procedures": None, "nonsense": {}}
    assert create_metadata_json("a", "b", files)["subject"]["subject_id"] == 5
    assert create_metadata_json("a", "b", {"procedures": {"notes": 1}})["procedures"] == {"notes": 1}
    assert create_metadata_json("a", "b", {}, {"DANDI": ["1"]})["other_identifiers"] == {"DANDI": ["1"]}
