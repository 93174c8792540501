"""What every model has in common."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Literal

import pytest
from pydantic import SkipValidation, ValidationError

from schema_core.base import (
    MAX_FILE_SIZE,
    AwareDatetimeWithDefault,
    DataModel,
    GenericModel,
    is_dict_corrupt,
    object_type_of,
)
from schema_core.components.coordinates import CoordinateSystem, NonlinearTransform, Translation
from schema_core.components.identifiers import Code, Person
from schema_core.core.metadata import Metadata
from schema_core.core.procedures import Procedures
from schema_core.core.subject import Subject
from schema_core.rules import Finding, StandardWarning, rule
from tests.schema_core import samples


@pytest.mark.parametrize(
    ("name", "object_type"),
    [
        ("DataStream", "Data stream"),
        ("QCMetric", "QC metric"),
        ("ImageSPIM", "Image spim"),
        ("MRIScan", "MRI scan"),
        ("Slap2Plane", "Slap2 plane"),
        ("HCRSeries", "HCR series"),
        ("Surgery", "Surgery"),
    ],
)
def test_object_type_comes_from_the_class_name(name, object_type):
    assert object_type_of(name) == object_type


def test_a_labs_own_class_gets_its_own_object_type():
    class RigPhoto(Person):
        focal_length: float

    assert json.loads(RigPhoto(name="x", focal_length=1).model_dump_json())["object_type"] == "Rig photo"


def test_a_wrong_object_type_is_replaced_and_the_callers_document_kept():
    document = {"object_type": "Nonsense", "name": "Ada"}
    assert Person.model_validate(document).object_type == "Person"
    assert document["object_type"] == "Nonsense"


def test_object_type_is_the_first_key():
    assert next(iter(Procedures.model_validate(samples.procedures(samples.craniotomy())).model_dump())) == "object_type"


@pytest.mark.parametrize("version", ["0.0.1", "99.0.0", "garbage", None, 5])
def test_any_schema_version_becomes_the_current_one(version):
    assert Subject.model_validate(samples.subject(schema_version=version)).schema_version == "2.3.3"


def test_a_labs_own_version_is_kept_however_it_is_declared():
    class Wrapped(Subject):
        schema_version: SkipValidation[Literal["1.0.1"]] = "1.0.1"

    class Loose(Subject):
        schema_version: str = "1.0.2"

    assert Wrapped.model_validate(samples.subject(schema_version="0.1.0")).schema_version == "1.0.1"
    assert Loose.model_validate(samples.subject()).schema_version == "1.0.2"


def test_described_by_is_kept_when_it_is_text():
    assert Subject.model_validate(samples.subject(describedBy="elsewhere")).describedBy == "elsewhere"
    with pytest.raises(ValidationError):
        Subject.model_validate(samples.subject(describedBy=5))


def test_unknown_fields_are_refused():
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Person.model_validate({"name": "Ada", "nmae": "Ada"})


def test_values_that_json_cannot_hold_are_refused():
    with pytest.raises(ValidationError, match="finite"):
        Translation(translation=[float("nan")])


def test_default_filenames_are_the_standards():
    class Extended(Subject):
        pass

    assert [cls.default_filename() for cls in (Subject, Procedures, Metadata, Extended)] == [
        "subject.json",
        "procedures.json",
        "metadata.nd.json",
        "subject.json",
    ]


def test_a_core_file_is_written_as_the_standard_writes_it(tmp_path):
    model = Subject.model_validate(samples.subject())
    model.write_standard_file(tmp_path, prefix="a", filename_suffix="b")
    assert (tmp_path / "a_subject_b.json").read_text(encoding="utf-8") == model.model_dump_json(indent=3)
    model.write_standard_file(str(tmp_path), suffix=".txt")
    assert (tmp_path / "subject.txt").exists()


def test_a_large_file_is_remarked_upon(tmp_path, caplog):
    Subject.model_validate(samples.subject(notes="x" * MAX_FILE_SIZE)).write_standard_file(tmp_path)
    assert "larger than 500 KB" in caplog.text


def test_asset_paths_that_lead_nowhere_are_remarked_upon(tmp_path, caplog):
    class Holder(Subject):
        warp: NonlinearTransform

    Holder.model_validate(samples.subject(warp={"path": "/nowhere.h5"})).write_standard_file(tmp_path)
    assert "is absolute" in caplog.text
    assert "does not exist" in caplog.text


class Moment(DataModel):
    at: AwareDatetimeWithDefault


def test_an_offset_is_kept_as_it_was_given():
    assert json.loads(Moment(at="2024-01-01T10:00:00-08:00").model_dump_json())["at"] == "2024-01-01T10:00:00-08:00"


def test_a_naive_time_gets_the_machines_zone_with_a_warning():
    with pytest.warns(StandardWarning, match="has no offset"):
        moment = Moment(at="2024-01-01T10:00:00")
    assert moment.at == dt.datetime(2024, 1, 1, 10).astimezone()


def test_a_naive_time_at_the_end_of_time_is_an_error_not_a_crash():
    with pytest.raises(ValidationError, match="out of range"):
        Moment(at="0001-01-01T00:00:00")


def test_free_objects_keep_everything_and_warn_of_awkward_keys():
    with pytest.warns(StandardWarning, match=r"'a\.b'"):
        code = Code(url="x", version="1", parameters={"deep": [{"a.b": 1}]})
    assert json.loads(code.model_dump_json())["parameters"] == {"deep": [{"a.b": 1}]}


def test_a_free_objects_subclass_keeps_its_fields():
    class Settings(GenericModel.__origin__):
        gain: int

    assert json.loads(Code(url="x", version="1", parameters=Settings(gain=3)).model_dump_json())["parameters"] == {
        "gain": 3
    }


@pytest.mark.parametrize(("value", "corrupt"), [({}, False), ({"a": [{"$b": 1}]}, True), ([], True), ({"a": 1}, False)])
def test_is_dict_corrupt_looks_at_every_key(value, corrupt):
    assert is_dict_corrupt(value) is corrupt


def test_a_rule_that_comes_after_the_validator_is_refused():
    Person.model_validate({"name": "Ada"})
    with pytest.raises(TypeError, match="too late"):

        @rule(Person, reads=("name",), code="late")
        def late(node):
            yield Finding(node.name)


def test_two_rules_of_a_class_cannot_share_a_code():
    class Lonely(DataModel):
        name: str

    rule(Lonely, reads=(), code="same")(lambda _node: iter(()))
    with pytest.raises(TypeError, match="already has a rule"):
        rule(Lonely, reads=(), code="same")(lambda _node: iter(()))


def test_a_labs_own_rule_is_raised_with_its_code():
    class Named(DataModel):
        name: str

    @rule(Named, reads=("name",), code="name-lab")
    def name_starts_with_lab(node):
        if not node.name.startswith("lab"):
            yield Finding("names begin with lab", at="name")

    assert Named(name="lab 1").name == "lab 1"
    with pytest.raises(ValidationError) as caught:
        Named(name="x")
    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [(("name",), "name-lab")]


def test_a_rule_is_run_once_wherever_a_class_was_built_first():
    CoordinateSystem.model_rebuild()
    document = samples.procedures(global_coordinate_system=samples.system("BREGMA_ARID"))
    with pytest.warns(DeprecationWarning, match="Depth axis") as told:
        Procedures.model_validate(document)
    assert len(told) == 1


@pytest.mark.parametrize(
    ("number", "written"), [("1.0", "1.0"), ("100.50", "100.5"), ("1e16", "1E+16"), ("3", "3"), ('"20.10"', "20.10")]
)
def test_a_decimal_is_read_alike_from_json_and_from_python(number, written):
    class Tube(DataModel):
        diameter: Decimal | None = None

    text = f'{{"diameter": {number}}}'
    for made in (Tube.model_validate_json(text), Tube.model_validate(json.loads(text))):
        assert json.loads(made.model_dump_json())["diameter"] == written
