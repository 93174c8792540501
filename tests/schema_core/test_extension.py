"""A lab's own classes beside the standard's."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import Field, ValidationError

import schema_core
from schema_core import RefusedClass, bundle, extension
from schema_core.base import DataModel, DiscriminatedList
from schema_core.components.configs import LaserConfig
from schema_core.components.devices import Catheter, Device, EphysProbe, Laser
from schema_core.components.reagent import Reagent
from schema_core.components.surgery_procedures import (
    CatheterImplant,
    Craniotomy,
    GenericSurgeryProcedure,
    ProbeImplant,
)
from schema_core.core.instrument import Instrument
from schema_core.core.procedures import Procedures
from schema_core.core.subject import Subject
from schema_core.extension import local_classes, registered
from schema_core.introspect import Union, describe
from schema_core.registries.mouse_anatomy import MouseAnatomy
from schema_core.registries.units import FrequencyUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule
from tests.schema_core import samples

ROOT = Path(__file__).resolve().parents[2]
STEP = "subject_procedures.0.procedures.0"


class RobotCraniotomy(Craniotomy):
    """A craniotomy that a robot drilled."""

    drill_speed: float = Field(gt=0, description="Turns per minute")


@rule(RobotCraniotomy, reads=("drill_speed",), code="robot-speed")
def robots_drill_slowly(node):
    if node.drill_speed > 50_000:
        yield Finding("Too fast for bone", at="drill_speed")


class PulsedLaser(Laser):
    """A laser that fires in pulses."""

    repetition_rate: float = Field(description="Pulses per second")
    repetition_rate_unit: FrequencyUnit = Field(default=FrequencyUnit.HZ)


class PulsedLaserConfig(LaserConfig):
    """What a pulsed laser was set to."""

    pulses: int


class BentProbe(EphysProbe):
    """A probe with a bent shank."""

    bend: float


class CoiledCatheter(Catheter):
    """A catheter with a coil."""

    coils: int


def robot(**changes):
    return samples.craniotomy(object_type="Robot craniotomy", drill_speed=900.0) | changes


def laser(**changes):
    return {
        "object_type": "Pulsed laser",
        "name": "Ti:Sa",
        "manufacturer": {"name": "Coherent Scientific"},
        "wavelength": 920,
        "repetition_rate": 80e6,
        "repetition_rate_unit": "hertz",
        **changes,
    }


def rig(*components):
    return {
        "object_type": "Instrument",
        "instrument_id": "Rig1",
        "modification_date": "2024-03-01",
        "modalities": [],
        "global_coordinate_system": samples.system(),
        "components": list(components),
    }


def probe_implant(**device):
    return {
        "object_type": "Probe implant",
        "implanted_device": {"name": "P1", "probe_model": "Neuropixels 1.0", **device},
        "device_config": {
            "object_type": "Probe config",
            "device_name": "P1",
            "primary_targeted_structure": {"atlas": "CCFv3", "name": "a", "acronym": "b", "id": "1"},
            "local_coordinate_system": samples.system(),
            "transform": [samples.translation(1, 1, 1)],
        },
    }


def errors(document, kind="procedures"):
    return [problem for problem in schema_core.validate(document, kind) if problem.severity != "warning"]


def test_a_class_is_unknown_before_and_after_and_known_while_registered():
    document = samples.procedures(robot())
    stock = json.dumps(Procedures.model_json_schema())
    assert [problem.code for problem in errors(document)] == ["kind-unknown"]
    with registered(RobotCraniotomy):
        assert errors(document) == []
        assert "RobotCraniotomy" in json.dumps(Procedures.model_json_schema())
    assert [problem.code for problem in errors(document)] == ["kind-unknown"]
    assert json.dumps(Procedures.model_json_schema()) == stock
    assert extension._stock == {}


def test_it_reads_and_writes_with_its_extra_fields():
    document = samples.procedures(robot())
    with registered(RobotCraniotomy):
        read = schema_core.load(document)
        (step,) = read.subject_procedures[0].procedures
        assert type(step) is RobotCraniotomy
        written = json.loads(read.model_dump_json())
        assert written["subject_procedures"][0]["procedures"][0]["drill_speed"] == 900.0
        assert Procedures.model_validate(written) == read
        whole = schema_core.load(samples.metadata(subject=samples.subject(), procedures=document))
        assert whole.procedures == read


def test_its_fields_and_rules_are_judged_at_their_places():
    with registered(RobotCraniotomy):
        wrong = errors(samples.procedures(robot(drill_speed="fast", size="big")))
        assert {problem.path for problem in wrong} == {f"{STEP}.drill_speed", f"{STEP}.size"}
        assert [(problem.path, problem.code) for problem in errors(samples.procedures(robot(drill_speed=1e6)))] == [
            (f"{STEP}.drill_speed", "robot-speed")
        ]


def test_rules_of_the_class_it_extends_hold_for_it():
    fine, lost = robot(), robot(coordinate_system_name="LAMBDA")
    with registered(RobotCraniotomy):
        assert errors(samples.procedures(fine)) == []
        assert [problem.code for problem in errors(samples.procedures(lost))] == ["coordinate-system"]


def test_the_json_schema_is_valid_and_agrees():
    with registered(RobotCraniotomy):
        schema = Procedures.model_json_schema()
        Draft202012Validator.check_schema(schema)
        assert schema["$defs"]["RobotCraniotomy"]["properties"]["drill_speed"]["description"] == "Turns per minute"
        Draft202012Validator(schema).validate(
            json.loads(schema_core.load(samples.procedures(robot())).model_dump_json())
        )


def test_forms_learn_of_it():
    def steps():
        surgery = next(
            one.shape
            for one in describe(Procedures).by_name["subject_procedures"].shape.item.alternatives
            if one.key == "Surgery"
        )
        return surgery.by_name["procedures"].shape.item

    assert steps().alternative("Robot craniotomy") is None
    with registered(RobotCraniotomy):
        found = steps().alternative("Robot craniotomy")
        assert found.description == "A craniotomy that a robot drilled."
        assert found.shape.by_name["drill_speed"].description == "Turns per minute"
    assert steps().alternative("Robot craniotomy") is None


def test_a_laser_of_the_lab_stands_in_rigs_and_their_assemblies():
    lone, plain = laser(), laser(object_type="Laser")
    del plain["repetition_rate"], plain["repetition_rate_unit"]
    part = {"name": "P", "manufacturer": {"name": "Thorlabs"}}
    assembly = {
        "object_type": "Laser assembly",
        "name": "Assembly",
        "manipulator": part,
        "lasers": [laser(name="inner"), plain | {"name": "plain"}],
        "collimator": {"name": "C"},
        "fiber": {"name": "F", "core_diameter": 9, "numerical_aperture": 0.1},
    }
    document = rig(lone, assembly)
    assert {problem.path for problem in errors(document, "instrument")} == {
        "components.0",
        "components.1.lasers.0.repetition_rate",
        "components.1.lasers.0.repetition_rate_unit",
    }
    with registered(PulsedLaser):
        assert errors(document, "instrument") == []
        read = schema_core.load(document)
        assert [type(one) for one in read.components[1].lasers] == [PulsedLaser, Laser]
        assert read.get_component_names()[:2] == ["Ti:Sa", "Assembly"]
        assert {"inner", "plain"} < set(read.get_component_names())
        written = json.loads(read.model_dump_json())
        assert written["components"][1]["lasers"][0]["repetition_rate"] == 80e6
        assert Instrument.model_validate(written) == read
        assert [path for path, _ in local_classes(read)] == ["components.0", "components.1.lasers.0"]
        assert "PulsedLaser" in Instrument.model_json_schema()["$defs"]


def test_units_pair_in_a_class_of_the_lab_as_in_the_standards():
    class Drill(Device):
        torque: float | None = None
        torque_unit: str | None = None

    with registered(Drill):
        drill = {"object_type": "Drill", "name": "D", "torque": 3}
        assert [(one.path, one.code) for one in errors(rig(drill), "instrument")] == [
            ("components.0.torque_unit", "unit-missing")
        ]


def test_a_configuration_of_the_lab_stands_in_acquisitions():
    config = {
        "object_type": "Pulsed laser config",
        "device_name": "Ti:Sa",
        "wavelength": 920,
        "wavelength_unit": "nanometer",
        "pulses": 12,
    }
    document = samples.acquisition(
        data_streams=[samples.data_stream(active_devices=["Ti:Sa"], configurations=[config])]
    )
    assert [problem.code for problem in errors(document, "acquisition")] == ["kind-unknown"]
    with registered(PulsedLaserConfig):
        assert errors(document, "acquisition") == []
        assert schema_core.load(document).data_streams[0].configurations[0].pulses == 12


def test_unions_without_tags_tell_it_by_its_name():
    with registered(BentProbe):
        bent = ProbeImplant.model_validate(probe_implant(object_type="Bent probe", bend=3.5))
        assert type(bent.implanted_device) is BentProbe
        assert json.loads(bent.model_dump_json())["implanted_device"]["bend"] == 3.5
        plain = ProbeImplant.model_validate(probe_implant())
        assert type(plain.implanted_device) is EphysProbe
        assert [problem.path for problem in errors(samples.procedures(probe_implant(object_type="Bent probe")))] == [
            f"{STEP}.implanted_device.bend"
        ]


def test_it_stands_where_the_standard_names_one_class_only():
    given = {
        "where_performed": {"name": "Allen Institute"},
        "implanted_device": {
            "object_type": "Coiled catheter",
            "name": "C",
            "catheter_material": "Naked",
            "catheter_design": "Magnetic",
            "catheter_port": "Single",
            "coils": 3,
        },
        "device_config": {
            "device_name": "C",
            "targeted_structure": json.loads(MouseAnatomy.CAROTID_ARTERY.model_dump_json()),
        },
    }
    with pytest.raises(ValidationError):
        CatheterImplant.model_validate(given)
    with registered(CoiledCatheter):
        assert CatheterImplant.model_validate(given).implanted_device.coils == 3
        assert isinstance(describe(CatheterImplant).by_name["implanted_device"].shape, Union)
        plain = deepcopy(given)
        del plain["implanted_device"]["coils"], plain["implanted_device"]["object_type"]
        assert type(CatheterImplant.model_validate(plain).implanted_device) is Catheter


def test_registering_works_as_a_decorator_and_twice():
    @schema_core.register
    class TwiceCraniotomy(Craniotomy):
        pass

    try:
        assert schema_core.register(TwiceCraniotomy) is TwiceCraniotomy
        union = Procedures.model_json_schema()["$defs"]["Surgery"]["properties"]["procedures"]["items"]
        assert [one["$ref"] for one in union["oneOf"]].count("#/$defs/TwiceCraniotomy") == 1
    finally:
        extension.unregister(TwiceCraniotomy)


def test_a_class_may_extend_another_of_the_lab():
    class FastRobotCraniotomy(RobotCraniotomy):
        lubricant: str

    document = samples.procedures(robot(object_type="Fast robot craniotomy", lubricant="saline"))
    with registered(RobotCraniotomy, FastRobotCraniotomy):
        assert errors(document) == []
        assert errors(samples.procedures(robot())) == []


def test_the_same_cell_of_a_notebook_may_be_run_again():
    def cell(field):
        namespace = {"__module__": "notebook", "__qualname__": "CellCraniotomy", "__annotations__": {field: int}}
        return type("CellCraniotomy", (Craniotomy,), namespace)

    first, second = cell("one"), cell("two")
    with registered(first, second):
        assert errors(samples.procedures(samples.craniotomy(object_type="Cell craniotomy", two=2))) == []
        assert errors(samples.procedures(samples.craniotomy(object_type="Cell craniotomy", one=1))) != []


def test_running_a_cell_again_leaves_what_extends_its_class():
    def cell():
        return type("CellCraniotomy", (Craniotomy,), {"__module__": "notebook", "__qualname__": "CellCraniotomy"})

    first, second = cell(), cell()
    finer = type("FinerCraniotomy", (first,), {"__module__": "notebook", "__annotations__": {"x": int}})
    with registered(first, finer, second):
        assert errors(samples.procedures(samples.craniotomy(object_type="Finer craniotomy", x=1))) == []
        assert errors(samples.procedures(samples.craniotomy(object_type="Cell craniotomy"))) == []


EVERY = """
import json
import schema_core
from schema_core import extension
from schema_core.base import DataCoreModel, DataModel
from schema_core.introspect import describe

