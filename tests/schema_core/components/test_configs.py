"""Configurations: each rule kept and broken, the older field name, defaults."""

from __future__ import annotations

import pytest

from schema_core.components import configs
from schema_core.judging import Judge
from tests.schema_core import samples

SYSTEM = samples.system("SPIM_RPI")
COUPLED = samples.plane(object_type="Coupled plane", plane_index=0, coupled_plane_index=1, power_ratio=1)
SHEET = {
    "object_type": "Image spim",
    "channel_name": "Green",
    "image_to_acquisition_transform": [samples.translation(0, 0, 0)],
    "file_name": "tiles/1.tif",
}
SPOUT = {
    "device_name": "Spout",
    "solution": "Water",
    "solution_valence": "Positive",
    "volume": 5,
    "volume_unit": "microliter",
    "relative_position": ["Anterior"],
}
PUFF = {"device_name": "Nozzle", "relative_position": ["Left"]}
MANIPULATOR = {
    "device_name": "Manipulator",
    "local_coordinate_system": samples.system("MPM_MANIP_RFB"),
    "local_axis_positions": samples.translation(1, 2, 3),
}
SCAN = {
    "device_name": "Magnet",
    "index": 1,
    "setup": False,
    "pulse_sequence_type": "RARE",
    "mr_acquisition_type": "3D",
    "resolution": {"object_type": "Scale", "scale": [0.1, 0.1, 0.1]},
    "resolution_unit": "millimeter",
    "echo_time": "3.42",
    "repetition_time": 100,
    "affine_transform": [samples.translation(0, 0, 0)],
    "subject_position": "Supine",
}


def problems(cls, document):
    court = Judge()
    court.node(cls, document, "")
    kept = [found for found in court.problems if not found.code.startswith("next-")]
    return [(found.code, found.path, found.severity) for found in kept]


CASES = [
    (configs.PlanarImage, samples.image(planes=[COUPLED, COUPLED]), []),
    (configs.PlanarImage, samples.image(planes=[]), []),
    (
        configs.PlanarImage,
        samples.image(planes=[COUPLED, samples.plane()]),
        [("planes-uncoupled", "planes.1", "error")],
    ),
    (
        configs.PlanarImage,
        samples.image(planes=[samples.plane(), samples.plane()]),
        [("planes-uncoupled", "planes.0", "error"), ("planes-uncoupled", "planes.1", "error")],
    ),
    (configs.ImagingConfig, samples.imaging(), []),
    (
        configs.ImagingConfig,
        samples.imaging(images=[samples.image(), samples.image(channel_name="Red")]),
        [("image-channel", "images.1.channel_name", "error")],
    ),
    (configs.ImagingConfig, samples.imaging(images=[SHEET], local_coordinate_system=SYSTEM), []),
    (
        configs.ImagingConfig,
        samples.imaging(images=[SHEET], coordinate_system=SYSTEM),
        [("field-renamed", "coordinate_system", "warning")],
    ),
    (
        configs.ImageSPIM,
        {**SHEET, "image_start_time": "2024-03-10T10:00:00Z", "image_end_time": "2024-03-10T10:00:00Z"},
        [],
    ),
    (
        configs.ImageSPIM,
        {**SHEET, "image_start_time": "2024-03-10T10:00:00Z", "image_end_time": "2024-03-10T09:59:59Z"},
        [("portal-time-order", "image_end_time", "warning")],
    ),
    (
        configs.ImagingConfig,
        samples.imaging(images=[SHEET]),
        [("light-sheet-system", "local_coordinate_system", "error")],
    ),
    (configs.LickSpoutConfig, SPOUT, []),
    (configs.LickSpoutConfig, {**SPOUT, "solution": "Other", "notes": "Milk"}, []),
    (configs.LickSpoutConfig, {**SPOUT, "solution": "Other", "notes": ""}, [("solution-other", "notes", "error")]),
    (configs.MRIScan, SCAN, []),
    (configs.MRIScan, {**SCAN, "pulse_sequence_type": "Other", "notes": "Spiral"}, []),
    (configs.MRIScan, {**SCAN, "pulse_sequence_type": "Other"}, [("sequence-other", "notes", "error")]),
    (configs.MRIScan, {**SCAN, "setup": True, "resolution": None, "affine_transform": None}, []),
    (configs.MRIScan, {**SCAN, "affine_transform": []}, [("scan-placement", "affine_transform", "error")]),
    (
        configs.MRIScan,
        {**SCAN, "affine_transform": None, "resolution": None},
        [("scan-placement", "affine_transform", "error"), ("scan-placement", "resolution", "error")],
    ),
    # units: the standard pairs them by the words in their names
    (configs.LaserConfig, {"device_name": "L", "wavelength": 488, "power": 5, "power_unit": "percent"}, []),
    (
        configs.LaserConfig,
        {"device_name": "L", "wavelength": 488, "power_measured_at": "objective"},
        [("unit-missing", "power_unit", "error")],
    ),
    (configs.DetectorConfig, samples.detector(crop_width=10), []),
    (
        configs.DetectorConfig,
        samples.detector(crop_width=10, crop_unit=None),
        [("unit-missing", "crop_unit", "error")],
    ),
    (configs.SpeakerConfig, {"device_name": "S", "volume": 0}, []),
    (configs.SpeakerConfig, {"device_name": "S", "volume": 60}, [("unit-missing", "volume_unit", "error")]),
    (configs.AirPuffConfig, {**PUFF, "duration": 5}, []),
    (configs.AirPuffConfig, {**PUFF, "pressure": 5}, [("unit-missing", "pressure_unit", "error")]),
]


