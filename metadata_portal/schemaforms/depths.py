"""A depth as one row: where the needle enters, how it is tilted, how deep it goes.

In the document an entry is Translation(entry point), Rotation(angles, local), Translation([0, 0, depth], local). The
controls of a row address those very numbers; an entry of any other form is drawn as the list of transforms that it is.
"""

from functools import cache
from typing import Any, Final

from metadata_portal.schemaforms.controls import Control, Text
from metadata_portal.schemaforms.documents import ABSENT, get
from metadata_portal.schemaforms.scope import Axes, axes_at
from schema_core import paths
from schema_core.introspect import List, Scalar, Shape, Union

ENTRY: Final = 0
TILT: Final = 1
DEPTH: Final = 2
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
        _number(f"entry{axis}", f"{ENTRY}.translation.{axis}", system.label(axis) + where[axis] + unit)
        for axis in range(_AXES)
    ]
    tilt = [
        _number(f"angle{axis}", f"{TILT}.angles.{axis}", f"Angle about {system.label(axis)} (°)")
        for axis in range(_AXES)
    ]
    down = _number("depth", f"{DEPTH}.translation.2", system.depth + (f", {system.unit}" if system.unit else ""))
    return (*entry, tilt[0], down, *tilt[1:])


def spoken(document: Any, path: str) -> tuple[str, ...] | None:
    """Give the list that an address of a row lies in, then words for row and control; None for any other address."""
    parts = paths.split(path)
    for place in range(len(parts) - 1, 0, -1):
        if parts[place].isdigit() and fits(get(document, paths.join(parts[: place + 1]))):
            above, at = paths.join(parts[:place]), paths.join(parts[place + 1 :])
            labels = [entry.label for entry in row(axes_at(document, above)) if entry.at == at]
            return (above, f"Depth {int(parts[place]) + 1}", *labels)
    return None


def _number(name: str, at: str, label: str) -> Control:
    return Text(name, _NUMBER, None, at=at, label=label)


def _kind(part: Any) -> Any:
    return part.get("object_type") if isinstance(part, dict) else None


def _triple(value: Any) -> bool:
    """Three places, each a number, not yet given, or what somebody typed instead."""
    return (
        isinstance(value, list) and len(value) == _AXES and not any(isinstance(entry, dict | list) for entry in value)
    )
