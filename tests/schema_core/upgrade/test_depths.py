"""Depth axes: the needle ends where it ended, proved by numbers that share no code with the upgrade."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from schema_core.components.coordinates import CoordinateSystem, CoordinateSystemLibrary
from schema_core.core.procedures import Procedures
from schema_core.rules.warned import collecting
from schema_core.transforms import needle
from schema_core.upgrade import upgrade
from tests.schema_core import samples

AT = "subject_procedures.0.procedures.0"
CARRIED = {"BREGMA_ARID": "BREGMA_ARI", "BREGMA_RASD": "BREGMA_RAS"}
DOWN = {"BREGMA_ARID": np.array([0, 0, 1.0]), "BREGMA_RASD": np.array([0, 0, -1.0])}


def turn(*angles: float, **changes: Any) -> dict[str, Any]:
    return {"object_type": "Rotation", "angles": list(angles), **changes}


def record(*entries: list[dict[str, Any]], system: str = "BREGMA_ARID", **changes: Any) -> dict[str, Any]:
    injection = samples.brain_injection(
        coordinate_system_name=changes.pop("named", system),
        coordinates=list(entries),
        dynamics=[samples.delivery() for _ in entries],
    )
    return samples.procedures(injection, global_coordinate_system=samples.system(system), **changes)


def entries_of(document: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return document["subject_procedures"][0]["procedures"][0]["coordinates"]


def tip_of(entry: list[dict[str, Any]], down: np.ndarray) -> np.ndarray:
    """Where a needle ends that enters, is tilted where it enters, and goes down along itself."""
    point, tilt = np.array(entry[0]["translation"][:3], float), Rotation.identity()
    along = down * entry[0]["translation"][3] if len(entry[0]["translation"]) > 3 else np.zeros(3)
    for part in entry[1:]:
        if part["object_type"] == "Translation":
            along = np.array(part["translation"], float)
            continue
        angles = np.radians(part["angles"][:3]) * (-1 if part.get("rotation_direction") == "left_hand" else 1)
        order = part.get("axis_order", "xyz")
        local = part.get("reference_coordinate_system") == "local"
        tilt *= Rotation.from_euler(order.upper() if local else order, angles)
    return point + tilt.apply(along)


numbers = st.floats(-6, 6).map(lambda value: round(value, 3))
angles = st.floats(-80, 80).map(lambda value: round(value, 1))
tilts = st.fixed_dictionaries(
    {"object_type": st.just("Rotation"), "angles": st.lists(angles, min_size=3, max_size=3)},
    optional={
        "axis_order": st.sampled_from(["xyz", "zyx", "yxz", "xzx"]),
        "reference_coordinate_system": st.sampled_from(["global", "local"]),
        "rotation_direction": st.sampled_from(["right_hand", "left_hand"]),
        "pivot": st.sampled_from(["global", "local"]),
    },
)


@given(system=st.sampled_from(list(CARRIED)), point=st.tuples(numbers, numbers, numbers, numbers), tilt=tilts)
def test_the_tip_stays_where_it_was(system, point, tilt):
    entry = [samples.translation(*point), tilt]
    done = upgrade(record(entry, system=system))
    (new,) = entries_of(done.document)
    assert not done.refusals
    np.testing.assert_allclose(tip_of(new, DOWN[system]), tip_of(entry, DOWN[system]), atol=1e-9)
    if point[3]:
        assert new[0]["translation"] == list(point[:3])
        assert new[1]["pivot"] == new[1]["reference_coordinate_system"] == "local"
        assert new[2] == {
            **samples.translation(0, 0, DOWN[system][2] * point[3]),
            "reference_coordinate_system": "local",
        }


@given(system=st.sampled_from(list(CARRIED)), point=st.tuples(numbers, numbers, numbers, numbers), tilt=tilts)
def test_the_library_reads_the_same_needle_before_and_after(system, point, tilt):
    document = record([samples.translation(*point), tilt], system=system)
    with collecting():
        before, after = (Procedures.model_validate(one) for one in (document, back_again(document)))
    here, there = (
        needle(one.subject_procedures[0].procedures[0].coordinates[0], one.global_coordinate_system)
        for one in (before, after)
    )
    np.testing.assert_allclose(there.tip, here.tip, atol=1e-9)
    if abs(point[3]) > 0.01:
        np.testing.assert_allclose(there.entry, here.entry, atol=1e-9)


def back_again(document: dict[str, Any]) -> dict[str, Any]:
    return upgrade(upgrade(document).document, to="2.9").document


def test_a_straight_needle_gets_a_tilt_of_zero_so_that_an_entry_always_looks_alike():
    done = upgrade(record([samples.translation(-0.6, -3.05, 0, 4.2)]))
    assert entries_of(done.document) == [
        [
            samples.translation(-0.6, -3.05, 0),
            turn(
                0,
                0,
                0,
                angles_unit="degrees",
                axis_order="xyz",
                reference_coordinate_system="local",
                rotation_direction="right_hand",
                pivot="local",
            ),
            {**samples.translation(0, 0, 4.2), "reference_coordinate_system": "local"},
        ]
    ]
    assert [(loss.path, loss.code) for loss in done.losses] == [("global_coordinate_system.axes.3", "upgrade-depth")]
    assert f"{AT}.coordinates.0" in {change.path for change in done.changes}


def test_the_system_and_all_who_name_it_lose_the_letter():
    document = upgrade(record([samples.translation(1, 2, 0, 3)], named="BREGMA")).document
    assert document["global_coordinate_system"] == samples.system("BREGMA_ARI")
    assert document["subject_procedures"][0]["procedures"][0]["coordinate_system_name"] == "BREGMA_ARI"


@pytest.mark.parametrize(
    ("name", "new"),
    [("LAMBDA_RASD", "LAMBDA_RAS"), ("my system", "my system"), ("ARID", "ARI"), ("X_ABCDE", "X_ABCDE")],
)
def test_only_a_letter_that_stands_for_the_axis_goes(name, new):
    system = {**samples.system("BREGMA_ARID"), "name": name}
    document = record([samples.translation(1, 2, 0, 3)], named=name)
    document["global_coordinate_system"] = system
    assert upgrade(document).document["global_coordinate_system"]["name"] == new


def test_several_turns_about_fixed_axes_become_turns_about_the_needle_in_reverse_order():
    entry = [samples.translation(0, 0, 0, 2), turn(10, 20, 0)]
    (new,) = entries_of(upgrade(record(entry)).document)
    assert (new[1]["angles"], new[1]["axis_order"]) == ([0, 20, 10], "zyx")


def test_a_tilt_before_the_entry_stays_before_it():
    entry = [turn(0, 10, 0), samples.translation(1, 2, 0, 3)]
    (new,) = entries_of(upgrade(record(entry)).document)
    assert new == [turn(0, 10, 0), samples.translation(1, 2, 0), {**samples.translation(0, 0, 3), **LOCAL}]


LOCAL = {"reference_coordinate_system": "local"}


def probe(transform: list[dict[str, Any]], device: dict[str, Any]) -> dict[str, Any]:
    config = {
        "object_type": "Probe config",
        "device_name": "Probe",
        "primary_targeted_structure": samples.plane()["targeted_structure"],
        "local_coordinate_system": device,
        "transform": transform,
    }
    implant = {
        "object_type": "Probe implant",
        "implanted_device": {"object_type": "Ephys probe", "name": "Probe", "probe_model": "Neuropixels 1.0"},
        "device_config": config,
    }
    return samples.procedures(implant, global_coordinate_system=samples.system("BREGMA_ARID"))


@pytest.mark.parametrize(("unit", "depth"), [("millimeter", 4.2), ("micrometer", 4200.0)])
def test_a_device_goes_down_along_its_own_axes_in_its_own_unit(unit, depth):
    device = {**samples.system("MPM_MANIP_RFB"), "axis_unit": unit}
    document = probe([samples.translation(1, 2, 0, 4.2), turn(5, 10, 0, 0)], device)
    done = upgrade(document)
    (implant,) = done.document["subject_procedures"][0]["procedures"]
    assert implant["device_config"]["transform"] == [
        samples.translation(1, 2, 0),
        turn(5, 10, 0, pivot="local"),  # still about the fixed axes: the device has others
        {**samples.translation(0, 0, depth), **LOCAL},
    ]
    assert not done.refusals
    with collecting():
        before, after = (Procedures.model_validate(one) for one in (document, back_again(document)))
    here, there = (
        needle(
            one.subject_procedures[0].procedures[0].device_config.transform,
            one.global_coordinate_system,
            one.subject_procedures[0].procedures[0].device_config.local_coordinate_system,
        )
        for one in (before, after)
    )
    np.testing.assert_allclose(there.tip, here.tip, atol=1e-9)


@pytest.mark.parametrize(
    "entry",
    [
        [samples.translation(1, 2, 0, 3), samples.translation(0, 0, 0, 1)],
        [samples.translation(1, 2, 0, 3), {"object_type": "Scale", "scale": [1, 1, 1, 1]}],
        [{"object_type": "Scale", "scale": [1, 1, 1, 2]}],
        [{"object_type": "Affine", "affine_transform": np.eye(5).tolist()}],
        [samples.translation(1, 2, 0, 3), turn(0, 10, 0, 5)],
    ],
)
def test_what_has_two_readings_is_refused_and_left_alone(entry):
    done = upgrade(record(entry))
    assert (done.refusals[0].path, done.refusals[0].code) == (f"{AT}.coordinates.0", "upgrade-depth")
    assert entries_of(done.document) == [entry]


def test_a_point_has_no_depth():
    hole = samples.craniotomy(coordinate_system_name="BREGMA_ARID", position=samples.translation(1, 2, 0, 0.5))
    document = samples.procedures(hole, global_coordinate_system=samples.system("BREGMA_ARID"))
    assert [(one.path, one.code) for one in upgrade(document).refusals][:1] == [(f"{AT}.position", "upgrade-depth")]
    hole["position"] = samples.translation(1, 2, 0, 0)
    done = upgrade(document)
    assert done.document["subject_procedures"][0]["procedures"][0]["position"] == samples.translation(1, 2, 0)
    assert not done.refusals


def test_landmarks_lose_their_empty_depth():
    document = record([samples.translation(1, 2, 0, 3)])
    document["subject_procedures"][0]["measured_coordinates"] = {"Lambda": samples.translation(-4.2, 0, 0, 0)}
    measured = upgrade(document).document["subject_procedures"][0]["measured_coordinates"]
    assert measured == {"Lambda": samples.translation(-4.2, 0, 0)}


def test_a_depth_axis_that_leads_nowhere_is_not_guessed_at():
    document = record([samples.translation(1, 2, 0, 3)])
    document["global_coordinate_system"]["axes"][3]["direction"] = "Other"
    assert upgrade(document).refusals[0].code == "upgrade-depth"


def test_every_system_of_the_library_crosses():
    with collecting():
        systems = [getattr(CoordinateSystemLibrary, name) for name in vars(CoordinateSystemLibrary) if name[0] != "_"]
    assert len(systems) == 15
    assert all(isinstance(system, CoordinateSystem) for system in systems)
    for system in systems:
        document = samples.procedures(global_coordinate_system=samples.system(system.name))
        axes = upgrade(document).document["global_coordinate_system"]["axes"]
        assert [axis["name"] for axis in axes] == [axis.name for axis in system.axes if axis.name != "Depth"]
