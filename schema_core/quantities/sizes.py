"""Checks of the units: do they measure what is asked for, is every number's unit clear, can it be so large?"""

from fractions import Fraction
from typing import Final

from schema_core.quantities import units
from schema_core.quantities.typed import Typed, fits


def is_of_kind(typed: Typed) -> str | None:
    """Every unit measures what is asked for."""
    for piece in typed.of("quantity", "unit"):
        if piece.unit is None or fits(typed, piece.unit):
            continue
        if piece.unit.dimension.startswith("“"):
            return typed.ask.unsure_unit(piece.text)
        if piece.unit.dimension in units.KINDS[typed.kind]:
            return typed.ask.inconvertible(piece.text)
        return typed.ask.foreign(piece.text, piece.unit.dimension)
    return None


def units_are_clear(typed: Typed) -> str | None:
    """Bare numbers share the unit behind them; a unit further ahead only where it is the one asked for."""
    numbers = typed.numbers
    named = [piece.unit for piece in numbers]
    if typed.of("unit") or None not in named or not any(named):
        return None
    shared = {unit for unit in named if unit is not None}
    if shared == {typed.unit} or (len(shared) == 1 and named[-1] is not None):
        return None
    return typed.ask.which_unit()


def unit_is_plausible(typed: Typed) -> str | None:
    """A bare l or m where thousandths are asked for has probably lost a letter; a megawatt was meant small."""
    for piece in typed.numbers:
        if piece.unit is None or not piece.value:
            continue
        word = piece.text.rstrip(" .").rpartition(" ")[2].lstrip("+-.0123456789").casefold()
        ratio = piece.unit.factor / typed.unit.factor
        if ratio >= _TOO_MUCH.get((typed.unit.dimension, word), ratio + 1):
            return typed.ask.large(piece.text, piece.unit.convert(piece.value, typed.unit))
    return None


_TOO_MUCH: Final = {
    ("length", "m"): Fraction(1000),
    ("volume", "l"): Fraction(10**6),
    ("power", "mw"): Fraction(10**6),
}
