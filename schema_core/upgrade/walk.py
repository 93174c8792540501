"""Going through a document node by node, outer before inner, knowing the class of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from schema_core import paths
from schema_core.shapes import Choice, Items, Node, Shape, Table, Tagged, field_shape, fitting_branch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel


@dataclass(slots=True)
class Place:
    """A node on its way to another version: its class, its values (a copy, to be edited), where it stands."""

    cls: type[BaseModel]
    values: dict[str, Any]
    path: str = ""
    above: Place | None = None
    known: dict[str, Any] = field(default_factory=dict)
    """What a step found out here, for the steps further down."""

    def at(self, *steps: str | int) -> str:
        """The address of something inside."""
        inner = paths.join(steps)
        return f"{self.path}.{inner}" if self.path and inner else self.path or inner

    def around(self) -> Iterator[Place]:
        """This node and those that hold it, from inside to outside."""
        here: Place | None = self
        while here is not None:
            yield here
            here = here.above


@cache
def names_of(cls: type[BaseModel]) -> frozenset[str]:
    """The names of a class and of all it is derived from; a lab's own class counts as what it extends."""
    return frozenset(base.__name__ for base in cls.__mro__)


def places(cls: type[BaseModel], values: dict[str, Any], path: str = "", above: Place | None = None) -> Iterator[Place]:
    """Every node, outer before inner; whoever edits a node does so before its inner nodes are met."""
    here = Place(cls, values, path, above)
    yield here
    for name in cls.model_fields:
        value = values.get(name)
        if isinstance(value, dict | list):
            yield from _inside(field_shape(cls, name), value, here.at(name), here)


def _inside(shape: Shape | None, value: Any, path: str, above: Place) -> Iterator[Place]:
    match shape:
        case Node(model) if isinstance(value, dict):
            yield from places(model, value, path, above)
        case Tagged(key, branches) if isinstance(value, dict):
            tag = value.get(key)
            if isinstance(tag, str) and tag in branches:
                yield from places(branches[tag], value, path, above)
        case Items(item=item) if isinstance(value, list):
            for index, one in enumerate(value):
                yield from _inside(item, one, paths.child(path, index), above)
        case Table(value=inner) if isinstance(value, dict):
            for key, one in value.items():
                yield from _inside(inner, one, paths.child(path, key), above)
        case Choice():
            yield from _inside(fitting_branch(shape, value), value, path, above)
        case _:
            return
