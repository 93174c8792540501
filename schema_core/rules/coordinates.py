"""The tree rule of coordinates: who names a coordinate system must name the nearest one around it.

One walk per core file. For each class it is planned once which fields can lead to such nodes, so most of a document is
never visited.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from schema_core import paths
from schema_core.compiled import Plans, compiled
from schema_core.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

SCOPES = ("global_coordinate_system", "local_coordinate_system", "coordinate_system")
NAMED = "coordinate_system_name"
Steps = tuple[Any, ...]  # the steps above, then the last one: no path is spelled out before something is wrong
MEASURED = frozenset({"Translation", "Rotation", "Scale"})
BROKEN = "(fields that could not be read)"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the walk does at a node of one class."""

    scopes: tuple[str, ...]
    measured: tuple[str, ...]
    descend: tuple[str, ...]


class Scope(NamedTuple):
    """The nearest coordinate system: its name and where it stands; `known` is false where it could not be read."""

    name: str = ""
    steps: Steps = ()
    known: bool = True


IDLE = Plan((), (), ())
_OUTSIDE = Scope()


def models_in(annotation: Any, *, lists: bool = True) -> Iterator[type[BaseModel]]:
    """The model classes that a field of this type can hold directly or (unless told otherwise) in lists."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Annotated, Union, types.UnionType) or (lists and get_origin(annotation) is list):
        for part in get_args(annotation):
            yield from models_in(part, lists=lists)


@compiled
def held_by(cls: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """The model classes that the fields of a class can hold: each plan asks for them again and again."""
    return tuple(dict.fromkeys(held for info in cls.model_fields.values() for held in models_in(info.annotation)))


def family(cls: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A class and all its subclasses."""
    yield cls
    for sub in cls.__subclasses__():
        yield from family(sub)


def _measured(cls: type[BaseModel]) -> tuple[str, ...]:
    """The fields in which a class that names its system can hold one step each; lists of steps go unchecked."""
    if NAMED not in cls.model_fields:
        return ()
    return tuple(
        name
        for name, info in cls.model_fields.items()
        if any(held.__name__ in MEASURED for held in models_in(info.annotation, lists=False))
    )


def _leads_there(cls: type[BaseModel], seen: set[type]) -> bool:
    """Whether a node of this class, or of a subclass, is or holds one that gives coordinates in a named system."""
    if cls in seen or hasattr(cls, "default_filename"):  # a core file inside another walks on its own
        return False
    seen.add(cls)
    return any(_measured(member) or any(_leads_there(held, seen) for held in held_by(member)) for member in family(cls))


def _planned(cls: type) -> Plan:
    if not issubclass(cls, BaseModel):
        return IDLE
    fields = cls.model_fields
    descend = tuple(
        name for name, info in fields.items() if any(_leads_there(held, set()) for held in models_in(info.annotation))
    )
    plan = Plan(tuple(name for name in SCOPES if name in fields), _measured(cls), descend)
    return plan if plan.measured or plan.descend else IDLE


_PLANS = Plans(_planned)


def scope_findings(node: Any, scope: Scope | None = None) -> list[Finding]:
    """What is wrong with the coordinates inside a node: each is to name the nearest system around it."""
    found: list[Finding] = []
    if _PLANS[type(node)] is not IDLE:
        _walk(node, scope or _OUTSIDE, (), found)
    return found


def _walk(value: Any, outer: Scope, steps: Steps, found: list[Finding]) -> None:
    """Note what is wrong in a node or list. Every core file pays for this walk: no generators, no isinstance."""
    if type(value) is list:
        for index, item in enumerate(value):
            _walk(item, outer, (steps, index), found)
        return
    plan = _PLANS[type(value)]
    if plan is IDLE:
        return
    values = value.__dict__
    inner = _scope_of(plan, values, outer, steps) if plan.scopes else outer
    if plan.measured and inner.known:
        misnamed = _misnamed(plan, values, inner, steps)
        if misnamed is not None:
            found.append(misnamed)
    for name in plan.descend:
        held = values.get(name)
        if held:
            _walk(held, inner, (steps, name), found)


def _scope_of(plan: Plan, values: dict[str, Any], outer: Scope, steps: Steps) -> Scope:
    broken = values.get(BROKEN, ())
    for name in plan.scopes:
        if name in broken:
            return Scope(known=False)
        system = values.get(name)
        if system:
            held = system.__dict__
            if BROKEN in held:
                return Scope(known=False)
            return Scope(held["name"] if held["axes"] else "", (steps, name))
    return outer


def _misnamed(plan: Plan, values: dict[str, Any], scope: Scope, steps: Steps) -> Finding | None:
    measured = [name for name in plan.measured if type(values.get(name)).__name__ in MEASURED]
    if not measured or NAMED in values.get(BROKEN, ()):
        return None
    given = values.get(NAMED)
    if not scope.name:
        return Finding(
            f"Coordinates are given here, but no coordinate system with axes is set around them: set "
            f"global_coordinate_system{_said(given)}",
            at=paths.of_steps((steps, measured[0])),
            also=SCOPES[:1],
        )
    if given is None or given not in scope.name:
        said = repr(given) if given else "no coordinate system"
        return Finding(
            f"Names {said}, but the coordinate system around it is {scope.name!r}: use that name, or change the system",
            at=paths.of_steps((steps, NAMED)),
            also=(paths.of_steps((scope.steps, "name")),) if scope.steps else (),
        )
    return None


def _said(name: str | None) -> str:
    return f" to {name!r}" if name else ""
