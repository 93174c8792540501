"""The names by which devices are known: those of every named node inside a component.

The standard counts them generously: coordinate systems, their axes and software are named, so they count too. For each
class it is worked out once which fields can lead to named nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from schema_core.compiled import Plans
from schema_core.rules.coordinates import family, held_by, models_in

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "name"
TAG = "object_type"
OLD_SYSTEM = "coordinate_system"
NEW_SYSTEMS = frozenset({"local_coordinate_system", "global_coordinate_system"})

Steps = tuple[str | int, ...]
Mention = tuple[str, Steps]
"""A name that stands for some node, and where it stands."""


@dataclass(frozen=True, slots=True)
class Named:
    """A node with a name, and the steps that lead to it."""

    name: str
    node: Any
    steps: Steps


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the walk does at a value of one type: whether it has a name, and which of its fields lead to more."""

    named: bool = False
    free: bool = False
    descend: tuple[str, ...] = ()


_NOTHING = _Plan()


def names_in(value: Any) -> list[str]:
    """The names in a node or list of nodes, as often as they occur, outer before inner."""
    return [name for name, _ in pairs_in(value)]


def pairs_in(value: Any) -> list[tuple[str, Any]]:
    """As `named_nodes`, without the ways to the nodes: several times as fast."""
    found: list[tuple[str, Any]] = []
    _gather(value, found)
    return found


def _gather(value: Any, found: list[tuple[str, Any]]) -> None:
    """Note the names in a node or list. Every instrument pays for this walk, so it calls little."""
    for item in value if type(value) is list else (value,):
        plan = _PLANS[type(item)]
        if plan is _NOTHING:
            continue
        held = item.__dict__
        name = held.get(NAME) if plan.named else _name_of(item, plan)
        if isinstance(name, str):
            found.append((name, item))
        for field in plan.descend:
            inner = held.get(field)
            if inner:
                _gather(inner, found)


def _own_names(nodes: list[Any]) -> set[str]:
    """The names of these nodes themselves."""
    try:
        return {node.name for node in nodes}
    except (AttributeError, TypeError):  # a record keeps also what it could not read: names that are no text, or none
        return {name for node in nodes if isinstance(name := getattr(node, NAME, None), str)}


class KnownNames:
    """The names in some nodes, and others. Most that are mentioned are the nodes' own: the rest is gathered at need."""

    def __init__(self, nodes: list[Any], *others: str) -> None:
        self._nodes, self._others = nodes, [name for name in others if isinstance(name, str)]
        self._outer = _own_names(nodes)
        self._outer.update(self._others)

    def lacks(self, names: set[str]) -> set[str]:
        """Those of the names that nothing here has."""
        strange = names - self._outer
        return strange.difference([name for name, _ in pairs_in(self._nodes)]) if strange else strange

    @cached_property
    def all(self) -> dict[str, None]:
        """Every name, in document order."""
        return dict.fromkeys(names_in(self._nodes) + self._others)


def named_nodes(value: Any, steps: Steps = ()) -> Iterator[Named]:
    """Every named node in a node or list of nodes with the way to it, outer before inner, in document order."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from named_nodes(item, (*steps, index))
        return
    plan = _PLANS[type(value)]
    name = _name_of(value, plan)
    if name is not None:
        yield Named(name, value, steps)
    for field in plan.descend:
        yield from named_nodes(value.__dict__.get(field), (*steps, field))


def _name_of(node: Any, plan: _Plan) -> str | None:
    """A node's name; an object of any fields counts as a node when it says of what type it is."""
    if plan.named:
        name = node.__dict__.get(NAME)
    elif plan.free and TAG in node.model_extra:
        name = node.model_extra.get(NAME)
    else:
        return None
    return name if isinstance(name, str) else None


def _planned(kind: type) -> _Plan:
    if not issubclass(kind, BaseModel):
        return _NOTHING
    if _is_free(kind):
        return _Plan(free=True)
    fields = kind.model_fields
    if TAG not in fields:
        return _NOTHING
    past = {OLD_SYSTEM} if NEW_SYSTEMS & fields.keys() else set()
    descend = (
        name
        for name, info in fields.items()
        if name not in past and any(_leads_to_names(held, set()) for held in models_in(info.annotation))
    )
    return _Plan(named=NAME in fields, descend=tuple(descend))


_PLANS = Plans(_planned)


def _is_free(cls: type[BaseModel]) -> bool:
    """Whether this is an object of any fields."""
    return cls.model_config.get("extra") == "allow"


def _leads_to_names(cls: type[BaseModel], seen: set[type]) -> bool:
    """Whether a node of this class, or of a subclass, is or holds one with a name."""
    if cls in seen:
        return False
    seen.add(cls)
    return any(
        _is_free(member)
        or (TAG in member.model_fields and NAME in member.model_fields)
        or (TAG in member.model_fields and any(_leads_to_names(held, seen) for held in held_by(member)))
        for member in family(cls)
    )
