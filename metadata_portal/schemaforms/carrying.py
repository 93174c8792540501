"""What a template or a clone takes along of a node, decided by the table ``carrying.toml``."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from metadata_portal.schemaforms.documents import ABSENT
from schema_core.compiled import compiled
from schema_core.introspect import Choice, Field, Free, List, Map, Scalar, Shape, Struct, Term, choose


@dataclass(frozen=True, slots=True)
class Class:
    """One class of fields: whether they are taken along, and why."""

    name: str
    carried: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Table:
    """The table turned round: which class a name, a type or a node belongs to."""

    fields: dict[str, Class]
    types: dict[str, Class]
    nodes: dict[str, Class]


UNCLASSIFIED: Final = Class("unclassified", carried=False, reason="Nobody has said yet whether it may be copied.")


def carried(declared: Shape, value: Any) -> Any:
    """Give the part of a value that a copy holds; ABSENT where nothing is left."""
    chosen = choose(declared, value)
    shape = chosen.shape if chosen else declared
    if isinstance(shape, Struct) and isinstance(value, dict):
        return ABSENT if shape.model.__name__ in _table().nodes else _struct(shape, value)
    if isinstance(shape, List) and isinstance(value, list):
        kept = [carried(shape.item, item) for item in value]
        return [item for item in kept if item is not ABSENT]
    if isinstance(shape, Map) and isinstance(value, dict):
        named = {key: carried(shape.value, item) for key, item in value.items()}
        return {key: item for key, item in named.items() if item is not ABSENT}
    return value


def class_of(struct: Struct, entry: Field) -> Class:
    """Give the class of a field; UNCLASSIFIED where the table does not know it."""
    return _classes(struct)[entry.name]


@compiled
def _classes(struct: Struct) -> dict[str, Class]:
    """Classify each field of a struct once; a unit goes with its number."""
    found = {entry.name: _classified(struct, entry) for entry in struct.fields}
    for entry in struct.fields:
        if entry.unit_of is not None and found[entry.unit_of].carried is not found[entry.name].carried:
            found[entry.name] = found[entry.unit_of]
    return found


def _classified(struct: Struct, entry: Field) -> Class:
    table = _table()
    if struct.model.__name__ in table.nodes:
        return table.nodes[struct.model.__name__]
    node = _innermost(entry.shape)
    if isinstance(node, Struct) and node.model.__name__ in table.nodes:
        return table.nodes[node.model.__name__]
    for name in (f"{struct.model.__name__}.{entry.name}", entry.name):
        if name in table.fields:
            return table.fields[name]
    return table.types.get(_type_of(node), UNCLASSIFIED)


def _struct(shape: Struct, value: dict[str, Any]) -> dict[str, Any]:
    """Give the marker of a node and those of its fields that are carried."""
    kept: dict[str, Any] = {"object_type": shape.object_type} if shape.object_type else {}
    for entry in shape.fields:
        found = value.get(entry.name, ABSENT)
        if entry.constant or entry.deprecated or found in (ABSENT, None):
            continue
        below = carried(entry.shape, found) if class_of(shape, entry).carried else ABSENT
        if below is not ABSENT and below not in ([], {}):
            kept[entry.name] = below
    return kept


def _innermost(shape: Shape) -> Shape:
    """Give what a list or a map holds."""
    while isinstance(shape, List | Map):
        shape = shape.item if isinstance(shape, List) else shape.value
    return shape


def _type_of(shape: Shape) -> str:
    """Name the type of a value as the table does."""
    if isinstance(shape, Scalar):
        if issubclass(shape.type, dt.date | dt.time):
            return "date" if issubclass(shape.type, dt.date) else "time"
        return "yes or no" if shape.type is bool else "text or number"
    if isinstance(shape, Choice):
        return "choice"
    if isinstance(shape, Term):
        return "term"
    return "anything" if isinstance(shape, Free) or not _has_nodes(shape) else "node"


def _has_nodes(shape: Shape) -> bool:
    """Say whether fields lie below a shape, which are classified themselves."""
    alternatives = getattr(shape, "alternatives", ())
    return isinstance(shape, Struct) or any(_has_nodes(_innermost(entry.shape)) for entry in alternatives)


@cache
def _table() -> _Table:
    """Read the table once; a name in two classes is refused."""
    source = resources.files("metadata_portal.schemaforms") / "carrying.toml"
    found = _Table({}, {}, {})
    for name, table in tomllib.loads(source.read_text(encoding="utf-8")).items():
        entry = Class(name, table["carried"], table["reason"])
        for place, column in (("fields", found.fields), ("types", found.types), ("nodes", found.nodes)):
            for word in table.get(place, ()):
                if column.get(word, entry) is not entry:
                    raise ValueError(f"{word} is in two classes: {column[word].name} and {name}")
                column[word] = entry
    return found


__all__ = ["UNCLASSIFIED", "Class", "carried", "class_of"]
