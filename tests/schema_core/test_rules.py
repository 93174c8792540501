"""Every rule of the standard: a document that keeps it, and one that breaks it at the place it says."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from schema_core import load, validate
from schema_core.components.devices import Device
from schema_core.components.subjects import HumanSubject, MouseSubject
from schema_core.registries.organizations import Organization
from schema_core.registries.species import Species, Strain
from tests.schema_core import samples

SURGERY = "subject_procedures.0.procedures.0"
SPECIMEN = "specimen_procedures.0"
MATERIAL = {"object_type": "Viral material", "name": "AAV"}
POSITIONED = {"relative_position": ["Left"], "implanted_device": {"name": "Thermistor"}}
OTHER_ORGANIZATION = {"name": "Other", "abbreviation": None, "registry": None, "registry_identifier": None}
SLICE = {
    "object_type": "Planar section",
    "output_specimen_id": "654321_001_1",
    "coordinate_system_name": "BREGMA_ARI",
    "start_coordinate": samples.translation(1, 2, 3),
    "thickness": 0.1,
    "thickness_unit": "millimeter",
}


def device_implant(**changes):
    return {"object_type": "Device implant", **POSITIONED, **changes}


def planar(section):
    details = {"object_type": "Planar sectioning", "section_orientation": "Coronal", "sections": [section]}
    return samples.specimen_procedure(procedure_type="Sectioning", procedure_details=[details])


def reagent(object_type, **more):
    return {"object_type": object_type, "name": "x", "source": {"name": "Abcam"}, **more}


def without(document, name):
    return {key: value for key, value in document.items() if key != name}


def on_step(step):
    return samples.procedures(step)


def on_specimen(step):
    return samples.procedures(specimen_procedures=[step])


CASES = [
    # unit pairing
    (
        on_step(samples.craniotomy()),
        on_step(samples.craniotomy(size_unit=None)),
        "unit-missing",
        f"{SURGERY}.size_unit",
    ),
    (
        on_step(samples.brain_injection()),
        on_step(samples.brain_injection(dynamics=[samples.delivery(duration=5)] * 3)),
        "unit-missing",
        f"{SURGERY}.dynamics.0.duration_unit",
    ),
    (
        on_step(samples.brain_injection(injection_materials=[{**MATERIAL, "titer": 0, "titer_unit": None}])),
        on_step(samples.brain_injection(injection_materials=[{**MATERIAL, "titer": 5, "titer_unit": None}])),
        "unit-missing",
        f"{SURGERY}.injection_materials.0.titer_unit",
    ),
    # coordinate systems
    (
        on_step(samples.craniotomy(coordinate_system_name="BREG")),  # part of the name is enough for the standard
        on_step(samples.craniotomy(coordinate_system_name="LAMBDA")),
        "coordinate-system",
        f"{SURGERY}.coordinate_system_name",
    ),
    (
        on_step(samples.craniotomy(position=["Left"])),
        samples.procedures(samples.craniotomy(), global_coordinate_system=None),
        "coordinate-system",
        f"{SURGERY}.position",
    ),
    # implants
    (
        on_step(
            device_implant(local_coordinate_system=samples.system("MPM_MANIP_RFB"), transform=[samples.translation(1)])
        ),
        on_step(device_implant(transform=[samples.translation(1)])),
        "placement-incomplete",
        f"{SURGERY}.local_coordinate_system",
    ),
    (
        on_step(device_implant()),
        on_step(device_implant(local_coordinate_system=samples.system("MPM_MANIP_RFB"))),
        "placement-incomplete",
        f"{SURGERY}.transform",
    ),
    (
        on_step(device_implant(implanted_device={"name": "x", "manufacturer": OTHER_ORGANIZATION, "notes": "Smith"})),
        on_step(device_implant(implanted_device={"name": "x", "manufacturer": OTHER_ORGANIZATION})),
        "manufacturer-other",
        f"{SURGERY}.implanted_device.notes",
    ),
    # craniotomies and injections
    (
        on_step(samples.craniotomy(craniotomy_type="Other", position=None, coordinate_system_name=None)),
        on_step(samples.craniotomy(position=["Left"], coordinate_system_name=None)),
        "position-system",
        f"{SURGERY}.coordinate_system_name",
    ),
    (
        on_step(samples.craniotomy(craniotomy_type="Dual hemisphere craniotomy", position=None)),
        on_step(samples.craniotomy(craniotomy_type="Whole hemisphere craniotomy", position=None)),
        "craniotomy-position",
        f"{SURGERY}.position",
    ),
    (
        on_step(samples.craniotomy(craniotomy_type="Whole hemisphere craniotomy", size=None)),
        on_step(samples.craniotomy(craniotomy_type="Square", size=0)),
        "craniotomy-size",
        f"{SURGERY}.size",
    ),
    (
        on_step(samples.brain_injection()),
        on_step(samples.brain_injection(dynamics=[samples.delivery()] * 2)),
        "injection-depths",
        f"{SURGERY}.dynamics",
    ),
    (
        on_step(
            samples.brain_injection(
                dynamics=[{"profile": "Pulsed", "injection_current": 5, "injection_current_unit": "microamps"}] * 3
            )
        ),
        on_step(samples.brain_injection(dynamics=[samples.delivery(volume=0)] * 3)),
        "delivery-amount",
        f"{SURGERY}.dynamics.0.volume",
    ),
    # specimens
    (
        on_specimen(samples.specimen_procedure(specimen_id=["654321_001", "654321_002"])),
        on_specimen(samples.specimen_procedure(specimen_id=["654321_001", "654322_002"])),
        "specimen-of-subject",
        f"{SPECIMEN}.specimen_id.1",
    ),
    (
        on_specimen(samples.specimen_procedure(procedure_type="Other", notes="dried")),
        on_specimen(samples.specimen_procedure(procedure_type="Other")),
        "procedure-other",
        f"{SPECIMEN}.notes",
    ),
    (
        on_specimen(planar(SLICE)),
        on_specimen(samples.specimen_procedure(procedure_type="Sectioning")),
        "details-missing",
        f"{SPECIMEN}.procedure_details",
    ),
    (
        on_specimen(
            samples.specimen_procedure(
                procedure_type="Immunolabeling",
                procedure_details=[
                    reagent(
                        "Fluorescent reagent",
                        stain_type="Nuclear",
                        excitation_wavelength=405,
                        emission_wavelength=450,
                    )
                ],
            )
        ),
        on_specimen(
            samples.specimen_procedure(procedure_type="Immunolabeling", procedure_details=[reagent("Reagent")])
        ),
        "details-missing",
        f"{SPECIMEN}.procedure_details",
    ),
    (
        on_specimen(samples.specimen_procedure(procedure_details=[reagent("Gene probe set", gene_probes=[])])),
        on_specimen(
            samples.specimen_procedure(
                procedure_details=[
                    reagent("Gene probe set", gene_probes=[]),
                    {"object_type": "Sectioning", "sections": []},
                ]
            )
        ),
        "details-mixed",
        f"{SPECIMEN}.procedure_details",
    ),
    (
        on_specimen(planar(SLICE)),
        on_specimen(planar({**SLICE, "thickness": None})),
        "section-extent",
        f"{SPECIMEN}.procedure_details.0.sections.0.thickness",
    ),
    (
        on_specimen(planar({**SLICE, "object_type": "Section"})),
        on_specimen(planar({**SLICE, "object_type": "Section", "thickness": None})),
        "section-extent",
        f"{SPECIMEN}.procedure_details.0.sections.0.thickness",
    ),
    # subjects
    (
        samples.subject(),
        samples.subject(samples.mouse(species={"name": "Rattus norvegicus"})),
        "species-strain",
        "subject_details.species",
    ),
    (
        samples.subject(
            {
                "object_type": "Human subject",
                "sex": "Male",
                "year_of_birth": 1990,
                "source": {"name": "Other"},
                "species": Species.HUMAN.model_dump(mode="json"),
            }
        ),
        samples.subject(
            {
                "object_type": "Human subject",
                "sex": "Male",
                "year_of_birth": 1990,
                "source": {"name": "Other"},
                "species": Species.HOUSE_MOUSE.model_dump(mode="json"),
            }
        ),
        "species-human",
        "subject_details.species",
    ),
    (
        samples.subject(
            {
                "object_type": "Non human primate subject",
                "species": {"name": "Macaca mulatta"},
                "sex": "Male",
                "date_of_birth": "2015-05-05",
                "year_of_birth": 2015,
                "mating_status": "Unknown",
                "source": {"name": "Other"},
            }
        ),
        samples.subject(
            {
                "object_type": "Non human primate subject",
                "species": {"name": "Macaca mulatta"},
                "sex": "Male",
                "date_of_birth": "2015-05-05",
                "year_of_birth": 2016,
                "mating_status": "Unknown",
                "source": {"name": "Other"},
            }
        ),
        "birth-year",
        "subject_details.year_of_birth",
    ),
    # data descriptions
    (
        samples.data_description(data_level="derived", subject_id=None),
        samples.data_description(subject_id=None),
        "raw-subject",
        "subject_id",
    ),
    (
        samples.data_description(data_level="derived", source_data=["a"]),
        samples.data_description(source_data=[]),
        "raw-source",
        "source_data",
    ),
    (
        samples.data_description(subject_id="65\n43", name="given"),
        samples.data_description(subject_id="65\n43"),
        "raw-name",
        "name",
    ),
    # parts
    (
        samples.metadata(subject=samples.subject()),
        samples.metadata(data_description=samples.data_description()),
        "file-required",
        "subject",
    ),
]


@pytest.mark.parametrize(("good", "bad", "code", "path"), CASES, ids=[f"{case[2]}-{case[3]}" for case in CASES])
def test_a_broken_rule_is_one_problem_at_its_place(good, bad, code, path):
    assert code not in {problem.code for problem in validate(good)}
    assert [problem.path for problem in validate(bad) if problem.code == code][:1] == [path]


@pytest.mark.parametrize(("good", "bad", "code", "path"), CASES, ids=[f"{case[2]}-{case[3]}" for case in CASES])
def test_only_what_breaks_a_rule_is_invalid(good, bad, code, path):
    assert [problem for problem in validate(good) if problem.severity != "warning"] == []
    assert {problem.severity for problem in validate(bad) if problem.code == code} == {"error"}


WARNED = [
    (
        samples.procedures(global_coordinate_system=samples.system("BREGMA_ARID")),
        "depth-axis",
        "global_coordinate_system.axes.3.name",
    ),
    (
        samples.procedures(
            subject_procedures=[{"object_type": "Injection", "injection_materials": [MATERIAL], "dynamics": []}]
        ),
        "injection-bare",
        "subject_procedures.0",
    ),
    (
        on_specimen(samples.specimen_procedure(start_date="2024-03-05", end_date="2024-03-04")),
        "portal-time-order",
        f"{SPECIMEN}.end_date",
    ),
    (
        samples.procedures(
            subject_procedures=[
                {
                    "object_type": "Training protocol",
                    "training_name": "t",
                    "start_date": "2024-03-05",
                    "end_date": "2024-03-04",
                }
            ]
        ),
        "portal-time-order",
        "subject_procedures.0.end_date",
    ),
    (
        without(samples.procedures(coordinate_system=samples.system()), "global_coordinate_system"),
        "field-renamed",
        "coordinate_system",
    ),
    (
        on_specimen(planar({**SLICE, "object_type": "Section"})),
        "section-coordinates",
        f"{SPECIMEN}.procedure_details.0.sections.0.coordinate_system_name",
    ),
    (
        samples.subject(
            samples.mouse(
                breeding_info={
                    "breeding_group": "G1",
                    "maternal_id": "1",
                    "maternal_genotype": "a",
                    "paternal_id": "2",
                    "paternal_genotype": "b",
                }
            )
        ),
        "breeding-group",
        "subject_details.breeding_info.breeding_group",
    ),
    (
        samples.procedures(
            subject_procedures=[
                {
                    "object_type": "Training protocol",
                    "training_name": "t",
                    "start_date": "2024-01-01",
                    "curriculum_code": {"url": "x", "parameters": {"a.b": 1}},
                }
            ]
        ),
        "code-unversioned",
        "subject_procedures.0.curriculum_code.version",
    ),
    (
        samples.procedures(
            subject_procedures=[
                {
                    "object_type": "Training protocol",
                    "training_name": "t",
                    "start_date": "2024-01-01",
                    "curriculum_code": {"url": "x", "parameters": {"a.b": 1}},
                }
            ]
        ),
        "key-awkward",
        "subject_procedures.0.curriculum_code.parameters",
    ),
    (samples.data_description(creation_time="2024-01-01T10:00:00"), "time-zone-assumed", "creation_time"),
    (samples.metadata(subject=samples.subject()), "file-expected", "data_description"),
    (samples.metadata(subject=samples.subject(), whatever=1), "field-ignored", "whatever"),
    (
        samples.metadata(
            subject=samples.subject({"object_type": "Calibration object", "description": "beads"}),
            data_description=samples.data_description(),
        ),
        "calibration-tag",
        "data_description.tags",
    ),
]


@pytest.mark.parametrize(("document", "code", "path"), WARNED, ids=[case[1] for case in WARNED])
def test_what_the_standard_only_advises_against_is_a_warning_at_its_place(document, code, path):
    found = [problem for problem in validate(document) if problem.code == code]
    assert [(problem.path, problem.severity) for problem in found][:1] == [(path, "warning")]


@pytest.mark.parametrize(("document", "code", "path"), WARNED, ids=[case[1] for case in WARNED])
def test_warnings_keep_their_place_in_a_broken_document(document, code, path):
    broken = {**document, "stranger": 1, "describedBy": 5}
    found = [problem for problem in validate(broken) if problem.code == code]
    assert [(problem.path, problem.severity) for problem in found][:1] == [(path, "warning")]


def test_a_mouse_made_in_code_as_the_institutes_own_needs_its_parents():
    fields = {
        "sex": "Male",
        "date_of_birth": "2024-01-01",
        "strain": Strain.C57BL_6J,
        "species": Species.HOUSE_MOUSE,
        "genotype": "wt",
    }
    with pytest.raises(ValidationError, match="breeding_info"):
        MouseSubject(**fields, source=Organization.AI)
    assert (
        MouseSubject(**fields, source=Organization.from_name("Jackson Laboratory")).source.name == "Jackson Laboratory"
    )
    assert MouseSubject(**fields, source=Organization.AI.model_dump()).breeding_info is None


def test_a_human_is_human_by_default():
    assert HumanSubject(sex="Male", year_of_birth=1990, source=Organization.OTHER).species == Species.HUMAN


def test_a_written_human_subject_can_be_read_again():
    human = HumanSubject(sex="Male", year_of_birth=1990, source=Organization.OTHER)
    assert HumanSubject.model_validate_json(human.model_dump_json()).model_dump() == human.model_dump()


def test_data_assets_are_found_by_name_or_address():
    def code(asset):
        inputs = [{"object_type": "Data asset", **asset}]
        curriculum = {"url": "x", "version": "1", "input_data": inputs}
        training = {"training_name": "t", "start_date": "2024-01-01", "curriculum_code": curriculum}
        return samples.procedures(subject_procedures=[{"object_type": "Training protocol", **training}])

    def name(asset):
        return load(code(asset)).subject_procedures[0].curriculum_code.input_data[0].name

    assert [problem.code for problem in validate(code({}))] == ["data-asset-unnamed"]
    assert name({"url": "s3://aind-open-data/mouse_1/x"}) == "mouse_1"
    assert name({"url": "s3://elsewhere/mouse_1"}) is None


def test_raw_data_are_named_by_subject_and_time_in_its_own_zone():
    assert load(samples.data_description()).name == "654321_2024-03-10_11-12-13"
    assert load(samples.data_description(data_level="derived")).name is None
    assert load(samples.data_description(name="mine")).name == "mine"


def test_specimens_of_a_perfusion_are_sorted():
    model = load(samples.procedures({"object_type": "Perfusion", "output_specimen_ids": ["b", "a"]}))
    assert model.subject_procedures[0].procedures[0].output_specimen_ids == ["a", "b"]


def test_the_rule_about_makers_holds_for_every_kind_of_device():
    with pytest.raises(ValidationError, match="say in notes"):
        Device(name="x", manufacturer=Organization.OTHER)
