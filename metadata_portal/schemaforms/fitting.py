"""Which fragments fit where: a node's type as a word, and the places of a document that take one."""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from metadata_portal.schemaforms import tree
from metadata_portal.schemaforms.controls import is_leaf
from metadata_portal.schemaforms.reader import MAX_ITEMS
from schema_core.compiled import compiled
from schema_core.introspect import List, Map, Place, Shape, Struct, Union

_LONGEST: Final = 150


def type_of(shape: Shape) -> str:
    """Give the word for what a node is; empty for one that cannot be reused."""
    if isinstance(shape, Struct):
        return shape.object_type or shape.model.__name__
    if isinstance(shape, List) and not is_leaf(shape):
        return f"list of {_short('|'.join(sorted(types_of(shape.item))))}"
    return ""


def types_of(declared: Shape) -> list[str]:
    """List the types that a place may hold."""
    shapes = [entry.shape for entry in declared.alternatives] if isinstance(declared, Union) else [declared]
    return [word for shape in shapes if (word := type_of(shape))]


def takes(place: Place, word: str) -> bool:
    """Say whether a fragment of this type can be brought to a place: into an empty one, or to the end of a list."""
    if not word:
        return False
    held = place.value if isinstance(place.value, list) else []
    if isinstance(place.shape, List) and word in types_of(place.shape.item):
        return len(held) < MAX_ITEMS
    return not (place.present and place.value not in (None, [])) and word in types_of(place.declared)


def wanted(place: Place) -> list[str]:
    """List the types that can be brought to a place."""
    items = types_of(place.shape.item) if isinstance(place.shape, List) else []
    is_free = not (place.present and place.value not in (None, []))
    return [*items, *(types_of(place.declared) if is_free else [])]


def taking(root: Struct, document: Any, word: str) -> Iterator[Place]:
    """Walk the places of a document that take a fragment of a type."""
    waiting = [tree.place_at(root, document, "")]
    while waiting:
        place = waiting.pop(0)
        if place.path and takes(place, word):
            yield place
        if isinstance(place.shape, Struct | List | Map):
            waiting += tree.children(place)


def _short(text: str) -> str:
    """Shorten a long word to one that is as telling."""
    return text if len(text) <= _LONGEST else hashlib.sha256(text.encode()).hexdigest()[:16]


def shape_of(root: Struct, word: str) -> Shape | None:
    """Find the shape of a type among what a record may hold."""
    return _shapes(root).get(word)


@compiled
def _shapes(root: Struct) -> dict[str, Shape]:
    """Walk what a record may hold once."""
    found: dict[str, Shape] = {}
    waiting: list[Shape] = [root]
    while waiting:
        shape = waiting.pop()
        word = type_of(shape)
        if word in found:
            continue
        if word:
            found[word] = shape
        if isinstance(shape, Struct):
            waiting += [entry.shape for entry in shape.fields]
        elif isinstance(shape, List | Map):
            waiting.append(shape.item if isinstance(shape, List) else shape.value)
        elif isinstance(shape, Union):
            waiting += [entry.shape for entry in shape.alternatives]
    return found
