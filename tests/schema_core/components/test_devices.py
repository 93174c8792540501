"""Devices: each rule kept and broken, and what the standard fills in."""

from __future__ import annotations

import pytest

from schema_core import validate
from schema_core.components import devices
from schema_core.judging import Judge
from schema_core.rules.warned import StandardWarning
from tests.schema_core import rigs, samples

SHIFT = [samples.translation(1, 2, 3)]


def problems(document, cls=None):
    court = Judge()
    court.node(cls or CLASSES[document["object_type"]], document, "")
    return [(found.code, found.path, found.severity) for found in court.problems]


CLASSES = {getattr(devices, name).model_fields["object_type"].default: getattr(devices, name) for name in (
    "Device", "Detector", "Camera", "Filter", "Objective", "HarpDevice", "AdditionalImagingDevice", "DAQChannel",
    "Monitor", "Speaker", "CameraAssembly", "Laser", "Disc", "Tube", "OlfactometerChannel", "Olfactometer",
    "OpenEphysAcquisitionBoard", "Arena", "NeuropixelsBasestation", "LightEmittingDiode", "Lamp", "PockelsCell",
    "LickSpout",
)}  # fmt: skip


def imaging(kind, **fields):
    return rigs.device("Part", "Additional imaging device", imaging_device_type=kind, **fields)


def light_filter(kind, **fields):
    return rigs.device("Filter", "Filter", manufacturer=rigs.MAKER, filter_type=kind, **fields)


def channel(**fields):
    return {"object_type": "DAQ channel", "channel_name": "AI0", "channel_type": "Analog Input", **fields}


def arena(**fields):
    size = {"object_type": "Scale", "scale": [1, 1, 1]}
    return rigs.device("Arena", "Arena", **{"size": size, "size_unit": "meter", **fields})


def lick_spout(sensor):
    return rigs.device("Spout", "Lick spout", spout_diameter=1, solenoid_valve={"name": "V"}, lick_sensor=sensor)


OLFACTOMETER_CHANNEL = {"channel_index": 0, "channel_type": "Odor"}

BROKEN = [
    (rigs.device(manufacturer=rigs.OTHER, notes="Ann"), rigs.device(manufacturer=rigs.OTHER), "manufacturer-other"),
    (
        rigs.laser(manufacturer=rigs.OTHER, notes="x"),
        rigs.laser(manufacturer=rigs.OTHER, notes=""),
        "manufacturer-other",
    ),
    (rigs.detector(immersion="other", notes=""), rigs.detector(immersion="other"), "device-other"),
    (rigs.detector(data_interface="Other", notes="x"), rigs.detector(data_interface="Other"), "device-other"),
    (rigs.camera(detector_type="Other", notes="x"), rigs.camera(detector_type="Other"), "device-other"),
    (rigs.objective(immersion="other", notes="x"), rigs.objective(immersion="other", notes=""), "device-other"),
    (rigs.harp(data_interface="Other", notes="x"), rigs.harp(data_interface="Other"), "device-other"),
    (imaging("Other", notes="x"), imaging("Other"), "device-other"),
    (imaging("Galvo"), imaging("Other", notes=""), "device-other"),
]


@pytest.mark.parametrize(("kept", "broken", "code"), BROKEN)
def test_a_choice_of_other_is_explained_in_the_notes(kept, broken, code):
    assert problems(kept) == []
    assert problems(broken) == [(code, "notes", "error")]


def test_every_unexplained_choice_of_a_detector_is_told():
    document = rigs.detector(immersion="other", detector_type="Other", data_interface="Other")
    assert problems(document) == [("device-other", "notes", "error")] * 3


@pytest.mark.parametrize(
    ("kind", "wavelength", "fits"),
    [
        ("Band pass", 525, True),
        ("Band pass", None, True),
        ("Band pass", [525], False),
        ("Multiband", [525, 600], True),
        ("Multiband", 525, False),
        ("Multi notch", [], True),
        ("Multi notch", None, False),
    ],
)
def test_only_filters_of_several_bands_list_their_centers(kind, wavelength, fits):
    found = problems(light_filter(kind, center_wavelength=wavelength))
    assert found == ([] if fits else [("filter-bands", "center_wavelength", "error")])


@pytest.mark.parametrize("make", [rigs.monitor, rigs.camera_assembly])
def test_a_placement_is_a_system_and_its_steps(make):
    system = samples.system()
    assert problems(make(local_coordinate_system=system, transform=SHIFT)) == []
    assert problems(make(local_coordinate_system=system)) == [("placement-incomplete", "transform", "error")]
    assert problems(make(transform=SHIFT)) == [("placement-incomplete", "local_coordinate_system", "error")]


def test_the_older_name_of_a_placements_system_is_read():
    document = rigs.monitor(coordinate_system=samples.system(), transform=SHIFT)
    assert problems(document) == [("field-renamed", "coordinate_system", "warning")]
    with pytest.warns(DeprecationWarning, match="local_coordinate_system"):
        made = devices.Monitor.model_validate(document)
    assert made.local_coordinate_system.name == "BREGMA_ARI"


def test_a_channel_gives_its_port():
    assert problems(channel(port=3)) == []
    assert problems(channel(channel_index=3)) == [("channel-index", "channel_index", "warning")]
    with pytest.warns(DeprecationWarning, match="port"):
        devices.DAQChannel.model_validate(channel(channel_index=0))


