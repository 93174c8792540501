"""Blocks of cells from a spreadsheet, read as the rows of a list.

A block is text: rows between line ends, cells between tabs, a cell in quotes where it has either inside. Its cells are
read by the controls of the columns, so that what cannot be read stays as typed and is a problem at its cell. A block
that does not fit is refused as a whole.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

from metadata_portal.errors import FormError
from metadata_portal.schemaforms import depths, presets
from metadata_portal.schemaforms.controls import Control, Select, YesNo
from metadata_portal.schemaforms.documents import ABSENT, Document
from metadata_portal.schemaforms.readings import is_measured, settle
from metadata_portal.schemaforms.scope import axes_at
from metadata_portal.schemaforms.sections import Section, columns
from metadata_portal.schemaforms.values import as_text
from schema_core.introspect import List, Place, Struct
from schema_core.quantities.units import candidates

_MICRO: Final = str.maketrans("\N{MICRO SIGN}\N{GREEK SMALL LETTER MU}", "uu")
_IN_BRACKETS: Final = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a block: where its texts stand in a row, or the one text that holds for every row."""

    control: Control
    index: int = -1
    text: str = ""

    def typed(self, row: Sequence[str]) -> str | None:
        """Give what a row of the block says here; None where it is too short."""
        said = self.text if self.index < 0 else row[self.index] if self.index < len(row) else None
        return None if said is None else as_option(self.control, said.strip())


@dataclass(frozen=True, slots=True)
class Block:
    """A block that fits: its columns, and its rows without a header."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def read_block(text: str, controls: Sequence[Control], struct: Struct | None, start: int = 0) -> Block:
    """Fit a block to the controls of a row from ``start`` on; raises FormError where a cell has no place."""
    cells = cells_of(text)
    if not cells:
        raise FormError("There is nothing to paste: copy the cells in the spreadsheet first.", field="block")
    headed = _by_header(cells[0], controls, struct)
    if headed is not None:
        return Block(headed, tuple(cells[1:]))
    return Block(_by_place(cells, controls, start), tuple(cells))


def cells_of(text: str) -> list[tuple[str, ...]]:
    """Take a block apart; empty rows at its end and empty columns at its right are none."""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), "excel-tab", strict=True))
    except csv.Error:  # a quotation mark that quotes no cell: 5" and the like
        rows = [line.split("\t") for line in text.split("\n")]
    width = max((len(row) for row in map(_trimmed, rows)), default=0)
    while rows and not _trimmed(rows[-1]):
        rows.pop()
    return [tuple(row[:width]) for row in rows]


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    filled = [index for index, text in enumerate(row) if text.strip()]
    return row[: filled[-1] + 1] if filled else ()


def as_option(control: Control, text: str) -> str:
    """Give the value that a text means in a choice, by its value, its label or, for a unit, its sign; else the text."""
    if not isinstance(control, Select | YesNo):
        return text
    wanted = text.casefold()
    for value, label in control.options:
        if wanted in (value.casefold(), label.casefold()) or (_is_unit(control) and _is_same_unit(text, value)):
            return value
    return text


class RowWriter:
    """Writes rows of a block into the items of one list."""

    def __init__(self, place: Place, document: Any, *, comma: bool = False) -> None:
        self.comma = comma
        item = place.shape.item if isinstance(place.shape, List) else None
        self.struct = item if isinstance(item, Struct) else None
        self.controls = columns(self.struct) if self.struct else depths.row(axes_at(document, place.path))

    def new(self, items: Sequence[Any]) -> Any:
        """Give an item that follows those that are there."""
        return presets.seed(self.struct) if self.struct else depths.seed(items[-1] if items else ABSENT)

    def written(self, old: Any, block: Block, row: Sequence[str]) -> Any:
        """Give an item with the cells of a row in it, read as its controls read them."""
        from metadata_portal.schemaforms.posting import write  # noqa: PLC0415 - posting calls actions, actions this

        if not (isinstance(old, dict) if self.struct else depths.fits(old)):
            raise FormError("One of these rows is shown below the table: it holds more than a row can.", field="block")
        state = Document(old)
        section = Section("", "", self.controls, self.struct)
        # quantities last: they are read in the units that come with them
        for column in sorted(block.columns, key=lambda column: is_measured(column.control)):
            typed, control = column.typed(row), column.control
            if typed is None:
                continue
            settled = settle(state, section, control, [typed], comma=self.comma)
            if self.struct is None:
                state = state.put(control.at, None if settled.value is ABSENT else settled.value)
                continue
            state = write(self.struct, state, control.at, settled.value, control.field)
            for at, unit in settled.units.items():
                state = write(self.struct, state, at, unit)
        return state.json


# Which column is which ------------------------------------------------------------------------------------------------


def _by_place(cells: Sequence[Sequence[str]], controls: Sequence[Control], start: int) -> tuple[Column, ...]:
    """Lay columns out to the right; a unit that the block does not give is stepped over."""
    waiting = list(controls[start:])
    width = max(len(row) for row in cells)
    found: list[Column] = []
    for index in range(width):
        texts = [row[index] for row in cells if index < len(row) and row[index].strip()]
        while index and waiting and _is_unit(waiting[0]) and not _names_units(waiting[0], texts):
            waiting.pop(0)
        if not waiting:
            raise FormError(
                f"The block has {width} columns, from this cell on there are {len(found)}: nothing was pasted. "
                "Take columns away, or add a first line with the names of the columns.",
                field="block",
            )
        found.append(Column(waiting.pop(0), index))
    return tuple(found)


def _by_header(row: Sequence[str], controls: Sequence[Control], struct: Struct | None) -> tuple[Column, ...] | None:
    """Read the first row as names of columns where most of its cells are; None where it holds values."""
    named = {index: text.strip() for index, text in enumerate(row) if text.strip()}
    known = {index: _column(text, controls) for index, text in named.items()}
    hits = sum(1 for entry in known.values() if entry is not None)
    if not hits or 2 * hits < len(named) or (hits == 1 and len(named) > 1):
        return None
    strangers = [named[index] for index, entry in known.items() if entry is None]
    if strangers:
        raise FormError(
            f"There is no column {_listed(strangers)} here: nothing was pasted. The columns are "
            f"{_listed(entry.label for entry in controls)}.",
            field="block",
        )
    found = [Column(control, index) for index, control in known.items() if control is not None]
    if len({column.control.name for column in found}) < len(found):
        raise FormError("The first line names a column twice: nothing was pasted.", field="block")
    return (*found, *_header_units(found, named, controls, struct))


def _column(text: str, controls: Sequence[Control]) -> Control | None:
    """Find the column of a name: its label or the standard's name, with or without a unit behind it."""
    split = _IN_BRACKETS.fullmatch(text.rstrip("* "))
    for wanted in (_bare(text), _bare(split[1]) if split else ""):
        for control in controls:
            names = {_bare(control.label), _bare(control.name), _bare(control.field.title if control.field else "")}
            if wanted and wanted in names:
                return control
    return None


