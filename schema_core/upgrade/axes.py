"""Transforms with fewer numbers than their system has axes, and names of systems cut short: 3.0 wants them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema_core.upgrade.scopes import Transform, chains, is_single, kind_of_transform, numbers_of, scope_of
from schema_core.upgrade.steps import step

if TYPE_CHECKING:
    from schema_core.upgrade.steps import Log
    from schema_core.upgrade.walk import Place

_NAMED: Final = "coordinate_system_name"
_FLAT: Final = 2
_SOLID: Final = 3


@step("forward", "DataModel")
def transforms_have_all_axes(place: Place, log: Log) -> None:
    """Zeros and ones that change nothing are written out."""
    flat = "image_to_acquisition_transform" in place.cls.model_fields
    scope = scope_of(place)
    for steps, chain in chains(place):
        single = is_single(place, steps)
        for index, part in enumerate(chain):
            count = scope.axes_for(part)
            filled = completed(part, count, flat=flat) if count else None
            if filled is not None:
                at = place.at(*steps) if single else place.at(*steps, index)
                log.lost(
                    at,
                    "upgrade-axes",
                    f"3.0 wants numbers for all {count} axes: {numbers_of(part)} is {filled} now, which does the same "
                    "(the way back does not restore the shorter form)",
                )
                numbers_of(part)[:] = filled


def completed(part: Transform, count: int, *, flat: bool) -> list[Any] | None:
    """The numbers of a transform for all axes; None where they are complete, or it cannot be told which are missing.

    Only an image says which axes it lacks: a flat one lies in the first two. A turn about no further axis is no turn.
    """
    kind, numbers = kind_of_transform(part), numbers_of(part)
    missing = count - len(numbers)
    fits_image = flat and (len(numbers), count) == (_FLAT, _SOLID)
    if kind == "Rotation":
        letters = str(part.get("axis_order", "xyz"))
        return [*numbers, *[0.0] * missing] if missing > 0 and len(letters) >= count else None
    if kind == "Affine":
        return _matrix(numbers, count, flat=fits_image)
    if not fits_image:
        return None
    return [*numbers, 0.0 if kind == "Translation" else 1.0]


def _matrix(rows: list[Any], count: int, *, flat: bool) -> list[list[Any]] | None:
    """A matrix with its shift; None where it has one, or is of another size."""
    if not all(isinstance(row, list) for row in rows):
        return None
    widths = {len(row) for row in rows}
    if len(rows) == count and widths == {count}:
        return [[*row, 0.0] for row in rows]
    if flat and widths == {_FLAT}:
        return [*([*row, 0.0, 0.0] for row in rows), [0.0, 0.0, 1.0, 0.0]]
    if flat and widths == {_SOLID}:
        return [*([*row[:_FLAT], 0.0, row[_FLAT]] for row in rows), [0.0, 0.0, 1.0, 0.0]]
    return None


@step("forward", "DataModel")
def systems_are_named_in_full(place: Place, log: Log) -> None:
    """A name cut short, which 2.9 lets through, becomes that of the system around."""
    named, scope = place.values.get(_NAMED), scope_of(place)
    name = scope.whole.get("name") if scope.whole else None
    if not isinstance(named, str) or not isinstance(name, str) or named == name:
        return
    if named and named in name and any(True for _ in chains(place)):
        place.values[_NAMED] = name
        log.lost(
            place.at(_NAMED),
            "upgrade-name",
            f"3.0 wants the name of the coordinate system in full: {named!r} is {name!r} now",
        )
