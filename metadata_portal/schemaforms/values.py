"""Values of a document as the texts that people read and type, and back."""

import json
from collections.abc import Callable
from functools import cache
from math import isfinite
from typing import Any

from metadata_portal.schemaforms import typed
from metadata_portal.schemaforms.documents import ABSENT
from schema_core import registries
from schema_core.introspect import Anything, Choice, List, Scalar, Shape, Term, Union
from schema_core.registries import Vocabulary
from schema_core.registries.entries import Entry


def as_text(value: Any) -> str:
    """Write a value as people would type it; objects and lists, which do not belong in an input, as JSON."""
    if value is None or value is ABSENT:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return json.dumps(value, ensure_ascii=False)


def words(value: Any) -> str:
    """Write a fixed value as words: ``Left_to_right`` → "Left to right"."""
    text = as_text(value)
    return text.replace("_", " ") if not text.isupper() else text


@cache
def vocabulary(term: Term) -> Vocabulary[Any]:
    """Give the live vocabulary behind a term."""
    return registries.vocabularies()[term.vocabulary]


def term_text(term: Term | None, value: Any) -> str:
    """Write a term by the name that finds it."""
    if term is not None and isinstance(value, dict):
        found = vocabulary(term)
        entry = found.find(value.get(found.key))
        if entry is not None and found.lookup(entry.label) is entry:
            return entry.label
        for key in (found.key, *found.names):
            if isinstance(value.get(key), str):
                return str(value[key])
    return as_text(value)


def find_term(term: Term, text: str) -> Any:
    """Look a term up by name, abbreviation, identifier or alias; unknown text becomes an object with the name alone."""
    found = vocabulary(term)
    entry = found.lookup(text)
    return {found.key: text} if entry is None else entry_json(entry)


def entry_json(entry: Entry) -> Any:
    """Give a fresh copy of the term's JSON."""
    return dict(entry.data) if isinstance(entry.data, dict) else entry.data


def read_scalar(shape: Shape, text: str, old: Any) -> Any:
    """Read one scalar; text keeps its inner line ends and blanks, not those around it."""
    stripped = text.strip()
    if not stripped:
        return ABSENT
    if not isinstance(shape, Scalar):
        return read_choice(shape, stripped, old)
    if is_number_or_text(shape) and stripped.startswith('"'):
        said = read_json(stripped)
        return said if isinstance(said, str) else stripped
    if shape.type is str and _is_quotes(stripped):
        return stripped[2:]
    return typed.read(shape.type, stripped)


def is_number_or_text(shape: Shape) -> bool:
    """Say whether a text is as good as a number (``float | str``): one that looks like a number stands in quotes."""
    return isinstance(shape, Scalar) and shape.text and shape.type is not str


def scalar_text(shape: Shape, value: Any) -> str:
    """Write one scalar; a text in quotes where it would be read as something else."""
    if isinstance(shape, Scalar) and shape.type is str and isinstance(value, str):
        return f'""{value}' if not value or _is_quotes(value) else value
    if not isinstance(value, str) or not is_number_or_text(shape):
        return as_text(value)
    is_plain = "\n" not in value and read_scalar(shape, value, None) == value
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def _is_quotes(text: str) -> bool:
    """Say whether a text is two quotation marks, which stand for no text at all, or more of them."""
    return len(text) > 1 and not text.strip('"')


def read_choice(shape: Shape, text: str, old: Any) -> Any:
    """Find the fixed value behind its text; an old value outside the choice stays."""
    if not text:
        return ABSENT
    values = shape.values if isinstance(shape, Choice) else ()
    if old is not ABSENT and as_text(old) == text:
        return old
    return next((value for value in values if as_text(value) == text), text)


def read_item(shape: Shape, text: str) -> Any:
    """Read one item of a list; an empty one is null."""
    if not text:
        return None
    if isinstance(shape, Term):
        return find_term(shape, text)
    return read_choice(shape, text, ABSENT) if isinstance(shape, Choice) else read_scalar(shape, text, ABSENT)


def item_text(shape: Shape, value: Any) -> str:
    """Write one item of a list."""
    return term_text(shape, value) if isinstance(shape, Term) else scalar_text(shape, value)


def row_text(shape: Shape, value: Any) -> str:
    """Write one line: an item, or the items of a row between commas; as JSON what would be read as something else."""
    if isinstance(shape, Anything):
        return json_text(value)
    if not isinstance(value, list) and not isinstance(shape, List | Union):
        return scalar_text(shape, value)
    text = ", ".join(as_text(entry) for entry in value) if isinstance(value, list) else as_text(value)
    if not isinstance(shape, List | Union):
        return text
    return text if _is_plain(value) and read_row(shape, text) == value else json.dumps(value, ensure_ascii=False)


def _is_plain(value: Any) -> bool:
    """Say whether commas between the items are enough: no item has one of its own."""
    items = value if isinstance(value, list) else [value]
    return not any(isinstance(entry, dict | list) or (isinstance(entry, str) and "," in entry) for entry in items)


def read_row(shape: Shape, line: str) -> Any:
    """Read one line: an item, the items of a row, or either where the schema takes both."""
    if isinstance(shape, Anything):
        return read_json(line)
    if not isinstance(shape, List | Union):
        return read_item(shape, line)
    if line[:1] in ("[", '"'):
        return read_json(line)
    if isinstance(shape, Union):
        rows = [entry.shape for entry in shape.alternatives if isinstance(entry.shape, List)]
        plain = next((entry.shape for entry in shape.alternatives if not isinstance(entry.shape, List)), Scalar(str))
        return read_row(rows[0], line) if rows and "," in line else read_item(plain, line)
    return [read_item(shape.item, part.strip()) for part in line.split(",")] if line else []


def by_text(items: list[Any], text: Callable[[Any], str]) -> dict[str, Any]:
    """Index items by their text, so that what was there is kept as it was."""
    return {text(entry): entry for entry in items if entry is not None and entry is not ABSENT}


def json_text(value: Any, indent: int | None = None) -> str:
    """Write any JSON value: text as it is, unless it would be read as something else."""
    is_text = isinstance(value, str) and value == value.strip() != "" and read_json(value) is value
    return value if is_text and "\n" not in value else json.dumps(value, ensure_ascii=False, indent=indent)


def read_json(text: str) -> Any:
    """Read any JSON value: JSON where it is JSON, else text."""
    try:
        value = json.loads(text, parse_constant=str, parse_float=_finite, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        return text
    return text if isinstance(value, str) and value == text else value


def _finite(text: str) -> float:
    """Read a number that JSON can write again; 1e400 is none."""
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that says a key twice: one of the two would be lost."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found
