"""Pieces -> a reading: what is certain becomes numbers, everything else one question."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from schema_core.quantities import lexicon
from schema_core.quantities.axes import OPPOSITE, direction_is_clear, is_on_axis, one_of_each, side_is_clear
from schema_core.quantities.conversion import Unit
from schema_core.quantities.grammar import Piece
from schema_core.quantities.lists import ends_well, is_list, is_one_or_many
from schema_core.quantities.sizes import is_of_kind, unit_is_plausible, units_are_clear
from schema_core.quantities.typed import MOST, Typed, is_even_pair, is_one_duration
from schema_core.quantities.words import alternates, has_numbers, is_counted, is_exact, is_understood

Side = Literal["left", "right"]

_CHECKS: Final[tuple[Callable[[Typed], str | None], ...]] = (
    has_numbers,
    is_understood,
    is_exact,
    is_of_kind,
    alternates,
    is_counted,
    is_list,
    ends_well,
    is_one_or_many,
    units_are_clear,
    unit_is_plausible,
    one_of_each,
    side_is_clear,
    direction_is_clear,
    is_on_axis,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: ``values`` in the unit wanted, in the order typed, or the ``question`` to ask; never both."""

    values: tuple[Decimal, ...] = ()
    side: Side | None = None
    reference: str | None = None
    question: str | None = None
    direction: str | None = None
    unit: Unit | None = None
    """The unit that was typed, None for bare numbers."""
    label: str | None = None
    """The axis that was named: AP, ML or DV."""


def judge(typed: Typed) -> Reading:
    """Give the reading: the first check that has a question asks it."""
    question = next((asked for check in _CHECKS if (asked := check(typed)) is not None), None)
    side = {piece.said for piece in typed.of("side")}
    return Reading(
        () if question else _values(typed),
        side="left" if side == {"left"} else "right" if side == {"right"} else None,
        reference=_first(typed, "reference"),
        question=question,
        direction=_first(typed, "direction"),
        unit=_typed_unit(typed),
        label=next(
            (lexicon.AXES[one] for piece in typed.of("label") if (one := piece.said.casefold()) in lexicon.AXES), None
        ),
    )


def _first(typed: Typed, sort: str) -> str | None:
    return next((piece.said for piece in typed.of(sort)), None)


def _typed_unit(typed: Typed) -> Unit | None:
    """Give the unit that was typed, where it is one."""
    named = {piece.unit for piece in typed.of("quantity", "unit") if piece.unit is not None}
    return named.pop() if len(named) == 1 else None


def _values(typed: Typed) -> tuple[Decimal, ...]:
    """Give the numbers in the unit wanted; a number that all places share is given once for each."""
    shared = _typed_unit(typed)
    values = tuple(_signed(typed, piece, piece.unit or shared or typed.unit) for piece in typed.numbers)
    if is_one_duration(typed):
        return (sum(values, Decimal(0)),)
    if is_even_pair(typed) or (typed.of("off") and len(set(values)) == 1):
        return values[:1]
    count = next((int(piece.value) for piece in typed.of("repeat") if piece.value <= MOST), 1)
    return values * count if len(values) == 1 else values


def _signed(typed: Typed, piece: Piece, unit: Unit) -> Decimal:
    """Convert a number; on an axis an unsigned one gets the sign that its side or direction has there."""
    unit = typed.unit if unit.dimension == "percent" else unit
    value = unit.convert(piece.value, typed.unit) if unit.dimension == typed.unit.dimension else piece.value
    if not value:
        return abs(value)
    said = {entry.said for entry in typed.of("side", "direction")}
    return -value if not piece.sign and typed.toward is not None and OPPOSITE[typed.toward] in said else value
