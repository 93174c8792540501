"""Points and affine matrices of space, in plain lists."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from schema_core.components.matrices import Matrix, identity, product, shift

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "SPACE",
    "Matrix",
    "Point",
    "apply",
    "compose",
    "cross",
    "determinant",
    "identity",
    "inverse",
    "linear",
    "shift",
]

Point = tuple[float, ...]

SPACE: Final = 3
_FLAT: Final = 1e-12  # the volume that a matrix leaves of a cube, below which it cannot be undone


def apply(matrix: Matrix, point: Sequence[float]) -> Point:
    """A point carried along; one of two numbers lies in the plane of the first two axes."""
    if not 1 < len(point) <= SPACE:
        raise ValueError(f"A point of {len(point)} numbers is none of space: give two or three")
    column = [*point, *[0.0] * (SPACE - len(point)), 1.0]
    return tuple(sum(a * b for a, b in zip(row, column, strict=True)) for row in matrix[:SPACE])


def compose(first: Matrix, *then: Matrix) -> Matrix:
    """The matrix that does `first`, then the others one by one."""
    return product([*reversed(then), first])


def inverse(matrix: Matrix) -> Matrix:
    """The matrix that undoes this one; ValueError where it flattens space."""
    a, b, c, moved = _columns(matrix)
    volume = _dot(cross(a, b), c)
    if abs(volume) <= _FLAT * math.hypot(*a) * math.hypot(*b) * math.hypot(*c):
        raise ValueError("This matrix flattens space and cannot be undone")
    rows = [[part / volume for part in normal] for normal in (cross(b, c), cross(c, a), cross(a, b))]
    return [[*row, -_dot(row, moved)] for row in rows] + [[0.0, 0.0, 0.0, 1.0]]


def linear(matrix: Matrix) -> Matrix:
    """The same without its shift."""
    return [[*row[:SPACE], 0.0] for row in matrix[:SPACE]] + [[0.0, 0.0, 0.0, 1.0]]


def determinant(matrix: Matrix) -> float:
    """The volume of what a cube becomes, negative where it is mirrored."""
    a, b, c, _ = _columns(matrix)
    return _dot(cross(a, b), c)


def cross(a: Sequence[float], b: Sequence[float]) -> list[float]:
    """The vector product."""
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def _columns(matrix: Matrix) -> list[tuple[float, ...]]:
    return list(zip(*matrix[:SPACE], strict=True))


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))
