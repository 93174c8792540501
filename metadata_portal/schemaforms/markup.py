"""HTML from templates and values: as Django's format_html, without its care for lazy values, which we never pass.

A page of the form calls this a thousand times.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString


def html(template: str, *values: Any) -> SafeString:
    """Put values into a template, escaped unless they are markup already."""
    return SafeString(
        template.format(*[value if type(value) is SafeString else escape(str(value)) for value in values])
    )


def join(template: str, rows: Iterable[Sequence[Any]]) -> SafeString:
    """Put each row of values into a template, one after the other."""
    return SafeString("".join([html(template, *row) for row in rows]))


def attributes(values: Mapping[str, Any]) -> SafeString:
    """Write attributes; those that are empty or false are left out, true ones stand without a value."""
    return SafeString(
        "".join(
            [
                f" {name}" if value is True else f' {name}="{escape(str(value))}"'
                for name, value in values.items()
                if value not in ("", None, False)
            ]
        )
    )


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Put pieces of markup one after the other."""
    return SafeString("".join(parts))
