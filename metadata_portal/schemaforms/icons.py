"""Icons, drawn once each."""

from functools import cache

import lucide
from django.utils.safestring import SafeString, mark_safe


@cache
def icon(name: str, size: int = 16) -> SafeString:
    """Draw an icon as inline SVG; it is decoration, the words beside it say what it means."""
    svg = lucide._render_icon(name, size, **{"class": "icon", "aria-hidden": "true"})  # noqa: SLF001 - its only entry outside templates
    return mark_safe(svg)  # noqa: S308 - packaged SVG
