"""A document as people read it: titles instead of keys, a number beside its unit, nothing that is empty."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal, TypeGuard

import schema_core
from metadata_portal.schemaforms import depths
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.scope import Axes, axes_at
from metadata_portal.schemaforms.sections import is_compact
from metadata_portal.schemaforms.whereabouts import SEPARATOR
from schema_core import introspect, paths
from schema_core.compiled import compiled
from schema_core.introspect import CONSTANTS, Field, List, Scalar, Shape, Struct, Term

# What tells one item from its neighbours, the most telling first.
_TELLING: Final = ("name", "device_name", "start_date", "procedure_type", "specimen_id", "targeted_structure", "date")
_INLINE_FIELDS: Final = 3
_DESCRIBED_LINES: Final = 12
_INLINE_LENGTH: Final = 90


@dataclass(frozen=True, slots=True)
class Part:
    """One line or one block: a value under its label, or a group of parts."""

    path: str
    label: str
    text: str = ""
    detail: str = ""
    parts: tuple["Part", ...] = ()
    form: Literal["value", "group", "items"] = "value"

    @property
    def rows(self) -> tuple["Part", ...]:
        """The parts that are lines."""
        return tuple(part for part in self.parts if part.form == "value")

    @property
    def blocks(self) -> tuple["Part", ...]:
        """The parts that are groups."""
        return tuple(part for part in self.parts if part.form != "value")


def read(kind: str, document: Mapping[str, Any]) -> Part:
    """The whole document, ready to be drawn."""
    struct = introspect.describe(schema_core.KINDS[kind])
    parts = tuple(_with_needles(part, document) for part in _struct_parts(struct, dict(document), ""))
    return Part("", struct.title, parts=parts, form="group")


def title_of(value: Any, shape: Shape | None = None) -> str:
    """A line that names one item: what it is, and what tells it from its neighbours."""
    if not isinstance(value, dict):
        return _scalar(value)
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
        return named or ", ".join(f"{_words(key)} {text_of(child)}" for key, child in value.items() if _filled(child))
    if isinstance(value, list):
        return (
            "; ".join(text_of(item) for item in value)
            if any(isinstance(i, dict | list) for i in value)
            else _flat(value)
        )
    return _scalar(value)


def described(value: Any) -> str:
    """All that a value says, on a few lines: what to choose between when two people differ."""
    if not isinstance(value, dict | list):
        return _scalar(value)
    lines = [f"{label}: {text}" if label else text for label, text in _said(value, "")]
    more = len(lines) - _DESCRIBED_LINES
    return "\n".join([*lines[:_DESCRIBED_LINES], *([f"and {more} more"] if more > 0 else [])])


def part_of(label: str, value: Any, shape: Shape, path: str, document: Mapping[str, Any], unit: Any = None) -> Part:
    """One value of a document under its label, with its unit, as the record's page says it."""
    return _with_needles(_with_unit(_part(label, value, shape, path), unit), document)


def is_line(value: Any) -> bool:
    """Whether an object or a list is read as one thing: a term, a depth, a transform."""
    if not isinstance(value, dict):
        return depths.fits(value)
    is_plain = not any(isinstance(entry, dict) or _nested(entry) for entry in value.values())
    return _is_term(value) or (str(value.get("object_type")) in _LINES and is_plain)


def item_words(value: Any, shape: Shape, index: str) -> str:
    """An item by its number and what tells it from its neighbours."""
    title = title_of(value, shape) if isinstance(value, dict) else ""
    return f"{int(index) + 1}. {title}" if title else f"item {int(index) + 1}"


def units_of(value: Mapping[str, Any]) -> dict[str, str]:
    """Which key of an object holds the unit of which: `volume_unit` of `volume`, `weight_unit` of `weight_prior`."""
    found: dict[str, str] = {}
    for unit in value:
        if not _is_unit(unit):
            continue
        stem = unit.removesuffix("unit").strip("_")
        for key, entry in value.items():
            measured = isinstance(entry, int | float | list) or key == stem
            if key != unit and measured and _filled(entry) and (stem in (key, *key.split("_")) or key == f"{stem}s"):
                found[key] = unit
    return found


