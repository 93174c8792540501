"""Instruments: their rules, the names of their parts, and two of them as one."""

from __future__ import annotations

import json
import logging

import pytest

from schema_core import load, validate
from schema_core.components.devices import DAQChannel, DAQDevice
from schema_core.core.instrument import DEVICES_REQUIRED, Instrument
from schema_core.rules.names import named_nodes
from tests.schema_core import rigs, samples

CLOCK = {"is_clock_generator": True}
PHOTOMETRY = (rigs.laser(), rigs.detector())
PATCH_CORD = rigs.device("Cord", "Fiber patch cord", core_diameter=200, numerical_aperture=0.37)
MIRRORS = rigs.device(
    "Mirrors",
    "Digital micromirror device",
    max_dmd_patterns=1,
    invert_pixel_values=False,
    motion_padding_x=0,
    motion_padding_y=0,
    pixel_size=1,
    start_phase=0,
    dmd_curtain=[],
    line_shear_anchors=[],
)
ALL_OF_SLAP2 = (rigs.laser(), rigs.detector(), rigs.objective(), MIRRORS, rigs.device("Scope", "Microscope"))


def problems(document):
    return [(found.code, found.path, found.severity) for found in validate(document)]


def modality(*abbreviations):
    return [{"abbreviation": one} for one in abbreviations]


COMPLETE = {
    "fib": (*PHOTOMETRY, PATCH_CORD),
    "pophys": (*PHOTOMETRY, rigs.objective()),
    "slap2": ALL_OF_SLAP2,
    "behavior-videos": (rigs.camera_assembly(),),
    "SPIM": (rigs.laser(), rigs.objective(), rigs.stage()),
}


@pytest.mark.parametrize(("abbreviation", "components"), COMPLETE.items())
def test_a_modality_has_its_devices(abbreviation, components):
    assert problems(rigs.instrument(*components, modalities=modality(abbreviation))) == []
    for left_out in range(len(components)):
        rest = components[:left_out] + components[left_out + 1 :]
        found = problems(rigs.instrument(*rest, modalities=modality(abbreviation)))
        assert found == [("modality-devices", "components", "error")]


def test_every_lack_of_every_modality_is_told():
    document = rigs.instrument(modalities=modality("pophys", "ecephys", "fib"))
    assert [found.also for found in validate(document)] == [("modalities.0",)] * 3 + [("modalities.2",)] * 3
    assert set(DEVICES_REQUIRED) == set(COMPLETE)


def test_a_kind_of_camera_is_a_detector_and_any_light_serves_photometry():
    lamp = rigs.device("Lamp", "Lamp")
    assert problems(rigs.instrument(lamp, rigs.camera(), PATCH_CORD, modalities=modality("fib"))) == []


def test_only_components_themselves_count():
    spare = rigs.device(
        "Fibers",
        "Laser assembly",
        manipulator={"name": "Arm", "manufacturer": rigs.MAKER},
        lasers=[rigs.laser()],
        collimator={"name": "Collimator"},
        fiber=PATCH_CORD,
    )
    document = rigs.instrument(spare, rigs.detector(), PATCH_CORD | {"name": "C2"}, modalities=modality("fib"))
    assert problems(document) == [("modality-devices", "components", "error")]


def test_a_cameras_other_target_is_explained_in_the_instruments_notes():
    cameras = [rigs.camera_assembly("A", target="Other"), rigs.camera_assembly("B", target="Other")]
    assert problems(rigs.instrument(*cameras, notes="the ceiling")) == []
    assert problems(rigs.instrument(*cameras)) == [("camera-target-other", "notes", "error")] * 2


def test_connections_join_devices():
    parts = (rigs.camera_assembly(), rigs.harp())
    fine = [rigs.connection("Harp", "Face camera body"), rigs.connection("Rig1", "Harp")]
    assert problems(rigs.instrument(*parts, connections=fine)) == []
    broken = [*fine, rigs.connection("harp", "Nothing")]
    found = validate(rigs.instrument(*parts, connections=broken))
    assert [(one.code, one.path) for one in found] == [
        ("connection-device-unknown", "connections.2.source_device"),
        ("connection-device-unknown", "connections.2.target_device"),
    ]
    assert "did you mean 'Harp'?" in found[0].message


