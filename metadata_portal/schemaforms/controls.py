"""Controls: how a value of a document is shown as text, and how typed text becomes a value again.

A control is compiled once per field. It speaks in lists of strings, as forms do: one string for an input, one for each
box of a group. ``show`` and ``read`` are each other's opposites for everything that a control itself wrote.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal

from metadata_portal.schemaforms import typed
from metadata_portal.schemaforms.documents import ABSENT
from metadata_portal.schemaforms.measures import Measure, measures_of
from metadata_portal.schemaforms.values import (
    as_text,
    by_text,
    find_term,
    item_text,
    json_text,
    read_choice,
    read_item,
    read_json,
    read_row,
    read_scalar,
    row_text,
    scalar_text,
    term_text,
    vocabulary,
    words,
)
from schema_core.introspect import Anything, Choice, Field, Free, List, Map, Scalar, Shape, Struct, Term, Union

SMALL: Final = 15
"""Vocabularies up to this size are drawn as a select, or as check boxes."""

_LONG_TEXTS: Final = frozenset({"notes", "description", "report", "restrictions", "data_summary", "sequence"})
VECTORS: Final = frozenset({"translation", "angles", "scale"})

Group = Literal["one", "many", "boxes"]
_WORD: Final = Scalar(str)
_ANYTHING: Final = Anything()
_SHORT: Final = 60


@dataclass(frozen=True)
class Control:
    """One field that people fill in; subclasses know a shape."""

    name: str
    shape: Shape
    field: Field | None = None
    at: str = ""
    label: str = ""
    help: str = ""
    measure: Measure | None = None
    """What its numbers measure: text that is no plain number is read as such a quantity."""

    group: ClassVar[Group] = "one"
    """one: a single input. many: numbered inputs ``name-0``, ``name-1``…. boxes: one name, several values."""

    def show(self, value: Any) -> list[str]:
        """Give the texts that the control shows for a value."""
        return [as_text(value)]

    def read(self, texts: list[str], old: Any) -> Any:
        """Turn posted texts into a value, ABSENT when nothing is left; ``old`` is what stood there."""
        raise NotImplementedError

    @property
    def required(self) -> bool:
        """Say whether the schema wants a value here."""
        return self.field is not None and self.field.required and not self.field.nullable


@dataclass(frozen=True)
class Text(Control):
    """An input for one scalar."""

    def show(self, value: Any) -> list[str]:
        """Show the scalar."""
        return [scalar_text(self.shape, value)]

    def read(self, texts: list[str], old: Any) -> Any:
        """Read the scalar; blank is nothing."""
        return read_scalar(self.shape, texts[0], old)

    @property
    def kind(self) -> type:
        """Give the plain type behind the text."""
        return self.shape.type if isinstance(self.shape, Scalar) else str

    @property
    def long(self) -> bool:
        """Say whether people write sentences here."""
        return self.name in _LONG_TEXTS


@dataclass(frozen=True)
class Lines(Control):
    """A text area with one item of a list per line; ``or_one`` also takes a bare value (``str | list[str]``)."""

    item: Shape = _WORD
    or_one: bool = False

    def show(self, value: Any) -> list[str]:
        """Show an item per line."""
        items = value if isinstance(value, list) else [] if value is None or value is ABSENT else [value]
        return ["\n".join(self._text(entry) for entry in items)]

    def read(self, texts: list[str], old: Any) -> Any:
        """Read an item per line; items that were there keep their value."""
        lines = [line.strip() for line in texts[0].split("\n") if line.strip()]
        if not lines:
            return ABSENT
        known = by_text(old if isinstance(old, list) else [old], self._text)
        items = [known.get(line, None) or read_row(self.item, line) for line in lines]
        return items[0] if self.or_one and len(items) == 1 and not isinstance(old, list) else items

    def _text(self, value: Any) -> str:
        return row_text(self.item, value)


@dataclass(frozen=True)
class Value(Control):
    """Any JSON value: text as it is, everything else as JSON."""

    def show(self, value: Any) -> list[str]:
        """Show the value; large ones on several lines."""
        is_unset = value is None and self.field is not None and not self.field.required
        if value is ABSENT or is_unset:
            return [""]
        text = json_text(value)
        return [json_text(value, indent=1) if isinstance(value, dict | list) and len(text) > _SHORT else text]

    def read(self, texts: list[str], old: Any) -> Any:  # noqa: ARG002 - every control reads with the old value
        """Read JSON where it is JSON, else text."""
        text = texts[0].strip()
        return read_json(text) if text else ABSENT


@dataclass(frozen=True)
class Select(Control):
    """A choice of a few values."""

    options: tuple[tuple[str, str], ...] = ()

    def read(self, texts: list[str], old: Any) -> Any:
        """Give the chosen value."""
        return read_choice(self.shape, texts[0].strip(), old)


@dataclass(frozen=True)
class YesNo(Control):
    """Yes, no, or not said."""

    options: ClassVar[tuple[tuple[str, str], ...]] = (("true", "Yes"), ("false", "No"))

    def show(self, value: Any) -> list[str]:
        """Show a truth value as its option."""
        return [as_text(value)]

    def read(self, texts: list[str], old: Any) -> Any:  # noqa: ARG002 - every control reads with the old value
        """Give the truth value."""
        text = texts[0].strip()
        return ABSENT if not text else typed.read(bool, text)


@dataclass(frozen=True)
class Checks(Control):
    """Several of a few values, or of the terms of a small vocabulary."""

    item: Shape = _WORD
    group: ClassVar[Group] = "boxes"

    def show(self, value: Any) -> list[str]:
        """Show every chosen item; an empty text marks that the group was on the page."""
        return [item_text(self.item, entry) for entry in value] if isinstance(value, list) else []

    def read(self, texts: list[str], old: Any) -> Any:
        """Keep the order in which items stood; new ones follow."""
        known = by_text(old if isinstance(old, list) else [], lambda entry: item_text(self.item, entry))
        chosen = [*(text for text in known if text in texts), *(text for text in texts if text not in known)]
        return [known[text] if text in known else read_item(self.item, text) for text in chosen] or ABSENT


@dataclass(frozen=True)
class TermText(Control):
    """A term of a vocabulary by its name, or one of a few fixed values (``Origin | MouseAnatomyModel``)."""

    term: Term | None = None
    choice: Choice | None = None

    def show(self, value: Any) -> list[str]:
        """Show the name of the term."""
        return [term_text(self.term, value)]

    def read(self, texts: list[str], old: Any) -> Any:
        """Look the text up; what is not found is kept so that the schema complains of it."""
        text = texts[0].strip()
        if not text:
            return ABSENT
        if self.choice is not None and text in self.choice.values:
            return text
        if self.term is None:
            return read_choice(self.shape, text, old)
        return find_term(self.term, text)


@dataclass(frozen=True)
class Numbered(Control):
    """A group of inputs, one for each item of a list; the last ones may be empty."""

    item: Shape = _WORD
    least: int = 0
    group: ClassVar[Group] = "many"

    def show(self, value: Any) -> list[str]:
        """Show an item per input."""
        if not isinstance(value, list):
            return [] if value is None or value is ABSENT else [as_text(value)]
        return [item_text(self.item, entry) for entry in value]

    def read(self, texts: list[str], old: Any) -> Any:
        """Read the items; empty inputs at the end are none, in between they are null."""
        given = [text.strip() for text in texts]
        while given and not given[-1]:
            given.pop()
        olds = old if isinstance(old, list) else []
        items = []
        for index, text in enumerate(given):
            before = olds[index] if index < len(olds) else ABSENT
            same = before is not ABSENT and item_text(self.item, before) == text
            items.append(before if same else read_item(self.item, text))
        return items or ABSENT


@dataclass(frozen=True)
class Vector(Numbered):
    """Numbers along the axes of the coordinate system in scope."""


@dataclass(frozen=True)
class Names(Numbered):
    """Names of things that the record or the lab has, an input for each and one to spare; gaps close up."""

    def read(self, texts: list[str], old: Any) -> Any:
        """Read the names that are given."""
        return super().read([text for text in texts if text.strip()], old)


@dataclass(frozen=True)
class Terms(Names):
    """Terms of a large vocabulary, an input for each and one to spare."""


@dataclass(frozen=True)
class Pairs(Control):
    """Keys and values: a free JSON object, or a map of plain values; two inputs a row."""

    value: Shape = _ANYTHING
    group: ClassVar[Group] = "many"

    def show(self, value: Any) -> list[str]:
        """Show key, value, key, value…."""
        if not isinstance(value, dict):
            return [] if value is None or value is ABSENT else ["", as_text(value)]
        return [text for key, entry in value.items() for text in (key, self._text(entry))]

    def read(self, texts: list[str], old: Any) -> Any:
        """Read the rows that have a key or a value."""
        before = old if isinstance(old, dict) else {}
        found: dict[str, Any] = {}
        for key, text in zip(texts[::2], texts[1::2], strict=False):
            if key.strip() or text.strip():
                keep = key in before and self._text(before[key]) == text
                found[key.strip()] = before[key] if keep else self._value(text.strip())
        return found or ABSENT

    def _text(self, value: Any) -> str:
        return row_text(self.value, value)

    def _value(self, text: str) -> Any:
        return read_row(self.value, text)


# Compiling -----------------------------------------------------------------------------------------------------------


def is_leaf(shape: Shape) -> bool:
    """Say whether a value of this shape fits into one control."""
    if isinstance(shape, Union):
        return all(isinstance(entry.shape, Scalar | Choice | Term) for entry in shape.alternatives) or _or_list(shape)
    if isinstance(shape, List):
        return _is_item(shape.item) or (isinstance(shape.item, List) and isinstance(shape.item.item, Scalar))
    return isinstance(shape, Scalar | Choice | Term | Anything)


def _is_item(shape: Shape) -> bool:
    """Say whether a list of this shape fits into one control."""
    return isinstance(shape, Scalar | Choice | Term | Anything) or (isinstance(shape, Union) and _or_list(shape))


def _or_list(shape: Union) -> bool:
    """Recognise ``str | list[str]``."""
    listed = [entry.shape for entry in shape.alternatives if isinstance(entry.shape, List)]
    plain = [entry.shape for entry in shape.alternatives if isinstance(entry.shape, Scalar)]
    return len(shape.alternatives) == len(listed) + len(plain) and all(isinstance(one.item, Scalar) for one in listed)


def control(name: str, shape: Shape, field: Field | None = None, **options: Any) -> Control:
    """Compile the control for a shape."""
    options = {"label": field.title if field else "", "help": field.description if field else "", **options}
    return _builders[type(shape)](name, shape, field, options)


def _build_scalar(name: str, shape: Shape, field: Field | None, options: dict[str, Any]) -> Control:
    kind = YesNo if isinstance(shape, Scalar) and shape.type is bool else Text
    return kind(name, shape, field, **options)


def _build_choice(name: str, shape: Shape, field: Field | None, options: dict[str, Any]) -> Control:
    values = shape.values if isinstance(shape, Choice) else ()
    return Select(name, shape, field, options=tuple((as_text(value), words(value)) for value in values), **options)


def _build_term(name: str, shape: Shape, field: Field | None, options: dict[str, Any]) -> Control:
    return TermText(name, shape, field, term=shape if isinstance(shape, Term) else None, **options)


def _build_union(name: str, shape: Shape, field: Field | None, options: dict[str, Any]) -> Control:
    alternatives = [entry.shape for entry in shape.alternatives] if isinstance(shape, Union) else []
    if any(isinstance(entry, List) for entry in alternatives):
        plain = next((entry for entry in alternatives if isinstance(entry, Scalar)), _WORD)
        return Lines(name, shape, field, item=plain, or_one=True, **options)
    term = next((entry for entry in alternatives if isinstance(entry, Term)), None)
    choice = next((entry for entry in alternatives if isinstance(entry, Choice)), None)
    return TermText(name, shape, field, term=term, choice=choice, **options)


def _build_list(name: str, shape: Shape, field: Field | None, options: dict[str, Any]) -> Control:
    item = shape.item if isinstance(shape, List) else _ANYTHING
    if field is not None and field.refers_to and isinstance(item, Scalar):
        return Names(name, shape, field, item=item, **options)
    if isinstance(item, Term):
        small = len(vocabulary(item).entries()) <= 2 * SMALL
        return (
            Checks(name, shape, field, item=item, **options)
            if small
            else Terms(name, shape, field, item=item, **options)
        )
    if isinstance(item, Choice):
        return Checks(name, shape, field, item=item, **options)
    if name in VECTORS and isinstance(item, Scalar):
        return Vector(name, shape, field, item=item, **options)
    return Lines(name, shape, field, item=item, **options)


def _build_pairs(name: str, shape: Shape, field: Field | None, options: dict[str, Any]) -> Control:
    return Pairs(name, shape, field, value=shape.value if isinstance(shape, Map) else _ANYTHING, **options)


def _build_value(name: str, shape: Shape, field: Field | None, options: dict[str, Any]) -> Control:
    return Value(name, shape, field, **options)


_builders: Final[dict[type, Callable[[str, Shape, Field | None, dict[str, Any]], Control]]] = {
    Scalar: _build_scalar,
    Choice: _build_choice,
    Term: _build_term,
    Union: _build_union,
    List: _build_list,
    Map: _build_pairs,
    Free: _build_pairs,
    Anything: _build_value,
}


def of_struct(struct: Struct) -> Iterator[Control]:
    """Compile the controls of a struct's own form, constants left out."""
    for entry in struct.fields:
        if not entry.constant and is_leaf(entry.shape):
            unit = struct.by_name.get(entry.unit_field or "")
            said = f" ({unit.default})" if unit is not None and unit.constant else ""
            measure = measures_of(struct).get(entry.name)
            yield control(entry.name, entry.shape, entry, at=entry.name, label=f"{entry.title}{said}", measure=measure)