def _header_units(
    found: Sequence[Column], named: dict[int, str], controls: Sequence[Control], struct: Struct | None
) -> list[Column]:
    """Take units from names like "Volume (nL)"; one that cannot be kept is refused, for the numbers would be wrong."""
    given = {column.control.name for column in found}
    units: dict[str, Column] = {}
    for column in found:
        split = _IN_BRACKETS.fullmatch(named[column.index].rstrip("* "))
        name = column.control.field.unit_field if column.control.field and struct else None
        if split is None or name is None or name in given or struct is None:
            continue
        control = next((entry for entry in controls if entry.name == name), None)
        unit = as_option(control, split[2].strip()) if control is not None else split[2].strip()
        held = as_text(struct.by_name[name].default)
        allowed = [value for value, _ in control.options] if isinstance(control, Select) else [held]
        if control is None and _is_same_unit(unit, held):
            continue
        if unit not in allowed or (name in units and units[name].text != unit):
            raise FormError(
                f"The first line gives {column.control.label} in {split[2]!r}; here it is in {' or '.join(allowed)}: "
                "nothing was pasted.",
                field="block",
            )
        if control is not None:
            units[name] = Column(control, text=unit)
    return list(units.values())


# Units ----------------------------------------------------------------------------------------------------------------


def _is_unit(control: Control) -> bool:
    return control.field is not None and control.field.unit_of is not None


def _names_units(control: Control, texts: Sequence[str]) -> bool:
    """Say whether every text of a column is a unit of this control."""
    values = [value for value, _ in control.options] if isinstance(control, Select) else []
    return bool(texts) and all(as_option(control, text.strip()) in values for text in texts)


def _is_same_unit(one: str, other: str) -> bool:
    """Say whether two spellings can mean one unit: uL is a microliter, with either micro sign."""
    plain = [text.translate(_MICRO) for text in (one, other)]
    return plain[0] == plain[1] or bool(set(candidates(plain[0])) & set(candidates(plain[1])))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _listed(names: object) -> str:
    return ", ".join(f"“{name}”" for name in names)  # type: ignore[attr-defined]
