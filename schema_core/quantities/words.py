"""Checks of the words: is there a number, is everything understood, is it exact?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema_core.quantities.typed import MOST, Typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from schema_core.quantities.grammar import Piece


def has_numbers(typed: Typed) -> str | None:
    """There is a number at all."""
    if typed.numbers:
        return None
    if typed.of("digits") and not typed.of("unknown"):
        return typed.ask.spelled()
    if typed.of("both"):
        return typed.ask.both()
    return typed.ask.grid() if any(piece.said for piece in typed.of("repeat")) else typed.ask.no_number()


def is_understood(typed: Typed) -> str | None:
    """Nothing typed may be left over."""
    strange = _joined(typed.of("unknown", "digits"))
    if any("grid" in word.casefold() or "spacing" in word.casefold() for word in strange):
        return typed.ask.grid()
    return typed.ask.leftover(strange) if strange else None


def _joined(found: list[Piece]) -> list[str]:
    """Join words that stand beside each other."""
    words: list[str] = []
    end = -2
    for piece in found:
        if piece.start <= end + 1 and words:
            words[-1] += (" " if piece.start > end else "") + piece.text
        else:
            words.append(piece.text)
        end = piece.end
    return words


def is_exact(typed: Typed) -> str | None:
    """The number is one number, and sure."""
    first = typed.numbers[0].value
    for piece in typed.pieces:
        if piece.text.casefold() == "between":
            return typed.ask.span_of()
        if piece.sort == "rough":
            return typed.ask.rough(piece.text, first)
        if piece.sort == "tolerance":
            return typed.ask.tolerance(first)
    asked: tuple[tuple[str, Callable[[], str]], ...] = (
        ("doubt", typed.ask.doubt),
        ("choice", typed.ask.choice),
        ("total", typed.ask.total),
        ("both", typed.ask.both),
        ("times", typed.ask.times),
    )
    return next((ask() for sort, ask in asked if typed.of(sort)), None)


def is_counted(typed: Typed) -> str | None:
    """A count says of what, and agrees with the numbers."""
    for piece in typed.of("repeat"):
        if not piece.said or len(typed.of("repeat")) > 1 or not 0 < piece.value <= MOST:
            return typed.ask.repeat(piece.value)
        if len(typed.numbers) not in (1, int(piece.value)):
            return typed.ask.counts_differ(piece.value, len(typed.numbers))
    return None


def alternates(typed: Typed) -> str | None:
    """On and off times belong to a duration, one number each."""
    order = [piece.sort for piece in typed.pieces if piece.sort in ("quantity", "on", "off")]
    if "off" not in order and "on" not in order:
        return None
    if typed.kind != "duration":
        return typed.ask.alternation()
    even = (["quantity", "on", "quantity", "off"], ["on", "quantity", "off", "quantity"])
    return None if order in even else typed.ask.alternation()
