"""What 3.0 asks of coordinates and 2.9 does not: as many numbers as there are axes, and the system's very name.

One walk per core file along plans compiled once per class, as for the rule of 2.9; it goes to every transform. It runs
only while warnings are collected (`schema_core.validate`), so that whoever just reads a model does not pay for it.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from schema_core import paths
from schema_core.compiled import Plans
from schema_core.rules.coordinates import BROKEN, NAMED, SCOPES, family
from schema_core.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE, DEVICE, OLDER = SCOPES
NUMBERS = {"Translation": "translation", "Rotation": "angles", "Scale": "scale", "Affine": "affine_transform"}
"""The transforms, and the field with their numbers."""

SIZES = ("dimensions", "size")  # extents of things, no places in a system
ALONG_DEVICE = "local_axis_positions"
Steps = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the walk does at a node of one class."""

    numbers: str
    systems: tuple[str, ...]
    named: bool
    descend: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A coordinate system around a node: its name, how many axes it has, where it stands."""

    name: str
    axes: int
    steps: Steps


Scope = tuple[Frame | None, Frame | None]
"""The system of the animal, rig or volume, and that of the device."""


def _held_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The model classes that a field of this type can hold, in lists and in objects too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Annotated, Union, types.UnionType, list, dict):
        for part in get_args(annotation):
            yield from _held_in(part)


def _numbers_of(cls: type[BaseModel]) -> str:
    return next((NUMBERS[base.__name__] for base in cls.__mro__ if base.__name__ in NUMBERS), "")


def _leads_there(cls: type[BaseModel], seen: set[type]) -> bool:
    """Whether a node of this class, or of a subclass, is or holds a transform."""
    if cls in seen or hasattr(cls, "default_filename"):  # a core file inside another walks on its own
        return False
    seen.add(cls)
    return any(
        _numbers_of(member)
        or any(_leads_there(held, seen) for info in member.model_fields.values() for held in _held_in(info.annotation))
        for member in family(cls)
    )


def _planned(cls: type) -> Plan | None:
    """The plan of a class; None where no transform can be."""
    if not issubclass(cls, BaseModel):
        return None
    fields = cls.model_fields
    descend = tuple(
        name
        for name, info in fields.items()
        if name not in (*SIZES, *SCOPES) and any(_leads_there(held, set()) for held in _held_in(info.annotation))
    )
    numbers = _numbers_of(cls)
    if not numbers and not descend:
        return None
    return Plan(numbers, tuple(name for name in SCOPES if name in fields), NAMED in fields, descend)


_PLANS = Plans(_planned)


def frame_findings(node: Any) -> list[Finding]:
    """What 3.0 would find wrong with the coordinates inside a core file."""
    found: list[Finding] = []
    _walk(node, (None, None), (), found)
    return found


def _walk(value: Any, scope: Scope, steps: Steps, found: list[Finding]) -> None:
    kind = type(value)
    if kind is list or kind is dict:
        for key, item in enumerate(value) if kind is list else value.items():
            _walk(item, scope, (steps, key), found)
        return
    plan = _PLANS[kind]
    if plan is None:
        return
    values = value.__dict__
    inner = _systems_of(plan.systems, values, scope, steps) if plan.systems else scope
    if inner is None:
        return
    if plan.numbers:
        _count(plan.numbers, values, inner, steps, found)
    for name in plan.descend:
        held = values.get(name)
        if held:
            if plan.named:
                _name(held, values, inner[0], steps, found)
            _walk(held, (inner[1] or inner[0], inner[1]) if name == ALONG_DEVICE else inner, (steps, name), found)


def _systems_of(names: tuple[str, ...], values: dict[str, Any], outer: Scope, steps: Steps) -> Scope | None:
    """The systems inside a node; None where one of them could not be read."""
    own: dict[str, Frame] = {}
    broken = values.get(BROKEN, ())
    for name in names:
        system = values.get(name)
        if name in broken or (system is not None and BROKEN in system.__dict__):
            return None
        if system is not None:
            own[name] = Frame(system.name, len(system.axes), (steps, name))
    older = own.get(OLDER)
    if DEVICE in names:
        return outer[0], own.get(DEVICE) or older or outer[1]
    whole = own.get(WHOLE) or older
    return (whole, None) if whole else outer


def _count(field: str, values: dict[str, Any], scope: Scope, steps: Steps, found: list[Finding]) -> None:
    """Note a transform whose numbers do not fit the axes of its system."""
    whole, device = scope
    local = values.get("reference_coordinate_system") == "local"
    frame = device if device is not None and (local or whole is None) else whole
    numbers = values.get(field)
    if numbers is None or None in numbers:  # not all of it could be read
        return
    if frame is None or not frame.axes:
        _note_homeless(steps, found)
    elif field != NUMBERS["Affine"]:
        if len(numbers) != frame.axes:
            said = f"{len(numbers)} numbers, but {frame.name} has {frame.axes} axes"
            found.append(_misfit(f"{said}: give one for each", (steps, field), frame))
    elif len(numbers) not in (frame.axes, frame.axes + 1) or any(len(row) != frame.axes + 1 for row in numbers):
        said = f"This matrix does not fit {frame.name}, which has {frame.axes} axes"
        found.append(_misfit(f"{said}: give a row for each, with the shift at its end", (steps, field), frame))


def _name(held: Any, values: dict[str, Any], frame: Frame | None, steps: Steps, found: list[Finding]) -> None:
    """Note coordinates that name another system than the one around them, or cut its name short."""
    given = values.get(NAMED)
    if frame is None or given == frame.name or NAMED in values.get(BROKEN, ()):
        return
    if type(held) is not list and (given is None or given not in frame.name):  # 2.9 refuses it already
        return
    while type(held) is list and held:
        held = held[0]
    kind, at = _PLANS[type(held)], paths.of_steps((steps, NAMED))
    if kind is not None and kind.numbers and not any(known.at == at for known in found[-2:]):
        said = repr(given) if given else "no coordinate system"
        message = f"Names {said}, but the one around it is {frame.name!r}, and version 3.0 wants that very name"
        found.append(_warning(message, at, "next-system-name", (paths.of_steps((frame.steps, "name")),)))


def _note_homeless(steps: Steps, found: list[Finding]) -> None:
    """Note numbers without a system around them, once for each field that holds some."""
    while type(steps[1]) is int:
        steps = steps[0]
    at = paths.of_steps(steps)
    if not any(known.at == at for known in found[-1:]):
        message = "No coordinate system is set around this, and version 3.0 wants one: set global_coordinate_system"
        found.append(_warning(message, at, "next-system-missing", (WHOLE,)))


def _misfit(said: str, at: Steps, frame: Frame) -> Finding:
    axes = (paths.of_steps((frame.steps, "axes")),)
    return _warning(f"{said}, as version 3.0 wants it", paths.of_steps(at), "next-axis-count", axes)


def _warning(message: str, at: str, code: str, also: tuple[str, ...] = ()) -> Finding:
    return Finding(message, at=at, also=also, severity="warning", code=code)
