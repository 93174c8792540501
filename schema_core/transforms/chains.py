"""Chains of transforms: where they take a device, and a needle's entry and tip."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schema_core.components import matrices
from schema_core.components.coordinates import (
    Affine,
    Handedness,
    NonlinearTransform,
    Rotation,
    RotationDirection,
    Scale,
    Translation,
)
from schema_core.registries.units import AngleUnit
from schema_core.transforms.points import SPACE, apply, compose, identity, inverse, linear, shift
from schema_core.transforms.systems import axes_of, depth_place, handedness, millimetres, to_ras, upward

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schema_core.components.coordinates import CoordinateSystem
    from schema_core.transforms.points import Matrix, Point

    Step = Translation | Rotation | Scale | Affine | NonlinearTransform

_LOCAL: Final = "local"
_NO_WAY: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Needle:
    """Where a needle, probe or fiber went in, where its tip is, and which way it points (length 1)."""

    entry: Point
    tip: Point
    direction: Point


def placement(
    steps: Iterable[Step], system: CoordinateSystem | None = None, device: CoordinateSystem | None = None
) -> Matrix:
    """From a device's own coordinates to those of the system that these steps placed it in.

    Without a system the axes are three, right-handed. A device without axes of its own lies along the system's.
    """
    chain = _Chain(system, device)
    chain.run(steps)
    return chain.frame


def needle(
    steps: Iterable[Step], system: CoordinateSystem | None = None, device: CoordinateSystem | None = None
) -> Needle:
    """Entry, tip and direction of a needle in the system's coordinates.

    It went in where it was before the last steps along its own axes, or before the number of a depth axis.
    """
    chain = _Chain(system, device)
    chain.run(steps)
    along = tuple(tip - entry for tip, entry in zip(chain.here, chain.entry, strict=True))
    if math.hypot(*along) <= _NO_WAY:
        along = apply(linear(chain.frame), chain.downward() or (0.0, 0.0, 1.0))
    length = math.hypot(*along)
    return Needle(chain.entry, chain.here, tuple(part / length for part in along))


class _Chain:
    """A device on its way: the frame it has reached, in the coordinates of the system."""

    def __init__(self, system: CoordinateSystem | None, device: CoordinateSystem | None) -> None:
        self.system, self.own = system, device or system
        self.frame = identity(SPACE + 1)
        if device is not None and system is not None:
            self.frame = compose(to_ras(device), inverse(to_ras(system)))
        self.entry, self.depth = self.here, 0.0

    @property
    def here(self) -> Point:
        """Where the device's origin is."""
        return tuple(row[SPACE] for row in self.frame[:SPACE])

    def run(self, steps: Iterable[Step]) -> None:
        """Take every step; a depth comes last, along the needle as it lies then."""
        for step in steps:
            self.take(step)
            if not (isinstance(step, Translation) and step.reference_coordinate_system == _LOCAL):
                self.entry = self.here
        if self.depth:
            way = self.downward()
            if way is None:
                raise ValueError("It cannot be told which axis runs down: write the depth as a step along the needle")
            self.frame = compose(shift([self.depth * part for part in way]), self.frame)

    def take(self, step: Step) -> None:
        """One step, along the axes and about the origin that it names."""
        own_axes, own_origin = self._reference(step)
        matrix = self._matrix_of(step, self.own if own_axes else self.system)
        if own_axes and own_origin:
            self.frame = compose(matrix, self.frame)
        elif own_axes:
            axes = linear(self.frame)
            self.frame = compose(self.frame, inverse(axes), matrix, axes)
        elif own_origin:
            here = self.here
            self.frame = compose(self.frame, shift([-part for part in here]), matrix, shift(here))
        else:
            self.frame = compose(self.frame, matrix)

    def _reference(self, step: Step) -> tuple[bool, bool]:
        """Whether a step is taken along the device's own axes, and about its own origin."""
        own_axes = getattr(step, "reference_coordinate_system", None) == _LOCAL
        own_origin = getattr(step, "pivot", None) == _LOCAL
        if isinstance(step, Translation):
            return own_axes, own_axes
        if isinstance(step, Rotation):
            return own_axes, own_origin or bool(self.depth)  # what has a depth is a needle, tilted where it goes in
        return own_origin, own_origin

    def _matrix_of(self, step: Step, system: CoordinateSystem | None) -> Matrix:
        if isinstance(step, Translation):
            return shift(self._numbers(step.translation, system, 0.0))
        if isinstance(step, Scale):
            return matrices.diagonal(self._numbers(step.scale, system, 1.0))
        if isinstance(step, Rotation):
            return _turned(step, system)
        if isinstance(step, Affine):
            return _in_space(step.affine_transform, SPACE if system is None else len(axes_of(system)))
        raise ValueError("A warp is kept in a file and cannot be computed here")

    def _numbers(self, given: Sequence[float], system: CoordinateSystem | None, rest: float) -> list[float]:
        """A number for each axis of space; that of a depth axis is kept for the end."""
        axes = SPACE if system is None else len(system.axes)
        if len(given) != axes:
            name = "space" if system is None else system.name
            raise ValueError(f"{len(given)} numbers, but {name} has {axes} axes: give one number for each")
        depth = depth_place(system)
        if depth is not None and given[depth] != rest:
            if rest or self.depth:
                raise ValueError("A depth is given once and not stretched: write it as a step along the needle")
            self.depth = self._signed(given[depth], system)
        plain = [value for place, value in enumerate(given) if place != depth]
        if len(plain) > SPACE:
            raise ValueError(f"{len(plain)} numbers are more than space has axes")
        return [*plain, *[rest] * (SPACE - len(plain))]

    def _signed(self, depth: float, system: CoordinateSystem | None) -> float:
        """A depth as the way down: its axis says which sign that is."""
        place = depth_place(system)
        up = 0 if system is None or place is None else upward(system.axes[place])
        if not up:
            raise ValueError("The depth axis runs neither up nor down: write the depth as a step along the needle")
        return -up * depth

    def downward(self) -> Point | None:
        """One unit of the system down along the device's own axes; None where not one of them is upright."""
        up = [] if self.own is None else [upward(axis) for axis in axes_of(self.own)]
        if sum(map(abs, up)) != 1:
            return None
        scale = 1.0
        if self.own is not None and self.system is not None and self.own is not self.system:
            scale = millimetres(self.system) / millimetres(self.own)
        return tuple(-scale * sign for sign in (*up, 0)[:SPACE])


