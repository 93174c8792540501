"""Where a chain of transforms ends, what cannot be computed, and the pictures."""

from __future__ import annotations

import pytest

from metadata_portal.equipment.chain_picture import draw_chain
from metadata_portal.equipment.chains import follow
from metadata_portal.schemaforms.editor import Editor
from metadata_portal.schemaforms.frame_picture import draw_frame, frame_of
from schema_core.components.coordinate_library import AtlasLibrary, systems
from schema_core.components.coordinates import CoordinateSystemLibrary

TILTED = [
    {"object_type": "Translation", "translation": [-2.0, 1.5, 0.0]},
    {"object_type": "Rotation", "angles": [0, 30, 0], "reference_coordinate_system": "local", "pivot": "local"},
    {"object_type": "Translation", "translation": [0, 0, 4.0], "reference_coordinate_system": "local"},
]


def chain(name="BREGMA_ARI", steps=TILTED):
    return {"coordinate_system": getattr(CoordinateSystemLibrary, name).model_dump(mode="json"), "transform": steps}


def test_a_tilted_needle_ends_along_its_own_axis():
    found = follow(chain())
    assert found.names == ("AP", "ML", "SI")
    assert found.entry == pytest.approx((-2, 1.5, 0))
    # 30 degrees about ML carry down towards front: half of the depth goes there
    assert found.tip == pytest.approx((-2 + 4 * 0.5, 1.5, 4 * 3**0.5 / 2))
    assert found.way == pytest.approx(4)
    assert found.drawn[-1] == pytest.approx((1.5, 0, -4 * 3**0.5 / 2))  # right, front, up
    assert [len(found.points), len(found.drawn)] == [4, 4]


def test_a_global_turn_carries_the_device_about_the_origin():
    turned = {"object_type": "Rotation", "angles": [0, 0, 90]}
    found = follow(chain(steps=[{"object_type": "Translation", "translation": [1, 0, 0]}, turned]))
    assert found.tip == pytest.approx((0, 1, 0))


def test_pixels_are_followed_in_their_own_axes():
    found = follow(chain("IMAGE_XYZ"))
    assert (found.is_of_animal, found.unit, found.drawn == found.points) == (False, "pixel", True)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({}, "Not every system and step"),
        (chain(steps=[{"object_type": "Translation", "translation": [1, 2]}]), "3 axes"),
        (chain(steps=[{"object_type": "Translation", "translation": [0, 0, "deep"]}]), "Not every"),
        (chain(steps=[{"object_type": "Affine", "affine_transform": [[1, 0], [0, 1]]}]), "no matrix"),
        (chain(steps=[TILTED[0]] * 101), "101 steps"),
    ],
)
def test_what_cannot_be_followed_says_why(document, says):
    found = follow(document)
    assert says in found.silent
    assert says in draw_chain(found)


def test_the_picture_shows_three_sides_with_a_scale():
    drawn = draw_chain(follow(chain()))
    assert drawn.count("<svg") == 3
    assert "a square is 0.5 mm" in drawn


def test_every_system_of_the_library_has_its_picture_and_its_hand():
    hands = {name: frame_of(system.model_dump(mode="json")).hand for name, system in systems().items()}
    assert (hands["BREGMA_ARI"], hands["BREGMA_RAS"], hands["ARENA_RBT"]) == (
        "Right-handed.",
        "Right-handed.",
        "Left-handed.",
    )
    assert hands["IMAGE_XYZ"] == "Its axes do not tell its handedness."
    assert frame_of(AtlasLibrary.CCFv3_25um.model_dump(mode="json")).hand == "Right-handed."


def test_a_system_that_contradicts_its_axes_is_told_so():
    system = {**CoordinateSystemLibrary.BREGMA_ARI.model_dump(mode="json"), "handedness": "left"}
    assert "its axes make it right-handed" in draw_frame(system)
    doubled = {
        **system,
        "axes": [{"name": "X", "direction": "Left_to_right"}, {"name": "Y", "direction": "Right_to_left"}],
    }
    assert "same line" in draw_frame(doubled)
    assert "not complete" in draw_frame({"name": "<b>"})


def test_a_coordinate_system_is_drawn_beside_its_form():
    system = CoordinateSystemLibrary.BREGMA_ARI.model_dump(mode="json")
    editor = Editor("instrument", {"coordinate_system": system}, {}, at="coordinate_system")
    assert "Right-handed." in editor.picture
    assert Editor("instrument", {"coordinate_system": system}, {}).picture == ""
