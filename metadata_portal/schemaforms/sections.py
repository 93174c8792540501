"""What one node's form consists of: sections of controls, each hanging at an address of the document.

A struct is one section; a list of small structs is a section for each item (a compact table); a list of depth entries
shows each as one row; a branch without fields of its own is a section with a single control.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from metadata_portal.schemaforms import controls, depths
from metadata_portal.schemaforms.controls import Control
from metadata_portal.schemaforms.documents import ABSENT, Document, get
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.scope import Axes, axes_at
from schema_core import paths
from schema_core.compiled import compiled
from schema_core.introspect import MISSING, Field, Free, List, Map, Place, Shape, Struct, Union

ROW_CONTROLS: Final = 9
"""Structs with at most this many controls and no children are rows of a compact table."""


MAX_ROWS: Final = 50
"""Rows in one form: a page shows so many of a long list at once, and Django takes a thousand fields."""
LEAST_ROWS: Final = 12
_MOST_ELEMENTS: Final = 1100
_ROW_ELEMENTS: Final = 18


@dataclass(frozen=True, slots=True)
class Section:
    """Controls that hang at one address; ``prefix`` is Django's, in names and ids."""

    path: str
    prefix: str
    controls: tuple[Control, ...]
    struct: Struct | None = None
    item_id: str = ""
    depth: Axes | None = None

    def address(self, entry: Control) -> str:
        """Give the address of a control's value."""
        return f"{self.path}.{entry.at}" if self.path and entry.at else entry.at or self.path

    def shown(self, document: Any, entry: Control) -> list[str]:
        """Give the texts that a control shows for a document: its value, or the default while there is none."""
        value = get(document, self.address(entry))
        if value is ABSENT and entry.field is not None and entry.field.default is not MISSING:
            value = entry.field.default
        return entry.show(value)


def prefix_of(path: str) -> str:
    """Give the Django prefix of the node at an address."""
    return re.sub(r"[^A-Za-z0-9_]", "-", path) or "root"


def shown_texts(sections: tuple[Section, ...], document: Any) -> dict[str, list[str]]:
    """Give every text of a node's form by field name."""
    return {
        f"{section.prefix}-{entry.name}": section.shown(document, entry)
        for section in sections
        for entry in section.controls
    }


def digest(texts: dict[str, list[str]]) -> str:
    """Give the digest of what a node's form shows."""
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:16]


def sections_of(place: Place, document: Document, *, first: int = 0) -> tuple[Section, ...]:
    """Give the sections of the node at a place; of a list the rows from ``first`` on that one page shows."""
    if is_rows(place.shape):
        chosen = range(first, first + rows_shown(place.shape))
        return tuple(_rows(place, document, prefix_of(place.path), chosen.__contains__))
    return tuple(_sections(place, prefix_of(place.path)))


def sections_posted(place: Place, document: Document, rendered: str, names: Iterable[str]) -> tuple[Section, ...]:
    """Give the sections of a form that was drawn at an address; of a list the rows that the posted names are of."""
    prefix = prefix_of(rendered)
    if not is_rows(place.shape):
        return tuple(_sections(place, prefix))
    ids = document.ids_at(place.path)
    posted = {name.removeprefix(f"{prefix}-").partition("-")[0] for name in names if name.startswith(f"{prefix}-")}
    return tuple(_rows(place, document, prefix, lambda index: ids[index] in posted))


def _sections(place: Place, prefix: str) -> Iterator[Section]:
    shape = place.shape
    if isinstance(shape, Struct):
        if isinstance(place.value, dict):
            yield Section(place.path, prefix, visible(shape, place.value), shape)
    elif is_single(shape) and (isinstance(shape, Map) or (place.present and place.value is not None)):
        yield Section(place.path, prefix, (controls.control("value", shape, None, label=_label(place)),))


def is_single(shape: Shape) -> bool:
    """Say whether a node without fields of its own is one control: a branch of plain values, or keys and values."""
    return is_pairs(shape) or (controls.is_leaf(shape) and not isinstance(shape, Union))


def _rows(place: Place, document: Document, prefix: str, chosen: Callable[[int], bool]) -> Iterator[Section]:
    """Give the chosen items of a list that are rows."""
    items = place.value if isinstance(place.value, list) else []
    ids = document.ids_at(place.path)
    for index, item in enumerate(items):
        if chosen(index) and is_row(place.shape, item):
            path, name = paths.child(place.path, index), f"{prefix}-{ids[index]}"
            yield _row(place, item, document, Section(path, name, (), None, ids[index]))


