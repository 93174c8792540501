"""The names by which devices are known: those of every named node inside a component.

The standard counts them generously: coordinate systems, their axes and software are named, so they count too. For each
class it is worked out once which fields can lead to named nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from schema_core.compiled import compiled
from schema_core.rules.coordinates import family, models_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = "name"
TAG = "object_type"
OLD_SYSTEM = "coordinate_system"
NEW_SYSTEMS = frozenset({"local_coordinate_system", "global_coordinate_system"})

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A node with a name, and the steps that lead to it."""

    name: str
    node: Any
    steps: Steps


@dataclass(frozen=True, slots=True)
class _Plan:
    named: bool
    free: bool
    descend: tuple[str, ...]


def named_nodes(value: Any, steps: Steps = ()) -> list[Named]:
    """Every named node in a node or list of nodes, outer before inner, in document order."""
    found: list[Named] = []
    _gather(value, steps, found)
    return found


def names_in(value: Any) -> list[str]:
    """The names in a node or list of nodes, as often as they occur, outer before inner."""
    return [one.name for one in named_nodes(value)]


def _gather(value: Any, steps: Steps, found: list[Named]) -> None:
    if isinstance(value, list):
        for index, item in enumerate(value):
            _gather(item, (*steps, index), found)
    elif isinstance(value, BaseModel):
        plan = _plan_of(type(value))
        held: dict[str, Any] = (value.model_extra or {}) if plan.free else value.__dict__
        if plan.named or (plan.free and TAG in held):
            name = held.get(NAME)
            if isinstance(name, str):
                found.append(Named(name, value, steps))
        for field in plan.descend:
            inner = held.get(field)
            if inner:
                _gather(inner, (*steps, field), found)


@compiled
def _plan_of(cls: type[BaseModel]) -> _Plan:
    fields = cls.model_fields
    if _is_free(cls):
        return _Plan(named=False, free=True, descend=())
    if TAG not in fields:
        return _Plan(named=False, free=False, descend=())
    past = {OLD_SYSTEM} if NEW_SYSTEMS & fields.keys() else set()
    descend = (
        name
        for name, info in fields.items()
        if name not in past and any(_leads_to_names(held, set()) for held in models_in(info.annotation))
    )
    return _Plan(named=NAME in fields, free=False, descend=tuple(descend))


def _is_free(cls: type[BaseModel]) -> bool:
    """Whether this is an object of any fields, which counts when it calls itself a node."""
    return cls.model_config.get("extra") == "allow"


def _leads_to_names(cls: type[BaseModel], seen: set[type]) -> bool:
    """Whether a node of this class, or of a subclass, is or holds one with a name."""
    if cls in seen:
        return False
    seen.add(cls)
    return any(
        _is_free(member)
        or (TAG in member.model_fields and NAME in member.model_fields)
        or (
            TAG in member.model_fields
            and any(
                _leads_to_names(held, seen)
                for info in member.model_fields.values()
                for held in models_in(info.annotation)
            )
        )
        for member in family(cls)
    )


def repeated(nodes: Iterable[Named]) -> Iterator[tuple[Named, Named]]:
    """(first, again) for each name that stands for two different nodes; one node in two places is no repetition."""
    first: dict[str, Named] = {}
    for one in nodes:
        known = first.setdefault(one.name, one)
        if known is not one and known.node is not one.node and known.node != one.node:
            yield known, one
