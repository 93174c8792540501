"""Which nodes are pages of their own, and which are drawn inside the page of the node that holds them."""

from collections.abc import Iterator
from typing import Any, Final

import schema_core
from metadata_portal.schemaforms import controls, depths
from metadata_portal.schemaforms.documents import ABSENT
from metadata_portal.schemaforms.sections import child_fields, is_compact, is_pairs, is_row, is_rows
from schema_core import paths
from schema_core.errors import UnknownPath
from schema_core.introspect import List, Map, Place, Struct, Union, choose, describe, places

MAX_DEPTH: Final = 40
# An instrument of forty devices is to open as fast as an empty one.
ROWS_INLINE: Final = 12
LINES_INLINE: Final = 20


def root_of(kind: str | Struct) -> Struct:
    """Give the shape of a whole document: of a kind of record, or the shape itself."""
    return kind if isinstance(kind, Struct) else describe(schema_core.KINDS[kind])


def place_at(root: Struct, document: Any, path: str) -> Place:
    """Give the place at an address; raises UnknownPath."""
    return places(root, document, path)[-1]


def nearest(root: Struct, document: Any, path: str) -> list[Place]:
    """Walk to an address as far as models and document know it: links to what is gone end above it."""
    while True:
        try:
            found = places(root, document, path)
        except UnknownPath as error:
            path = paths.parent(error.path)
            continue
        gone = next((place for place in found if isinstance(place.parent, List | Map) and not place.present), None)
        if gone is None:
            return found
        path = paths.parent(gone.path)


def page_of(root: Struct, document: Any, path: str) -> Place:
    """Give the node whose page shows an address."""
    return next(place for place in reversed(nearest(root, document, path)) if is_page(place))


def is_page(place: Place) -> bool:
    """Say whether a node has a page of its own."""
    if not place.path or is_long(place):
        return True
    if place.value is None or not place.present:
        return False
    if isinstance(place.parent, List) and isinstance(place.shape, List):
        return not (controls.is_leaf(place.parent) or depths.fits(place.value))
    if not isinstance(place.shape, Struct) or not isinstance(place.value, dict):
        return False
    if isinstance(place.parent, List):
        return not is_row(place.parent, place.value)
    return isinstance(place.parent, Map) or not is_compact(place.shape)


def is_inline(place: Place) -> bool:
    """Say whether a child of a struct is drawn open in its parent's page."""
    if isinstance(place.shape, List | Map):
        return not is_long(place)
    if place.value is None or not place.present:
        return False
    if isinstance(place.shape, Struct):
        return isinstance(place.value, dict) and is_compact(place.shape)
    return is_pairs(place.shape) or isinstance(place.shape, Union)


def is_long(place: Place) -> bool:
    """Say whether a list holds so much that it is one line of its parent's page and has a page of its own."""
    shape, value = place.shape, place.value
    if not isinstance(shape, List) or not isinstance(place.parent, Struct) or not isinstance(value, list):
        return False
    return not controls.is_leaf(shape) and len(value) > (ROWS_INLINE if is_rows(shape) else LINES_INLINE)


def children(place: Place) -> Iterator[Place]:
    """Give the nodes below a node, absent ones of a struct included."""
    shape, value = place.shape, place.value
    if isinstance(shape, Struct) and isinstance(value, dict):
        for entry in child_fields(shape, value):
            path = paths.child(place.path, entry.name)
            yield _place(path, entry.shape, value.get(entry.name, ABSENT), entry, shape)
    elif isinstance(shape, List) and isinstance(value, list) and not controls.is_leaf(shape):
        yield from (item_at(place, index) for index in range(len(value)))
    elif isinstance(shape, Map) and isinstance(value, dict) and not is_pairs(shape):
        for key, item in value.items():
            yield _place(paths.child(place.path, key), shape.value, item, None, shape)


def item_at(place: Place, index: int) -> Place:
    """Give the place of an item that a list holds."""
    assert isinstance(place.shape, List)  # noqa: S101 (tells the type)
    return _place(paths.child(place.path, index), place.shape.item, place.value[index], None, place.shape)


def _place(path: str, declared: Any, value: Any, entry: Any, parent: Any) -> Place:
    """Build the place of a child."""
    present = value is not ABSENT
    chosen = choose(declared, value if present else None)
    shape = chosen.shape if chosen else declared
    return Place(path, declared, shape, value if present else None, present, entry, parent)
