"""Icons: drawn where they stand alone, and by reference where many rows repeat a few of them."""

import re
from functools import cache
from typing import Final

import lucide
from django.utils.safestring import SafeString, mark_safe

_REFERRED: Final = re.compile(r'href="#i-([a-z0-9-]+)"')


@cache
def icon(name: str, size: int = 16) -> SafeString:
    """Draw an icon as inline SVG; it is decoration, the words beside it say what it means."""
    return _drawn(name, size, {"class": "icon", "aria-hidden": "true"})


@cache
def used(name: str, size: int = 16) -> SafeString:
    """Refer to an icon of ``sprite``, which has to stand somewhere in the page."""
    return SafeString(
        f'<svg class="icon" width="{size}" height="{size}" aria-hidden="true"><use href="#i-{name}"/></svg>'
    )


def sprite(drawn: str) -> SafeString:
    """Draw the icons that a piece of a page refers to, each once."""
    names = sorted(set(_REFERRED.findall(drawn)))
    inner = "".join(_symbol(name) for name in names)
    head = '<svg class="sf-sprite" width="0" height="0" aria-hidden="true" focusable="false">'
    return SafeString(f"{head}{inner}</svg>" if inner else "")


@cache
def _symbol(name: str) -> str:
    drawn = _drawn(name, 24, {"id": f"i-{name}"}).replace('width="24" height="24" ', "", 1)  # as large as it is used
    return drawn.replace("<svg", "<symbol", 1).replace("</svg>", "</symbol>")


def _drawn(name: str, size: int, attributes: dict[str, str]) -> SafeString:
    svg = lucide._render_icon(name, size, **attributes)  # noqa: SLF001 - its only entry outside templates
    return mark_safe(svg)  # noqa: S308 - packaged SVG
