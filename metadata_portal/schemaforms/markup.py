"""HTML from templates and values: as Django's format_html, without its care for lazy values, which we never pass.

A page of the form calls this a thousand times.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from django.utils.safestring import SafeString

Offered = str | tuple[str, str]
"""A name to choose, alone or with what else it is found by."""

_SPECIAL: Final = re.compile("[&<>\"']")


def _text(value: Any) -> str:
    """Escape a value unless it is markup; most texts need none, and looking is cheaper than replacing."""
    if type(value) is SafeString:
        return value
    text = str(value)
    return escape(text) if _SPECIAL.search(text) else text


def html(template: str, *values: Any) -> SafeString:
    """Put values into a template, escaped unless they are markup already."""
    return SafeString(template.format(*map(_text, values)))


def join(template: str, rows: Iterable[Sequence[Any]]) -> SafeString:
    """Put each row of values into a template, one after the other."""
    return SafeString("".join([html(template, *row) for row in rows]))


def options(names: Iterable[Offered]) -> SafeString:
    """Draw the options of a list to choose from while typing: each a text, or a text and what stands beside it."""
    found: dict[str, str] = {}
    for entry in names:
        value, hint = (entry, "") if isinstance(entry, str) else entry
        found.setdefault(value, hint)
    return join('<option value="{}">{}</option>', found.items())


def attributes(values: Mapping[str, Any]) -> SafeString:
    """Write attributes; those that are empty or false are left out, true ones stand without a value."""
    return SafeString(
        "".join(
            [
                f" {name}" if value is True else f' {name}="{_text(value)}"'
                for name, value in values.items()
                if value not in ("", None, False)
            ]
        )
    )


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Put pieces of markup one after the other."""
    return SafeString("".join(parts))
