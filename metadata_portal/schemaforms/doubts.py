"""Values that the standard's parsers would take by guessing, and that this portal asks about instead.

``NaN``, ``1_0``, ``1e400``, digits as a date, an hour that the lab's clock skipped or repeated: each is kept as typed,
and blocks submitting until somebody says what was meant.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import schema_core
from metadata_portal.schemaforms.typed import understood
from schema_core import paths
from schema_core.errors import Problem
from schema_core.introspect import List, Map, Scalar, Shape, Struct, choose, describe

CODE: Final = "portal-unclear"

_WANTED: Final[dict[type, str]] = {
    int: "a whole number in plain digits",
    float: "a number in plain digits, with a point",
    Decimal: "a number in plain digits, with a point",
    dt.date: "a day as YYYY-MM-DD",
    dt.time: "a time as HH:MM",
    dt.datetime: "a date and time as YYYY-MM-DD HH:MM, with its offset where the clock was changed",
}


def doubts(kind: str, document: Any) -> list[Problem]:
    """Find every value that this portal does not take without asking."""
    return [
        _problem(path, kind_, value) for path, kind_, value in _unclear(describe(schema_core.KINDS[kind]), document, "")
    ]


def joined(found: list[Problem], unclear: list[Problem]) -> list[Problem]:
    """Add doubts to the schema's own verdict; where that has an error already, one is enough."""
    known = {problem.path for problem in found if problem.severity != "warning"}
    return [*found, *(problem for problem in unclear if problem.path not in known)]


def _problem(path: str, kind: type, value: str) -> Problem:
    return Problem(path, CODE, f"“{value[:60]}” is kept as typed, but not clear: write {_WANTED[kind]}.")


def _unclear(shape: Shape, value: Any, path: str) -> Iterator[tuple[str, type, str]]:
    """Walk the strings that stand where a number, date or time belongs."""
    chosen = choose(shape, value)
    shape = chosen.shape if chosen else shape
    if isinstance(shape, Scalar):
        if isinstance(value, str) and not shape.text and not understood(shape.type, value):
            yield path, shape.type, value
    elif isinstance(shape, Struct) and isinstance(value, dict):
        for key, entry in value.items():
            field = shape.by_name.get(key)
            if field is not None and entry is not None:
                yield from _unclear(field.shape, entry, paths.child(path, key))
    elif isinstance(shape, List) and isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _unclear(shape.item, entry, paths.child(path, index))
    elif isinstance(shape, Map) and isinstance(value, dict):
        for key, entry in value.items():
            yield from _unclear(shape.value, entry, paths.child(path, key))
