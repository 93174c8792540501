"""Steps: small functions that carry one node of a document across, registered by move and by the node's class.

A step edits the values of the node it is given and says what it did: `changed` where the same is now written in another
way, `lost` where the other version has no place for something. What is lost is kept as words in the nearest notes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from schema_core.errors import Problem
from schema_core.upgrade.outcome import Change
from schema_core.upgrade.walk import Place, names_of, places

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from pydantic import BaseModel

Move = Literal["older", "forward", "backward"]
"""`older`: from any 2.x to 2.9. `forward`: from 2.9 to 3.0. `backward`: from 3.0 to 2.9."""


@dataclass(slots=True)
class Log:
    """What the steps of one move did."""

    changes: list[Change] = field(default_factory=list)
    losses: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)
    explained: set[str] = field(default_factory=set)
    """Addresses whose new form a listed loss is about, though it stands elsewhere."""

    def changed(self, path: str, what: str, why: str) -> None:
        """Note that the same is now written in another way."""
        self.changes.append(Change(path, what, why))

    def lost(self, path: str, code: str, message: str) -> None:
        """Note that the other version cannot hold something."""
        self.losses.append(Problem(path, code, message, "warning"))

    def explain(self, path: str) -> None:
        """Note that a listed loss tells why this is written differently."""
        self.explained.add(path)

    def refused(self, path: str, code: str, message: str) -> None:
        """Note that the other version will not accept something, and a person has to decide."""
        self.refusals.append(Problem(path, code, message))


_steps: dict[Move, list[tuple[frozenset[str], Callable[[Place, Log], None]]]] = defaultdict(list)


def step(move: Move, *classes: str) -> Callable[[Callable[[Place, Log], None]], Callable[[Place, Log], None]]:
    """Register what a move does at the nodes of these classes (by name) and of those derived from them."""

    def register(act: Callable[[Place, Log], None]) -> Callable[[Place, Log], None]:
        _steps[move].append((frozenset(classes), act))
        return act

    return register


def take_in_order(*modules: ModuleType) -> None:
    """Settle which steps come first at a node: those of the first module."""
    places_of = {module.__name__: place for place, module in enumerate(modules)}
    for known in _steps.values():
        known.sort(key=lambda entry: places_of[entry[1].__module__])


def moved(cls: type[BaseModel], document: dict[str, Any], move: Move, log: Log, path: str = "") -> None:
    """Take all steps of a move through a document, in place."""
    for place in places(cls, document, path):
        names = names_of(place.cls)
        for wanted, act in _steps[move]:
            if wanted & names:
                act(place, log)


def keep_in_notes(place: Place, text: str, log: Log) -> str | None:
    """Write words into the notes of this node or of the nearest one around it; the address, or None without any."""
    for here in place.around():
        if "notes" in here.cls.model_fields:
            given, at = here.values.get("notes"), here.at("notes")
            if not given or not isinstance(given, str):
                here.values["notes"] = text
            elif text not in given.split("\n"):
                here.values["notes"] = f"{given}\n{text}"
            log.explain(at)
            return at
    return None


def drop(place: Place, name: str, log: Log, why: str) -> None:
    """Take out a field that the other version lacks; what it held goes into notes and is listed as a loss."""
    value = place.values.pop(name, None)
    if value is None:
        return
    keep(place, name, value, log, why)


def keep(place: Place, name: str, value: Any, log: Log, why: str) -> None:
    """List a value that has no place any more, and keep it in words."""
    notes = keep_in_notes(place, f"{name}: {_words(value)}", log)
    where = f"; kept as words in {notes}" if notes else ""
    log.lost(place.at(name), "upgrade-dropped", f"{why}: {name} was {_words(value)}{where}")


def _words(value: Any) -> str:
    if isinstance(value, dict):
        told = {key: one for key, one in value.items() if key != "object_type" and one is not None}
        return ", ".join(f"{key} {_words(one)}" for key, one in told.items()) or "empty"
    if isinstance(value, list):
        return "[" + ", ".join(map(_words, value)) + "]"
    return str(value)