held = {cls for _, _, info in extension._fields() for cls in extension._classes(info.annotation)}
placed = [cls for cls in held if issubclass(cls, DataModel) and not issubclass(cls, DataCoreModel)]
assert len(placed) > 150
for cls in placed:
    extra = {"__module__": "lab", "__annotations__": {"lab_extra": int | None}, "lab_extra": None}
    schema_core.register(type(f"Lab{cls.__name__}", (cls,), extra))
named = {name for kind in schema_core.kinds() for name in schema_core.KINDS[kind].model_json_schema()["$defs"]}
assert {f"Lab{cls.__name__}" for cls in placed} <= named
from tests.schema_core import samples
for document in (samples.procedures(samples.craniotomy()), samples.acquisition(), samples.subject()):
    assert [one for one in schema_core.validate(document) if one.severity != "warning"] == []
    assert '"Lab ' not in schema_core.load(document).model_dump_json()
"""


def test_every_class_that_a_document_can_hold_can_be_extended():
    done = subprocess.run([sys.executable, "-c", EVERY], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_lab_may_hold_the_standards_classes_in_its_own():
    class RobotDay(GenericSurgeryProcedure):
        holes: DiscriminatedList[Craniotomy]

    day = {"object_type": "Robot day", "description": "x", "protocol_id": None, "holes": [robot()]}
    with registered(RobotCraniotomy, RobotDay):
        assert errors(samples.procedures(day)) == []
        assert local_classes(samples.procedures(day)) == [
            (STEP, "Robot day"),
            (f"{STEP}.holes.0", "Robot craniotomy"),
        ]


@pytest.mark.parametrize("what", ["Craniotomy", dict, Subject, DataModel])
def test_what_is_no_node_is_refused(what):
    with pytest.raises(RefusedClass):
        schema_core.register(what)


def test_a_class_that_no_document_can_hold_is_refused():
    class Loose(DataModel):
        x: int

    with pytest.raises(RefusedClass, match=r"Loose extends no class that a document can hold.*GenericSurgeryProcedure"):
        schema_core.register(Loose)


def test_the_name_of_a_standard_class_is_refused():
    def named(name, base):
        return type(name, (base,), {"__module__": __name__, "__qualname__": f"test.{name}"})

    with pytest.raises(RefusedClass, match=r"'Headframe'.*surgery_procedures\.Headframe: give your class another name"):
        schema_core.register(named("Headframe", Craniotomy))
    with pytest.raises(RefusedClass, match="'Device'"):
        schema_core.register(named("Device", Device))
    with registered(RobotCraniotomy), pytest.raises(RefusedClass, match="RobotCraniotomy: give"):
        schema_core.register(named("RobotCraniotomy", Reagent))


def test_a_document_says_where_it_uses_lab_classes():
    document = samples.procedures(samples.craniotomy(), robot())
    path = "subject_procedures.0.procedures.1"
    with registered(RobotCraniotomy):
        assert local_classes(document) == [(path, "Robot craniotomy")]
        assert local_classes(schema_core.load(document)) == [(path, "Robot craniotomy")]
        assert local_classes(samples.metadata(procedures=document)) == [(f"procedures.{path}", "Robot craniotomy")]
        assert [(one.path, one.code, one.severity) for one in schema_core.validate(document)] == [
            (path, "portal-local-class", "warning")
        ]
        assert local_classes(samples.procedures(samples.craniotomy())) == []
    assert local_classes(document) == []


def test_free_objects_are_never_taken_for_lab_classes():
    noted = probe_implant(additional_settings={"object_type": "Robot craniotomy"})
    with registered(RobotCraniotomy):
        assert local_classes(samples.procedures(noted)) == []


def test_a_bundle_says_that_the_stock_standard_refuses_it():
    def sealed(*steps):
        documents = {"subject": samples.subject(), "procedures": samples.procedures(*steps)}
        frame = bundle.frame_text("654321_2024-03-10_11-12-13", "s3://lab/x")
        files = [
            bundle.CoreFile(kind, schema_core.load(document).model_dump_json().encode())
            for kind, document in documents.items()
        ]
        return bundle.seal(frame, files, registry_version="stock")

    path = f"procedures.{STEP}"
    with registered(RobotCraniotomy):
        found = sealed(robot())
        manifest, report = json.loads(found.manifest), json.loads(found.report)
        for one in (manifest, report):
            assert one["stock_valid"] is False
            assert one["local_classes"] == [{"path": path, "object_type": "Robot craniotomy"}]
            assert one["stock_refuses"] == [path]
        assert f"{path}  Robot craniotomy (class)" in found.report_text
        assert not found.stock_valid
        assert sealed(samples.craniotomy()).stock_valid


LATE = """
import schema_core
from schema_core.components.surgery_procedures import Craniotomy
from tests.schema_core import samples

if {before}:
    assert schema_core.validate(samples.procedures(samples.craniotomy())) == []
    assert schema_core.validate(samples.metadata(procedures=samples.procedures(samples.craniotomy()))) != []

@schema_core.register
class RobotCraniotomy(Craniotomy):
    drill_speed: float

document = samples.procedures(samples.craniotomy(object_type="Robot craniotomy", drill_speed=1))
for whole in (document, samples.metadata(subject=samples.subject(), procedures=document)):
    assert [one.code for one in schema_core.validate(whole) if one.severity != "warning"] == []
    assert schema_core.load(whole).model_dump_json().count("drill_speed") == 1
"""


@pytest.mark.parametrize("before", [True, False])
def test_it_does_not_matter_whether_validators_were_built(before):
    done = subprocess.run(
        [sys.executable, "-c", LATE.format(before=before)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
