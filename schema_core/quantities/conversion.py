"""A unit, and numbers turned from one into another."""

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import Final

_EXACT: Final = Context(prec=120)
_ROUNDED: Final = Context(prec=28)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts: ``factor`` of the dimension's base, ``offset`` where its zero is elsewhere."""

    dimension: str
    factor: Fraction
    offset: Fraction = Fraction(0)

    def per(self, other: "Unit") -> "Unit":
        """Give this unit for each of another one."""
        joined = f"{self.dimension}/{other.dimension}"
        return Unit(_SAME.get(joined, joined), self.factor / other.factor)

    def convert(self, value: Decimal, wanted: "Unit") -> Decimal:
        """Convert exactly where a decimal can hold the result, else to 28 digits; same unit, same digits."""
        if self == wanted:
            return value
        exact = (Fraction(value) * self.factor + self.offset - wanted.offset) / wanted.factor
        top, bottom = Decimal(exact.numerator), Decimal(exact.denominator)
        context = _EXACT.copy()
        result = context.divide(top, bottom)
        if context.flags[Inexact]:
            result = _ROUNDED.divide(top, bottom)
        return _plain(result)


def _plain(value: Decimal) -> Decimal:
    """Drop the zeros and the exponent that dividing leaves."""
    short = value.normalize(_EXACT)
    return short.quantize(Decimal(1), context=_EXACT) if 0 < int(short.as_tuple().exponent) < 60 else short  # noqa: PLR2004


_SAME: Final = {"pure/time": "frequency"}
"""Joined dimensions that have a name of their own."""
