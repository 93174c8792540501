"""The open node as JSON text, cut to what one can look at: the price of a page does not grow with the document."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

MOST_LINES: Final = 70
MOST_DEEP: Final = 4
_LONG: Final = 160
_FLAT: Final = 8


def preview(value: Any) -> str:
    """Give a value as indented JSON of at most MOST_LINES lines; … stands for the rest."""
    lines = list(islice(_lines(value, "", "", 0), MOST_LINES + 1))
    return "\n".join(lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], "…"])


def _lines(value: Any, before: str, after: str, depth: int) -> Iterator[str]:
    """Write one value, line by line as they are asked for; ``before`` and ``after`` stand around it."""
    if not value or not isinstance(value, dict | list) or _is_flat(value):
        yield f"{before}{_short(value)}{after}"
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    if depth == MOST_DEEP:
        yield f"{before}{opening}…{closing}{after}"
        return
    yield f"{before}{opening}"
    indent = "  " * (depth + 1)
    named = ((f"{json.dumps(key)}: ", held) for key, held in value.items()) if isinstance(value, dict) else None
    for count, (name, held) in enumerate(named or (("", held) for held in value), 1):
        yield from _lines(held, f"{indent}{name}", "," if count < len(value) else "", depth + 1)
    yield f"{indent[2:]}{closing}{after}"


def _is_flat(value: Any) -> bool:
    """Say whether a value is a list that stands on one line."""
    return (
        isinstance(value, list) and len(value) <= _FLAT and not any(isinstance(entry, list | dict) for entry in value)
    )


def _short(value: Any) -> str:
    """Write a plain value, a long one cut."""
    if isinstance(value, str) and len(value) > _LONG:
        value = f"{value[:_LONG]}…"
    return json.dumps(value, ensure_ascii=False)
