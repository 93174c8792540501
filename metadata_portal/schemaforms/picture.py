"""Sites in an animal as SVG: from above, from behind and from the side, on the outline of a mouse's brain.

Everything is in millimetres: x to the right, y down the page. The outlines are schematic: they show side, order and
depth, and judge nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from metadata_portal.schemaforms.markup import html, join, joined
from metadata_portal.schemaforms.sites import LAMBDA_BEHIND_BREGMA, Site, Sites
from schema_core.transforms import Point

_NUMBERED: Final = 12
_TOLD: Final = 6
_SMALL: Final = 0.005


@dataclass(frozen=True, slots=True)
class _View:
    """One way to look at the head: its title, its frame, its outline, and where a point falls."""

    title: str
    frame: tuple[float, float, float, float]
    outline: str
    marks: tuple[tuple[float, float, str], ...]
    seen: Callable[[Point], tuple[float, float]]


_ABOVE: Final = _View(
    "From above, front at the top",
    (-6.6, -5.8, 13.2, 14.2),
    "M0-2.9C.1-4.4.5-4.9 1.1-4.9 1.9-4.9 2.2-4 2.1-3 3.4-2.5 4.5-.7 4.9 1.5 5.2 3.5 4.7 4.4 3.7 4.8 4.1 5.9 3.5 7.1"
    " 2 7.6 1 7.9-1 7.9-2 7.6-3.5 7.1-4.1 5.9-3.7 4.8-4.7 4.4-5.2 3.5-4.9 1.5-4.5-.7-3.4-2.5-2.1-3-2.2-4-1.9-4.9"
    "-1.1-4.9-.5-4.9-.1-4.4 0-2.9Z",
    ((0, 0, "bregma"), (0, LAMBDA_BEHIND_BREGMA, "lambda")),
    lambda point: (point[0], -point[1]),
)
_BEHIND: Final = _View(
    "From behind, right at the right",
    (-6.6, -1.6, 13.2, 9.2),
    "M0 .5C1-.1 2.6-.1 3.8.9 5.1 2.1 5.2 4.1 4.4 5.4 3.4 6.5 1.4 6.7 0 6.5-1.4 6.7-3.4 6.5-4.4 5.4-5.2 4.1-5.1 2.1"
    "-3.8.9-2.6-.1-1-.1 0 .5Z",
    ((0, 0, "bregma"),),
    lambda point: (point[0], -point[2]),
)
_ASIDE: Final = _View(
    "From the side, front at the left",
    (-6.6, -1.6, 15.4, 9.2),
    "M-5.4 2.6C-5.2 1.6-3.8 1.3-3 1.4-1.8.4 0 .1 1.8.2 3.6.3 4.6.8 5 1.5 6.2 1.2 7.6 1.9 7.9 3.1 8.1 4.4 7.2 5.4 6 6"
    " 4 6.8 1 6.9-1 6.4-2.4 6-3.2 4.6-4 3.7-4.9 3.6-5.4 3.2-5.4 2.6Z",
    ((0, 0, "bregma"), (LAMBDA_BEHIND_BREGMA, 0, "lambda")),
    lambda point: (-point[1], -point[2]),
)


def draw_picture(found: Sites) -> SafeString:
    """Draw the sites from three sides, and say in words where the first of them lie."""
    if not found.sites:
        return html('<p class="muted">{}</p>', found.silent)
    inside = [site for site in found.sites if _is_inside(site)]
    views = (_ABOVE, _BEHIND, _ASIDE) if len(inside) <= _NUMBERED else (_ABOVE,)
    drawn = [_draw(view, inside) for view in views]
    told = join("<li>{}</li>", ((in_words(site),) for site in found.sites[:_TOLD]))
    said = [found.silent] if found.silent else []
    if len(inside) < len(found.sites):
        said.append("What lies outside the head is not drawn: check sign and unit.")
    rest = join('<p class="muted">{}</p>', ((text,) for text in said))
    rest += join('<p class="problem problem-warning">{}</p>', ((text,) for text in warnings(found.sites)))
    note = SafeString('<p class="muted">On the outline of a mouse brain, schematic; grid of 1 mm.</p>')
    return joined([*drawn, html('<ol class="pic-words">{}</ol>', told), rest, note])


def warnings(sites: Sequence[Site]) -> Iterator[str]:
    """Say what cannot be as it stands, or should be looked at: geometry and words only, no atlas is asked."""
    origins = sorted({site.origin for site in sites if site.origin})
    if len(origins) > 1:
        yield f"References are mixed: some of these positions are counted from {origins[0]}, others from {origins[1]}."
    for number, site in enumerate(sites, 1):
        if site.tip[2] - site.entry[2] >= _SMALL:
            yield f"Site {number}: its tip lies above its entry. Check the sign of the depth."
        right = site.entry[0]
        if site.side and abs(right) >= _SMALL and (right > 0) is not (site.side == "right"):
            where = _along(right, "right", "left")
            yield f"Site {number}: a name or note beside it says “{site.side}”, and the position is {where}."


def in_words(site: Site) -> str:
    """Say where a site lies so that no sign can be misread."""
    right, front, up = site.entry
    at = [_along(front, "in front of bregma", "behind bregma"), _along(right, "right", "left")]
    lean = [
        _along(up - site.tip[2], "deeper at the tip", "higher at the tip"),
        _along(site.tip[1] - front, "forward", "back"),
        _along(site.tip[0] - right, "to the right", "to the left"),
    ]
    return ", ".join([*(list(filter(None, at)) or ["at bregma"]), *filter(None, lean)])


def _along(number: float, plus: str, minus: str) -> str:
    """Say a distance in words, nothing where there is none."""
    return f"{abs(number):.2f} mm {plus if number > 0 else minus}" if abs(number) >= _SMALL else ""


def _is_inside(site: Site) -> bool:
    """Say whether all of a site fits into the pictures."""
    return all(abs(right) < 6.5 and -9 < front < 6 and -7.5 < up < 1.5 for right, front, up in (site.entry, site.tip))  # noqa: PLR2004 - the frames


def _draw(view: _View, sites: list[Site]) -> SafeString:
    """Draw one view."""
    left, top, width, height = view.frame
    marks = join(
        '<circle class="pic-mark" cx="{0}" cy="{1}" r=".14"/><text class="pic-name" x="{2}" y="{3}">{4}</text>',
        ((x, y, x + 0.25, y - 0.2, name) for x, y, name in view.marks),
    )
    return html(
        '<svg class="pic" viewBox="{} {} {} {}" role="img" aria-label="{}"><path class="pic-grid" d="{}"/>'
        '<path class="pic-brain" d="{}"/>{}{}{}</svg>',
        left,
        top,
        width,
        height,
        f"{view.title}: {len(sites)} site{'' if len(sites) == 1 else 's'}",
        _grid(view.frame),
        view.outline,
        marks,
        joined(_mark(view, site) for site in sites),
        join('<text class="pic-number" x="{}" y="{}">{}</text>', _numbers(view, sites)),
    )


def _mark(view: _View, site: Site) -> SafeString:
    """Draw one site: a ring where it went in, a track, a dot at its tip."""
    (x, y), (to_x, to_y) = view.seen(site.entry), view.seen(site.tip)
    return html(
        '<path class="pic-track" d="M{} {}L{} {}"/><circle class="pic-entry" cx="{}" cy="{}" r=".22"/>'
        '<circle class="pic-tip" cx="{}" cy="{}" r=".13"/>',
        *(_n(value) for value in (x, y, to_x, to_y, x, y, to_x, to_y)),
    )


def _numbers(view: _View, sites: list[Site]) -> Iterable[tuple[str, str, str]]:
    """Number the places that something went in at; several depths below one of them share it."""
    if not 1 < len(sites) <= _NUMBERED:
        return
    places: dict[tuple[str, str], list[int]] = {}
    for number, site in enumerate(sites, 1):
        x, y = view.seen(site.entry)
        places.setdefault((_n(x + 0.3), _n(y - 0.25)), []).append(number)
    for (left, top), numbers in places.items():
        run = numbers[-1] - numbers[0] == len(numbers) - 1 and len(numbers) > 1
        between = "\N{EN DASH}" if run else ", "
        yield left, top, between.join(map(str, (numbers[0], numbers[-1]) if run else numbers))


def _grid(frame: tuple[float, float, float, float]) -> str:
    """Draw the lines of whole millimetres."""
    left, top, width, height = frame
    columns = (f"M{x} {top}v{height}" for x in _whole(left, width))
    rows = (f"M{left} {y}h{width}" for y in _whole(top, height))
    return "".join([*columns, *rows])


def _whole(start: float, size: float) -> Iterable[int]:
    return range(int(start), int(start + size) + 1)


def _n(value: float) -> str:
    """Write a number of a picture."""
    return f"{value:.2f}"
