"""Where the tip of an injection is, worked out from a downloaded procedures.json and from nothing else.

The file's own words decide: a step whose reference is *local* happens in the frame reached so far (it multiplies from
the right), a *global* one in the frame of the named coordinate system (from the left). The system's axes give each
number its anatomical direction, and its unit makes them millimetres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce
from typing import Any

Matrix = list[list[float]]
MILLIMETRES = {"millimeter": 1.0, "micrometer": 0.001, "centimeter": 10.0, "meter": 1000.0}
DIRECTIONS = {
    "Left_to_right": ("right", 1),
    "Right_to_left": ("right", -1),
    "Posterior_to_anterior": ("anterior", 1),
    "Anterior_to_posterior": ("anterior", -1),
    "Inferior_to_superior": ("superior", 1),
    "Superior_to_inferior": ("superior", -1),
}


@dataclass(frozen=True)
class Tip:
    """Millimetres to the right, to the front and upward of the origin of the named system."""

    origin: str
    right: float
    anterior: float
    superior: float


def tips(procedures: dict[str, Any]) -> list[Tip]:
    """Return the tips of all brain injections of all surgeries, in the order of the file."""
    found = []
    for surgery in procedures["subject_procedures"]:
        for procedure in surgery.get("procedures", ()):
            if procedure["object_type"] == "Brain injection":
                system = named_system(procedure["coordinate_system_name"], surgery, procedures)
                found += [tip(steps, system) for steps in procedure["coordinates"]]
    return found


def named_system(name: str, *holders: dict[str, Any]) -> dict[str, Any]:
    """Return the coordinate system of this name from the nearest object that holds it."""
    for holder in holders:
        system = holder.get("global_coordinate_system")
        if system and system["name"] == name:
            return system
    raise LookupError(f"The file names the coordinate system {name} and does not define it.")


def tip(steps: list[dict[str, Any]], system: dict[str, Any]) -> Tip:
    """Compose the steps and express where they end in anatomical directions."""
    frame = reduce(apply, steps, identity())
    position = dict.fromkeys(("right", "anterior", "superior"), 0.0)
    for axis, coordinate in zip(system["axes"], (row[3] for row in frame[:3]), strict=True):
        direction, sign = DIRECTIONS[axis["direction"]]
        position[direction] += sign * coordinate * MILLIMETRES[system["axis_unit"]]
    return Tip(system["origin"], **position)


def apply(frame: Matrix, step: dict[str, Any]) -> Matrix:
    """Apply one step to the frame reached so far."""
    matrix = {"Translation": translation, "Rotation": rotation}[step["object_type"]](step)
    local = step["reference_coordinate_system"] == "local"
    if step["object_type"] == "Rotation" and step["pivot"] != step["reference_coordinate_system"]:
        raise ValueError("A rotation about the axes of one frame and the origin of another is not a depth entry.")
    return times(frame, matrix) if local else times(matrix, frame)


def translation(step: dict[str, Any]) -> Matrix:
    """Return the matrix of a translation along three axes."""
    x, y, z = step["translation"]
    return [[1, 0, 0, x], [0, 1, 0, y], [0, 0, 1, z], [0, 0, 0, 1]]


def rotation(step: dict[str, Any]) -> Matrix:
    """Return the matrix of Euler angles in the order given: local ones turn with the frame, global ones do not."""
    sign = -1 if step["rotation_direction"] == "left_hand" else 1
    unit = 1.0 if step["angles_unit"] == "radians" else math.pi / 180
    turns = [turn(axis, sign * angle * unit) for axis, angle in zip(step["axis_order"], step["angles"], strict=True)]
    if step["reference_coordinate_system"] == "global":
        turns.reverse()
    return reduce(times, turns, identity())


def turn(axis: str, angle: float) -> Matrix:
    """Return the right-handed rotation about one axis."""
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = identity()
    matrix[first][first] = matrix[second][second] = math.cos(angle)
    matrix[first][second] = -math.sin(angle)
    matrix[second][first] = math.sin(angle)
    return matrix


def identity() -> Matrix:
    """Return the frame of the coordinate system itself."""
    return [[float(row == column) for column in range(4)] for row in range(4)]


def times(left: Matrix, right: Matrix) -> Matrix:
    """Multiply two 4 by 4 matrices."""
    return [[sum(left[i][k] * right[k][j] for k in range(4)) for j in range(4)] for i in range(4)]
