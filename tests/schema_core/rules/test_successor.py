"""Warnings about what only 3.0 refuses: each with a case that has it and one that has not."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from schema_core import validate
from schema_core.core.procedures import Procedures
from schema_core.kinds import kind_of
from tests.schema_core import rigs, samples

STEP = "subject_procedures.0.procedures.0"


def found(document: dict[str, Any]) -> list[tuple[str, str]]:
    problems = validate(document, kind_of(document))
    assert {problem.severity for problem in problems} <= {"warning"}
    return [(problem.path, problem.code) for problem in problems]


def image(*transforms: dict[str, Any], **changes: Any) -> dict[str, Any]:
    config = samples.imaging(images=[samples.image(image_to_acquisition_transform=list(transforms), **changes)])
    stream = samples.data_stream(configurations=[config])
    return samples.acquisition(data_streams=[stream], global_coordinate_system=samples.system())


AT = "data_streams.0.configurations.0.images.0.image_to_acquisition_transform.0"


@pytest.mark.parametrize(
    ("transform", "field"),
    [
        (samples.translation(1, 2), "translation"),
        (samples.translation(1, 2, 3, 4), "translation"),
        ({"object_type": "Scale", "scale": [1, 2]}, "scale"),
        ({"object_type": "Rotation", "angles": [1]}, "angles"),
        ({"object_type": "Affine", "affine_transform": [[1, 0, 0], [0, 1, 0], [0, 0, 1]]}, "affine_transform"),
        ({"object_type": "Affine", "affine_transform": [[1, 0, 0, 0]]}, "affine_transform"),
    ],
)
def test_a_number_for_each_axis(transform, field):
    assert found(image(transform)) == [(f"{AT}.{field}", "next-axis-count")]


@pytest.mark.parametrize(
    "transform",
    [
        samples.translation(1, 2, 3),
        {"object_type": "Scale", "scale": [1, 2, 3]},
        {"object_type": "Rotation", "angles": [1, 2, 3]},
        {"object_type": "Affine", "affine_transform": [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]},
        {"object_type": "Affine", "affine_transform": [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]},
    ],
)
def test_as_many_numbers_as_axes_are_right(transform):
    assert found(image(transform)) == []


def test_sizes_in_pixels_are_no_places():
    assert found(image(samples.translation(1, 2, 3), dimensions={"object_type": "Scale", "scale": [512, 512]})) == []


def test_a_device_has_axes_of_its_own():
    two = {**samples.system(), "axes": samples.system()["axes"][:2], "name": "Flat"}
    config = {
        "object_type": "Manipulator config",
        "device_name": "Arm",
        "local_coordinate_system": two,
        "local_axis_positions": samples.translation(1, 2),
    }
    stream = samples.data_stream(configurations=[config], active_devices=["Arm"])
    document = samples.acquisition(data_streams=[stream], global_coordinate_system=samples.system())
    assert found(document) == []
    config["local_axis_positions"] = samples.translation(1, 2, 3)
    at = "data_streams.0.configurations.0.local_axis_positions.translation"
    assert found(document) == [(at, "next-axis-count")]


def test_local_steps_are_counted_by_the_devices_axes():
    two = {**samples.system(), "axes": samples.system()["axes"][:2], "name": "Flat"}
    spout = {
        "object_type": "Lick spout config",
        "device_name": "Spout",
        "solution": "Water",
        "solution_valence": "Positive",
    }
    spout |= {
        "volume": 1,
        "volume_unit": "microliter",
        "relative_position": ["Anterior"],
        "local_coordinate_system": two,
    }
    local = {**samples.translation(1, 2), "reference_coordinate_system": "local"}
    stream = samples.data_stream(configurations=[{**spout, "transform": [samples.translation(1, 2, 3), local]}])
    assert found(samples.acquisition(data_streams=[stream], global_coordinate_system=samples.system())) == []


def test_the_point_of_an_atlas_brings_its_system():
    system = samples.system()
    atlas = {**system, "object_type": "Atlas", "name": "CCF", "version": "3", "size": [1, 1, 1]}
    atlas |= {"resolution": [10, 10, 10], "resolution_unit": "micrometer", "axes": system["axes"][:2]}
    config = {
        "object_type": "Probe config",
        "device_name": "Probe",
        "primary_targeted_structure": samples.plane()["targeted_structure"],
        "atlas_coordinate": {"object_type": "Atlas coordinate", "translation": [1, 2], "coordinate_system": atlas},
        "local_coordinate_system": system,
        "transform": [samples.translation(1, 2, 3)],
    }
    stream = samples.data_stream(configurations=[config])
    assert found(samples.acquisition(data_streams=[stream], global_coordinate_system=system)) == []


def test_measured_landmarks_count_too():
    surgery = samples.surgery(samples.craniotomy(), measured_coordinates={"Lambda": samples.translation(-4.2)})
    document = samples.procedures(subject_procedures=[surgery])
    assert found(document) == [("subject_procedures.0.measured_coordinates.Lambda.translation", "next-axis-count")]


def test_numbers_without_a_system_are_told_once_for_each_field():
    document = samples.procedures(samples.brain_injection(), global_coordinate_system=None)
    assert found(document) == [(f"{STEP}.coordinates", "next-system-missing")]
    assert found(samples.procedures(samples.brain_injection())) == []


@pytest.mark.parametrize("name", ["LAMBDA_ARI", "BREGMA", ""])
def test_needles_name_the_very_system_around_them(name):
    document = samples.procedures(samples.brain_injection(coordinate_system_name=name))
    assert found(document) == [(f"{STEP}.coordinate_system_name", "next-system-name")]


def test_a_place_may_not_cut_the_name_short():
    document = samples.procedures(samples.craniotomy(coordinate_system_name="BREG"))
    assert found(document) == [(f"{STEP}.coordinate_system_name", "next-system-name")]
    assert found(samples.procedures(samples.craniotomy())) == []


def test_nothing_is_said_under_a_system_that_cannot_be_read():
    document = samples.procedures(samples.brain_injection(), global_coordinate_system={"name": 5})
    assert {problem.code[:5] for problem in validate(document)} & {"next-"} == set()


@pytest.mark.parametrize(("delivery", "warned"), [({"duration": 0}, True), ({"duration": None}, False)])
def test_a_zero_has_a_unit(delivery, warned):
    document = samples.procedures(samples.brain_injection(dynamics=[samples.delivery(**delivery)] * 3))
    assert {code for _, code in found(document)} == ({"next-unit-missing"} if warned else set())
    assert {path.rpartition(".")[2] for path, _ in found(document)} == ({"duration_unit"} if warned else set())


@pytest.mark.parametrize(("path", "warned"), [("/data/out", True), ("out", False)])
def test_paths_are_relative(path, warned):
    document = samples.processing(samples.process(output_path=path))
    assert found(document) == ([("data_processes.0.output_path", "next-path-absolute")] if warned else [])


@pytest.mark.parametrize(("subject_id", "warned"), [("plate", True), ("calibration", False)])
def test_a_calibration_object_is_called_calibration(subject_id, warned):
    plate = {"object_type": "Calibration object", "description": "A plate", "empty": False}
    record = samples.metadata(subject=samples.subject(plate, subject_id=subject_id))
    assert (("subject.subject_id", "next-calibration-subject") in found(record)) is warned


@pytest.mark.parametrize(("target", "warned"), [("Bonsai", True), ("Eye", False), ("Rig1", False)])
def test_a_connection_joins_devices(target, warned):
    camera = rigs.camera("Eye", recording_software={"name": "Bonsai"})
    rig = rigs.instrument(camera, connections=[rigs.connection("Eye", target)])
    assert found(rig) == ([("connections.0.target_device", "next-device-unknown")] if warned else [])


@pytest.mark.parametrize(("name", "warned"), [("Bonsai", True), ("Eye", False)])
def test_what_acts_in_an_acquisition_is_a_device(name, warned):
    rig = rigs.instrument(rigs.camera("Eye", recording_software={"name": "Bonsai"}))
    stream = samples.data_stream(active_devices=[name], connections=[rigs.connection(name, name)])
    record = samples.metadata(
        instrument=rig,
        acquisition=samples.acquisition(
            data_streams=[stream], stimulus_epochs=[samples.stimulus_epoch(active_devices=[name])]
        ),
        subject=samples.subject(),
    )
    at = {path for path, code in found(record) if code == "next-device-unknown"}
    stream_at = "acquisition.data_streams.0"
    wanted = {
        f"{stream_at}.active_devices.0",
        f"{stream_at}.connections.0.source_device",
        f"{stream_at}.connections.0.target_device",
        "acquisition.stimulus_epochs.0.active_devices.0",
    }
    assert at == (wanted if warned else set())


def test_whoever_just_reads_a_model_hears_nothing_of_the_next_version():
    document = samples.procedures(samples.brain_injection(coordinate_system_name="LAMBDA_ARI"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Procedures.model_validate(document)
