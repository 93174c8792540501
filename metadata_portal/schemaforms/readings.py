"""Typed text that is no plain number, read as a quantity: what goes into the document, and what is said about it.

Plain numbers are read as ever. Any other text is read by ``schema_core.quantities``: what is certain is stored in the
unit of its field, everything else stays as it was typed, with a question (``doubts``).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from metadata_portal.schemaforms import depths, measures, typed
from metadata_portal.schemaforms.controls import VECTORS, Control, Text, Vector
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.measures import Measure, measures_of
from metadata_portal.schemaforms.scope import axes_at
from metadata_portal.schemaforms.sections import Section
from metadata_portal.schemaforms.sides import is_unsigned, side_of
from schema_core import paths
from schema_core.introspect import List, Struct, places
from schema_core.quantities import Reading, Unit, read, symbol, wanted


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text says for a field: numbers in ``unit``, or the question to ask; ``chosen`` where it names the unit."""

    values: tuple[Decimal, ...] = ()
    unit: str = ""
    chosen: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said beside a control after a save; ``sets`` are controls that the save wrote: their names and texts.

    ``does`` is the action of a button that does more, ``offers`` what it says.
    """

    text: str
    sets: tuple[tuple[str, str], ...] = ()
    asks: bool = False
    does: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A value as it is stored, the unit to store beside it by address, and what is said by address."""

    value: Any
    units: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)


def is_measured(entry: Control) -> bool:
    """Say whether what is kept may differ from what is typed into a control: quantities, and times of the lab."""
    return entry.measure is not None or isinstance(entry, Vector) or _is_stamp(entry)


def _is_stamp(entry: Control) -> bool:
    return isinstance(entry, Text) and entry.kind is dt.datetime


def settle(state: Document, section: Section, entry: Control, texts: list[str], *, comma: bool) -> Settled:
    """Read what was typed into a control; ``comma``: the person's language has decimal commas."""
    address = section.address(entry)
    value = entry.read(texts, state.get(address))
    if isinstance(value, list):
        return _settled_items(state, section, entry, value, texts, comma=comma)
    measure = entry.measure
    if measure is None:
        completed = _is_stamp(entry) and isinstance(value, str) and value != texts[0].strip()
        return Settled(value, said={address: Said(f"Kept as {value}.")} if completed else {})
    if not isinstance(value, str) or typed.understood(measure.plain, value):
        side = _side_said(measure, value, texts[0])
        return Settled(value, said={address: side} if side else {})
    found = understand(value, measure, unit_beside(state.json, address, measure), comma=comma)
    number = _single(found, measure.plain)
    if number is None:
        return Settled(value)
    return _stored(section, measure, address, number, found)


def _settled_items(
    state: Document, section: Section, entry: Control, items: list[Any], texts: list[str], *, comma: bool
) -> Settled:
    """Read the items of a list; a line with several numbers becomes several items, a place on an axis stays one."""
    address = section.address(entry)
    values: list[Any] = []
    settled = Settled(items)
    old = dict(enumerate(entry.show(state.get(address))))
    for index, item in enumerate(items):
        measure = measure_at(state.json, address, entry, index)
        if measure is None or not isinstance(item, str) or typed.understood(measure.plain, item):
            values.append(item)
            text = texts[index] if index < len(texts) else ""
            if text != old.get(index) and (side := _side_said(measure, item, text)):
                settled = Settled(values, settled.units, {**settled.said, address: side})
            continue
        found = understand(item, measure, unit_beside(state.json, address, measure), comma=comma)
        numbers = [_as_plain(number, measure.plain) for number in found.values]
        if not numbers or None in numbers or (isinstance(entry, Vector) and len(numbers) > 1):
            values.append(item)
            continue
        values += numbers
        stored = _stored(section, measure, address, values, found)
        settled = Settled(values, {**settled.units, **stored.units}, {**settled.said, **stored.said})
    return Settled(values, settled.units, settled.said)


def _stored(section: Section, measure: Measure, address: str, value: Any, found: Understood) -> Settled:
    """Put together what is stored and said of a text that was read."""
    text = f"Read as {_written(found, measure)}"
    side = side_of(measure, found.values[0]) if len(found.values) == 1 else ""
    text = f"{text}, {side} of the midline" if side else text
    if not found.chosen:
        return Settled(value, said={address: Said(text)})
    unit_at = paths.child(section.path, measure.unit_name)
    sets = (f"{section.prefix}-{measure.unit_name}", found.unit)
    return Settled(value, {unit_at: found.unit}, {address: Said(text, (sets,))})


def measure_at(document: Any, address: str, entry: Control, index: int = 0) -> Measure | None:
    """Give what a control measures, or one of its numbers along the axes around it."""
    if isinstance(entry, Vector):
        return measures.along(entry.name, axes_at(document, address), index)
    return entry.measure


def unit_beside(document: Any, address: str, measure: Measure) -> str:
    """Give the unit that stands beside a number, else the usual one."""
    if not measure.unit_name:
        return measure.unit
    held = Document(document).get(paths.child(paths.parent(address), measure.unit_name))
    return held if isinstance(held, str) and held else measure.unit


# Understanding one text ----------------------------------------------------------------------------------------------


def understand(text: str, measure: Measure, unit: str, *, comma: bool = False) -> Understood:
    """Read a text for a field; in the unit that it names itself where none is chosen yet."""
    reading, word, chosen = _read(text, measure, unit, comma=comma)
    if reading.question is None and not word and measure.unit_name and reading.unit is not None:
        return Understood(
            question=f"“{_short(text)}”: which unit has this field? Choose one beside it, then it is converted."
        )
    question = reading.question or _beyond(text, measure, reading)
    return Understood(question=question) if question else Understood(reading.values, word, chosen)


