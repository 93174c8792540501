"""Where the sites of a node lie in an animal: its chains of transforms as points to the right, to the front and up."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from metadata_portal.schemaforms import scope
from metadata_portal.schemaforms.documents import get
from schema_core import paths
from schema_core.components.coordinates import TRANSFORM_TYPES, CoordinateSystem
from schema_core.registries.coordinates import Origin
from schema_core.rules import collecting
from schema_core.transforms import Point, apply, needle, to_ras

MOST: Final = 30
"""Sites that a picture shows."""
MOST_LOOKED_AT: Final = 2000
LAMBDA_BEHIND_BREGMA: Final = 4.21
"""Millimetres in a mouse, for positions that are given from lambda."""
_TELLING: Final = ("name", "device_name", "notes")
_SIDE: Final = re.compile(r"\b(left|right)\b", re.IGNORECASE)
_STEPS: Final = frozenset({"Translation", "Rotation", "Scale", "Affine"})
_CHAIN: Final = TypeAdapter(TRANSFORM_TYPES)
MOUSE: Final = "Mus musculus"
_SKULL: Final = {Origin.BREGMA: 0.0, Origin.LAMBDA: -LAMBDA_BEHIND_BREGMA}


class Silent(ValueError):
    """Why nothing can be drawn, in words for people."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where something went in, and where its tip is: millimetres to the right, to the front and up from bregma.

    ``origin`` is the point that its numbers are counted from, ``side`` the side that a name or note beside it says.
    """

    entry: Point
    tip: Point
    origin: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites of a node that can be drawn, how many there are, and why others cannot."""

    sites: list[Site]
    count: int
    silent: str = ""


def sites_of(document: Any, path: str, species: Iterable[str] = ()) -> Sites | None:
    """Give the sites at and below an address; None where it holds no positions, none drawn for another ``species``."""
    found = list(islice(_chains(get(document, path), path), MOST))
    if not found:
        return None
    if other := next((name for name in species if name != MOUSE), ""):
        return Sites(
            [], len(found), f"The animal is no mouse ({other}): positions are drawn on the outline of a mouse only."
        )
    drawn, reasons = [], []
    for at, steps in found:
        try:
            drawn.append(_site(document, at, steps))
        except Silent as reason:
            reasons.append(str(reason))
    return Sites(drawn, len(found), next(iter(reasons), ""))


def _chains(value: Any, path: str) -> Iterator[tuple[str, list[Any]]]:
    """Walk what is placed: lists of transforms, and a position that is one translation."""
    waiting, seen = [(path, value)], 0
    while waiting and seen < MOST_LOOKED_AT:
        at, held = waiting.pop()
        seen += 1
        if isinstance(held, list):
            if held and all(isinstance(step, dict) and step.get("object_type") in _STEPS for step in held):
                yield at, held
            else:
                waiting += [(paths.child(at, index), entry) for index, entry in reversed(list(enumerate(held)))]
        elif isinstance(held, dict):
            if at.endswith("position") and held.get("object_type") == "Translation":
                yield at, [held]
            else:
                below = [(paths.child(at, key), entry) for key, entry in held.items() if isinstance(entry, dict | list)]
                waiting += reversed(below)


def _site(document: Any, at: str, steps: list[Any]) -> Site:
    """Compute one site; Silent says why it cannot be drawn."""
    own = _axes_of_device(document, at)
    system = _system(document, at, own)
    if system.origin not in _SKULL:
        raise Silent(f"Positions from {_words(system.origin)} are not drawn: only those from bregma or lambda are.")
    try:
        found, ras = needle(_CHAIN.validate_python(steps), system, _read(own) if own else None), to_ras(system)
    except ValidationError:
        raise Silent("Not every position has all its numbers yet.") from None
    except ValueError as error:
        raise Silent(f"This cannot be drawn: {error}") from None
    front = _SKULL[Origin(system.origin)]
    entry, tip = ((right, ahead + front, up) for right, ahead, up in (apply(ras, found.entry), apply(ras, found.tip)))
    return Site(entry, tip, _words(system.origin), _side_said(document, at))


def _side_said(document: Any, at: str) -> str:
    """Give the side that names and notes of the node that is placed say; empty where they say none, or both."""
    while at and not isinstance(get(document, at), dict):
        at = paths.parent(at)
    holder = get(document, at)
    nodes = (
        [holder, *(entry for entry in holder.values() if isinstance(entry, dict))] if isinstance(holder, dict) else []
    )
    texts = [node[key] for node in nodes for key in _TELLING if isinstance(node.get(key), str)]
    sides = {word.lower() for text in texts for word in _SIDE.findall(text)}
    return sides.pop() if len(sides) == 1 else ""


def _axes_of_device(document: Any, at: str) -> dict[str, Any] | None:
    """Give the system that lies in the device itself, where the node that is placed has one."""
    holder = get(document, paths.parent(at))
    system = holder.get("local_coordinate_system") if isinstance(holder, dict) else None
    return system if isinstance(system, dict) else None


def _system(document: Any, at: str, own: dict[str, Any] | None) -> CoordinateSystem:
    """Find the system that an address is given in: the one that is named nearest, else the nearest of no device."""
    around = [system for system in scope.systems_at(document, at) if system is not own]
    name = _named(document, at)
    fits = [system for system in around if name in (None, system.get("name"))]
    if not fits:
        raise Silent("No coordinate system of that name lies around it yet." if name else "No coordinate system yet.")
    return _read(fits[0])


def _read(system: dict[str, Any]) -> CoordinateSystem:
    try:
        with collecting():  # what the standard warns of is told beside the system, not by its picture
            return CoordinateSystem.model_validate(system)
    except ValidationError:
        raise Silent("The coordinate system is not complete yet.") from None


def _named(document: Any, at: str) -> str | None:
    """Give the name of the system that the nearest node around an address says."""
    while at:
        at = paths.parent(at)
        holder = get(document, at)
        if isinstance(holder, dict) and "coordinate_system_name" in holder:
            name = holder["coordinate_system_name"]
            return name if isinstance(name, str) else None
    return None


def _words(origin: Any) -> str:
    return str(getattr(origin, "value", origin)).replace("_", " ").lower()
