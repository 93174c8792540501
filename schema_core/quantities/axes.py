"""Checks of sides and directions: against the sign, against each other, against the axis that the number lies on."""

from typing import Final

from schema_core.quantities import lexicon
from schema_core.quantities.grammar import Piece
from schema_core.quantities.typed import Typed

OPPOSITE: Final[dict[str, str]] = {
    "left": "right",
    "right": "left",
    "anterior": "posterior",
    "posterior": "anterior",
    "dorsal": "ventral",
    "ventral": "dorsal",
}
ALONG: Final[dict[str, str]] = {
    "left": "ML",
    "right": "ML",
    "anterior": "AP",
    "posterior": "AP",
    "dorsal": "DV",
    "ventral": "DV",
}


def one_of_each(typed: Typed) -> str | None:
    """One side, one reference, one axis."""
    sides = {piece.said for piece in typed.of("side")}
    if len(sides) > 1 or (sides and len({piece.sign for piece in typed.numbers if piece.value}) > 1):
        return typed.ask.sides()
    if len({piece.said for piece in typed.of("reference")}) > 1:
        return typed.ask.references()
    labels = {lexicon.AXES.get(piece.said.casefold(), piece.said) for piece in typed.of("label")}
    return typed.ask.labels() if len(labels) > 1 else None


def side_is_clear(typed: Typed) -> str | None:
    """A side must say what the sign says; minus is left, unless the axis runs the other way."""
    if typed.toward is not None and ALONG[typed.toward] != "ML":
        side = next(iter(typed.of("side")), None)
        return typed.ask.other_axis(side.text, ALONG[typed.toward]) if side is not None else None
    for said in {piece.said for piece in typed.of("side")}:
        if typed.kind == "angle":
            return typed.ask.needs_sign(said)
        against = "-" if said == (typed.toward or "right") else "+"
        if any(piece.sign == against and piece.value for piece in typed.numbers):
            return typed.ask.side_against_sign(against, said)
    return None


def direction_is_clear(typed: Typed) -> str | None:
    """A direction must say what the sign says."""
    signs = {piece.sign for piece in typed.numbers if piece.value}
    for piece in typed.of("direction"):
        question = _towards(typed, piece, signs) if typed.toward is not None else _plainly(typed, piece, signs)
        if question is not None:
            return question
    return None


def _plainly(typed: Typed, piece: Piece, signs: set[str]) -> str | None:
    """Judge a direction without an axis: forward is plus by custom, a depth is written with both signs."""
    if typed.kind == "angle":
        return None if signs and "" not in signs else typed.ask.needs_sign(piece.text)
    if piece.said in ("lateral", "medial"):
        return None if typed.of("side") and piece.said == "lateral" else typed.ask.needs_side()
    if piece.said == "anterior" and "-" in signs:
        return typed.ask.direction_against_sign("-", piece.text)
    if piece.said in ("posterior", "dorsal") and signs - {"-"}:
        return typed.ask.direction_against_sign("+", piece.text) if "+" in signs else typed.ask.needs_sign(piece.text)
    return None


def _towards(typed: Typed, piece: Piece, signs: set[str]) -> str | None:
    """Judge a direction on an axis."""
    toward = str(typed.toward)
    if ALONG[toward] == "ML" and piece.said == "lateral":
        return None
    if piece.said not in (toward, OPPOSITE[toward]):
        return typed.ask.other_axis(piece.text, ALONG[toward])
    against = "-" if piece.said == toward else "+"
    return typed.ask.direction_against_sign(against, piece.text) if against in signs else None


def is_on_axis(typed: Typed) -> str | None:
    """A number across the midline says its side; a label names the very axis."""
    if typed.toward is None:
        return None
    axis = ALONG[typed.toward]
    label = next((piece for piece in typed.of("label") if lexicon.AXES.get(piece.said.casefold(), axis) != axis), None)
    if label is not None:
        return typed.ask.other_axis(label.text, axis)
    unsigned = any(piece.value and not piece.sign for piece in typed.numbers)
    return typed.ask.needs_side() if axis == "ML" and unsigned and not typed.of("side") else None
