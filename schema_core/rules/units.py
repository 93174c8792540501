"""A quantity needs its unit: the rule that every class with optional unit fields gets."""

from __future__ import annotations

import enum
import types
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from schema_core.rules.findings import Finding, Rule
from schema_core.rules.successor import zero_without_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

MARK = "_unit"


def can_be_empty(annotation: Any) -> bool:
    """Whether a field of this type may hold None or empty text."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return can_be_empty(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return any(can_be_empty(branch) for branch in get_args(annotation))
    return origin is not Literal and not (isinstance(annotation, type) and issubclass(annotation, enum.Enum))


def pairs(cls: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """For each unit field that may be empty, the fields whose values need it.

    The standard pairs by name, and loosely: every field whose name contains what stands before the last `_unit`.
    """
    found = {}
    for name, info in cls.model_fields.items():
        if MARK not in name or not can_be_empty(info.annotation):
            continue
        stem = name.rpartition(MARK)[0]
        measured = [other for other in cls.model_fields if stem in other and other != name]
        measured.sort(key=lambda other: other != stem)
        if measured:
            found[name] = tuple(measured)
    return found


def unit_rule(cls: type[BaseModel]) -> Rule | None:
    """The unit rule of a class; None for free objects, and for a class none of whose unit fields may be empty."""
    paired = pairs(cls)
    if not paired or "object_type" not in cls.model_fields:
        return None

    def quantity_has_unit(node: Any) -> Iterator[Finding] | None:
        values = node.__dict__
        for unit, measured in paired.items():
            if not values.get(unit):
                for name in measured:  # no comprehension: it would cost more than the whole look
                    if values.get(name) is not None:
                        return _unitless(paired, values)
        return None

    reads = dict.fromkeys(name for unit, measured in paired.items() for name in (unit, *measured))
    return Rule(quantity_has_unit, tuple(reads), "unit-missing")


def _unitless(paired: dict[str, tuple[str, ...]], values: dict[str, Any]) -> Iterator[Finding]:
    for unit, measured in paired.items():
        present = [] if values.get(unit) else [name for name in measured if values.get(name) is not None]
        if present:
            given = [name for name in present if values[name]]
            yield _without_unit(unit, given, values) if given else zero_without_unit(unit, present)


def _without_unit(unit: str, given: list[str], values: dict[str, Any]) -> Finding:
    return Finding(
        f"{given[0]} is {values[given[0]]} but {unit} is not set: choose the unit it is given in",
        at=unit,
        also=tuple(given),
    )
