"""The unit after a number: plain, shortened, or one for each of another."""

from fractions import Fraction
from typing import Final

from schema_core.quantities import lexicon, units
from schema_core.quantities.conversion import Unit
from schema_core.quantities.lexer import Token

_PER: Final = frozenset({"/", "per"})
_BELOW: Final = frozenset({"time", "volume", "mass"})
_IMPLIED: Final = {"genomes/volume": "genomes", "frequency": "pure"}
"""What a bare number counts when only "per …" is written: 2.5e12/mL, 30/s."""
_BASES: Final = {"volume": "L", "length": "m", "current": "A", "mass": "g"}
_VOLUMES: Final = frozenset({"ml", "mL"})
"""Milliliters behind a number, not the axis ML."""
_LENGTHS: Final = (3, 2, 1)
_SIDED: Final = frozenset({"length", "angle"})


def unit_at(tokens: list[Token], at: int, kind: str, wanted: Unit) -> tuple[Unit | None, int]:
    """Read the unit that starts at a token, and say where it ends; None where there is none."""
    found, after = _plain(tokens, at, kind, wanted)
    below, end = _below(tokens, after, kind)
    if below is None:
        return found, after
    implied = _IMPLIED.get(wanted.dimension)
    if found is None and implied is not None:
        found = Unit(implied, Fraction(1))
    joined = found.per(below) if found is not None else None
    return (found, after) if joined is None or (joined.dimension not in _known_joints()) else (joined, end)


def _known_joints() -> frozenset[str]:
    """Give the dimensions that are one for each of another."""
    return frozenset(name for names in units.KINDS.values() for name in names if "/" in name) | {"frequency", *_COUNTS}


_COUNTS: Final = frozenset(
    f"{name}/volume"
    for name in ("viral particles", "transducing units", "infectious units", "plaques", "power", "current", "volume")
)


def _below(tokens: list[Token], at: int, kind: str) -> tuple[Unit | None, int]:
    """Read ``/min`` or ``per mL``; ``per depth`` counts something else."""
    if at + 1 >= len(tokens) or tokens[at].text.casefold() not in _PER or tokens[at + 1].kind != "word":
        return None, at
    found = units.within(tokens[at + 1].text, _BELOW)
    return (found[0], at + 2) if found and not phrase_at(tokens, at, kind) else (None, at)


def _plain(tokens: list[Token], at: int, kind: str, wanted: Unit) -> tuple[Unit | None, int]:
    """Read the longest plain unit; one of the kind asked for comes before any other."""
    allowed = units.KINDS[kind] | {wanted.dimension, *wanted.dimension.split("/")}
    spellings = [(spelling, at + size) for size in _LENGTHS if (spelling := _spelling(tokens, at, size))]
    for spelling, after in spellings:
        found = units.within(spelling, allowed)
        if found:
            # mhz can be millihertz and megahertz: neither, until somebody says which
            return (found[0] if len(found) == 1 else Unit(f"“{spelling}”", Fraction(1))), after
    known = phrase_at(tokens, at, kind)
    if (known and not (known[0] == "label" and tokens[at].text in _VOLUMES)) or side_at(tokens, at, kind):
        return None, at
    for spelling, after in spellings:
        others = units.candidates(spelling)
        if others:
            return others[0], after
    return _shortened(tokens, at, kind, wanted)


def _shortened(tokens: list[Token], at: int, kind: str, wanted: Unit) -> tuple[Unit | None, int]:
    """Read a prefix alone: 200n can only be nanoliters where a volume is asked for."""
    text = tokens[at].text if at < len(tokens) else ""
    if text not in ("n", "u") or kind not in _BASES or wanted.dimension != kind:
        return None, at
    return units.within(text + _BASES[kind], units.KINDS[kind])[0], at + 1


def _spelling(tokens: list[Token], at: int, size: int) -> str:
    """Join words to what may be the spelling of a unit."""
    words = tokens[at : at + size]
    return " ".join(entry.text for entry in words) if len(words) == size and all(_is_word(one) for one in words) else ""


def _is_word(token: Token) -> bool:
    return token.kind == "word"


def side_at(tokens: list[Token], at: int, kind: str) -> str:
    """Give the side that a single letter names, where it can be no unit."""
    text = tokens[at].text if at < len(tokens) else ""
    return lexicon.INITIALS.get(text.upper(), "") if kind in _SIDED else ""


def phrase_at(tokens: list[Token], at: int, kind: str) -> tuple[str, str, int] | None:
    """Find the longest known phrase that starts at a token: its sort, what it says, where it ends."""
    known = lexicon.phrases(kind)
    words = [token.text.casefold() for token in tokens[at : at + lexicon.LONGEST]]
    if words[:1] == ["/"]:
        words[0] = "per"
    for size in range(len(words), 0, -1):
        found = known.get(" ".join(words[:size]))
        if found is not None:
            return (*found, at + size)
    return None
