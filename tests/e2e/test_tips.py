"""The measuring stick of the browser tests, checked by cases that can be worked out on paper."""

from __future__ import annotations

import math

import pytest

from tests.e2e.tips import Tip, tip

ARI = {
    "name": "BREGMA_ARI",
    "origin": "Bregma",
    "axis_unit": "millimeter",
    "axes": [
        {"name": "AP", "direction": "Posterior_to_anterior"},
        {"name": "ML", "direction": "Left_to_right"},
        {"name": "SI", "direction": "Superior_to_inferior"},
    ],
}
RAS = ARI | {
    "name": "BREGMA_RAS",
    "axes": [
        {"name": "ML", "direction": "Left_to_right"},
        {"name": "AP", "direction": "Posterior_to_anterior"},
        {"name": "SI", "direction": "Inferior_to_superior"},
    ],
}


def move(*xyz: float, reference: str = "global") -> dict:
    return {"object_type": "Translation", "translation": list(xyz), "reference_coordinate_system": reference}


def turn(*angles: float, order: str = "xyz", direction: str = "right_hand") -> dict:
    return {
        "object_type": "Rotation",
        "angles": list(angles),
        "angles_unit": "degrees",
        "axis_order": order,
        "reference_coordinate_system": "local",
        "rotation_direction": direction,
        "pivot": "local",
    }


def close(found: Tip, right: float, anterior: float, superior: float) -> bool:
    return [found.right, found.anterior, found.superior] == pytest.approx([right, anterior, superior], abs=1e-9)


def test_a_straight_track_goes_down_from_its_entry_point():
    assert close(tip([move(-2.0, 1.5, 0), move(0, 0, 3.0, reference="local")], ARI), 1.5, -2.0, -3.0)


def test_the_same_place_in_another_system_has_other_numbers():
    assert close(tip([move(1.5, -2.0, 0), move(0, 0, -3.0, reference="local")], RAS), 1.5, -2.0, -3.0)


def test_depth_runs_along_the_tilted_track():
    steps = [move(-2.0, 1.5, 0), turn(30, 0, 0), move(0, 0, 2.0, reference="local")]
    assert close(tip(steps, ARI), 1.5 - 2 * math.sin(math.radians(30)), -2.0, -2 * math.cos(math.radians(30)))


def test_a_left_handed_angle_tilts_to_the_other_side():
    steps = [move(-2.0, 1.5, 0), turn(30, 0, 0, direction="left_hand"), move(0, 0, 2.0, reference="local")]
    assert close(tip(steps, ARI), 2.5, -2.0, -2 * math.cos(math.radians(30)))


def test_a_global_depth_ignores_the_tilt():
    assert close(tip([move(-2.0, 1.5, 0), turn(30, 0, 0), move(0, 0, 2.0)], ARI), 1.5, -2.0, -2.0)
