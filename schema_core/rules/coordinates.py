"""The tree rule of coordinates: who names a coordinate system must name the nearest one around it.

One walk per core file. For each class it is planned once which fields can lead to such nodes, so most of a document is
never visited.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from schema_core import paths
from schema_core.compiled import forgotten_by
from schema_core.rules.findings import Finding
from schema_core.rules.successor import NUMBERS, fits, homeless, misfit, misnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

SCOPES = ("global_coordinate_system", "local_coordinate_system", "coordinate_system")
WHOLE, DEVICE, OLDER = SCOPES
NAMED = "coordinate_system_name"
Steps = tuple[Any, ...]  # the steps above, then the last one: no path is spelled out before something is wrong
MEASURED = frozenset({"Translation", "Rotation", "Scale"})
PIXELS = frozenset({"dimensions"})  # sizes of images, not places in a system
MANIPULATOR = "local_axis_positions"  # always along the device's own axes
BROKEN = "(fields that could not be read)"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the walk does at a node of one class."""

    scopes: tuple[str, ...]
    named: bool
    descend: tuple[str, ...]
    numbers: str = ""
    """The field with the numbers of a transform; empty for any other node."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A coordinate system around a node: its name, how many axes it has, and where it stands."""

    name: str
    axes: int
    steps: Steps


@dataclass(frozen=True, slots=True)
class Scope:
    """The coordinate systems around a node: the nearest, which 2.9 asks for; that of the whole and that of the device,

    which 3.0 tells apart. `known` is false where one of them could not be read.
    """

    nearest: Frame | None = None
    whole: Frame | None = None
    device: Frame | None = None
    known: bool = True


UNKNOWN = Scope(known=False)
IDLE = Plan((), (), ())
_plans: dict[type, Plan] = {}


def forget_plans() -> None:
    """A new class may be a subclass of one that a plan went past."""
    _plans.clear()


forgotten_by(forget_plans)


def _held_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """As `models_in`, and in objects with keys of the writer's choice."""
    if get_origin(annotation) is dict:
        yield from _held_in(get_args(annotation)[1])
    elif get_origin(annotation) in (Annotated, Union, types.UnionType, list):
        for part in get_args(annotation):
            yield from _held_in(part)
    else:
        yield from models_in(annotation)


