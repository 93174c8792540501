"""Coordinate systems, the library, and matrices."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from pydantic import ValidationError
from scipy.spatial.transform import Rotation as Reference

from schema_core.components import coordinates
from schema_core.components.coordinate_library import systems
from schema_core.components.coordinates import (
    Affine,
    AtlasLibrary,
    CoordinateSystem,
    CoordinateSystemLibrary,
    Rotation,
    Scale,
    Translation,
)
from schema_core.components.surgery_procedures import Craniotomy
from schema_core.utils.validators import (
    recursive_coord_system_check,
    recursive_get_all_names,
    validate_creation_time_after_midnight,
)
from tests.schema_core import samples

quietly = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_the_library_has_the_standards_fifteen_systems():
    assert len(systems()) == 15
    assert systems()["BREGMA_ARI"] == CoordinateSystemLibrary.BREGMA_ARI


def test_a_library_system_spells_out_its_axes():
    system = CoordinateSystemLibrary.BREGMA_ARI
    assert [(axis.name, axis.direction) for axis in system.axes] == [
        ("AP", "Posterior_to_anterior"),
        ("ML", "Left_to_right"),
        ("SI", "Superior_to_inferior"),
    ]
    assert (system.name, system.origin, system.axis_unit) == ("BREGMA_ARI", "Bregma", "millimeter")


def test_atlases_differ_in_resolution():
    assert AtlasLibrary.CCFv3_10um.resolution == [10, 10, 10]
    assert AtlasLibrary.CCFv3_25um.size == [528, 320, 456]


def test_modules_do_not_invent_names():
    with pytest.raises(AttributeError, match="Nonsense"):
        getattr(coordinates, "Nonsense")  # noqa: B009


@pytest.mark.parametrize(("given", "kept"), [("XYZ", "xyz"), ("zxz", "zxz"), ("x", "x")])
def test_the_order_of_rotation_is_kept_in_lower_case(given, kept):
    assert Rotation(angles=[1], axis_order=given).axis_order == kept


@pytest.mark.parametrize("order", ["", "xyw", "x y"])
def test_the_order_of_rotation_is_made_of_axes(order):
    with pytest.raises(ValidationError, match="letters x, y and z"):
        Rotation(angles=[1], axis_order=order)


def test_making_a_matrix_says_that_it_is_on_its_way_out():
    with pytest.warns(DeprecationWarning, match="to_matrix"):
        Translation(translation=[1]).to_matrix()


@quietly
def test_shifts_and_stretches_are_homogeneous():
    assert Translation(translation=[1, 2]).to_matrix() == [[1, 0, 1], [0, 1, 2], [0, 0, 1]]
    assert Scale(scale=[2, 3]).to_matrix() == [[2, 0, 0], [0, 3, 0], [0, 0, 1]]


@quietly
def test_a_right_handed_turn_about_z_takes_x_to_y():
    matrix = Rotation(angles=[0, 0, 90]).to_matrix()
    assert [round(row[0], 12) for row in matrix] == [0, 1, 0, 0]
    left = Rotation(angles=[0, 0, 90], rotation_direction="left_hand").to_matrix()
    assert [round(row[0], 12) for row in left] == [0, -1, 0, 0]


@quietly
def test_radians_and_degrees_agree():
    radians = Rotation(angles=[math.pi / 3], angles_unit="radians").to_matrix()
    for one, other in zip(radians, Rotation(angles=[60]).to_matrix(), strict=True):
        assert one == pytest.approx(other)


@quietly
@pytest.mark.parametrize("frame", ["global", "local"])
@pytest.mark.parametrize("order", ["xyz", "zyx", "zxz", "yzx"])
def test_turns_agree_with_scipy(frame, order):
    rotation = Rotation(angles=[10, -20, 35], axis_order=order, reference_coordinate_system=frame)
    spelled = order.upper() if frame == "local" else order
    expected = Reference.from_euler(spelled, [10, -20, 35], degrees=True).as_matrix()
    for one, other in zip(rotation.to_matrix(), expected.tolist(), strict=False):
        assert one[:3] == other  # to the last digit, so that composed transforms are written the same


@quietly
def test_the_turning_frame_reverses_the_order():
    fixed = Rotation(angles=[10, 20, 30], axis_order="xyz").to_matrix()
    turning = Rotation(angles=[30, 20, 10], axis_order="zyx", reference_coordinate_system="local").to_matrix()
    for one, other in zip(fixed, turning, strict=True):
        assert one == pytest.approx(other)


@quietly
@pytest.mark.parametrize(
    "rotation", [{"angles": [1, 2], "axis_order": "xx"}, {"angles": [1, 2, 3], "axis_order": "xy"}, {"angles": []}]
)
def test_turns_that_do_not_exist_are_refused(rotation):
    with pytest.raises(ValueError, match="need"):
        Rotation(**rotation).to_matrix()


@quietly
def test_composing_multiplies_from_left_to_right():
    steps = [Translation(translation=[1, 0, 0]), Scale(scale=[2, 2, 2])]
    assert Affine.compose(steps).affine_transform == [[2, 0, 0, 1], [0, 2, 0, 0], [0, 0, 2, 0], [0, 0, 0, 1]]
    with pytest.raises(ValueError, match="same size"):
        Affine.compose([Translation(translation=[1]), Scale(scale=[1, 2])])


def test_the_public_check_of_coordinates_raises_the_first_fault():
    hole = Craniotomy.model_validate(samples.craniotomy())
    recursive_coord_system_check([hole], "BREGMA_ARI", 3)
    with pytest.raises(ValueError, match="LAMBDA"):
        recursive_coord_system_check(hole, "LAMBDA", 3)
    with pytest.raises(ValueError, match="no coordinate system"):
        recursive_coord_system_check(hole, None, None)


def test_names_are_gathered_from_the_outside_in():
    system = CoordinateSystem.model_validate(samples.system())
    assert recursive_get_all_names([system, None]) == ["BREGMA_ARI", "AP", "ML", "SI"]


def test_creation_before_the_day_began_is_refused():
    reference = dt.datetime(2024, 3, 2, 15, tzinfo=dt.UTC)
    validate_creation_time_after_midnight(dt.datetime(2024, 3, 2), reference)  # noqa: DTZ001
    validate_creation_time_after_midnight(dt.date(2024, 3, 2), reference)
    validate_creation_time_after_midnight(None, reference)
    with pytest.raises(ValueError, match="before the day"):
        validate_creation_time_after_midnight(dt.datetime(2024, 3, 1, 23, 59), reference)  # noqa: DTZ001


def test_who_changes_a_system_of_the_library_changes_nobody_elses():
    mine = CoordinateSystemLibrary.BREGMA_RASD
    mine.name = "LAMBDA_RASD"
    mine.axes.pop()
    assert CoordinateSystemLibrary.BREGMA_RASD.name == "BREGMA_RASD"
    assert len(CoordinateSystemLibrary.BREGMA_RASD.axes) == 4
