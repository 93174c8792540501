"""Units as people spell them, found by what is asked for."""

from fractions import Fraction
from functools import cache
from typing import Final

from schema_core.quantities.conversion import Unit
from schema_core.quantities.spellings import OTHERS, TEMPERATURES, spellings

KINDS: Final[dict[str, frozenset[str]]] = {
    "length": frozenset({"length", "pixels"}),
    "volume": frozenset({"volume"}),
    "current": frozenset({"current"}),
    "titer": frozenset({"genomes/volume"}),
    "concentration": frozenset(
        {"molarity", "mass/volume", "mass/mass", "volume/volume", "mass/volume percent", "percent", "genomes/volume"}
    ),
    "angle": frozenset({"angle"}),
    "duration": frozenset({"time", "months", "years"}),
    "mass": frozenset({"mass"}),
    "rate": frozenset({"volume/time", "length/time", "mass/time", "turns/time", "frequency", "angle/time"}),
    "percent": frozenset({"percent", "cycle"}),
    "power": frozenset({"power", "percent"}),
    "frequency": frozenset({"frequency"}),
    "temperature": frozenset({"temperature"}),
}
"""What each kind of quantity can be measured in."""


@cache
def _spelled() -> dict[str, tuple[tuple[str, Unit], ...]]:
    """Index every spelling, as written, under the same in small letters."""
    found: dict[str, dict[tuple[str, Unit], None]] = {}
    for spelling, unit in spellings():
        found.setdefault(spelling.casefold(), {})[spelling, unit] = None
    return {folded: tuple(entries) for folded, entries in found.items()}


def candidates(spelling: str) -> tuple[Unit, ...]:
    """Give the units that a word can mean: as written where that is known, else in any letters."""
    known = _spelled().get(spelling.casefold(), ())
    exact = [unit for written, unit in known if written == spelling]
    return tuple(dict.fromkeys(exact or (unit for _, unit in known)))


def within(spelling: str, dimensions: frozenset[str]) -> tuple[Unit, ...]:
    """Give the units of some dimensions that a word can mean; "300 uM" is no molarity where a length is asked for."""
    known = [
        (written, unit) for written, unit in _spelled().get(spelling.casefold(), ()) if unit.dimension in dimensions
    ]
    exact = [unit for written, unit in known if written == spelling]
    return tuple(dict.fromkeys(exact or (unit for _, unit in known)))


def wanted(word: str, kind: str) -> Unit:
    """Give the unit that a form asks for; one that nobody knows measures itself alone."""
    for spelling in (word, word.replace("µ", "u").replace("μ", "u")):
        found = _single(spelling, kind)
        if found is not None:
            return found
    return Unit(f"“{word}”", Fraction(1))


@cache
def _single(word: str, kind: str) -> Unit | None:
    """Find a unit, or one for each of another: ``nL/min``, ``nanoliter per minute``."""
    fitting = within(word, KINDS[kind]) or candidates(word)
    if fitting:
        return fitting[0]
    for joint in (" per ", "/"):
        above, found, below = word.partition(joint)
        parts = (candidates(above.strip()), candidates(below.strip()))
        if found and all(parts):
            return parts[0][0].per(parts[1][0])
    return None


def symbol(word: str, kind: str) -> str:
    """Write a unit of the standard as people do: ``nanoliter`` is nL."""
    above, joint, below = word.partition(" per ")
    if joint and wanted(word, kind) not in _symbols():
        return f"{symbol(above, kind)}/{symbol(below, kind)}"
    return _symbols().get(wanted(word, kind), word)


@cache
def _symbols() -> dict[Unit, str]:
    """Index the symbol of each unit: the first spelling that it has."""
    found = {unit: known[0] for unit, known in reversed(TEMPERATURES)}
    for dimension, factor, known in OTHERS:
        found.setdefault(Unit(dimension, factor), known[0])
    for spelling, unit in spellings():
        found.setdefault(unit, spelling.replace("u", "µ", 1) if spelling[0] == "u" else spelling)
    return found
