"""A chain of transforms followed step by step: where the device is after each, and where its tip ends."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import Field, ValidationError

from schema_core.base import DataModel
from schema_core.components.coordinates import TRANSFORM_TYPES, CoordinateSystem
from schema_core.rules import collecting
from schema_core.transforms import Matrix, Point, apply, needle, placement, to_ras
from schema_core.transforms.systems import axes_of

MOST_STEPS: Final = 100


class Chain(DataModel):
    """Steps that carry a device from the origin of a system to its place."""

    coordinate_system: CoordinateSystem = Field(title="Placed in", description="The system that positions count from")
    local_coordinate_system: CoordinateSystem | None = Field(
        default=None, title="Device's own axes", description="The system in the device; its origin is the tip"
    )
    transform: TRANSFORM_TYPES = Field(title="Steps", description="What carries the device to its place, in order")


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a chain leads; the points in the system's own axes and unit, `drawn` to the right, to the front and up."""

    names: tuple[str, ...] = ()
    unit: str = ""
    points: tuple[Point, ...] = ()
    entry: Point = ()
    tip: Point = ()
    direction: Point = ()
    drawn: tuple[Point, ...] = ()
    drawn_axes: tuple[Point, ...] = ()
    own_names: tuple[str, ...] = ()
    is_of_animal: bool = False
    silent: str = ""

    @property
    def told(self) -> list[tuple[str, float, float, float]]:
        """Name of each axis, with entry, tip and direction along it."""
        return list(zip(self.names, self.entry, self.tip, self.direction, strict=False))

    @property
    def way(self) -> float:
        """How far the tip lies from the entry."""
        return math.dist(self.entry, self.tip)


def follow(document: Mapping[str, Any]) -> Followed:
    """Follow a chain as it stands; where that cannot be done, `silent` says why."""
    steps = document.get("transform") or []
    if len(steps) > MOST_STEPS:
        return Followed(silent=f"{len(steps)} steps are more than can be followed here: {MOST_STEPS} at most.")
    given = {name: document[name] for name in Chain.model_fields if document.get(name) is not None}
    try:
        with collecting():
            chain = Chain.model_validate({**given, "transform": steps})
    except ValidationError:
        return Followed(silent="Not every system and step has all it needs yet: see the problems.")
    try:
        return _followed(chain)
    except ValueError as error:
        return Followed(silent=f"This cannot be computed: {error}.")


def _followed(chain: Chain) -> Followed:
    system, own, steps = chain.coordinate_system, chain.local_coordinate_system, chain.transform
    found = needle(steps, system, own)
    points = tuple(_places(steps, system, own))
    to_page, is_of_animal = _page_of(system)
    return Followed(
        names=_names(system),
        unit=str(getattr(system.axis_unit, "value", system.axis_unit)),
        points=points,
        entry=found.entry,
        tip=found.tip,
        direction=found.direction,
        drawn=tuple(apply(to_page, point) for point in points),
        drawn_axes=tuple(_ends(placement(steps, system, own), to_page)),
        own_names=_names(own or system),
        is_of_animal=is_of_animal,
    )


def _names(system: CoordinateSystem) -> tuple[str, ...]:
    return tuple(str(getattr(axis.name, "value", axis.name)) for axis in axes_of(system))


def _ends(frame: Matrix, to_page: Matrix) -> Iterator[Point]:
    """Where the device's own axes end on the page, one unit of the page long each."""
    tip = apply(to_page, tuple(row[3] for row in frame[:3]))
    for axis in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)):
        end = apply(to_page, apply(frame, axis))
        length = math.dist(tip, end) or 1.0
        yield tuple(start + (part - start) / length for start, part in zip(tip, end, strict=True))


def _places(steps: Sequence[Any], system: CoordinateSystem, own: CoordinateSystem | None) -> Iterator[Point]:
    """Where the device's origin is at first and after each step; a depth axis takes effect at the end."""
    for count in range(len(steps) + 1):
        frame = placement(steps[:count], system, own)
        yield tuple(row[3] for row in frame[:3])


def _page_of(system: CoordinateSystem) -> tuple[Matrix, bool]:
    """From a system's coordinates to the right, front and top; its own axes where they are no sides of an animal."""
    try:
        return to_ras(system), True
    except ValueError:
        axes_of(system)  # which says why where there are not two or three
        return [[float(row == column) for column in range(4)] for row in range(4)], False
