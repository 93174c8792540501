"""Checks of what stands between numbers: one number, a list, a range, a fraction, a decimal comma?"""

from itertools import pairwise
from typing import Final

from schema_core.quantities.grammar import Piece
from schema_core.quantities.typed import NOTED, Typed, is_even_pair, is_one_duration

_SMALL: Final = 20
"""Whole numbers up to this may be a fraction."""


def is_list(typed: Typed) -> str | None:
    """Numbers are separated so that there is one way to read them."""
    before: Piece | None = None
    between: list[Piece] = []
    for piece in typed.pieces:
        if piece.sort == "quantity":
            question = _between(typed, before, piece, between)
            if question is not None:
                return question
            before, between = piece, []
        else:
            between.append(piece)
    return None


def _between(typed: Typed, one: Piece | None, other: Piece, between: list[Piece]) -> str | None:
    """Ask about what stands between two numbers, or before the first."""
    marks = [piece for piece in between if piece.sort not in NOTED]
    if typed.of("off"):
        return None
    if any(piece.sort == "dash" for piece in marks):
        return typed.ask.dash(other.value)
    if one is None:
        return typed.ask.missing_item() if marks and between[0] is marks[0] else None
    is_range = any(piece.sort == "range" for piece in marks) or [piece.sort for piece in between] == ["to"]
    return typed.ask.span(one.text, other.text) if is_range else _separated(typed, one, other, marks)


def _separated(typed: Typed, one: Piece, other: Piece, marks: list[Piece]) -> str | None:
    """Ask about the separator of two numbers, or that there is none."""
    if not marks:
        return _beside(typed, one, other)
    if any(left.text == right.text and left.end == right.start for left, right in pairwise(marks)):
        return typed.ask.missing_item()
    if marks[0].text == "," and one.unit is None and one.end + 1 == other.start:
        return _comma(typed, one, other)
    return _slash(typed, one, other) if marks[0].text == "/" else None


def _comma(typed: Typed, one: Piece, other: Piece) -> str | None:
    """Take a comma without a space as a separator only where no decimal comma is possible."""
    if other.sign:
        return None
    left, right = one.said, other.said
    is_grouped = len(right.partition(".")[0]) == 3 or ("." in left and "." not in right and _is_group(left))  # noqa: PLR2004
    certain = ("." in left and "." in right) or (("." in left or "." in right) and not is_grouped)
    return None if certain else typed.ask.comma(f"{one.sign}{left}", right)


def _is_group(text: str) -> bool:
    """Say whether the digits after a point may be a group of three."""
    return len(text.partition(".")[2]) == 3  # noqa: PLR2004


def _slash(typed: Typed, one: Piece, other: Piece) -> str | None:
    """Ask whether small whole numbers with a slash are a fraction."""
    if is_even_pair(typed) or len(typed.numbers) > 2 or one.unit is not None:  # noqa: PLR2004
        return None
    whole = one.said.isdigit() and other.said.isdigit() and max(one.value, other.value) <= _SMALL
    return typed.ask.fraction(one.text, other.text) if whole else None


def _beside(typed: Typed, one: Piece, other: Piece) -> str | None:
    """Ask about two numbers with nothing between them, unless there is one way to read them."""
    if ":" in [piece.text for piece in typed.pieces] and typed.kind == "duration":
        return typed.ask.clock()
    is_apart = one.end < other.start
    both_plain = one.unit is None and other.unit is None
    pointed = both_plain and "." in one.said and "." in other.said
    signed = both_plain and bool(one.sign and other.sign)
    united = one.unit is not None and other.unit is not None
    if is_one_duration(typed) or (is_apart and (pointed or signed or united)):
        return None
    return typed.ask.several(one.text, other.text)


def is_one_or_many(typed: Typed) -> str | None:
    """Ask whether 1 h and 30 min are one duration."""
    factors = [piece.unit.factor for piece in typed.numbers if piece.unit is not None]
    if typed.unit.dimension != "time" or typed.of("off") or len(factors) < 2 or is_one_duration(typed):  # noqa: PLR2004
        return None
    return typed.ask.one_or_two() if factors[0] > factors[1] and len(factors) == len(typed.numbers) else None


def ends_well(typed: Typed) -> str | None:
    """A dash or range at the end leads nowhere."""
    last = next((piece for piece in reversed(typed.pieces) if piece.sort not in NOTED), None)
    return typed.ask.leftover([last.text]) if last is not None and last.sort in ("range", "dash") else None