def _said(value: Any, label: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and _nested(value):
        for index, item in enumerate(value):
            yield from _said(item, f"{label} {index + 1}".strip())
    elif isinstance(value, dict) and not _is_term(value) and not _inline(value):
        if value.get("object_type"):
            yield label, str(value["object_type"])
        for key, entry in value.items():
            if key not in CONSTANTS and _filled(entry):
                yield from _said(entry, f"{label} {_words(key).lower()}".strip().capitalize())
    elif isinstance(value, dict):
        yield label, _term(value)[0] if _is_term(value) else _inline(value)
    else:
        yield label, text_of(value)


def _struct_parts(struct: Struct, value: Mapping[str, Any], path: str) -> Iterator[Part]:
    units = units_of(value)
    for field in _in_order(struct):
        entry = value.get(field.name)
        if field.name in CONSTANTS or _is_unit(field.name) or not _filled(entry) or _said_twice(field, value):
            continue
        unit = value.get(units.get(field.name, ""))
        yield _with_unit(_part(field.title, entry, field.shape, paths.child(path, field.name)), unit)
    for key, entry in value.items():
        if key not in struct.by_name and _filled(entry):
            yield _part(_words(key), entry, introspect.Free(), paths.child(path, key))


@compiled
def _in_order(struct: Struct) -> tuple[Field, ...]:
    """The fields in the order of the form."""
    layout = layout_of(struct)
    names = [*(name for row in layout.rows for name in row), *layout.advanced]
    ordered = [*(name for name in names if name not in layout.children), *layout.children]
    order = {name: place for place, name in enumerate(ordered)}
    return tuple(sorted(struct.fields, key=lambda field: order.get(field.name, len(order))))


def _with_needles(part: Part, document: Mapping[str, Any]) -> Part:
    """The part with each depth of a needle said as surgeons say it, not as the transforms that it is stored as."""
    if part.form != "value":
        return replace(part, parts=tuple(_with_needles(child, document) for child in part.parts))
    entry = paths.get(document, part.path)
    return replace(part, text=needle_line(entry, axes_at(document, part.path))) if depths.fits(entry) else part


def needle_line(entry: list[dict[str, Any]], axes: Axes) -> str:
    """Where a needle entered, how it was tilted and how deep it went: signs are spelled out as up and down."""
    point, angles = entry[depths.ENTRY]["translation"], entry[depths.TILT]["angles"]
    unit = f" {axes.unit}" if axes.unit else ""
    where = ", ".join(f"{axes.label(place)} {_scalar(number)}" for place, number in enumerate(point))
    tilts = [f"{_scalar(angle)}° about {axes.label(place)}" for place, angle in enumerate(angles) if angle != 0]
    return " · ".join((f"{where}{unit}", *tilts, _depth(entry[depths.DEPTH]["translation"][-1], axes, unit)))


def _depth(depth: Any, axes: Axes, unit: str) -> str:
    down = axes.down
    if not down or isinstance(depth, bool) or not isinstance(depth, int | float):
        return f"depth {_scalar(depth)}{unit}"
    return f"{_scalar(abs(depth))}{unit} {'down' if depth * down >= 0 else 'up'}"


def _said_twice(field: Field, value: Mapping[str, Any]) -> bool:
    """Whether a field that was given up says what the field says that took over."""
    return field.replaced_by is not None and value.get(field.name) == value.get(field.replaced_by)


def _with_unit(part: Part, unit: Any) -> Part:
    if not isinstance(unit, str) or part.form != "value":
        return part
    return Part(part.path, part.label, f"{part.text} {unit}", part.detail)


def _is_unit(key: str) -> bool:
    return key == "unit" or key.endswith("_unit")


def _part(label: str, value: Any, shape: Shape, path: str) -> Part:
    """One value under its label, in the form that suits it."""
    chosen = introspect.choose(shape, value)
    shape = chosen.shape if chosen else shape
    if isinstance(value, dict):
        return _object_part(label, value, shape, path)
    if isinstance(value, list):
        return _list_part(label, value, shape, path)
    text = _scalar(value)
    if isinstance(shape, Scalar) and shape.type is datetime:
        text = text.replace("T", " ")
    return Part(path, label, text.replace("_", " ") if isinstance(shape, introspect.Choice) else text)


def _object_part(label: str, value: dict[str, Any], shape: Shape, path: str) -> Part:
    if isinstance(shape, Term) or _is_term(value):
        text, detail = _term(value)
        return Part(path, label, text, detail)
    inline = _inline(value)
    if inline:
        return Part(path, label, inline.removeprefix(f"{label}: "))
    if isinstance(shape, Struct):
        parts = tuple(_struct_parts(shape, value, path))
    else:
        item = shape.value if isinstance(shape, introspect.Map) else introspect.Free()
        parts = tuple(
            _part(_words(key) if key in CONSTANTS else key, entry, item, paths.child(path, key))
            for key, entry in value.items()
            if _filled(entry) and key not in CONSTANTS
        )
    title = title_of(value, shape)
    # a heading does not say its name twice
    is_echo = title == value.get("object_type") and label.lower() in title.lower()
    return Part(path, label, "" if is_echo else title, parts=parts, form="group")


def _list_part(label: str, value: list[Any], shape: Shape, path: str) -> Part:
    if not any(isinstance(item, dict | list) for item in value):
        return Part(path, label, _flat(value))
    item_shape = shape.item if isinstance(shape, List) else introspect.Free()
    if _is_table(item_shape) and len(value) > 1 and all(isinstance(item, dict) for item in value):
        rows = (Part(paths.child(path, n), f"{n + 1}", _row(item, item_shape)) for n, item in enumerate(value))
        return Part(path, label, parts=tuple(rows), form="items")
    parts = tuple(_item(item, item_shape, paths.child(path, n), n) for n, item in enumerate(value))
    if all(part.form == "value" for part in parts) and all(isinstance(item, dict) for item in value):
        return Part(
            path, label, "; ".join(f"{part.text} ({part.detail})" if part.detail else part.text for part in parts)
        )
    return Part(path, label, parts=parts, form="items")


def _is_table(shape: Shape) -> TypeGuard[Struct]:
    """Whether items of this shape are small enough for a line each."""
    return isinstance(shape, Struct) and is_compact(shape) and shape.object_type not in _LINES


def _row(value: dict[str, Any], struct: Struct) -> str:
    """One of many small objects on a line: what it says that is not said by saying nothing."""
    said = (part for part in _struct_parts(struct, value, "") if value.get(part.path) != _default(struct, part.path))
    words = (part.text if part.path == "name" else f"{part.label} {part.text}" for part in said)
    return " · ".join(words) or struct.title


def _default(struct: Struct, name: str) -> Any:
    return struct.by_name[name].default if name in struct.by_name else None


def _item(value: Any, shape: Shape, path: str, index: int) -> Part:
    part = _part(f"{index + 1}", value, shape, path)
    if isinstance(value, list) and part.form == "items" and all(child.form == "value" for child in part.parts):
        return Part(path, part.label, " → ".join(child.text for child in part.parts))
    if part.form == "value":
        return part
    chosen = introspect.choose(shape, value)
    return Part(path, part.label, title_of(value, chosen.shape if chosen else shape), "", part.parts, part.form)


def _is_term(value: Mapping[str, Any]) -> bool:
    return "registry_identifier" in value and "name" in value and value.get("object_type") in (None, "Person")


def _term(value: Mapping[str, Any]) -> tuple[str, str]:
    name, short = value.get("name") or "", value.get("abbreviation") or value.get("acronym") or ""
    text = f"{name} ({short})" if short and short != name else str(name or short)
    return text, str(value.get("registry_identifier") or "")


def _inline(value: Mapping[str, Any]) -> str:
    """A small object on one line, empty when it needs a block."""
    kind = str(value.get("object_type") or "")
    if kind in _LINES:
        return _LINES[kind](value)
    units = units_of(value)
    rest = {
        key: entry
        for key, entry in value.items()
        if key not in CONSTANTS and key not in units.values() and _filled(entry)
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
        text if key == "name" or (kind and len(texts) == 1) else f"{_words(key).lower()} {text}"
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
    text = f"{kind} {_flat(numbers)}" if isinstance(numbers, list) else kind
    return " ".join(filter(None, (text, str(unit), f"({frame})" if frame else "")))


def _axis_line(value: Mapping[str, Any]) -> str:
    return f"{value.get('name')} {str(value.get('direction')).replace('_', ' ').lower()}"


def _system_line(value: Mapping[str, Any]) -> str:
    axes = value.get("axes")
    lines = [_axis_line(axis) for axis in axes if isinstance(axis, dict)] if isinstance(axes, list) else []
    parts = (value.get("name"), f"origin {value.get('origin')}", ", ".join(lines), value.get("axis_unit"))
    return " · ".join(str(part) for part in parts if part)


_LINES: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
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
    return _scalar(value) if not isinstance(value, list) else ""


def _flat(value: list[Any]) -> str:
    return ", ".join(_scalar(item) for item in value)


def _filled(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _scalar(value: Any) -> str:
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 (exact as a whole number)
        return str(int(value))
    return str(value)


def _words(key: str) -> str:
    return introspect.humanize(key)
