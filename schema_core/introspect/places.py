"""Addresses of a document: what is declared there, and which branch the document has chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from schema_core import paths
from schema_core.errors import UnknownPath
from schema_core.introspect.shapes import (
    Alternative,
    Anything,
    Choice,
    Field,
    Free,
    List,
    Map,
    Scalar,
    Shape,
    Struct,
    Term,
    Union,
    describe,
)

if TYPE_CHECKING:
    from pydantic import BaseModel


def choose(shape: Shape, value: Any) -> Alternative | None:
    """Give the branch of a union that a value has chosen; None while it has chosen none."""
    if not isinstance(shape, Union) or value is None:
        return None
    if isinstance(value, dict):
        named = shape.alternative(str(value.get("object_type")))
        if named is not None or shape.tagged:
            return named
        wanted: tuple[type, ...] = (Term, Map, Free, Anything)
    else:
        wanted = (List, Anything) if isinstance(value, list) else (Scalar, Choice, Anything)
    return next((entry for entry in shape.alternatives if isinstance(entry.shape, wanted)), None)


@dataclass(frozen=True, slots=True)
class Place:
    """One address of a document: the shape declared there, the branch in use, the value, the field it stands in."""

    path: str
    declared: Shape
    shape: Shape
    value: Any = field(repr=False)
    present: bool
    field: Field | None
    parent: Shape | None = None


def places(root: Struct, document: Any, path: str) -> list[Place]:
    """Walk from the root to an address and give every place on the way, the address last.

    Raises UnknownPath when the models know no such address. An absent value is no error: it can be filled.
    """
    found = [Place("", root, root, document, present=True, field=None)]
    for part in paths.split(path):
        found.append(_step(found[-1], part))
    return found


def shape_at(root: Struct | type[BaseModel], document: Any, path: str) -> Shape:
    """Give the shape at an address, unions resolved to the branch that the document has chosen."""
    struct = root if isinstance(root, Struct) else describe(root)
    return places(struct, document, path)[-1].shape


def _step(here: Place, part: str) -> Place:
    """Go one step down: into a field, an item, or a named value."""
    path = paths.child(here.path, part)
    shape, entry = _below(here.shape, part, path)
    present, value = _child(here.value, part)
    chosen = choose(shape, value)
    return Place(path, shape, chosen.shape if chosen else shape, value, present, entry, here.shape)


_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


def _below(shape: Shape, part: str, path: str) -> tuple[Shape, Field | None]:
    """Give what is declared under one step."""
    if isinstance(shape, Struct) and part in shape.by_name:
        entry = shape.by_name[part]
        return entry.shape, entry
    if isinstance(shape, Struct) and shape.is_open:
        return Anything(), None
    if isinstance(shape, List) and _INDEX.fullmatch(part):
        return shape.item, None
    if isinstance(shape, Map):
        return shape.value, None
    if isinstance(shape, Free | Term | Anything):
        return Anything(), None
    raise UnknownPath(path)


def _child(value: Any, part: str) -> tuple[bool, Any]:
    """Look one step down in a document."""
    if isinstance(value, dict):
        return part in value, value.get(part)
    if isinstance(value, list) and _INDEX.fullmatch(part) and int(part) < len(value):
        return True, value[int(part)]
    return False, None
