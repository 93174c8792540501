"""Values of a document in a few words: titles of items, places, terms, quantities with their units."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import schema_core
from metadata_portal.schemaforms import depths
from metadata_portal.schemaforms.whereabouts import SEPARATOR
from schema_core import introspect, paths
from schema_core.introspect import CONSTANTS, List, Shape, Struct, humanize

# What tells one item from its neighbours, the most telling first.
_TELLING: Final = ("name", "device_name", "start_date", "procedure_type", "specimen_id", "targeted_structure", "date")
_INLINE_FIELDS: Final = 3
_DESCRIBED_LINES: Final = 12
_INLINE_LENGTH: Final = 90


def title_of(value: Any, shape: Shape | None = None) -> str:
    """A line that names one item: what it is, and what tells it from its neighbours."""
    if not isinstance(value, dict):
        return scalar_words(value)
    what = value.get("object_type") or (shape.title if isinstance(shape, Struct) else "")
    telling = [_telling(value[key]) for key in _TELLING if value.get(key)]
    return " · ".join(text for text in (str(what), *telling[:2]) if text)


def label_of(kind: str, document: Any, path: str) -> str:
    """The place of a value in words, from the outermost field to the innermost."""
    try:
        places = introspect.places(introspect.describe(schema_core.KINDS[kind]), document, path)
    except LookupError:
        return path
    words: list[str] = []
    for place in places[1:]:
        if place.field is not None:
            words.append(place.field.title)
        elif isinstance(place.parent, List):
            words.append(item_words(place.value, place.shape, paths.split(place.path)[-1]))
        else:
            words.append(paths.split(place.path)[-1])
    return SEPARATOR.join(words) or "The whole document"


def text_of(value: Any) -> str:
    """Any JSON value on one line."""
    if isinstance(value, dict):
        named = title_of(value)
        return named or ", ".join(f"{humanize(key)} {text_of(child)}" for key, child in value.items() if filled(child))
    if isinstance(value, list):
        return (
            "; ".join(text_of(item) for item in value)
            if any(isinstance(i, dict | list) for i in value)
            else flat(value)
        )
    return scalar_words(value)


def described(value: Any) -> str:
    """All that a value says, on a few lines: what to choose between when two people differ."""
    if not isinstance(value, dict | list):
        return scalar_words(value)
    lines = [f"{label}: {text}" if label else text for label, text in _said(value, "")]
    more = len(lines) - _DESCRIBED_LINES
    return "\n".join([*lines[:_DESCRIBED_LINES], *([f"and {more} more"] if more > 0 else [])])


def is_line(value: Any) -> bool:
    """Whether an object or a list is read as one thing: a term, a depth, a transform."""
    if not isinstance(value, dict):
        return depths.fits(value)
    is_plain = not any(isinstance(entry, dict) or _nested(entry) for entry in value.values())
    return is_term(value) or (str(value.get("object_type")) in LINES and is_plain)


def item_words(value: Any, shape: Shape, index: str) -> str:
    """An item by its number and what tells it from its neighbours."""
    title = title_of(value, shape) if isinstance(value, dict) else ""
    return f"{int(index) + 1}. {title}" if title else f"item {int(index) + 1}"


def units_of(value: Mapping[str, Any]) -> dict[str, str]:
    """Which key of an object holds the unit of which: `volume_unit` of `volume`, `weight_unit` of `weight_prior`."""
    found: dict[str, str] = {}
    for unit in value:
        if not is_unit(unit):
            continue
        stem = unit.removesuffix("unit").strip("_")
        for key, entry in value.items():
            measured = isinstance(entry, int | float | list) or key == stem
            if key != unit and measured and filled(entry) and (stem in (key, *key.split("_")) or key == f"{stem}s"):
                found[key] = unit
    return found


def _said(value: Any, label: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and _nested(value):
        for index, item in enumerate(value):
            yield from _said(item, f"{label} {index + 1}".strip())
    elif isinstance(value, dict) and not is_term(value) and not in_a_line(value):
        if value.get("object_type"):
            yield label, str(value["object_type"])
        for key, entry in value.items():
            if key not in CONSTANTS and filled(entry):
                yield from _said(entry, f"{label} {humanize(key).lower()}".strip().capitalize())
    elif isinstance(value, dict):
        yield label, term_words(value)[0] if is_term(value) else in_a_line(value)
    else:
        yield label, text_of(value)


def is_unit(key: str) -> bool:
    """Whether a key holds the unit of another."""
    return key == "unit" or key.endswith("_unit")


def is_term(value: Mapping[str, Any]) -> bool:
    """Whether an object is a term of a vocabulary, or a person."""
    return "registry_identifier" in value and "name" in value and value.get("object_type") in (None, "Person")


def term_words(value: Mapping[str, Any]) -> tuple[str, str]:
    """A term's name with its short form, and its identifier."""
    name, short = value.get("name") or "", value.get("abbreviation") or value.get("acronym") or ""
    text = f"{name} ({short})" if short and short != name else str(name or short)
    return text, str(value.get("registry_identifier") or "")


