"""The pieces of one text, and what is asked for."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from schema_core.quantities.conversion import Unit
from schema_core.quantities.grammar import Piece
from schema_core.quantities.questions import Asker

Toward = Literal["left", "right", "anterior", "posterior", "dorsal", "ventral"]

NOTED: Final = frozenset({"filler", "each", "label", "side", "direction", "reference", "unit", "repeat", "on", "to"})
"""Pieces that stand beside numbers and are no part of their order."""

MOST: Final = 100
"""More places than one animal has."""

_SHARES: Final = frozenset({"percent", "mass/mass", "volume/volume", "mass/volume percent"})
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Typed:
    """The pieces of a text, and what is asked for; ``toward`` is the positive end of the axis, if there is one."""

    pieces: list[Piece]
    kind: str
    unit: Unit
    ask: Asker
    toward: Toward | None = None

    def of(self, *sorts: str) -> list[Piece]:
        """Give the pieces of some sorts."""
        return [piece for piece in self.pieces if piece.sort in sorts]

    @property
    def numbers(self) -> list[Piece]:
        """Give the quantities."""
        return self.of("quantity")


def fits(typed: Typed, unit: Unit | None) -> bool:
    """Say whether a unit can be converted; plain percent stands for any share."""
    if unit is None or unit.dimension == typed.unit.dimension:
        return True
    return unit.dimension == "percent" and typed.unit.dimension in _SHARES


def is_one_duration(typed: Typed) -> bool:
    """Say whether numbers are one duration: 1 h 30 min."""
    numbers = typed.numbers
    steps = [piece.unit.factor for piece in numbers if piece.unit is not None and piece.unit.dimension == "time"]
    falls = all(one > other for one, other in pairwise(steps))
    plain = not any(piece.sign for piece in numbers) and not typed.of("comma", "separator", "range", "off")
    return typed.unit.dimension == "time" and len(steps) == len(numbers) > 1 and falls and plain


def is_even_pair(typed: Typed) -> bool:
    """Say whether a duration is written as 7/7: as long on as off."""
    numbers = typed.numbers
    marks = [piece.text for piece in typed.pieces if piece.sort not in (*NOTED, "quantity")]
    return typed.kind == "duration" and len(numbers) == _TWO and marks == ["/"] and numbers[0].value == numbers[1].value
