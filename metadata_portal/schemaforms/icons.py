"""Icons, drawn once each; those that every row repeats stand once in the page and are referred to."""

from functools import cache
from typing import Final

import lucide
from django.utils.safestring import SafeString, mark_safe

_REPEATED: Final = ("arrow-up", "arrow-down", "copy", "trash-2", "arrow-right")


@cache
def icon(name: str, size: int = 16) -> SafeString:
    """Draw an icon as inline SVG; it is decoration, the words beside it say what it means."""
    return _drawn(name, size, {"class": "icon", "aria-hidden": "true"})


@cache
def used(name: str) -> SafeString:
    """Refer to an icon of ``sprite``."""
    if name not in _REPEATED:
        raise KeyError(f"the sprite lacks {name!r}; it holds {', '.join(_REPEATED)}")
    return SafeString(f'<svg class="icon" width="16" height="16" aria-hidden="true"><use href="#i-{name}"/></svg>')


@cache
def sprite() -> SafeString:
    """Draw the icons that rows refer to, for the head of a page."""
    drawn = "".join(_drawn(name, 16, {"id": f"i-{name}"}) for name in _REPEATED)
    return SafeString(f'<svg class="sf-sprite" width="0" height="0" aria-hidden="true" focusable="false">{drawn}</svg>')


def _drawn(name: str, size: int, attributes: dict[str, str]) -> SafeString:
    svg = lucide._render_icon(name, size, **attributes)  # noqa: SLF001 - its only entry outside templates
    return mark_safe(svg)  # noqa: S308 - packaged SVG
