"""What device models and devices of the lab put into a node, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from metadata_portal.errors import FormError
from metadata_portal.registries.fillings import IN_SERVICE, OUT, PLANNED, device_classes, filling, fitting, state_on
from metadata_portal.registries.models import Term
from metadata_portal.registries.services import term_add, term_rename
from schema_core.components.devices import Device
from tests.metadata_portal.equipment.conftest import CAMERA, POWER


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (None, None, IN_SERVICE),
        ("2025-06-02", None, PLANNED),
        ("2025-06-01", "2025-06-01", IN_SERVICE),
        (None, "2025-05-31", OUT),
    ],
)
def test_the_state_of_a_device_follows_from_its_dates(first, last, state):
    assert state_on({"in_service_from": first, "in_service_to": last}, dt.date(2025, 6, 1)) == state


def test_every_class_of_devices_of_the_standard_can_have_models():
    classes = device_classes()
    assert len(classes) >= 39
    assert {"Device", "Laser", "Neuropixels basestation", "Myomatrix array", "Treadmill"} <= classes.keys()
    assert all(issubclass(cls, Device) for cls in classes.values())


@pytest.mark.parametrize("typed", ["Face camera A", "face camera a", "SN-1"])
def test_a_device_of_the_lab_is_found_by_name_and_number(lab, typed):
    found = filling(typed)
    assert (found.name, found.type, found.item) == ("Face camera A", "Camera", True)
    assert list(found.value) == [
        "object_type",
        "name",
        "serial_number",
        "manufacturer",
        "model",
        "detector_type",
        "data_interface",
        "cooling",
    ]
    assert found.value["manufacturer"]["abbreviation"] == "FLIR"
    assert found.value["model"] == "BFS-U3-04S2M-CS"


def test_a_device_model_fills_no_name_and_no_number(lab):
    found = filling("BFS-U3-04S2M-CS")
    assert (found.name, found.item) == (CAMERA["name"], False)
    assert not {"name", "serial_number"} & found.value.keys()


def test_what_is_out_of_service_is_neither_offered_nor_taken(lab):
    assert [name for name, _ in fitting("", "Ephys probe", 20)] == ["Probe 7", "Neuropixels 2.0 (multi-shank)"]
    with pytest.raises(FormError, match="Probe 3 is out of service since 2024-01-31"):
        filling("Probe 3")


def test_a_device_follows_its_model_under_another_name(lab):
    term_rename(term=Term.objects.get(key=CAMERA["name"]), name="Blackfly", reason="short", by=None)
    assert filling("SN-1").value["detector_type"] == "Camera"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"device_class": "Toaster"}, "device_class"),
        ({"defaults": {"wavelength": 488}}, "defaults"),
        ({"defaults": {"serial_number": "1"}}, "defaults"),
        ({"defaults": {"detector_type": "Eye"}}, "defaults"),
    ],
)
def test_a_device_model_that_its_class_does_not_take_is_refused(db, change, field):
    with pytest.raises(FormError) as refused:
        term_add(vocabulary="device-models", data={**CAMERA, **change}, by=None)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"in_service_from": "2025-02-02", "in_service_to": "2025-02-01"}, "in_service_to"),
        ({"calibrations": [{**POWER, "output_unit": "parsec"}]}, "calibrations"),
        ({"calibrations": [{"object_type": "Toast"}]}, "calibrations"),
    ],
)
def test_a_device_of_the_lab_that_cannot_be_is_refused(lab, change, field):
    with pytest.raises(FormError) as refused:
        term_add(vocabulary="inventory", data={"name": "X", "device_model": "OBIS 488", **change}, by=None)
    assert refused.value.field == field
