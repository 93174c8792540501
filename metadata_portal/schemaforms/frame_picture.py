"""A coordinate system as SVG: its origin, and its axes with the way they point, looked at from behind and above."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.safestring import SafeString
from pydantic import ValidationError

from metadata_portal.schemaforms.markup import html, join
from schema_core.components.coordinates import CoordinateSystem
from schema_core.introspect import Place, Struct
from schema_core.registries.coordinates import AxisName, Direction
from schema_core.rules import collecting
from schema_core.transforms import handedness, to_ras

_RIGHT, _FRONT, _UP = (0.92, 0.24), (0.52, -0.46), (0.0, -1.0)
_WAYS: Final[Mapping[str, tuple[str, tuple[float, float]]]] = {
    Direction.LR: ("to the right", _RIGHT),
    Direction.RL: ("to the left", (-_RIGHT[0], -_RIGHT[1])),
    Direction.PA: ("to the front (anterior)", _FRONT),
    Direction.AP: ("to the back (posterior)", (-_FRONT[0], -_FRONT[1])),
    Direction.BF: ("to the front", _FRONT),
    Direction.FB: ("to the back", (-_FRONT[0], -_FRONT[1])),
    Direction.IS: ("up (superior)", _UP),
    Direction.SI: ("down (inferior)", (0.0, 1.0)),
    Direction.DU: ("up", _UP),
    Direction.UD: ("down", (0.0, 1.0)),
}
_PLAIN: Final = ((1.0, 0.0), (0.0, 1.0), (0.6, -0.5))
"""Where axes are drawn that point to no side of an animal: those of an image."""
_LENGTH: Final = 2.6


@dataclass(frozen=True, slots=True)
class Arm:
    """One axis of a picture: its name, where it leads in words, its end on the page."""

    name: str
    words: str
    end: tuple[float, float]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What can be said of a coordinate system."""

    name: str
    origin: str
    unit: str
    arms: tuple[Arm, ...]
    hand: str
    faults: tuple[str, ...]


def frame_of(data: Any) -> Frame | None:
    """Describe a coordinate system or atlas as it stands in a document; None while it is not complete."""
    fields = {name: data[name] for name in CoordinateSystem.model_fields if name in data and name != "object_type"}
    try:
        with collecting():  # what the standard warns of is told in the words below the picture
            system = CoordinateSystem.model_validate({**fields, "name": str(fields.get("name") or "")})
    except ValidationError:
        return None
    hand, faults = _hand(system)
    arms = tuple(_arms(system))
    if any(arm.dashed for arm in arms):
        faults.append("A Depth axis is on its way out of the standard: write a depth as a step along the needle.")
    return Frame(system.name, _words(system.origin), _words(system.axis_unit), arms, hand, tuple(faults))


def is_frame(place: Place) -> bool:
    """Say whether a node is a coordinate system that can be drawn."""
    is_system = isinstance(place.shape, Struct) and issubclass(place.shape.model, CoordinateSystem)
    return is_system and isinstance(place.value, dict)


def draw_frame(data: Any) -> SafeString:
    """Draw a coordinate system as it stands in a document, with what there is to say in words."""
    frame = frame_of(data)
    if frame is None:
        return SafeString('<p class="muted">The coordinate system is not complete yet.</p>')
    said = [(f"{arm.name} grows {arm.words}.",) for arm in frame.arms]
    words = join("<li>{}</li>", [(f"{frame.hand} Counted from {frame.origin}, in {frame.unit}s.",), *said])
    faults = join('<p class="frame-fault">{}</p>', ((fault,) for fault in frame.faults))
    return html('{}<ul class="pic-words frame-words">{}</ul>{}', draw_axes(frame), words, faults)


def draw_axes(frame: Frame) -> SafeString:
    """Draw origin and axes alone."""
    ends = [arm.end for arm in frame.arms]
    wide = 3.9  # room for the names of the axes
    arms = join(
        '<path class="frame-axis{5}" d="M0 0L{0} {1}"/><path class="frame-tip" d="{2}"/>'
        '<text class="frame-name" x="{3}" y="{4}" text-anchor="middle">{6}</text>',
        (
            (
                _n(arm.end[0]),
                _n(arm.end[1]),
                _arrow(arm.end),
                *(_n(part) for part in _beyond(arm.end)),
                " is-dashed" if arm.dashed else "",
                arm.name,
            )
            for arm in frame.arms
        ),
    )
    top, foot = min([-1.2, *(y - 0.95 for _, y in ends)]), max([1.2, *(y + 0.95 for _, y in ends)])
    return html(
        '<svg class="pic frame" viewBox="{} {} {} {}" role="img" aria-label="{}">{}'
        '<circle class="frame-origin" r=".16"/><text class="frame-origin-name" x="{}" y="{}" text-anchor="{}">{}'
        "</text></svg>",
        -wide,
        _n(top),
        2 * wide,
        _n(foot - top),
        f"Axes of {frame.name or 'the system'}: {', '.join(f'{arm.name} {arm.words}' for arm in frame.arms)}",
        arms,
        *_free_place(ends),
        frame.origin,
    )


