"""The way of a device along a chain as SVG, from three sides: the origin, each step, the tip and its own axes."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from metadata_portal.equipment.chains import Followed
from metadata_portal.schemaforms.markup import html, join, joined
from schema_core.transforms import Point

_SIZE: Final = 100.0
"""Width and height of a picture in its own units."""
_MARGIN: Final = 9.0
_MOST_LINES: Final = 8
_NUMBERED: Final = 12
Flat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _View:
    """One way to look: its title for an animal, and for axes that are none of an animal; where a point falls."""

    title: str
    plain: tuple[int, int]
    seen: Callable[[Point], Flat]


_VIEWS: Final = (
    _View("From above, front at the top", (0, 1), lambda point: (point[0], -point[1])),
    _View("From behind, right at the right", (0, 2), lambda point: (point[0], -point[2])),
    _View("From the side, front at the left", (1, 2), lambda point: (-point[1], -point[2])),
)


def draw_chain(found: Followed) -> SafeString:
    """Draw a chain from three sides; why it cannot be drawn, where it cannot."""
    if found.silent:
        return html('<p class="muted">{}</p>', found.silent)
    return joined(_draw(view, found) for view in _VIEWS)


def _draw(view: _View, found: Followed) -> SafeString:
    """Draw one view, with a grid of its own."""
    seen = view.seen if found.is_of_animal else _plainly(view.plain)
    points = [seen(point) for point in found.drawn]
    tip = points[-1]
    reach = max((math.dist(tip, point) for point in [*points, seen((0.0, 0.0, 0.0))]), default=0.0) or 1.0
    arms = [(_toward(tip, seen(end), 0.22 * reach), name) for end, name in _arms(found)]
    fit = _Fit([*points, (0.0, 0.0), *(end for end, _ in arms)])
    unit = "mm" if found.is_of_animal else found.unit
    title = view.title if found.is_of_animal else f"{found.names[view.plain[0]]} across, {_name(found, view)} down"
    return html(
        '<figure class="chain-view"><svg class="pic" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
        '<path class="pic-grid chain-grid" d="{2}"/>{3}{4}<path class="chain-way" d="{5}"/>{6}{7}</svg>'
        "<figcaption>{1}; a square is {8} {9}</figcaption></figure>",
        int(_SIZE),
        title,
        fit.grid,
        _mark("chain-origin", fit((0.0, 0.0)), 1.6),
        joined(_arm(fit(tip), fit(end), name) for end, name in arms if math.dist(tip, end) > 1e-9),  # noqa: PLR2004
        _line(fit(point) for point in points),
        joined(_mark("chain-step", fit(point), 1.3) for point in points[1:-1]),
        _mark("chain-tip", fit(tip), 2.2) + _numbers(fit, points),
        f"{fit.step:g}",
        unit,
    )


class _Fit:
    """From what is drawn to the square of a picture, with the step of its grid."""

    def __init__(self, points: Sequence[Flat]) -> None:
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, foot = min(y for _, y in points), max(y for _, y in points)
        self.size = max(right - left, foot - top) or 1.0
        self.left = (left + right - self.size) / 2
        self.top = (top + foot - self.size) / 2
        self.step = _nice(self.size / _MOST_LINES)

    def __call__(self, point: Flat) -> Flat:
        """Give the place of a point in the picture."""
        scale = (_SIZE - 2 * _MARGIN) / self.size
        return _MARGIN + (point[0] - self.left) * scale, _MARGIN + (point[1] - self.top) * scale

    @property
    def grid(self) -> str:
        """Draw the lines of whole steps."""
        scale = self.size / (_SIZE - 2 * _MARGIN)
        spans = ((self.left - _MARGIN * scale, 0), (self.top - _MARGIN * scale, 1))
        parts = []
        for start, down in spans:
            for number in range(math.ceil(start / self.step), math.floor((start + _SIZE * scale) / self.step) + 1):
                at = self((number * self.step, number * self.step))[down]
                parts.append(f"M0 {_n(at)}h{int(_SIZE)}" if down else f"M{_n(at)} 0v{int(_SIZE)}")
        return "".join(parts)


def _nice(size: float) -> float:
    """Give the next larger of 1, 2, 5, 10 and so on."""
    power: float = 10.0 ** math.floor(math.log10(size))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= size * (1 - 1e-9))


def _plainly(axes: tuple[int, int]) -> Callable[[Point], Flat]:
    return lambda point: (point[axes[0]], point[axes[1]])


def _name(found: Followed, view: _View) -> str:
    return found.names[view.plain[1]] if view.plain[1] < len(found.names) else "depth"


def _arms(found: Followed) -> Iterator[tuple[Point, str]]:
    """Give the ends of the device's own axes, and their names."""
    return zip(found.drawn_axes, found.own_names, strict=False)


def _toward(start: Flat, end: Flat, length: float) -> Flat:
    """Go from a point towards another: all axes of a device are drawn on one scale, seen from the side shorter."""
    return start[0] + (end[0] - start[0]) * length, start[1] + (end[1] - start[1]) * length


def _arm(start: Flat, end: Flat, name: str) -> SafeString:
    size = math.dist(start, end) or 1.0
    beyond = (end[0] + (end[0] - start[0]) * 3.5 / size, end[1] + (end[1] - start[1]) * 3.5 / size + 1.6)
    return html(
        '<path class="chain-arm" d="{}"/><text class="chain-name" x="{}" y="{}" text-anchor="middle">{}</text>',
        _line([start, end]),
        _n(beyond[0]),
        _n(beyond[1]),
        name if size > 9 else "",  # noqa: PLR2004 - an axis that points at whoever looks has no room for its name
    )


def _numbers(fit: _Fit, points: Sequence[Flat]) -> SafeString:
    """Number the steps beside the places that they lead to; several that lead to one place share it."""
    if len(points) > _NUMBERED:
        return SafeString("")
    places: dict[tuple[str, str, str], list[str]] = {}
    for number, point in enumerate(points):
        x, y = fit(point)
        is_far = x > _SIZE - 3 * _MARGIN
        key = (_n(x - 2.5 if is_far else x + 2.5), _n(y - 2), "end" if is_far else "start")
        places.setdefault(key, []).append("start" if not number else str(number))
    return join(
        '<text class="chain-number" x="{}" y="{}" text-anchor="{}">{}</text>',
        ((*key, ", ".join(told)) for key, told in places.items()),
    )


def _mark(name: str, place: Flat, radius: float) -> SafeString:
    return html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', name, _n(place[0]), _n(place[1]), radius)


def _line(points: Iterator[Flat] | Sequence[Flat]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.2f}"