def test_many_wrong_connections_are_all_told_and_soon():
    parts = [rigs.device(f"Device number {number}") for number in range(300)]
    wires = [rigs.connection(f"Device numbr {number}", "Rig1") for number in range(300)]
    found = validate(rigs.instrument(*parts, connections=wires))
    assert len(found) == 300
    assert sum("did you mean" in one.message for one in found) == 20


BOARD = rigs.device(
    "Board", "Open ephys acquisition board", ports=[{"index": 1, "probes": ["Probe A"]}, {"index": 2, "probes": []}]
)
CELL = rigs.device("Cell", "Pockels cell", polygonal_scanner="Polygon")
PROBE = rigs.device("Insertion", "Ephys assembly", manipulator={"name": "Arm", "manufacturer": rigs.MAKER})
PROBE["probes"] = [{"name": "Probe A", "probe_model": "Neuropixels 1.0"}]
CALIBRATION = {
    "object_type": "Power calibration",
    "device_name": "Laser",
    "calibration_date": "2024-01-01T00:00:00Z",
    "input": [1],
    "input_unit": "percent",
    "output": [2],
    "output_unit": "milliwatt",
}


@pytest.mark.parametrize(
    ("kept", "broken", "path"),
    [
        (
            rigs.instrument(rigs.laser(), calibrations=[CALIBRATION]),
            rigs.instrument(calibrations=[CALIBRATION]),
            "calibrations.0.device_name",
        ),
        (rigs.instrument(BOARD, PROBE), rigs.instrument(BOARD), "components.0.ports.0.probes.0"),
        (
            rigs.instrument(CELL, rigs.device("Polygon", "Polygonal scanner", speed=1, number_faces=8)),
            rigs.instrument(CELL),
            "components.0.polygonal_scanner",
        ),
        (rigs.instrument(CELL | {"polygonal_scanner": ""}), rigs.instrument(CELL), "components.0.polygonal_scanner"),
    ],
)
def test_devices_that_others_mention_are_described(kept, broken, path):
    assert problems(kept) == []
    assert problems(broken) == [("portal-device-unknown", path, "warning")]


def test_everything_named_inside_a_component_counts_as_a_device():
    placed = {"local_coordinate_system": samples.system("BREGMA_RAS"), "transform": [samples.translation(0, 0, 0)]}
    parts = (
        rigs.camera_assembly(camera=rigs.camera("Body", recording_software={"name": "Bonsai"}), **placed),
        rigs.device("Valve", additional_settings={"name": "no", "object_type": "so it counts"}),
        rigs.device("Sensor", additional_settings={"name": "no"}),
    )
    names = Instrument.model_validate(rigs.instrument(*parts)).get_component_names()
    outer = ["Face camera", "BREGMA_RAS", "ML", "AP", "SI", "Body", "Bonsai", "Face camera lens"]
    assert names == [*outer, "Valve", "no", "Sensor", "Rig1"]


def test_an_older_coordinate_system_beside_the_newer_is_not_counted_twice():
    placed = {"coordinate_system": samples.system(), "transform": [samples.translation(0, 0, 0)]}
    with pytest.warns(DeprecationWarning, match="local_coordinate_system"):
        made = Instrument.model_validate(rigs.instrument(rigs.monitor(**placed)))
    assert made.get_component_names().count("BREGMA_ARI") == 1


def test_a_class_made_later_is_searched_for_names():
    rig = rigs.instrument(rigs.device("Board", "DAQ device", manufacturer=rigs.MAKER, data_interface="USB"))
    board = Instrument.model_validate(rig).components[0]
    assert isinstance(board, DAQDevice)

    class NamedChannel(DAQChannel):
        name: str

    board.channels = [NamedChannel(channel_name="0", channel_type="Analog Input", name="Microphone")]
    assert [one.name for one in named_nodes(board)] == ["Board", "Microphone"]
    assert [one.steps for one in named_nodes(board)] == [(), ("channels", 0)]


def test_two_devices_of_one_name_are_told_where_they_are():
    twice = (rigs.device("Valve"), rigs.laser("Valve"))
    (found,) = validate(rigs.instrument(*twice))
    assert (found.code, found.path, found.also) == (
        "next-component-duplicate",
        "components.1.name",
        ("components.0.name",),
    )
    inner = (rigs.device("Body"), rigs.camera_assembly(camera=rigs.camera("Body")))
    assert problems(rigs.instrument(*inner)) == [("next-component-duplicate", "components.1.camera.name", "warning")]