@pytest.mark.parametrize(("cls", "document", "expected"), CASES)
def test_each_rule_says_what_is_wrong_at_its_place(cls, document, expected):
    assert problems(cls, document) == expected


PLACED = {"relative_position": ["Left"], "transform": [samples.translation(1, 2, 3)]}
MODULE = {"arc_angle": 10, "module_angle": 20}
RENAMED = [
    (configs.ImagingConfig, samples.imaging()),
    (configs.LickSpoutConfig, SPOUT),
    (configs.AirPuffConfig, PUFF),
    (configs.ManipulatorConfig, {key: MANIPULATOR[key] for key in ("device_name", "local_axis_positions")}),
    (
        configs.ProbeConfig,
        {"device_name": "P", "primary_targeted_structure": samples.plane()["targeted_structure"], "transform": []},
    ),
    (
        configs.MISCameraConfig,
        {"device_name": "C", **PLACED, "detector_config": samples.detector(), "module": MODULE},
    ),
]


@pytest.mark.parametrize(("cls", "document"), RENAMED, ids=[cls.__name__ for cls, _ in RENAMED])
def test_the_older_name_of_a_coordinate_system_is_read_and_both_are_written(cls, document):
    given = {**document, "coordinate_system": SYSTEM}
    assert problems(cls, given) == [("field-renamed", "coordinate_system", "warning")]
    with pytest.warns(DeprecationWarning, match="local_coordinate_system"):
        written = cls.model_validate(given).model_dump(mode="json")
    assert written["coordinate_system"] == written["local_coordinate_system"]
    assert written["local_coordinate_system"]["name"] == "SPIM_RPI"
    assert problems(cls, written) == []


@pytest.mark.parametrize(("cls", "document"), RENAMED, ids=[cls.__name__ for cls, _ in RENAMED])
def test_two_different_coordinate_systems_both_stay(cls, document):
    other = samples.system("SPIM_LPS")
    made = cls.model_validate({**document, "coordinate_system": SYSTEM, "local_coordinate_system": other})
    written = made.model_dump(mode="json")
    assert (written["coordinate_system"]["name"], written["local_coordinate_system"]["name"]) == (
        "SPIM_RPI",
        "SPIM_LPS",
    )


@pytest.mark.parametrize("cls", [configs.ManipulatorConfig, configs.ProbeConfig])
def test_what_went_into_the_brain_needs_its_own_axes(cls):
    assert ("missing", "local_coordinate_system", "missing") in problems(cls, {"device_name": "x"})


def test_a_camera_in_a_modular_system_is_placed_as_any_device():
    camera = {"device_name": "C", **PLACED, "detector_config": samples.detector(), "module": MODULE}
    assert problems(configs.MISCameraConfig, camera) == [("placement-incomplete", "local_coordinate_system", "error")]


def test_lists_of_several_kinds_ask_for_the_kind():
    assert problems(configs.Channel, samples.channel(light_sources=[{"device_name": "L"}])) == [
        ("kind-missing", "light_sources.0", "missing")
    ]
    assert problems(configs.ImagingConfig, samples.imaging(channels=[{"channel_name": "Green"}])) == [
        ("kind-missing", "channels.0", "missing")
    ]


def test_several_faults_are_told_at_once():
    broken = samples.imaging(images=[samples.image(channel_name="Red", planes=[samples.plane(), COUPLED]), SHEET])
    assert problems(configs.ImagingConfig, {**broken, "sampling_strategy": {"frame_rate": "fast"}}) == [
        ("planes-uncoupled", "images.0.planes.0", "error"),
        ("number", "sampling_strategy.frame_rate", "error"),
        ("image-channel", "images.0.channel_name", "error"),
        ("light-sheet-system", "local_coordinate_system", "error"),
    ]


def test_units_have_the_standards_defaults():
    assert configs.DetectorConfig(**samples.detector()).model_dump(mode="json") == {
        "object_type": "Detector config",
        "device_name": "PMT",
        "exposure_time": None,
        "exposure_time_unit": "millisecond",
        "trigger_type": "Internal",
        "compression": None,
        "crop_offset_x": None,
        "crop_offset_y": None,
        "crop_width": None,
        "crop_height": None,
        "crop_unit": "pixel",
    }