@pytest.mark.parametrize("setting", ["contrast", "brightness"])
def test_a_monitors_settings_are_percentages(setting):
    document = rigs.monitor(**{setting: 50})
    before = dict(document)
    assert problems(document) == [("unit-assumed", f"{setting}_unit", "warning")]
    with pytest.warns(StandardWarning, match="percent"):
        made = devices.Monitor.model_validate(document)
    assert getattr(made, f"{setting}_unit") == "percent"
    assert document == before


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"contrast": 50, "contrast_unit": "percent"}, []),
        ({"contrast": None}, []),
        ({"contrast": 50, "contrast_unit": None}, [("unit-missing", "contrast_unit", "error")]),
        ({"contrast": 101, "contrast_unit": "percent"}, [("range", "contrast", "error")]),
        ({"refresh_rate": 59}, [("range", "refresh_rate", "error")]),
    ],
)
def test_a_monitors_settings_have_their_limits(fields, expected):
    assert problems(rigs.monitor(**fields)) == expected


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (rigs.laser(coupling_efficiency=100.5), "coupling_efficiency"),
        (rigs.device("Disc", "Disc", radius=-1), "radius"),
        (rigs.device("Tube", "Tube", diameter="-0.1"), "diameter"),
        ({"object_type": "Olfactometer channel", **OLFACTOMETER_CHANNEL, "flow_capacity": 0}, "flow_capacity"),
    ],
)
def test_numbers_have_their_limits(document, path):
    assert problems(document) == [("range", path, "error")]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (rigs.laser(coupling_efficiency_unit="fraction of cycle"), "coupling_efficiency_unit"),
        (rigs.device("Board", "Open ephys acquisition board", ports=[], data_interface="PXI"), "data_interface"),
    ],
)
def test_some_choices_have_one_answer(document, path):
    assert problems(document) == [("choice", path, "error")]


def test_an_arena_still_needs_its_size():
    assert problems(arena(shape={"object_type": "Circle", "radius": 1, "radius_unit": "meter"})) == []
    without = {key: value for key, value in arena().items() if not key.startswith("size")}
    assert problems(without) == [("missing", "size", "missing"), ("missing", "size_unit", "missing")]


def test_units_are_needed_where_there_is_a_quantity():
    led = rigs.device("LED", "Light emitting diode", manufacturer=rigs.MAKER, wavelength=470)
    assert problems({**led, "bandwidth": 20, "bandwidth_unit": "nanometer"}) == []
    assert problems({**led, "bandwidth": 20}) == [("unit-missing", "bandwidth_unit", "error")]
    lamp = rigs.device("Lamp", "Lamp")
    assert problems({**lamp, "temperature": 5600}) == [("unit-missing", "temperature_unit", "error")]


def test_boards_know_who_made_them_and_how_they_are_connected():
    harp = devices.HarpDevice.model_validate(rigs.harp())
    assert (harp.manufacturer.abbreviation, harp.data_interface) == ("OEPS", "USB")
    card = rigs.device("Card", "Neuropixels basestation", slot=1, ports=[])
    card |= {"basestation_firmware_version": "1", "bsc_firmware_version": "2"}
    made = devices.NeuropixelsBasestation.model_validate(card)
    assert (made.manufacturer.abbreviation, made.data_interface) == ("IMEC", "PXI")


def test_an_olfactometer_is_an_olfactometer_unless_it_says_otherwise():
    document = rigs.device("Odors", "Olfactometer", manufacturer=rigs.MAKER, is_clock_generator=False)
    document["channels"] = [OLFACTOMETER_CHANNEL]
    made = devices.Olfactometer.model_validate(document)
    assert made.harp_device_type.name == "Olfactometer"
    assert (made.channels[0].flow_capacity, made.channels[0].flow_unit) == (100, "mL/min")
    other = devices.Olfactometer.model_validate({**document, "harp_device_type": {"name": "Behavior"}})
    assert other.harp_device_type.name == "Behavior"


@pytest.mark.parametrize(
    ("sensor", "expected"),
    [
        (rigs.device("Sensor"), []),
        (rigs.harp("Sensor"), []),
        (rigs.laser("Sensor"), [("kind-unknown", "lick_sensor", "error")]),
    ],
)
def test_a_lick_sensor_is_a_device_or_a_harp_board(sensor, expected):
    assert problems(lick_spout(sensor)) == expected


def test_a_broken_olfactometer_is_judged_whole():
    document = rigs.device("Odors", "Olfactometer", harp_device_type={"name": "Behavior"}, is_clock_generator=False)
    document["channels"] = [{**OLFACTOMETER_CHANNEL, "channel_type": "Sound"}]
    assert problems(document) == [
        ("missing", "manufacturer", "missing"),
        ("choice", "channels.0.channel_type", "error"),
    ]


def test_remarks_on_a_twice_outdated_monitor_stay_at_their_places():
    document = rigs.monitor(coordinate_system=samples.system(), transform=SHIFT, contrast=50)
    found = validate(rigs.instrument(rigs.device("Valve"), document))
    assert [(one.code, one.path) for one in found] == [
        ("field-renamed", "components.1.coordinate_system"),
        ("unit-assumed", "components.1.contrast_unit"),
    ]
