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


Quaternion = tuple[float, float, float, float]


def _turn(axis: str, angle: float) -> Quaternion:
    sine, cosine = math.sin(angle / 2), math.cos(angle / 2)
    return (sine * (axis == "x"), sine * (axis == "y"), sine * (axis == "z"), cosine)


def _chained(p: Quaternion, q: Quaternion) -> Quaternion:
    """The turn that does `q`, then `p`."""
    (px, py, pz, pw), (qx, qy, qz, qw) = p, q
    return (
        pw * qx + qw * px + (py * qz - pz * qy),
        pw * qy + qw * py + (pz * qx - px * qz),
        pw * qz + qw * pz + (px * qy - py * qx),
        pw * qw - px * qx - py * qy - pz * qz,
    )


def _matrix(turn: Quaternion) -> Matrix:
    """The homogeneous matrix of a turn."""
    x, y, z, w = turn
    return [
        [x * x - y * y - z * z + w * w, 2 * (x * y - z * w), 2 * (x * z + y * w), 0.0],
        [2 * (x * y + z * w), -(x * x) + y * y - z * z + w * w, 2 * (y * z - x * w), 0.0],
        [2 * (x * z - y * w), 2 * (y * z + x * w), -(x * x) - y * y + z * z + w * w, 0.0],
        [0.0, 0.0, 0.0, 1.0],
    ]


def turns(angles: Sequence[float], order: str, *, degrees: bool, intrinsic: bool) -> Matrix:
    """Turns about axes of a fixed frame, or (intrinsic) of the turning one; ValueError where no such chain exists."""
    axes = order[: len(angles)].lower()
    if not 1 <= len(angles) <= _MOST_TURNS or len(axes) != len(angles):
        raise ValueError(f"{len(angles)} angles need as many axes, one to three: the order is {order!r}")
    if any(one == next_one for one, next_one in itertools.pairwise(axes)):
        raise ValueError(f"Consecutive turns need different axes: the order is {order!r}")
    whole: Quaternion = (0.0, 0.0, 0.0, 1.0)
    for axis, angle in zip(axes, angles, strict=True):
        step = _turn(axis, math.radians(angle) if degrees else angle)
        whole = _chained(whole, step) if intrinsic else _chained(step, whole)
    return _matrix(whole)
