"""Tokens -> pieces: quantities with sign and unit, what separates them, and the words around them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from schema_core.quantities import lexicon, units
from schema_core.quantities.conversion import Unit
from schema_core.quantities.lexer import Token
from schema_core.quantities.measures import phrase_at, side_at, unit_at

_PUNCTUATION: Final = frozenset("()[]:=.")
_SEPARATORS: Final = frozenset(",;/&+|")
_MARKS: Final = {
    **dict.fromkeys(("~", "<", ">", "≈", "≃", "≅", "≤", "≥", "\u223c"), "rough"),
    **dict.fromkeys(("±", "+/-", "+ /-"), "tolerance"),
    "?": "doubt",
    "-": "range",
    "…": "range",
}
_TIMES: Final = frozenset({"x", "*"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of what was typed: ``sort`` says what it does, ``said`` what it says."""

    sort: str
    text: str
    said: str = ""
    value: Decimal = Decimal(0)
    sign: str = ""
    unit: Unit | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A cleaned text with its tokens, and what is asked for."""

    text: str
    tokens: list[Token]
    kind: str
    unit: Unit

    def piece(self, sort: str, first: int, after: int, **more: object) -> tuple[Piece, int]:
        """Make the piece of some tokens."""
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        return Piece(sort, self.text[start:end], start=start, end=end, **more), after  # type: ignore[arg-type]

    def texts(self, at: int, size: int) -> list[str]:
        """Give the texts of some tokens, in small letters."""
        return [token.text.casefold() for token in self.tokens[at : at + size]]


Found = tuple[Piece, int] | None


def pieces(source: Source) -> list[Piece]:
    """Give the pieces in the order typed; every token is in one of them."""
    found: list[Piece] = []
    place = 0
    while place < len(source.tokens):
        piece, place = _piece(source, place, found[-1] if found else None)
        found.append(_minutes(found[-1], piece) if found else piece)
    return found


def _minutes(before: Piece, piece: Piece) -> Piece:
    """Take 1h30 as an hour and 30 minutes."""
    hour, minute = (units.within(word, units.KINDS["duration"])[0] for word in ("h", "min"))
    is_close = before.sort == piece.sort == "quantity" and before.end == piece.start and not piece.sign
    return replace(piece, unit=minute) if is_close and before.unit == hour and piece.unit is None else piece


def _piece(source: Source, at: int, before: Piece | None) -> tuple[Piece, int]:
    """Read one piece; the first reader that knows it."""
    signed = _signed(source, at, before)
    if signed is not None:
        return signed
    for reader in _READERS:
        found = reader(source, at)
        if found is not None:
            return found
    return source.piece("unknown", at, at + 1)


# Quantities ----------------------------------------------------------------------------------------------------------


def _signed(source: Source, at: int, before: Piece | None) -> Found:
    """Read a number with its sign; between two numbers + and - are none, unless the first has one, too."""
    token = source.tokens[at]
    if token.text not in ("+", "-") or at + 1 >= len(source.tokens) or source.tokens[at + 1].kind != "number":
        return None
    is_apart, is_close = before is not None and token.start > before.end, source.tokens[at + 1].start == token.end
    if before is not None and before.sort in ("quantity", "unit") and not (before.sign and is_apart and is_close):
        return None
    if before is not None and before.sort not in ("separator", "comma") and is_apart and not is_close:
        return source.piece("dash", at, at + 1)
    return _quantity(source, at + 1, token.text)


def _number(source: Source, at: int) -> Found:
    return _quantity(source, at, "") if source.tokens[at].kind == "number" else None


def _quantity(source: Source, at: int, sign: str) -> tuple[Piece, int]:
    """Read a number and its unit."""
    number = source.tokens[at]
    unit, after = unit_at(source.tokens, at + 1, source.kind, source.unit)
    value = number.value or Decimal(0)
    clock = _clock(source, at)
    if clock is not None:
        value, unit, after = clock
    value = value.copy_negate() if sign == "-" else value
    return source.piece("quantity", at - bool(sign), after, said=number.text, value=value, sign=sign, unit=unit)


def _clock(source: Source, at: int) -> tuple[Decimal, Unit, int] | None:
    """Read ``1:30:00``, and ``1:30`` before a word that says what it counts."""
    texts = source.texts(at, 5)
    if source.kind != "duration" or texts[1:2] != [":"] or not all(one.isdigit() for one in texts[:3:2]):
        return None
    hour, minute, second = (units.within(word, units.KINDS["duration"])[0] for word in ("h", "min", "s"))
    first, next_ = int(texts[0]), int(texts[2])
    if texts[3:4] == [":"] and texts[4:][:1] and texts[4].isdigit():
        return Decimal(first * 3600 + next_ * 60 + int(texts[4])), second, at + 5
    named, after = unit_at(source.tokens, at + 3, source.kind, source.unit)
    if named not in (hour, minute):
        return None
    return Decimal(first * 60 + next_), second if named == minute else minute, after


# Words and marks -----------------------------------------------------------------------------------------------------


def _repeat(source: Source, at: int) -> Found:
    """Read ``x 3``, ``x 2 sites``, ``4 times``, ``2 x``: how often something was done."""
    texts = source.texts(at, 4)
    number = at + (texts[0] in _TIMES)
    if number >= len(source.tokens) or not source.tokens[number].text.isdigit():
        return None
    after = source.texts(number + 1, 1)
    counted, uncounted = (lexicon.words(listed) & set(after) for listed in (lexicon.COUNTED, lexicon.UNCOUNTED))
    if counted or uncounted:
        end = number + 2 + (source.texts(number + 2, 1) in (["x"], ["*"]))
        return source.piece("repeat", at, end, said="counted" if counted else "", value=source.tokens[number].value)
    if number > at:
        return source.piece("repeat", at, number + 1, value=source.tokens[number].value)
    if after and after[0] in _TIMES and source.tokens[at + 2 : at + 3]:
        return source.piece("repeat", at, at + 2, value=source.tokens[number].value)
    return None


def _phrase(source: Source, at: int) -> Found:
    """Read a word or phrase that is known."""
    found = phrase_at(source.tokens, at, source.kind)
    side = side_at(source.tokens, at, source.kind)
    if found is None:
        return source.piece("side", at, at + 1, said=side) if side else None
    sort, said, after = found
    return source.piece(sort, at, after, said=said)


def _unit(source: Source, at: int) -> Found:
    """Read a unit that stands by itself: ``1, 2 (mm)``."""
    if source.tokens[at].kind != "word" or source.tokens[at].text.casefold() in _TIMES:
        return None
    unit, after = unit_at(source.tokens, at, source.kind, source.unit)
    return source.piece("unit", at, after, unit=unit) if unit is not None else None


def _mark(source: Source, at: int) -> Found:
    """Read a mark."""
    text = source.tokens[at].text
    if text == "=" and at == 0:
        return None
    if text in _TIMES or text in "xX":
        return source.piece("times", at, at + 1)
    if text == ",":
        return source.piece("comma", at, at + 1)
    sort = _MARKS.get(text) or ("separator" if text in _SEPARATORS else "filler" if text in _PUNCTUATION else "")
    if text == "." and source.texts(at + 1, 1) == ["."]:
        return source.piece("range", at, at + 2)
    return source.piece(sort, at, at + 1, said=text) if sort else None


_READERS: Final[tuple[Callable[[Source, int], Found], ...]] = (_repeat, _number, _phrase, _unit, _mark)
