"""Made-up documents for hypothesis: any node of the models, with every field of it filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from metadata_portal.schemaforms import controls
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.sections import is_pairs
from schema_core.introspect import Choice, List, Map, Shape, Struct, Union
from tests.metadata_portal.schemaforms.reach import values

if TYPE_CHECKING:
    from collections.abc import Callable

    from schema_core.introspect import Field

    Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def filled(draw: Draw, struct: Struct, depth: int = 0) -> dict[str, Any]:
    """An object of a class with all its own fields, and nodes of every kind below it, down to a few levels."""
    made: dict[str, Any] = {"object_type": struct.object_type} if struct.object_type else {}
    for entry in struct.fields:
        if entry.constant or entry.deprecated or entry.name in layout_of(struct).hidden:
            continue
        if controls.is_leaf(entry.shape) or is_pairs(entry.shape):
            made[entry.name] = draw(values(entry.shape, entry.name))
        elif depth == 0 or _needed(entry):
            made[entry.name] = draw(node(entry.shape, depth + 1))
    return made


def _needed(entry: Field) -> bool:
    return entry.required and not entry.nullable


def node(shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    """A node below: one of the kinds it can be, or a few of them."""
    if isinstance(shape, Union):
        return st.one_of([node(entry.shape, depth) for entry in shape.alternatives])
    if isinstance(shape, Struct):
        return filled(shape, depth)
    if controls.is_leaf(shape) or is_pairs(shape):
        return values(shape)
    if isinstance(shape, List):
        return st.lists(node(shape.item, depth), min_size=max(1, shape.min_length), max_size=2)
    assert isinstance(shape, Map)
    keys = st.sampled_from(shape.key.values) if isinstance(shape.key, Choice) else values(shape.key)
    return st.dictionaries(keys, node(shape.value, depth), min_size=1, max_size=2)