def _beyond(end: tuple[float, float]) -> tuple[float, float]:
    """Give where the name of an axis stands: a little beyond its end, on its line."""
    size = math.hypot(*end) or 1.0
    return end[0] * (1 + 0.5 / size), end[1] * (1 + 0.5 / size) + 0.17


def _free_place(ends: list[tuple[float, float]]) -> tuple[str, str, str]:
    """Give where the name of the origin stands: on the side that is farthest from all axes."""
    taken = [math.atan2(y, x) for x, y in ends]

    def gap(angle: float) -> float:
        return min((abs(math.remainder(angle - other, math.tau)) for other in taken), default=0.0)

    sides = {0.0: ("0.35", "0.14", "start"), math.pi: ("-0.35", "0.14", "end")}
    for turn, anchor in ((0.25, "start"), (-0.25, "start"), (0.75, "end"), (-0.75, "end")):
        x = 0.25 if anchor == "start" else -0.25
        sides[turn * math.pi] = (_n(x), "0.55" if turn > 0 else "-0.3", anchor)
    return sides[max(sides, key=gap)]


def _hand(system: CoordinateSystem) -> tuple[str, list[str]]:
    """Say which hand a system is of, computed from its axes, and what contradicts that."""
    try:
        to_ras(system.model_copy(update={"axis_unit": "millimeter"}))  # pixels have a hand, too
    except ValueError as error:
        said = f"{_words(system.handedness).capitalize()}-handed, as it says itself." if system.handedness else ""
        return said or "Its axes do not tell its handedness.", [_plainly(system, str(error))]
    found = handedness(system.model_copy(update={"axis_unit": "millimeter"}))
    faults = []
    if system.handedness is not None and system.handedness != found:
        faults.append(
            f"It says that it is {_words(system.handedness)}-handed, and its axes make it {found.value}-handed."
        )
    return f"{found.value.capitalize()}-handed.", faults


def _plainly(system: CoordinateSystem, message: str) -> str:
    """Say why no hand can be computed; of image axes that is no fault but a fact."""
    if {axis.direction for axis in system.axes} <= {Direction.POS, Direction.NEG, Direction.OTHER}:
        return "Its axes are those of an image and point to no side of an animal."
    return f"{message.rstrip('.')}."


def _arms(system: CoordinateSystem) -> Iterator[Arm]:
    for place, axis in enumerate(system.axes):
        depth = axis.name == AxisName.DEPTH
        words, way = _WAYS.get(axis.direction, ("", (0.0, 0.0)))
        if depth:
            words, way = "along the needle", (0.6, 0.8)
        elif not words:
            x, y = _PLAIN[place % len(_PLAIN)]
            sign = -1 if axis.direction == Direction.NEG else 1
            words, way = f"in its {_words(axis.direction)} direction", (sign * x, sign * y)
        yield Arm(_words(axis.name, lower=False), words, (way[0] * _LENGTH, way[1] * _LENGTH), depth)


def _arrow(end: tuple[float, float]) -> str:
    """Draw the head of an arrow."""
    size = math.hypot(*end) or 1.0
    along = (end[0] / size, end[1] / size)
    across = (-along[1], along[0])
    back = (end[0] - along[0] * 0.34, end[1] - along[1] * 0.34)
    left, right = ((back[0] + sign * across[0] * 0.17, back[1] + sign * across[1] * 0.17) for sign in (1, -1))
    return f"M{_n(end[0])} {_n(end[1])}L{_n(left[0])} {_n(left[1])}L{_n(right[0])} {_n(right[1])}Z"


def _words(value: Any, *, lower: bool = True) -> str:
    """Write a word of the standard as people write it."""
    text = str(getattr(value, "value", getattr(value, "name", value))).replace("_", " ")
    return text.lower() if lower else text


def _n(value: float) -> str:
    return f"{value:.2f}"
