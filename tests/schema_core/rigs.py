"""Small valid devices and instruments to break in tests."""

from __future__ import annotations

from typing import Any

from tests.schema_core import samples

OTHER = {"name": "Other"}
MAKER = {"name": "Thorlabs"}


def device(name: str = "Valve", object_type: str = "Device", **fields: Any) -> dict[str, Any]:
    return {"object_type": object_type, "name": name, **fields}


def laser(name: str = "Laser", **fields: Any) -> dict[str, Any]:
    return device(name, "Laser", **{"manufacturer": MAKER, "wavelength": 488, **fields})


def detector(name: str = "PMT", **fields: Any) -> dict[str, Any]:
    given = {"manufacturer": MAKER, "detector_type": "Photomultiplier Tube", "data_interface": "USB", **fields}
    return device(name, "Detector", **given)


def camera(name: str = "Camera", **fields: Any) -> dict[str, Any]:
    return device(name, "Camera", **{"manufacturer": MAKER, "data_interface": "USB", **fields})


def camera_assembly(name: str = "Face camera", **fields: Any) -> dict[str, Any]:
    return {
        "object_type": "Camera assembly",
        "relative_position": ["Anterior"],
        "name": name,
        "target": "Face",
        "camera": camera(f"{name} body"),
        "lens": device(f"{name} lens", "Lens", manufacturer=MAKER),
        **fields,
    }


def objective(name: str = "Objective", **fields: Any) -> dict[str, Any]:
    given = {"numerical_aperture": 0.8, "magnification": 16, "immersion": "water", **fields}
    return device(name, "Objective", **given)


def harp(name: str = "Harp", **fields: Any) -> dict[str, Any]:
    given = {"harp_device_type": {"name": "Behavior"}, "is_clock_generator": False, **fields}
    return device(name, "Harp device", **given)


def monitor(name: str = "Monitor", **fields: Any) -> dict[str, Any]:
    given = {
        "relative_position": ["Left"],
        "manufacturer": MAKER,
        "refresh_rate": 60,
        "width": 1920,
        "height": 1080,
        "viewing_distance": 15,
        **fields,
    }
    return device(name, "Monitor", **given)


def stage(name: str = "Stage", **fields: Any) -> dict[str, Any]:
    given = {"travel": 50, "stage_axis_direction": "Detection axis", "stage_axis_name": "Z", **fields}
    return device(name, "Scanning stage", **given)


def instrument(*components: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "object_type": "Instrument",
        "instrument_id": "Rig1",
        "modification_date": "2024-03-01",
        "modalities": [],
        "global_coordinate_system": samples.system(),
        "components": list(components),
        **fields,
    }


def connection(source: str, target: str) -> dict[str, Any]:
    return {"object_type": "Connection", "source_device": source, "target_device": target}
