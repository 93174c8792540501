"""Values that the standard's parsers would take by guessing, and that this portal asks about instead.

``NaN``, ``1_0``, ``1e400``, digits as a date, an hour that the lab's clock skipped or repeated: each is kept as typed,
and blocks submitting until somebody says what was meant.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import schema_core
from metadata_portal.schemaforms.readings import asked_at
from metadata_portal.schemaforms.typed import understood
from schema_core import paths
from schema_core.errors import Problem
from schema_core.introspect import List, Map, Scalar, Shape, Struct, choose, describe

CODE: Final = "portal-unclear"
QUANTITY: Final = "portal-quantity"
_NO_NUMBER: Final = "number"
"""The schema's own code for text where a number belongs; our question says more."""

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
    root = describe(schema_core.KINDS[kind])
    return [_problem(root, document, path, plain, value) for path, plain, value in _unclear(root, document, "")]


def joined(found: list[Problem], unclear: list[Problem]) -> list[Problem]:
    """Add doubts to the schema's own verdict; where that has an error already, one is enough: the one that asks."""
    asked = {problem.path for problem in unclear if problem.code == QUANTITY}
    kept = [problem for problem in found if problem.code != _NO_NUMBER or problem.path not in asked]
    known = {problem.path for problem in kept if problem.severity != "warning"}
    return [*kept, *(problem for problem in unclear if problem.path not in known)]


def _problem(root: Struct, document: Any, path: str, plain: type, value: str) -> Problem:
    """Ask about a quantity by what it says, about anything else by how it is written."""
    question = asked_at(root, document, path, value) if plain in (int, float, Decimal) else ""
    if question:
        return Problem(path, QUANTITY, question)
    return Problem(path, CODE, f"“{value[:60]}” is kept as typed, but not clear: write {_WANTED[plain]}.")


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
            if field is not None and isinstance(entry, str | dict | list):
                yield from _unclear(field.shape, entry, paths.child(path, key))
    elif isinstance(shape, List) and isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _unclear(shape.item, entry, paths.child(path, index))
    elif isinstance(shape, Map) and isinstance(value, dict):
        for key, entry in value.items():
            yield from _unclear(shape.value, entry, paths.child(path, key))
