"""Coordinates computed, against scipy, numpy and examples worked out by hand."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from functools import reduce
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation as Reference

from schema_core.components.coordinate_library import systems
from schema_core.components.coordinates import (
    Affine,
    AtlasLibrary,
    Axis,
    CoordinateSystem,
    CoordinateSystemLibrary,
    NonlinearTransform,
    Rotation,
    Scale,
    Translation,
)
from schema_core.core.procedures import Procedures
from schema_core.registries.coordinates import AxisName, Direction, Origin
from schema_core.transforms import (
    BREGMA_IN_CCF,
    apply,
    between,
    compose,
    handedness,
    inverse,
    needle,
    placement,
    skull_to_atlas,
    to_ras,
)
from schema_core.upgrade import upgrade
from tests.e2e.tips import tips
from tests.schema_core import samples

ROOT = Path(__file__).resolve().parents[2]
ARI, RAS = CoordinateSystemLibrary.BREGMA_ARI, CoordinateSystemLibrary.BREGMA_RAS
ARID, RASD = CoordinateSystemLibrary.BREGMA_ARID, CoordinateSystemLibrary.BREGMA_RASD
CCF = AtlasLibrary.CCFv3_10um
LEFT_HANDED = CoordinateSystemLibrary.ARENA_RBT


def system(directions: str, unit="millimeter", origin=Origin.BREGMA, names="XYZ", **more):
    axes = [Axis(name=AxisName[n], direction=Direction[d]) for n, d in zip(names, directions.split(), strict=True)]
    return CoordinateSystem(name=directions, origin=origin, axes=axes, axis_unit=unit, **more)


def shift(*distances, local=False):
    return Translation(translation=list(distances), reference_coordinate_system="local" if local else "global")


def turn(*angles, order="xyz", local=False, own=None, **more):
    own = local if own is None else own
    return Rotation(
        angles=list(angles),
        axis_order=order,
        reference_coordinate_system="local" if local else "global",
        pivot="local" if own else "global",
        **more,
    )


def close(one, other):
    return np.allclose(np.array(one, dtype=float), np.array(other, dtype=float), rtol=1e-9, atol=1e-9)


numbers = st.floats(-50, 50).map(lambda value: round(value, 3))
triples = st.tuples(numbers, numbers, numbers)
angles = st.tuples(*[st.floats(-180, 180)] * 3)
orders = st.sampled_from(["xyz", "xzy", "yxz", "yzx", "zxy", "zyx", "xyx", "zxz", "yzy"])
steps = st.one_of(
    st.builds(shift, numbers, numbers, numbers, local=st.booleans()),
    st.builds(
        lambda a, order, local, own: turn(*a, order=order, local=local, own=own),
        angles,
        orders,
        st.booleans(),
        st.booleans(),
    ),
    st.builds(
        lambda factors, own: Scale(scale=list(factors), pivot="local" if own else "global"),
        st.tuples(*[st.floats(0.2, 5)] * 3),
        st.booleans(),
    ),
)
chains = st.lists(steps, max_size=6)


# Against scipy and numpy


@given(angles, orders, st.booleans(), st.booleans(), st.booleans())
def test_a_rotation_turns_as_scipys(given_angles, order, local, left, radians):
    shown = [math.radians(a) for a in given_angles] if radians else list(given_angles)
    more = {"angles_unit": "radians"} if radians else {}
    step = turn(*shown, order=order, local=local, rotation_direction="left_hand" if left else "right_hand", **more)
    spelled = order.upper() if local else order
    expected = Reference.from_euler(spelled, [-a if left else a for a in given_angles], degrees=True).as_matrix()
    assert close([row[:3] for row in placement([step])[:3]], expected)


def by_numpy(chain):
    """The same reading of a chain, with matrices of numpy and turns of scipy."""
    frame = np.eye(4)
    for step in chain:
        matrix, centre = np.eye(4), np.eye(4)
        own_axes = getattr(step, "reference_coordinate_system", "global") == "local"
        own_origin = getattr(step, "pivot", "global") == "local"
        if isinstance(step, Translation):
            matrix[:3, 3] = step.translation
            frame = frame @ matrix if own_axes else matrix @ frame
            continue
        if isinstance(step, Scale):
            matrix[:3, :3], own_axes = np.diag(step.scale), own_origin
        else:
            spelled = step.axis_order.upper() if own_axes else step.axis_order
            matrix[:3, :3] = Reference.from_euler(spelled, step.angles, degrees=True).as_matrix()
        if own_axes:
            matrix[:3, :3] = frame[:3, :3] @ matrix[:3, :3] @ np.linalg.inv(frame[:3, :3])
        if own_origin:
            centre[:3, 3] = frame[:3, 3]
        frame = centre @ matrix @ np.linalg.inv(centre) @ frame
    return frame


@given(chains)
def test_a_chain_is_the_product_of_its_steps(chain):
    assert np.allclose(placement(chain), by_numpy(chain), rtol=1e-6, atol=1e-6)


@given(chains, triples)
def test_the_inverse_brings_every_point_back(chain, point):
    matrix = placement(chain)
    assert np.allclose(apply(inverse(matrix), apply(matrix, point)), point, atol=1e-5)
    assert np.allclose(inverse(matrix), np.linalg.inv(np.array(matrix)), rtol=1e-6, atol=1e-6)


@given(chains, chains)
def test_global_steps_compose_and_local_ones_nest(first, then):
    fixed = [step.model_copy(update={"reference_coordinate_system": "global", "pivot": "global"}) for step in then]
    together = compose(placement(first), placement(fixed))
    assert np.allclose(placement([*first, *fixed]), together, rtol=1e-6, atol=1e-6)


@given(st.lists(triples.map(lambda a: turn(*a, local=True)) | triples.map(lambda t: shift(*t, local=True)), max_size=6))
def test_local_steps_read_from_left_to_right_are_a_matrix_product(chain):
    expected = reduce(np.matmul, [np.array(placement([step])) for step in chain], np.eye(4))
    assert np.allclose(placement(chain), expected, atol=1e-6)


# Coordinate systems

ANATOMICAL = [name for name, one in systems().items() if one.axis_unit != "pixel"]


@pytest.mark.parametrize("name", ANATOMICAL)
def test_every_system_of_the_library_has_its_frame_and_back(name):
    matrix = to_ras(systems()[name])
    assert close(compose(matrix, inverse(matrix)), np.eye(4))
    assert abs(np.linalg.det(np.array(matrix))) == pytest.approx(
        {"millimeter": 1, "centimeter": 1000}[systems()[name].axis_unit]
    )


def test_the_letters_of_a_systems_name_say_where_its_axes_lead():
    sides = {"R": (1, 0, 0), "L": (-1, 0, 0), "A": (0, 1, 0), "P": (0, -1, 0), "S": (0, 0, 1), "I": (0, 0, -1)}
    sides |= {"T": (0, 0, 1), "F": (0, 1, 0)}
    for name in ("BREGMA_ARI", "BREGMA_RAS", "SPIM_RPI", "SPIM_LPS", "MRI_LPS", "SIPE_MONITOR_RTF"):
        columns = np.array(to_ras(systems()[name]))[:3, :3].T
        assert [tuple(column) for column in columns] == [sides[letter] for letter in name.rpartition("_")[2]]


@pytest.mark.parametrize(
    ("one", "hand"),
    [
        (ARI, "right"),
        (RAS, "right"),
        (CCF, "right"),
        (LEFT_HANDED, "left"),
        (CoordinateSystemLibrary.MPM_MANIP_RFB, "left"),
    ],
)
def test_the_hand_of_a_system_follows_from_its_axes(one, hand):
    assert handedness(one) == hand


def test_a_system_that_points_nowhere_has_the_hand_it_says():
    assert handedness(CoordinateSystemLibrary.IMAGE_XYZ) == "right"
    assert handedness(system("POS POS NEG", handedness="left")) == "left"


def test_a_hand_curls_the_same_way_in_every_system():
    """A quarter turn about the axis that leads up, as the right hand curls, takes what is right to the front."""
    for one in (RAS, ARI, LEFT_HANDED):
        axes = np.array(to_ras(one))[:3, :3]
        up = next(place for place in range(3) if axes[2, place])
        angle = 90 * np.sign(axes[2, up])  # about an axis that leads down, the other way
        step = turn(angle, order="xyz"[up])
        right = apply(inverse(to_ras(one)), (1, 0, 0))
        assert close(apply(to_ras(one), apply(placement([step], one), right)), (0, 1, 0))


def test_numbers_go_from_one_system_to_another():
    assert close(apply(between(ARI, RAS), (-2.7, 1.5, 3)), (1.5, -2.7, -3))
    assert close(apply(between(RAS, system("PA LR SI", "micrometer")), (1.5, -2.7, -3)), (-2700, 1500, 3000))
    assert close(apply(between(system("RL AP IS", "inch"), RAS), (1, 1, 1)), (-25.4, -25.4, 25.4))


def test_lambda_is_where_the_surgeon_measured_it():
    about_lambda = system("LR PA IS", origin=Origin.LAMBDA)
    with pytest.raises(ValueError, match="counts from Bregma, LR PA IS from Lambda: say where"):
        between(ARI, about_lambda)
    measured = Translation(translation=[-4.325, 0, 0.1])
    carry = between(ARI, about_lambda, measured.translation)
    assert close(apply(carry, (-4.325, 0, 0.1)), (0, 0, 0))
    assert close(apply(carry, (0, 1, 0)), (1, 4.325, 0.1))


@given(st.sampled_from(ANATOMICAL), st.sampled_from(ANATOMICAL), st.sampled_from(ANATOMICAL), triples)
def test_ways_between_systems_agree(one, other, third, point):
    first, second, last = (systems()[name].model_copy(update={"origin": Origin.TIP}) for name in (one, other, third))
    direct = apply(between(first, last), point)
    assert np.allclose(apply(between(second, last), apply(between(first, second), point)), direct)
    assert np.allclose(apply(between(last, first), direct), point)


OPPOSITE = {"LR": "RL", "PA": "AP", "IS": "SI", "UD": "DU", "FB": "BF"}
OPPOSITE |= {back: there for there, back in OPPOSITE.items()}


@given(st.permutations(["LR", "PA", "IS"]), st.lists(st.booleans(), min_size=3, max_size=3), triples)
def test_turning_an_axis_round_changes_the_sign_of_its_number_alone(ways, flips, point):
    turned = [OPPOSITE[way] if flip else way for way, flip in zip(ways, flips, strict=True)]
    expected = [-value if flip else value for value, flip in zip(point, flips, strict=True)]
    assert close(apply(between(system(" ".join(ways)), system(" ".join(turned))), point), expected)


@given(st.permutations([0, 1, 2]), triples)
def test_the_order_of_axes_is_the_order_of_numbers(order, point):
    ways = ["LR", "PA", "IS"]
    shuffled = system(" ".join(ways[place] for place in order))
    assert close(apply(between(RAS, shuffled), point), [point[place] for place in order])


def test_a_plane_has_points_of_two_numbers():
    plane = system("PA LR", "micrometer", names="XY")
    assert close(apply(to_ras(plane), (1000, 500)), (0.5, 1, 0))
    assert close(apply(placement([Translation(translation=[3, 4]), Scale(scale=[2, 2])], plane), (1, 1)), (8, 10, 0))
    square = Affine(affine_transform=[[0, -1, 5], [1, 0, 6], [0, 0, 1]])
    assert close(apply(placement([square], plane), (1, 2)), (3, 7, 0))


# Atlas


def test_bregma_lies_in_the_atlas_where_it_is_said_to():
    right, front, top = BREGMA_IN_CCF
    assert close(apply(skull_to_atlas(RAS, CCF), (0, 0, 0)), (-front * 1000, -top * 1000, right * 1000))
    assert close(apply(skull_to_atlas(ARI, CCF), (0, 0, 0)), (5400, 332, 5700))
    assert close(apply(skull_to_atlas(ARI, CCF, bregma=(5.739, -5.4, -0.332)), (0, 0, 0)), (5400, 332, 5739))


def test_a_target_is_found_in_the_atlas_and_back():
    """2.7 mm behind, 2 mm to the right, 1 mm below bregma."""
    carry = skull_to_atlas(ARI, CCF)
    assert close(apply(carry, (-2.7, 2, 1)), (8100, 1332, 7700))
    assert close(apply(inverse(carry), (8100, 1332, 7700)), (-2.7, 2, 1))
    assert close(apply(skull_to_atlas(RAS, AtlasLibrary.CCFv3_25um), (2, -2.7, -1)), (8100, 1332, 7700))


def test_an_atlas_that_looks_down_and_is_taller():
    """Five degrees nose down: what is 1 mm in front of bregma lies lower, by the sine."""
    front = apply(skull_to_atlas(RAS, CCF, nose_down=5), (0, 1, 0))
    assert close(front, (5400 - 1000 * math.cos(math.radians(5)), 332 + 1000 * math.sin(math.radians(5)), 5700))
    deep = apply(skull_to_atlas(RAS, CCF, stretch=(1, 1, 1.06)), (0, 0, -2))
    assert close(deep, (5400, 332 + 2120, 5700))


def test_nothing_is_guessed_about_other_atlases_and_landmarks():
    mine = CCF.model_copy(update={"name": "CUSTOM"})
    with pytest.raises(ValueError, match="Where bregma lies in CUSTOM 3 is not known"):
        skull_to_atlas(RAS, mine)
    assert close(apply(skull_to_atlas(RAS, mine, bregma=(0, 0, 0)), (0, 0, -1)), (0, 1000, 0))
    with pytest.raises(ValueError, match="counts from Lambda"):
        skull_to_atlas(system("LR PA IS", origin=Origin.LAMBDA), CCF)


# Needles


def entry(depth, angles=(0, 0, 0), at=(-2, 1, 0)):
    return [shift(*at), turn(*angles, local=True), shift(0, 0, depth, local=True)]


def test_a_straight_needle():
    found = needle(entry(3), ARI)
    assert (found.entry, found.direction) == ((-2, 1, 0), (0, 0, 1))
    assert close(found.tip, (-2, 1, 3))
    assert close(apply(to_ras(ARI), found.tip), (1, -2, -3))


def test_a_tilted_needle_enters_where_it_is_said_to():
    """20 degrees about the axis that leads forward, 4 mm deep."""
    found = needle(entry(4, (20, 0, 0)), ARI)
    sine, cosine = math.sin(math.radians(20)), math.cos(math.radians(20))
    assert close(found.entry, (-2, 1, 0))
    assert close(found.tip, (-2, 1 - 4 * sine, 4 * cosine))
    assert close(found.direction, (0, -sine, cosine))


@given(triples, angles, st.floats(0.1, 8))
def test_a_depth_is_that_long_whatever_the_tilt(at, tilt, depth):
    found = needle(entry(depth, tilt, at), ARI)
    assert math.dist(found.entry, found.tip) == pytest.approx(depth)
    assert close(found.entry, at)
    assert math.hypot(*found.direction) == pytest.approx(1)


@given(triples, angles, st.floats(0.1, 8))
def test_the_usual_entry_means_the_same_as_a_matrix_product(at, tilt, depth):
    chain = entry(depth, tilt, at)
    product = reduce(np.matmul, [np.array(placement([step])) for step in chain])
    assert np.allclose(placement(chain, ARI), product)


def test_steps_about_the_origin_swing_a_needle_around_bregma():
    own, swung = (
        needle([shift(-2, 1, 0), turn(0, 0, 90, own=True)], ARI),
        needle([shift(-2, 1, 0), turn(0, 0, 90)], ARI),
    )
    assert close(own.tip, (-2, 1, 0))
    assert close(swung.tip, (-1, -2, 0))
    around_own = turn(0, 0, 90, local=True, own=False)
    assert close(needle([shift(-2, 1, 0), around_own], ARI).tip, (-1, -2, 0))


def test_a_fourth_axis_is_a_step_along_the_needle():
    straight = needle([Translation(translation=[-0.6, -3.05, 0, 4.2])], ARID)
    assert close(straight.entry, (-0.6, -3.05, 0))
    assert close(straight.tip, (-0.6, -3.05, 4.2))
    upward = needle([Translation(translation=[-0.85, -3.8, 0, 3.3])], RASD)
    assert close(upward.tip, (-0.85, -3.8, -3.3))
    tilted = needle([Translation(translation=[-0.85, -3.8, 0, 3.3]), turn(0, 10, 0, own=False)], RASD)
    same = needle(entry(-3.3, (0, 10, 0), (-0.85, -3.8, 0)), RAS)
    assert close(tilted.entry, same.entry)
    assert close(tilted.tip, same.tip)
    assert close(tilted.direction, same.direction)


def test_a_fourth_angle_can_only_be_zero():
    chain = [Translation(translation=[1, 2, 0, 3]), turn(8, 5, 0, 0)]
    assert close(needle(chain, ARID).entry, (1, 2, 0))
    with pytest.raises(ValueError, match="4 angles need as many axes"):
        needle([turn(8, 5, 0, 1)], ARID)


def test_upgrading_a_depth_axis_moves_no_needle():
    steps = [samples.translation(-2, 1, 0, 3), {"object_type": "Rotation", "angles": [10, -20, 0]}]
    injection = samples.brain_injection(
        coordinates=[steps], dynamics=[samples.delivery()], coordinate_system_name="BREGMA_ARID"
    )
    document = samples.procedures(injection, global_coordinate_system=samples.system("BREGMA_ARID"))
    newer = upgrade(document, to="3.0").document
    (step,) = newer["subject_procedures"][0]["procedures"]
    parts = {"Translation": Translation, "Rotation": Rotation}
    chain = [parts[one["object_type"]].model_validate(one) for one in step["coordinates"][0]]
    old = [parts[one["object_type"]].model_validate(one) for one in steps]
    assert close(needle(chain, ARI).tip, needle(old, ARID).tip)
    assert close(needle(chain, ARI).entry, needle(old, ARID).entry)


def test_a_device_with_axes_of_its_own_goes_along_those():
    """A probe whose long axis leads up: at rest it lies so, and a step back along it leads down."""
    probe = system("LR IS PA", "micrometer", origin=Origin.TIP)
    chain = [shift(1, 2, 0), shift(0, -3000, 0, local=True)]
    assert close(needle(chain, RAS, probe).tip, (1, 2, -3))
    assert close(apply(placement(chain, RAS, probe), (0, 500, 0)), (1, 2, -2.5))
    deep = needle([Translation(translation=[1, 2, 0, 3])], RASD, probe)
    assert close(deep.tip, (1, 2, -3))
    tilted = [turn(90, order="x", local=True), shift(0, -3000, 0, local=True)]
    assert close(needle(tilted, RAS, probe).tip, (0, 3, 0))


def test_a_downloaded_file_gives_the_same_tips_as_an_independent_reading():
    own = {"object_type": "Rotation", "reference_coordinate_system": "local", "pivot": "local"}
    tilts = ({**own, "angles": [0, 15, 0]}, {**own, "angles": [5, 0, 0], "rotation_direction": "left_hand"})
    holes = [
        [
            samples.translation(-2.7, 1.5, 0),
            tilt,
            {**samples.translation(0, 0, depth), "reference_coordinate_system": "local"},
        ]
        for depth in (1.0, 2.5)
        for tilt in tilts
    ]
    injection = samples.brain_injection(coordinates=holes, dynamics=[samples.delivery()] * len(holes))
    surgery = samples.surgery(injection, global_coordinate_system=samples.system())
    read = Procedures.model_validate(samples.procedures() | {"subject_procedures": [surgery]})
    (read_injection,) = read.subject_procedures[0].procedures
    expected = tips(json.loads(read.model_dump_json()))
    for chain, tip in zip(read_injection.coordinates, expected, strict=True):
        found = apply(to_ras(ARI), needle(chain, ARI).tip)
        assert found == pytest.approx((tip.right, tip.anterior, tip.superior))


# What cannot be computed


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: placement([NonlinearTransform(path="warp.nii")]), "a file"),
        (lambda: placement([shift(1, 2)]), "2 numbers, but space has 3 axes"),
        (lambda: placement([shift(1, 2, 3, 4)], ARI), "4 numbers, but BREGMA_ARI has 3 axes"),
        (lambda: placement([shift(1, 2, 0, 4), shift(0, 0, 0, 1)], ARID), "given once"),
        (lambda: placement([Scale(scale=[1, 1, 1, 2])], ARID), "not stretched"),
        (lambda: placement([Affine(affine_transform=[[1, 2], [3, 4]])]), "no matrix for 3 axes"),
        (lambda: placement([Affine(affine_transform=[[1, 0, 0, 0]] * 3 + [[0, 0, 0, 2]])]), "last row"),
        (lambda: inverse(placement([Scale(scale=[1, 0, 1])])), "flattens"),
        (lambda: apply(np.eye(4).tolist(), (1, 2, 3, 4)), "4 numbers"),
        (lambda: to_ras(CoordinateSystemLibrary.IMAGE_XYZ), "pixels"),
        (lambda: to_ras(system("POS POS POS")), "no side of an animal"),
        (lambda: to_ras(system("LR RL IS")), "along the same line"),
        (lambda: to_ras(system("LR", names="X")), "1 axes of space"),
        (
            lambda: placement([shift(1, 2, 3, 4)], system("LR PA LR UD", names=["X", "Y", "Z", "DEPTH"])),
            "which axis runs down",
        ),
        (
            lambda: placement([shift(1, 2, 3, 4)], system("LR PA IS PA", names=["X", "Y", "Z", "DEPTH"])),
            "neither up nor down",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_cannot_be_computed_says_why(act, said):
    with pytest.raises(ValueError, match=said):
        act()


@pytest.mark.parametrize(
    "rows",
    [
        [[0, -1, 0, 5], [1, 0, 0, 6], [0, 0, 1, 7]],
        [[0, -1, 0, 5], [1, 0, 0, 6], [0, 0, 1, 7], [0, 0, 0, 1]],
    ],
)
def test_matrices_are_taken_with_and_without_their_last_row(rows):
    assert close(apply(placement([Affine(affine_transform=rows)]), (1, 2, 3)), (3, 7, 10))


def test_a_matrix_without_shift_turns_only():
    assert close(apply(placement([Affine(affine_transform=[[0, -1, 0], [1, 0, 0], [0, 0, 1]])]), (1, 2, 3)), (-2, 1, 3))


def test_nothing_is_imported_that_a_portal_lacks():
    code = "import sys, schema_core.transforms; assert not {'numpy', 'scipy'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
