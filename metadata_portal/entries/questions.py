"""Values that the standard's parsers would take although nobody can be sure what was meant."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import schema_core
from metadata_portal.schemaforms.typed import understood
from schema_core import introspect, paths
from schema_core.errors import Problem
from schema_core.introspect import List, Map, Scalar, Shape, Struct

UNCLEAR = "portal-unclear"


def questions(kind: str, document: Any) -> Iterator[Problem]:
    """What to ask about a document: numbers and times that can be read in more than one way."""
    yield from _walk(introspect.describe(schema_core.KINDS[kind]), document, "")


def _walk(shape: Shape, value: Any, path: str) -> Iterator[Problem]:
    chosen = introspect.choose(shape, value)
    shape = chosen.shape if chosen else shape
    if isinstance(value, str):
        if isinstance(shape, Scalar) and not shape.text and not understood(shape.type, value):
            yield Problem(path, UNCLEAR, _question(shape.type, value))
    elif isinstance(value, list) and isinstance(shape, List):
        for index, item in enumerate(value):
            yield from _walk(shape.item, item, paths.child(path, index))
    elif isinstance(value, dict):
        for key, entry in value.items():
            below = _below(shape, key)
            if below is not None:
                yield from _walk(below, entry, paths.child(path, key))


def _below(shape: Shape, key: str) -> Shape | None:
    if isinstance(shape, Struct):
        field = shape.by_name.get(key)
        return None if field is None else field.shape
    return shape.value if isinstance(shape, Map) else None


def _question(kind: type, value: str) -> str:
    shown = value if len(value) <= 40 else f"{value[:39]}…"  # noqa: PLR2004 (a line)
    if kind is datetime:
        return (
            f"“{shown}” has no offset, and the lab's clock shows that time twice or never on that day: "
            "write it with its offset, such as 2026-11-01T01:30:00-07:00."
        )
    return f"“{shown}” can be read in more than one way: write it out, dates as 2026-11-22, numbers as 1500.5."
