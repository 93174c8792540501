"""A lab with two cameras of one model, a laser, and a probe that is out of service."""

from __future__ import annotations

import pytest

from metadata_portal.registries.overlay import refresh
from metadata_portal.registries.services import term_add

CAMERA = {
    "name": "Blackfly S 0.5 MP",
    "device_class": "Camera",
    "manufacturer": "Teledyne FLIR",
    "part_number": "BFS-U3-04S2M-CS",
    "defaults": {"detector_type": "Camera", "data_interface": "USB", "cooling": "No cooling"},
}
PROBE = {
    "name": "Neuropixels 2.0 (multi-shank)",
    "device_class": "Ephys probe",
    "manufacturer": "Interuniversity Microelectronics Center",
    "model": "PRB2_4",
    "defaults": {"probe_model": "Neuropixels 2.0 (Multi Shank)"},
}
LASER = {"name": "OBIS 488", "device_class": "Laser", "defaults": {"wavelength": 488}}
POWER = {
    "object_type": "Power calibration",
    "calibration_date": "2025-05-05T10:00:00+00:00",
    "input": [1, 2],
    "input_unit": "milliwatt",
    "output": [0.5, 1],
    "output_unit": "milliwatt",
}
ITEMS = (
    {"name": "Face camera A", "device_model": CAMERA["name"], "serial_number": "SN-1", "location": "Rig 3"},
    {"name": "Face camera B", "device_model": CAMERA["name"], "serial_number": "SN-2", "location": "Cabinet 2"},
    {"name": "Blue laser", "device_model": LASER["name"], "serial_number": "L-9", "calibrations": [POWER]},
    {"name": "Probe 7", "device_model": PROBE["name"], "serial_number": "19122514283"},
    {"name": "Probe 3", "device_model": PROBE["name"], "serial_number": "111", "in_service_to": "2024-01-31"},
)


@pytest.fixture
def lab(db) -> None:
    """Device models and devices of the lab."""
    for data in (CAMERA, PROBE, LASER):
        term_add(vocabulary="device-models", data=data, by=None)
    for data in ITEMS:
        term_add(vocabulary="inventory", data=data, by=None)
    refresh()