def _row(place: Place, item: Any, document: Document, bare: Section) -> Section:
    """Fill in the controls of a row."""
    struct = place.shape.item if isinstance(place.shape, List) else None
    if isinstance(struct, Struct):
        return replace(bare, controls=visible(struct, item), struct=struct)
    axes = axes_at(document.json, place.path)
    return replace(bare, controls=depths.row(axes), depth=axes)


def _label(place: Place) -> str:
    return place.field.title if place.field else "Value"


@compiled
def own_controls(struct: Struct) -> tuple[Control, ...]:
    """Compile the controls of a struct once, in the order they are drawn in."""
    layout = layout_of(struct)
    drawn = [name for row in (*layout.rows, layout.advanced) for name in row]
    order = {name: place for place, name in enumerate(drawn)}
    return tuple(sorted(controls.of_struct(struct), key=lambda entry: order.get(entry.name, len(order))))


def visible(struct: Struct, value: dict[str, Any]) -> tuple[Control, ...]:
    """Leave out deprecated controls, unless something stands in them that no newer field says."""
    entries = own_controls(struct)
    if not any(entry.field is not None and entry.field.deprecated for entry in entries):
        return entries
    return tuple(entry for entry in entries if entry.field is None or is_shown(entry.field, value))


def is_shown(entry: Field, value: dict[str, Any]) -> bool:
    """Say whether a field is drawn: deprecated ones only when filled, and not when a newer twin says the same."""
    if not entry.deprecated:
        return True
    held = value.get(entry.name)
    return held is not None and (entry.replaced_by is None or value.get(entry.replaced_by) != held)


def child_fields(struct: Struct, value: dict[str, Any]) -> Iterator[Field]:
    """Give the fields that are nodes of their own."""
    return (entry for entry in _children(struct) if is_shown(entry, value))


@compiled
def _children(struct: Struct) -> tuple[Field, ...]:
    """Give the fields that can be nodes, in the order of the layout."""
    layout = layout_of(struct)
    order = {name: place for place, name in enumerate(layout.children)}
    found = [entry for entry in struct.fields if not (entry.constant or entry.name in layout.hidden)]
    nodes = [entry for entry in found if not controls.is_leaf(entry.shape)]
    return tuple(sorted(nodes, key=lambda entry: order.get(entry.name, len(order))))


@compiled
def is_compact(struct: Struct) -> bool:
    """Say whether items of this struct are rows of a table."""
    fields = [entry for entry in struct.fields if not entry.constant and not entry.deprecated]
    if not all(controls.is_leaf(entry.shape) for entry in fields):
        return False
    return {"rows": True, "pages": False}.get(layout_of(struct).items, len(fields) <= ROW_CONTROLS)


@compiled
def columns(struct: Struct) -> tuple[Control, ...]:
    """Give the controls of a row that take one text each, a unit behind its value, without what is deprecated."""
    return tuple(
        entry
        for entry in own_controls(struct)
        if entry.group == "one" and not (entry.field is not None and entry.field.deprecated)
    )


def is_rows(shape: Shape) -> bool:
    """Say whether a list is drawn as rows of one form."""
    if not isinstance(shape, List) or controls.is_leaf(shape):
        return False
    return depths.is_depth_list(shape) or (isinstance(shape.item, Struct) and is_compact(shape.item))


@compiled
def rows_shown(shape: Shape) -> int:
    """Give how many rows of a list one page shows: fewer where each draws many options."""
    if not isinstance(shape, List) or not isinstance(shape.item, Struct):
        return MAX_ROWS
    each = _ROW_ELEMENTS + sum(3 + len(getattr(entry, "options", ())) for entry in columns(shape.item))
    return min(MAX_ROWS, max(LEAST_ROWS, _MOST_ELEMENTS // each))


def is_row(shape: Shape, item: Any) -> bool:
    """Say whether an item of a list is a row: nothing of it may be hidden by that."""
    if not isinstance(shape, List) or not is_rows(shape):
        return False
    if not isinstance(shape.item, Struct):
        return depths.fits(item)
    return isinstance(item, dict) and not any(child_fields(shape.item, item))


def is_pairs(shape: Shape) -> bool:
    """Say whether a node is drawn as keys and values."""
    return isinstance(shape, Free) or (isinstance(shape, Map) and controls.is_leaf(shape.value))
