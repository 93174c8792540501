"""A document as people read it: titles instead of keys, a number beside its unit, nothing that is empty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeGuard

import schema_core
from metadata_portal.entries.wording import (
    LINES,
    filled,
    flat,
    in_a_line,
    is_term,
    is_unit,
    scalar_words,
    term_words,
    title_of,
    units_of,
)
from metadata_portal.schemaforms import depths
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.scope import Axes, axes_at
from metadata_portal.schemaforms.sections import is_compact
from schema_core import introspect, paths
from schema_core.compiled import compiled
from schema_core.introspect import CONSTANTS, Field, List, Scalar, Shape, Struct, Term, humanize


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


def part_of(label: str, value: Any, shape: Shape, path: str, document: Mapping[str, Any], unit: Any = None) -> Part:
    """One value of a document under its label, with its unit, as the record's page says it."""
    return _with_needles(_with_unit(_part(label, value, shape, path), unit), document)


def _struct_parts(struct: Struct, value: Mapping[str, Any], path: str) -> Iterator[Part]:
    units = units_of(value)
    for field in _in_order(struct):
        entry = value.get(field.name)
        if field.name in CONSTANTS or is_unit(field.name) or not filled(entry) or _said_twice(field, value):
            continue
        unit = value.get(units.get(field.name, ""))
        yield _with_unit(_part(field.title, entry, field.shape, paths.child(path, field.name)), unit)
    for key, entry in value.items():
        if key not in struct.by_name and filled(entry):
            yield _part(humanize(key), entry, introspect.Free(), paths.child(path, key))


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
    where = ", ".join(f"{axes.label(place)} {scalar_words(number)}" for place, number in enumerate(point))
    tilts = [f"{scalar_words(angle)}° about {axes.label(place)}" for place, angle in enumerate(angles) if angle != 0]
    return " · ".join((f"{where}{unit}", *tilts, _depth(entry[depths.DEPTH]["translation"][-1], axes, unit)))


def _depth(depth: Any, axes: Axes, unit: str) -> str:
    down = axes.down
    if not down or isinstance(depth, bool) or not isinstance(depth, int | float):
        return f"depth {scalar_words(depth)}{unit}"
    return f"{scalar_words(abs(depth))}{unit} {'down' if depth * down >= 0 else 'up'}"


def _said_twice(field: Field, value: Mapping[str, Any]) -> bool:
    """Whether a field that was given up says what the field says that took over."""
    return field.replaced_by is not None and value.get(field.name) == value.get(field.replaced_by)


def _with_unit(part: Part, unit: Any) -> Part:
    if not isinstance(unit, str) or part.form != "value":
        return part
    return Part(part.path, part.label, f"{part.text} {unit}", part.detail)


def _part(label: str, value: Any, shape: Shape, path: str) -> Part:
    """One value under its label, in the form that suits it."""
    chosen = introspect.choose(shape, value)
    shape = chosen.shape if chosen else shape
    if isinstance(value, dict):
        return _object_part(label, value, shape, path)
    if isinstance(value, list):
        return _list_part(label, value, shape, path)
    text = scalar_words(value)
    if isinstance(shape, Scalar) and shape.type is datetime:
        text = text.replace("T", " ")
    return Part(path, label, text.replace("_", " ") if isinstance(shape, introspect.Choice) else text)


def _object_part(label: str, value: dict[str, Any], shape: Shape, path: str) -> Part:
    if isinstance(shape, Term) or is_term(value):
        text, detail = term_words(value)
        return Part(path, label, text, detail)
    inline = in_a_line(value)
    if inline:
        return Part(path, label, inline.removeprefix(f"{label}: "))
    if isinstance(shape, Struct):
        parts = tuple(_struct_parts(shape, value, path))
    else:
        item = shape.value if isinstance(shape, introspect.Map) else introspect.Free()
        parts = tuple(
            _part(humanize(key) if key in CONSTANTS else key, entry, item, paths.child(path, key))
            for key, entry in value.items()
            if filled(entry) and key not in CONSTANTS
        )
    title = title_of(value, shape)
    # a heading does not say its name twice
    is_echo = title == value.get("object_type") and label.lower() in title.lower()
    return Part(path, label, "" if is_echo else title, parts=parts, form="group")


def _list_part(label: str, value: list[Any], shape: Shape, path: str) -> Part:
    if not any(isinstance(item, dict | list) for item in value):
        return Part(path, label, flat(value))
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
    return isinstance(shape, Struct) and is_compact(shape) and shape.object_type not in LINES


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