def _read(text: str, measure: Measure, unit: str, *, comma: bool) -> tuple[Reading, str, bool]:
    """Give a reading, the unit it is in, and whether the text chose that."""

    def reading(word: str) -> Reading:
        return read(text, kind=measure.kind, unit=word, decimal_comma=comma, toward=measure.toward)

    if unit:
        return reading(unit), unit, False
    first = reading(measure.units[0] if measure.units else _ANY[measure.kind])
    word = _named(first.unit, measure) if first.unit is not None else ""
    return (reading(word), word, True) if word else (first, "", False)


_ANY: Final = {"titer": "gc/mL", "concentration": "molar"}
"""A unit to begin with where the standard takes any text for one."""


def _named(unit: Unit, measure: Measure) -> str:
    """Give the word of the standard for a unit, as far as the field takes it."""
    known = measure.units or _USUAL.get(measure.kind, ())
    return next((word for word in known if wanted(word, measure.kind) == unit), "")


_USUAL: Final[dict[str, tuple[str, ...]]] = {
    "titer": ("gc/mL",),
    "concentration": ("M", "mM", "uM", "nM", "mg/mL", "ug/mL", "% m/m", "% v/v"),
}
"""Units that are written where the standard takes any text for one."""


def _beyond(text: str, measure: Measure, reading: Reading) -> str:
    """Ask about what was said beside the number and has no place in this field."""
    said = _short(text)
    if reading.reference is not None and reading.reference != measure.reference:
        origin = {"": "no point", "dura/pia": "the surface"}.get(measure.reference, measure.reference)
        return f"“{said}” is counted from {reading.reference}, this field from {origin}: how much is it from there?"
    if measure.toward is None and (reading.side or reading.label or reading.direction):
        word = reading.side or reading.label or reading.direction
        return f"“{said}” says “{word}”, for which this field has no place: which {measure.kind} is it, without that?"
    if len(reading.values) > 1 and measure.plain is int and any(value != int(value) for value in reading.values):
        return f"“{said}”: this field takes whole numbers only."
    return ""


def _short(text: str) -> str:
    return "".join(entry if entry.isprintable() else "\N{REPLACEMENT CHARACTER}" for entry in text[:60])


def question_for(text: str, measure: Measure, unit: str, *, many: bool = False) -> str:
    """Ask what a text that stands in a document means; where it is clear, ask to have it typed again."""
    found = understand(text, measure, unit)
    if found.question:
        return found.question
    written = _written(found, measure)
    if len(found.values) > 1:
        rest = "make rows of them" if many else "write one here, the others in entries of their own"
        return f"“{_short(text)}” gives {len(found.values)} numbers ({written}): {rest}?"
    if measure.plain is int and found.values[0] != found.values[0].to_integral_value():
        return f"“{_short(text)}” is {written}, and this field takes whole numbers only: which one?"
    return f"“{_short(text)}” stands here as text. Is it {written}? Then type it again."


def _written(found: Understood, measure: Measure) -> str:
    """Write what was read as people do."""
    numbers = "; ".join(f"{number:f}" for number in found.values)
    return f"{numbers} {symbol(found.unit, measure.kind)}" if found.unit else numbers


def asked_at(root: Struct, document: Any, path: str, text: str) -> str:
    """Ask what a text at an address means; empty where no quantity belongs."""
    control = depths.control_at(document, path)
    if control is not None:
        measure = control.measure
        many = control.at == depths.DEPTH_AT
        return question_for(text, measure, measure.unit, many=many) if measure is not None else ""
    *above, place = places(root, document, path)
    index = int(paths.split(path)[-1]) if place.field is None and isinstance(place.parent, List) else None
    owner = place if index is None else above[-1]
    name = owner.field.name if owner.field is not None else ""
    if index is not None and name in VECTORS:
        found = measures.along(name, axes_at(document, path), index)
    else:
        found = measures_of(owner.parent).get(name) if isinstance(owner.parent, Struct) else None
    return question_for(text, found, unit_beside(document, owner.path, found)) if found is not None else ""


# Numbers -------------------------------------------------------------------------------------------------------------


def _single(found: Understood, plain: type) -> Any:
    """Give the one number as the field stores it, None where there is none or several."""
    return _as_plain(found.values[0], plain) if len(found.values) == 1 else None


def _as_plain(number: Decimal, plain: type) -> Any:
    """Give a number as JSON holds it; None where a whole one is asked for and it is none."""
    if plain is Decimal:
        return f"{number:f}"
    if number == number.to_integral_value():
        return int(number)
    return None if plain is int else float(number)


# Sides ---------------------------------------------------------------------------------------------------------------


def _side_said(measure: Measure | None, value: Any, text: str) -> Said | None:
    """Say which side a plus sign is, or that nobody said the side: what is typed counts, and is asked about."""
    if is_unsigned(measure, value, text):
        return Said("", asks=True)
    side = side_of(measure, value) if "+" in text and not isinstance(value, str) else ""
    return Said(f"Read as {text.strip()}, {side} of the midline") if side else None


def as_rows(said: Mapping[str, Said]) -> dict[str, list[Any]]:
    """Write what is said as JSON, to be kept with the answer of a save."""
    return {address: [entry.text, entry.sets, entry.asks, entry.does, entry.offers] for address, entry in said.items()}


def from_rows(rows: Mapping[str, list[Any]]) -> Iterator[tuple[str, Said]]:
    """Read what ``as_rows`` wrote."""
    for address, (text, sets, *more) in rows.items():
        yield address, Said(text, tuple((name, value) for name, value in sets or ()), *more)
