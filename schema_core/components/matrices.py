"""Homogeneous matrices of the elementary transforms, as nested lists."""

import itertools
import math
import warnings
from collections.abc import Callable, Sequence

Matrix = list[list[float]]

_MOST_TURNS = 3


def remark(what: str) -> None:
    """These methods ignore frame and pivot; the standard is about to drop them."""
    warnings.warn(
        f"{what} ignores local frames and pivots, and goes away with the standard's next version",
        DeprecationWarning,
        stacklevel=3,
    )


def quietly(method: Callable[[], Matrix]) -> Matrix:
    """The result of such a method without its remark."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return method()


def identity(size: int) -> Matrix:
    """Ones on the diagonal."""
    return [[1.0 if row == column else 0.0 for column in range(size)] for row in range(size)]


def diagonal(factors: Sequence[float]) -> Matrix:
    """A stretch."""
    matrix = identity(len(factors) + 1)
    for index, factor in enumerate(factors):
        matrix[index][index] = factor
    return matrix


def shift(distances: Sequence[float]) -> Matrix:
    """A shift: the distances fill the last column."""
    matrix = identity(len(distances) + 1)
    for index, distance in enumerate(distances):
        matrix[index][-1] = distance
    return matrix


def product(matrices: Sequence[Matrix]) -> Matrix:
    """The product from left to right; ValueError for unequal or ragged shapes."""
    shapes = {(len(matrix), *sorted({len(row) for row in matrix})) for matrix in matrices}
    if len(shapes) != 1 or len(next(iter(shapes))) != 2:  # noqa: PLR2004 - rows and columns
        raise ValueError("All transforms must be matrices of the same size")
    result = matrices[0]
    for matrix in matrices[1:]:
        if len(result[0]) != len(matrix):
            raise ValueError("Only square matrices can be chained")
        columns = list(zip(*matrix, strict=True))
        result = [[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in result]
    return result


def _turn(axis: str, angle: float) -> Matrix:
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = identity(_MOST_TURNS + 1)
    matrix[first][first] = matrix[second][second] = math.cos(angle)
    matrix[second][first] = math.sin(angle)
    matrix[first][second] = -math.sin(angle)
    return matrix


def turns(angles: Sequence[float], order: str, *, degrees: bool, intrinsic: bool) -> Matrix:
    """Turns about axes of a fixed frame, or (intrinsic) of the turning one; ValueError where no such chain exists."""
    axes = order[: len(angles)].lower()
    if not 1 <= len(angles) <= _MOST_TURNS or len(axes) != len(angles):
        raise ValueError(f"{len(angles)} angles need as many axes, one to three: the order is {order!r}")
    if any(one == next_one for one, next_one in itertools.pairwise(axes)):
        raise ValueError(f"Consecutive turns need different axes: the order is {order!r}")
    steps = [_turn(axis, math.radians(angle) if degrees else angle) for axis, angle in zip(axes, angles, strict=True)]
    return product(steps if intrinsic else steps[::-1])
