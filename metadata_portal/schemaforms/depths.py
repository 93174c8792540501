"""A depth as one row: where the needle enters, how it is tilted, how deep it goes.

In the document an entry is Translation(entry point), Rotation(angles, local), Translation([0, 0, depth], local). The
controls of a row address those very numbers; an entry of any other form is drawn as the list of transforms that it is.
"""

from functools import cache
from typing import Any, Final

from metadata_portal.schemaforms import measures
from metadata_portal.schemaforms.controls import Control, Text
from metadata_portal.schemaforms.documents import ABSENT, get
from metadata_portal.schemaforms.measures import Measure
from metadata_portal.schemaforms.scope import Axes, axes_at
from schema_core import paths
from schema_core.introspect import List, Scalar, Shape, Union

ENTRY: Final = 0
TILT: Final = 1
DEPTH: Final = 2
DOWN: Final = 2
"""The axis of a depth."""
DEPTH_AT: Final = f"{DEPTH}.translation.{DOWN}"
_AXES: Final = 3
_KINDS: Final = ("Translation", "Rotation", "Translation")
_PLAIN_ROTATION: Final = {
    "angles_unit": "degrees",
    "axis_order": "xyz",
    "reference_coordinate_system": "local",
    "rotation_direction": "right_hand",
    "pivot": "local",
}
_NUMBER: Final = Scalar(float)


def seed(before: Any = ABSENT) -> list[dict[str, Any]]:
    """Give a new entry; after another one it has the same entry point and tilt, and an empty depth."""
    if fits(before):
        point, angles = list(before[ENTRY]["translation"]), list(before[TILT]["angles"])
    else:
        point, angles = [None, None, 0], [0, 0, 0]
    return [
        {"object_type": "Translation", "translation": point, "reference_coordinate_system": "global"},
        {"object_type": "Rotation", "angles": angles, **_PLAIN_ROTATION},
        {"object_type": "Translation", "translation": [0, 0, None], "reference_coordinate_system": "local"},
    ]


def at_depth(entry: Any, depth: float) -> list[dict[str, Any]]:
    """Give a row like another one, at another depth."""
    point, tilt, down = entry
    return [point, tilt, {**down, "translation": [0, 0, depth]}]


def is_depth_list(shape: Shape) -> bool:
    """Say whether a list may hold depth entries: lists of transforms."""
    if not isinstance(shape, List) or not isinstance(shape.item, List) or not isinstance(shape.item.item, Union):
        return False
    kinds = {entry.key for entry in shape.item.item.alternatives}
    return set(_KINDS) <= kinds


def fits(entry: Any) -> bool:
    """Say whether an entry is exactly a depth: nothing may be lost by drawing it as a row."""
    if not isinstance(entry, list) or [_kind(part) for part in entry] != list(_KINDS):
        return False
    point, tilt, depth = entry
    return (
        _triple(point.get("translation"))
        and point.get("reference_coordinate_system", "global") == "global"
        and _triple(tilt.get("angles"))
        and all(tilt.get(key) == value for key, value in _PLAIN_ROTATION.items())
        and _triple(depth.get("translation"))
        and depth.get("reference_coordinate_system") == "local"
        and depth["translation"][:2] == [0, 0]
    )


FOLDED: Final = ("angle1", "angle2")
"""Tilts about the other axes: most needles have none."""


@cache
def row(system: Axes) -> tuple[Control, ...]:
    """Compile the controls of a row for a coordinate system."""
    unit = f" ({system.unit})" if system.unit else ""
    where = ("", "", " at surface")
    entry = [
        _number(
            f"entry{axis}",
            f"{ENTRY}.translation.{axis}",
            system.label(axis) + where[axis] + unit,
            measures.distance(system, axis),
        )
        for axis in range(_AXES)
    ]
    tilt = [
        _number(f"angle{axis}", f"{TILT}.angles.{axis}", f"Angle about {system.label(axis)} (°)", measures.ANGLE)
        for axis in range(_AXES)
    ]
    deep = measures.distance(system, DOWN, surface=True)
    down = _number("depth", DEPTH_AT, system.depth + (f", {system.unit}" if system.unit else ""), deep)
    return (*entry, tilt[0], down, *tilt[1:])


def spoken(document: Any, path: str) -> tuple[str, ...] | None:
    """Give the list that an address of a row lies in, then words for row and control; None for any other address."""
    found = _row_at(document, path)
    if found is None:
        return None
    above, index, at = found
    labels = [entry.label for entry in row(axes_at(document, above)) if entry.at == at]
    return (above, f"Depth {index + 1}", *labels)


def control_at(document: Any, path: str) -> Control | None:
    """Give the control of a row that an address belongs to; None for any other address."""
    found = _row_at(document, path)
    if found is None:
        return None
    above, _, at = found
    return next((entry for entry in row(axes_at(document, above)) if entry.at == at), None)


def _row_at(document: Any, path: str) -> tuple[str, int, str] | None:
    """Find the row that an address lies in: the list, the index, and the rest of the address."""
    parts = paths.split(path)
    for place in range(len(parts) - 1, 0, -1):
        if parts[place].isdigit() and fits(get(document, paths.join(parts[: place + 1]))):
            return paths.join(parts[:place]), int(parts[place]), paths.join(parts[place + 1 :])
    return None


def _number(name: str, at: str, label: str, measure: Measure | None) -> Control:
    return Text(name, _NUMBER, None, at=at, label=label, measure=measure)


def _kind(part: Any) -> Any:
    return part.get("object_type") if isinstance(part, dict) else None


def _triple(value: Any) -> bool:
    """Three places, each a number, not yet given, or what somebody typed instead."""
    return (
        isinstance(value, list) and len(value) == _AXES and not any(isinstance(entry, dict | list) for entry in value)
    )