def _turned(step: Rotation, system: CoordinateSystem | None) -> Matrix:
    """The turns of a rotation; an angle for a depth axis can only be zero."""
    angles = list(step.angles)
    if len(angles) > SPACE and not any(angles[SPACE:]):
        angles = angles[:SPACE]
    left = step.rotation_direction == RotationDirection.LEFT_HAND
    if system is not None and handedness(system) is Handedness.LEFT:
        left = not left
    return matrices.turns(
        [-angle if left else angle for angle in angles],
        step.axis_order,
        degrees=step.angles_unit != AngleUnit.RAD,
        intrinsic=step.reference_coordinate_system == _LOCAL,
    )


def _in_space(rows: Sequence[Sequence[float]], axes: int) -> Matrix:
    """An affine matrix as 4 by 4: with or without its last row, or without a shift."""
    shape = (len(rows), *{len(row) for row in rows})
    if shape not in {(axes, axes), (axes, axes + 1), (axes + 1, axes + 1)}:
        raise ValueError(f"This is no matrix for {axes} axes: give {axes} rows of {axes + 1} numbers, the shift last")
    if [float(value) for row in rows[axes:] for value in row] not in ([], [*[0.0] * axes, 1.0]):
        raise ValueError("The last row of an affine matrix is zeros and a one")
    matrix = identity(SPACE + 1)
    for row, values in zip(matrix, rows[:axes], strict=False):
        row[:axes] = values[:axes]
        row[SPACE] = values[axes] if len(values) > axes else 0.0
    return matrix