def models_in(annotation: Any, *, lists: bool = True) -> Iterator[type[BaseModel]]:
    """The model classes that a field of this type can hold directly or (unless told otherwise) in lists."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Annotated, Union, types.UnionType) or (lists and get_origin(annotation) is list):
        for part in get_args(annotation):
            yield from models_in(part, lists=lists)


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


def _numbers_of(cls: type[BaseModel]) -> str:
    """The field with the numbers of a transform."""
    return next((NUMBERS[base.__name__] for base in cls.__mro__ if base.__name__ in NUMBERS), "")


def _leads_there(cls: type[BaseModel], seen: set[type]) -> bool:
    """Whether a node of this class, or of a subclass, is or holds a transform or one that names a system."""
    if cls in seen or hasattr(cls, "default_filename"):  # a core file inside another walks on its own
        return False
    seen.add(cls)
    return any(
        NAMED in member.model_fields
        or _numbers_of(member)
        or any(_leads_there(held, seen) for info in member.model_fields.values() for held in _held_in(info.annotation))
        for member in family(cls)
    )


def plan_of(cls: type) -> Plan:
    """The plan of a class, made at its first use; an idle one for what is no model."""
    plan = _plans.get(cls)
    if plan is None:
        plan = _plans[cls] = _planned(cls) if issubclass(cls, BaseModel) else IDLE
    return plan


def _planned(cls: type[BaseModel]) -> Plan:
    fields = cls.model_fields
    descend = tuple(
        name
        for name, info in fields.items()
        if name not in PIXELS and any(_leads_there(held, set()) for held in _held_in(info.annotation))
    )
    plan = Plan(tuple(name for name in SCOPES if name in fields), NAMED in fields, descend, _numbers_of(cls))
    return plan if plan.named or plan.descend or plan.numbers else IDLE


def scope_findings(node: Any, scope: Scope | None = None) -> list[Finding]:
    """What is wrong with the coordinates inside a node; what only 3.0 finds wrong is a warning."""
    found: list[Finding] = []
    _walk(node, scope or Scope(), (), found)
    return found


def _walk(value: Any, outer: Scope, steps: Steps, found: list[Finding]) -> None:
    """Note what is wrong in a node or list. Every core file pays for this walk: no generators, no isinstance."""
    kind = type(value)
    if kind is list:
        for index, item in enumerate(value):
            _walk(item, outer, (steps, index), found)
        return
    if kind is dict:
        for key, item in value.items():
            _walk(item, outer, (steps, key), found)
        return
    plan = plan_of(kind)
    if plan is IDLE:
        return
    values = value.__dict__
    inner = _scope_of(plan, values, outer, steps) if plan.scopes else outer
    if plan.numbers and inner.known:
        _count(plan.numbers, values, inner, steps, found)
    if plan.named and inner.known:
        before = len(found)
        found += _named_findings(values, inner, steps)
        if len(found) > before:
            inner = UNKNOWN
    for name in plan.descend:
        held = values.get(name)
        if held:
            _walk(held, _along_device(inner) if name == MANIPULATOR else inner, (steps, name), found)


def _along_device(scope: Scope) -> Scope:
    return scope if scope.device is None else Scope(scope.nearest, scope.device, scope.device, scope.known)


def _scope_of(plan: Plan, values: dict[str, Any], outer: Scope, steps: Steps) -> Scope:
    """The systems inside a node; without one of its own, those outside it."""
    broken = values.get(BROKEN, ())
    own: dict[str, Frame] = {}
    for name in plan.scopes:
        if name in broken:
            return UNKNOWN
        system = values.get(name)
        if system:
            held = system.__dict__
            if BROKEN in held:
                return UNKNOWN
            own[name] = Frame(held["name"], len(held["axes"]), (steps, name))
    if not own:
        return outer
    nearest = next(iter(own.values()))
    older = own.get(OLDER)
    if DEVICE in plan.scopes:
        return Scope(nearest, outer.whole, own.get(DEVICE, older), outer.known)
    return Scope(nearest, own.get(WHOLE, older), None, outer.known)


def _count(field: str, values: dict[str, Any], scope: Scope, steps: Steps, found: list[Finding]) -> None:
    """Note a transform whose numbers do not fit the axes of its system, as 3.0 will."""
    local = values.get("reference_coordinate_system") == "local"
    frame = scope.device if (local or scope.whole is None) and scope.device is not None else scope.whole
    numbers = values.get(field, ())
    if field in values.get(BROKEN, ()):
        return
    if frame is None or not frame.axes:
        found.append(homeless(_address((steps, field))))
    elif len(numbers) != frame.axes or field == "affine_transform":
        if not fits(numbers, frame.axes, matrix=field == "affine_transform"):
            found.append(misfit(numbers, frame.axes, frame.name, _address((steps, field))))


def _named_findings(values: dict[str, Any], scope: Scope, steps: Steps) -> Iterator[Finding]:
    """Coordinates that name no system, or not the one around them; 2.9 looks at single transforms only."""
    measured = [name for name, value in values.items() if type(value).__name__ in MEASURED]
    if NAMED in values.get(BROKEN, ()) or not (measured or any(map(_is_chain, values.values()))):
        return
    given, frame = values.get(NAMED), scope.nearest
    if frame is None or not frame.axes:
        if measured:
            yield Finding(
                f"Coordinates are given here, but no coordinate system with axes is set around them: set "
                f"global_coordinate_system{_said(given)}",
                at=_address((steps, measured[0])),
            )
        return
    at, also = _address((steps, NAMED)), (_address((frame.steps, "name")),)
    if measured and (given is None or given not in frame.name):
        said = repr(given) if given else "no coordinate system"
        yield Finding(
            f"Names {said}, but the coordinate system around it is {frame.name!r}: use that name, or change the system",
            at=at,
            also=also,
        )
    elif given != (scope.whole or frame).name:
        yield misnamed(given or "", (scope.whole or frame).name, at, also)


def _is_chain(value: Any) -> bool:
    """Whether a value is a list (of lists) of transforms."""
    while type(value) is list and value:
        value = value[0]
    return isinstance(value, BaseModel) and bool(plan_of(type(value)).numbers)


def _said(name: str | None) -> str:
    return f" to {name!r}" if name else ""


def _address(steps: Steps) -> str:
    keys = []
    while steps:
        steps, key = steps
        keys.append(key)
    return paths.join(reversed(keys))
