from typing import Any

import pytest

from schema_core import validate
from tests.schema_core import samples

AT = "subject_procedures.0.procedures.0"


def _needle(depth: float, point: list[float], named: str = "BREGMA_ARI") -> dict[str, Any]:
    tilt = {"object_type": "Rotation", "angles": [0, 0, 0], "reference_coordinate_system": "local", "pivot": "local"}
    down = {**samples.translation(0, 0, depth), "reference_coordinate_system": "local"}
    return samples.brain_injection(
        coordinate_system_name=named,
        coordinates=[[samples.translation(*point), tilt, down]],
        dynamics=[samples.delivery()],
    )


def _warned(needle: dict[str, Any], system: str | None = "BREGMA_ARI") -> list[tuple[str, str, str]]:
    around = samples.system(system) if system else None
    record = samples.procedures(needle, global_coordinate_system=around)
    return [(problem.code, problem.path, problem.severity) for problem in validate(record, "procedures")]


def test_a_needle_that_goes_down_in_its_own_system_is_plain() -> None:
    assert _warned(_needle(2.9, [-2.7, 2.4, 0])) == []


@pytest.mark.parametrize(("system", "depth"), [("BREGMA_ARI", -2.9), ("BREGMA_RAS", 2.9)])
def test_a_depth_that_leads_up_is_warned_about(system: str, depth: float) -> None:
    up = ("portal-depth-up", f"{AT}.coordinates.0.2.translation.2", "warning")
    assert _warned(_needle(depth, [-2.7, 2.4, 0], system), system) == [up]


def test_a_depth_is_negative_where_the_third_axis_runs_up() -> None:
    assert _warned(_needle(-2.9, [-2.7, 2.4, 0], "BREGMA_RAS"), "BREGMA_RAS") == []


@pytest.mark.parametrize(
    ("around", "code", "at"),
    [(None, "next-system-missing", "coordinates"), ("BREGMA_RAS", "next-system-name", "coordinate_system_name")],
)
def test_coordinates_in_a_system_that_is_not_around_them_are_warned_about(
    around: str | None, code: str, at: str
) -> None:
    depth = -2.9 if around else 2.9
    assert _warned(_needle(depth, [-2.7, 2.4, 0]), around) == [(code, f"{AT}.{at}", "warning")]


def test_a_number_for_each_axis_is_asked_for() -> None:
    short = ("next-axis-count", f"{AT}.coordinates.0.0.translation", "warning")
    assert _warned(_needle(2.9, [-2.7, 2.4])) == [short]