def in_a_line(value: Mapping[str, Any]) -> str:
    """A small object on one line, empty when it needs a block."""
    kind = str(value.get("object_type") or "")
    if kind in LINES:
        return LINES[kind](value)
    units = units_of(value)
    rest = {
        key: entry
        for key, entry in value.items()
        if key not in CONSTANTS and key not in units.values() and filled(entry)
    }
    if (
        not rest
        or len(rest) > _INLINE_FIELDS
        or any(isinstance(entry, dict) or _nested(entry) for entry in rest.values())
    ):
        return ""
    texts = {
        key: " ".join((text_of(entry), str(value.get(units.get(key, ""), "")))).strip() for key, entry in rest.items()
    }
    words = [
        text if key == "name" or (kind and len(texts) == 1) else f"{humanize(key).lower()} {text}"
        for key, text in texts.items()
    ]
    text = f"{kind}: {', '.join(words)}" if kind else ", ".join(words)
    return text if len(text) <= _INLINE_LENGTH else ""


def _transform_line(value: Mapping[str, Any]) -> str:
    """A translation, rotation or scale: its numbers, and what they refer to."""
    kind = str(value["object_type"])
    numbers = value.get(kind.lower()) or value.get("angles") or []
    unit = value.get("angles_unit") or ""
    frame = value.get("reference_coordinate_system") or ""
    text = f"{kind} {flat(numbers)}" if isinstance(numbers, list) else kind
    return " ".join(filter(None, (text, str(unit), f"({frame})" if frame else "")))


def _axis_line(value: Mapping[str, Any]) -> str:
    return f"{value.get('name')} {str(value.get('direction')).replace('_', ' ').lower()}"


def _system_line(value: Mapping[str, Any]) -> str:
    axes = value.get("axes")
    lines = [_axis_line(axis) for axis in axes if isinstance(axis, dict)] if isinstance(axes, list) else []
    parts = (value.get("name"), f"origin {value.get('origin')}", ", ".join(lines), value.get("axis_unit"))
    return " · ".join(str(part) for part in parts if part)


LINES: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "Translation": _transform_line,
    "Rotation": _transform_line,
    "Scale": _transform_line,
    "Axis": _axis_line,
    "Coordinate system": _system_line,
}


def _nested(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict | list) for item in value)


def _telling(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or "")
    return scalar_words(value) if not isinstance(value, list) else ""


def flat(value: list[Any]) -> str:
    """The values of a list between commas."""
    return ", ".join(scalar_words(item) for item in value)


def filled(value: Any) -> bool:
    """Whether something is said."""
    return value is not None and value not in ("", [], {})


def scalar_words(value: Any) -> str:
    """A single value as people read it."""
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 (exact as a whole number)
        return str(int(value))
    return str(value)
