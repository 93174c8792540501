"""Coordinate systems as matrices: to a frame of the animal, to each other, and from the skull to an atlas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema_core.components import matrices
from schema_core.components.coordinates import Handedness
from schema_core.registries.atlas import AtlasName
from schema_core.registries.coordinates import AxisName, Direction, Origin
from schema_core.registries.units import SizeUnit
from schema_core.transforms.points import SPACE, compose, cross, determinant, inverse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schema_core.components.coordinates import Atlas, Axis, CoordinateSystem
    from schema_core.transforms.points import Matrix

_MILLIMETRES: Final = {
    SizeUnit.M: 1000.0,
    SizeUnit.CM: 10.0,
    SizeUnit.MM: 1.0,
    SizeUnit.UM: 1e-3,
    SizeUnit.NM: 1e-6,
    SizeUnit.IN: 25.4,
}
_RIGHT, _FRONT, _TOP = range(SPACE)
_WAYS: Final = {
    Direction.LR: (_RIGHT, 1),
    Direction.RL: (_RIGHT, -1),
    Direction.PA: (_FRONT, 1),
    Direction.AP: (_FRONT, -1),
    Direction.BF: (_FRONT, 1),
    Direction.FB: (_FRONT, -1),
    Direction.IS: (_TOP, 1),
    Direction.SI: (_TOP, -1),
    Direction.DU: (_TOP, 1),
    Direction.UD: (_TOP, -1),
}
"""The line that each direction runs along, and whether it leads to the right, front or top (1) or away from there."""

BREGMA_IN_CCF: Final = (5.7, -5.4, -0.332)
"""Bregma in CCFv3: millimetres to the right, front and top of the corner in front, on top, on the left.

An estimate, since that atlas was made without skulls. The standard's coordinate system builder draws its brain with it
(docs/source/_static/coordinate_system_builder.html of aind-data-schema 2.9.2); the International Brain Laboratory uses
the same but for 39 µm to the right (iblatlas.atlas.ALLEN_CCF_LANDMARKS_MLAPDV_UM: 5739, 5400, 332).
"""


def to_ras(system: CoordinateSystem) -> Matrix:
    """From a system's coordinates to millimetres to the right, to the front and up from its origin.

    A system of two axes is completed by the third that makes it right-handed; a depth axis is none of space.
    """
    unit = millimetres(system)
    columns = [_unit_vector(axis, system) for axis in axes_of(system)]
    if len(columns) < SPACE:
        columns.append(cross(*columns))
    matrix = [[*(unit * part for part in row), 0.0] for row in zip(*columns, strict=True)] + [[0.0, 0.0, 0.0, 1.0]]
    if not determinant(matrix):
        raise ValueError(f"Two axes of {system.name} run along the same line: they span no space")
    return matrix


def handedness(system: CoordinateSystem) -> Handedness:
    """The hand of a system: from where its axes point, else as it says, else right."""
    try:
        return Handedness.RIGHT if determinant(to_ras(system)) > 0 else Handedness.LEFT
    except ValueError:
        return Handedness(system.handedness or Handedness.RIGHT)


def millimetres(system: CoordinateSystem) -> float:
    """What one unit of a system's axes measures; ValueError for pixels."""
    unit = SizeUnit(system.axis_unit)
    if unit not in _MILLIMETRES:
        raise ValueError(f"{system.name} counts in {unit.value}s, whose size it does not say: scale to a length first")
    return _MILLIMETRES[unit]


def between(source: CoordinateSystem, target: CoordinateSystem, origin: Sequence[float] | None = None) -> Matrix:
    """From the coordinates of one system to those of another.

    `origin` is where the target's origin lies in the source: what a surgeon measured of lambda, for example. It is
    needed where the systems count from different landmarks.
    """
    if origin is None and source.origin != target.origin:
        both = f"{source.name} counts from {_landmark(source)}, {target.name} from {_landmark(target)}"
        raise ValueError(f"{both}: say where the second lies in the first")
    away = matrices.shift([-part for part in (*(origin or ()), *[0.0] * SPACE)[:SPACE]])
    return compose(away, to_ras(source), inverse(to_ras(target)))


def skull_to_atlas(
    system: CoordinateSystem,
    atlas: Atlas,
    *,
    bregma: Sequence[float] | None = None,
    nose_down: float = 0.0,
    stretch: Sequence[float] = (1.0, 1.0, 1.0),
) -> Matrix:
    """From coordinates about bregma to those of an atlas.

    `bregma` is where bregma lies in the atlas, in millimetres to the right, front and top of the atlas's origin (of the
    CCF an estimate is known: BREGMA_IN_CCF). `nose_down` is by how many degrees the atlas's brain looks down against a
    skull levelled at bregma and lambda; `stretch` how much larger it is to the right, front and top. Both differ
    between strains and laboratories, so neither is assumed.
    """
    if system.origin != Origin.BREGMA:
        raise ValueError(
            f"{system.name} counts from {_landmark(system)}: carry the point to bregma first, by between()"
        )
    if bregma is None and (atlas.name, atlas.version) != (AtlasName.CCF, "3"):
        raise ValueError(f"Where bregma lies in {atlas.name} {atlas.version} is not known here: give it")
    tilt = matrices.turns([-nose_down], "x", degrees=True, intrinsic=False)
    shift = matrices.shift(list(BREGMA_IN_CCF if bregma is None else bregma))
    return compose(to_ras(system), tilt, matrices.diagonal(list(stretch)), shift, inverse(to_ras(atlas)))


def axes_of(system: CoordinateSystem) -> list[Axis]:
    """The axes that span space, without one of depth; ValueError where there are not two or three."""
    axes = [axis for axis in system.axes if axis.name != AxisName.DEPTH]
    if not 1 < len(axes) <= SPACE:
        raise ValueError(f"{system.name} has {len(axes)} axes of space: two or three can be computed with")
    return axes


def depth_place(system: CoordinateSystem | None) -> int | None:
    """Which number of a point is its depth, where a system has an axis of that name."""
    names: list[str] = [] if system is None else [axis.name for axis in system.axes]
    return names.index(AxisName.DEPTH) if AxisName.DEPTH in names else None


def upward(axis: Axis) -> int:
    """Whether an axis leads up (1) or down (-1); 0 where it runs along another line."""
    line, sign = _WAYS.get(Direction(axis.direction), (None, 0))
    return sign if line == _TOP else 0


def _unit_vector(axis: Axis, system: CoordinateSystem) -> list[float]:
    line, sign = _WAYS.get(Direction(axis.direction), (None, 0))
    if line is None:
        raise ValueError(f"Axis {axis.name} of {system.name} points {axis.direction}, which is no side of an animal")
    return [float(sign * (place == line)) for place in range(SPACE)]


def _landmark(system: CoordinateSystem) -> str:
    return str(getattr(system.origin, "name", system.origin))
