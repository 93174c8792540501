"""What a table would do to a registry, row by row; nothing is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from metadata_portal.errors import FormError
from metadata_portal.foundation.sheets.reading import Table
from metadata_portal.foundation.text import forbidden_character
from metadata_portal.registries.bulk.columns import ALIASES, Reader, fields_of
from metadata_portal.registries.bulk.models import BatchRow
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.models import Term
from metadata_portal.registries.naming import name_clean, skeletons
from metadata_portal.registries.services.changes import term_state
from metadata_portal.registries.services.checking import judged
from schema_core.registries.entries import Entry

State = BatchRow.State
LONGEST_KEY = 300


@dataclass(slots=True)
class Compared:
    """One row: what it says, the term before and after, or the first thing that is wrong with it."""

    number: int
    key: str
    cells: dict[str, str]
    state: str = State.REFUSED
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    field: str = ""
    message: str = ""


@dataclass(slots=True)
class _Seen:
    """The names that earlier rows of the table brought: none may look like another."""

    keys: dict[str, int] = field(default_factory=dict)
    looks: dict[str, tuple[int, str]] = field(default_factory=dict)

    def take(self, row: Compared) -> None:
        """Refuse a name that an earlier row has, or that looks like one of its names."""
        if row.key in self.keys:
            raise FormError(f"Row {self.keys[row.key]} is about {row.key}, too: give each term one row.")
        self.keys[row.key] = row.number
        if row.state != State.NEW or row.after is None:
            return
        for name in (row.key, *row.after["aliases"]):
            for look in set(skeletons(name)):
                number, other = self.looks.setdefault(look, (row.number, name))
                if number != row.number:
                    raise FormError(f"{name} looks like {other} in row {number}: nobody could tell them apart.")


def compare(declared: Declaration, table: Table, step: Callable[[int], None] = lambda _: None) -> Iterator[Compared]:
    """Yield what each row would do; raises BadFile where the columns are not those of the registry."""
    judge = _Judge(declared, fields_of(declared, table.columns))
    for done, (number, cells) in enumerate(table.rows):
        step(done)
        yield judge.compared(number, cells)


def counts(rows: Iterable[Compared]) -> Mapping[str, int]:
    """How many rows there are of each kind."""
    found = dict.fromkeys(State.values, 0)
    for row in rows:
        found[row.state] += 1
    return found


class _Judge:
    """Compares one row after the other with the terms of now."""

    def __init__(self, declared: Declaration, fields: list[str | None]) -> None:
        self.declared, self.fields = declared, fields
        self.terms = {term.key: term for term in Term.objects.of(declared.name).defer("search")}
        self.reader, self.seen = Reader(declared), _Seen()

    def compared(self, number: int, cells: list[str]) -> Compared:
        """What a row would do, or the first thing that is wrong with it."""
        said = {name: cells[at] if at < len(cells) else "" for at, name in enumerate(self.fields) if name}
        row = Compared(number, "", said)
        try:
            _refuse_extra(self.fields, cells)
            _refuse_hidden(said)
            self._fill(row, {name: self.reader.value(name, text) for name, text in said.items()})
            self.seen.take(row)
        except FormError as error:
            row.state, row.field, row.message, row.after = State.REFUSED, error.field, error.message, None
        return row

    def _fill(self, row: Compared, values: dict[str, Any]) -> None:
        """Work out the term after the row, as the services would write it."""
        term = self._about(row, values)
        aliases = values.pop(ALIASES, None)
        if aliases is None:
            aliases = term.alias_list if term else []
        if term is not None:
            values = {name: _kept(value, term.data.get(name)) for name, value in values.items()}
        data = {**(term.data if term else {}), **values}
        data = {name: value for name, value in data.items() if value is not None or name not in values}
        if term is None:
            entry = judged(self.declared, data, aliases, own=())
            row.key, row.state = entry.key, State.NEW
            row.after = _state(self.declared, entry, Term.Status.LOCAL)
            return
        row.before = term_state(term)
        entry = judged(self.declared, data, aliases, own=(row.key,))
        row.after = _state(self.declared, entry, term.status)
        if term.stock and row.after["data"] != term.data:
            _refuse_stock(row.after["data"], term.data)
        row.state = State.SAME if row.before == row.after else State.CHANGED

    def _about(self, row: Compared, values: Mapping[str, Any]) -> Term | None:
        """The term that a row is about, if there is one already."""
        field = self.declared.vocabulary.key
        row.key = str(values.get(field) or "")[:LONGEST_KEY]
        if not row.key:
            raise FormError("This cell says which term the row is about: fill it in.", field=field)
        if row.key not in self.terms:
            row.key = name_clean(row.key)
        return self.terms.get(row.key)


def _state(declared: Declaration, entry: Entry, status: str) -> dict[str, Any]:
    """What the history would keep of the term."""
    return {
        "vocabulary": declared.name,
        "key": entry.key,
        "data": dict(entry.data),
        "aliases": list(entry.aliases),
        "status": str(status),
    }


def _kept(value: Any, held: Any) -> Any:
    """What a cell says, or what is there already where it says the same: programs drop blanks at the ends of cells."""
    return held if isinstance(value, str) and isinstance(held, str) and value.split() == held.split() else value


def _refuse_stock(after: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    changed = next(name for name in {**after, **before} if after.get(name) != before.get(name))
    raise FormError("The term comes with the standard: only its other names can be changed.", field=changed)


def _refuse_extra(fields: list[str | None], cells: list[str]) -> None:
    if any(cell.strip() for cell in cells[len(fields) :]):
        raise FormError(f"The row has more cells than the {len(fields)} columns that the first row names.")


def _refuse_hidden(said: Mapping[str, str]) -> None:
    for name, text in said.items():
        if found := forbidden_character(text):
            raise FormError(f"There is a character that cannot be stored: {found}.", field=name)