def test_the_same_part_in_two_places_is_one_part():
    lens = rigs.device("Lens", "Lens", manufacturer=rigs.MAKER)
    pair = (rigs.camera_assembly("A", lens=lens), rigs.camera_assembly("B", lens=lens))
    assert problems(rigs.instrument(*pair)) == []
    software = {"recording_software": {"name": "Bonsai"}}
    cameras = [rigs.camera_assembly(name, camera=rigs.camera(f"{name}2", **software)) for name in "AB"]
    assert problems(rigs.instrument(*cameras)) == []


def test_even_equal_components_need_names_of_their_own():
    assert problems(rigs.instrument(rigs.device("Valve"), rigs.device("Valve"))) == [
        ("next-component-duplicate", "components.1.name", "warning")
    ]


def test_modalities_are_put_in_order():
    rig = load(rigs.instrument(modalities=modality("ecephys", "behavior", "MRI")))
    assert [one.abbreviation for one in rig.modalities] == ["MRI", "behavior", "ecephys"]


def test_the_older_name_of_the_coordinate_system_is_read():
    document = rigs.instrument()
    document["coordinate_system"] = document.pop("global_coordinate_system")
    assert problems(document) == [("field-renamed", "coordinate_system", "warning")]


@pytest.mark.parametrize("kind", ["Ephys probe", "Manipulator", "Light assembly", "Catheter"])
def test_some_devices_are_no_components(kind):
    assert problems(rigs.instrument(rigs.device("X", kind))) == [("kind-unknown", "components.0", "error")]


def test_an_instrument_is_written_in_the_order_of_the_standard():
    written = json.loads(load(rigs.instrument(rigs.monitor(), rigs.harp())).model_dump_json())
    assert list(written)[:6] == [
        "object_type",
        "describedBy",
        "schema_version",
        "location",
        "instrument_id",
        "modification_date",
    ]
    assert list(written["components"][0])[:5] == [
        "object_type",
        "relative_position",
        "coordinate_system",
        "local_coordinate_system",
        "transform",
    ]
    assert load(written).model_dump(mode="json") == written


def made(*components, **fields):
    return Instrument.model_validate(rigs.instrument(*components, **fields))


def test_two_instruments_make_one():
    first = made(rigs.laser(), modalities=modality("ecephys"), notes="left", calibrations=[CALIBRATION])
    second = made(
        rigs.harp(),
        instrument_id="Another",
        modification_date="2024-05-01",
        modalities=modality("behavior", "ecephys"),
        connections=[rigs.connection("Harp", "Another")],
        notes="right",
    )
    with pytest.raises(ValueError, match="Another"):
        first + second  # the joined instrument has neither name
    second.connections = []
    both = first + second
    assert both.instrument_id == "Another_Rig1"
    assert both.modification_date == second.modification_date
    assert [one.abbreviation for one in both.modalities] == ["behavior", "ecephys"]
    assert [one.name for one in both.components] == ["Laser", "Harp"]
    assert both.calibrations == first.calibrations
    assert both.notes == "left\nright"
    assert (first + first).instrument_id == "Rig1"


@pytest.mark.parametrize(("field", "value"), [("location", "room 2"), ("temperature_control", True)])
def test_instruments_that_differ_do_not_make_one(field, value):
    with pytest.raises(ValueError, match=field):
        made() + made(**{field: value})


def test_instruments_of_other_coordinates_or_versions_do_not_make_one():
    with pytest.raises(ValueError, match="global_coordinate_system"):
        made() + made(global_coordinate_system=samples.system("BREGMA_RAS"))
    older = made()
    older.schema_version = "2.0.0"
    with pytest.raises(ValueError, match=r"2\.2\.8 and 2\.0\.0"):
        made() + older


def test_a_component_of_both_is_kept_once_as_in_the_first(caplog):
    caplog.set_level(logging.INFO)
    joined = made(rigs.laser("A", wavelength=488)) + made(rigs.laser("A", wavelength=561), rigs.laser("B"))
    assert [(one.name, one.wavelength) for one in joined.components] == [("A", 488), ("B", 488)]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_the_clock_of_both_is_kept_once_without_alarm(caplog):
    caplog.set_level(logging.INFO)
    joined = made(rigs.harp("Clock", **CLOCK)) + made(rigs.harp("Clock", **CLOCK))
    assert [one.name for one in joined.components] == ["Clock"]
    assert [record.levelname for record in caplog.records] == ["INFO"]
