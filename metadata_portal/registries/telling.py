"""What was done to terms, said for people: words for the deed, and what changed field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.models import Term, TermChange
from metadata_portal.registries.row_fields import shown

ACTIONS = {
    "add": "Added",
    "propose": "Proposed",
    "approve": "Approved",
    "refuse": "Refused",
    "edit": "Changed",
    "rename": "Renamed",
    "renamed": "Got another name",
    "retire": "Retired",
    "restore": "Offered again",
    "merge": "Merged into another",
    "take-over": "Took over another's names",
    "follow": "Followed a renamed term",
    "import": "Imported",
    "undo": "Taken back",
    "delete": "Deleted",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a term's history."""

    change: TermChange
    label: str
    differences: tuple[Difference, ...]


def told(declared: Declaration, changes: Iterable[TermChange]) -> list[Told]:
    """The history, each change with its differences."""
    return [
        Told(
            change,
            ACTIONS.get(change.action, change.action.replace("-", " ").capitalize()),
            tuple(_differences(declared, change.before or {}, change.after or {})) if change.after else (),
        )
        for change in changes
    ]


def fields_shown(declared: Declaration, data: Any) -> list[tuple[str, str]]:
    """Title and value of each field of a row."""
    if not isinstance(data, Mapping):
        return []
    return [(title_of(declared, name), shown(data.get(name))) for name in _names(declared, data)]


def cells(declared: Declaration, term: Term) -> list[str]:
    """What the list shows of a term beside its names."""
    return [shown(term.data.get(column)) if isinstance(term.data, Mapping) else "" for column in declared.columns]


def title_of(declared: Declaration, name: str) -> str:
    """What a field of a row is called."""
    info = declared.fields.get(name)
    return (info.title if info is not None else "") or name.replace("_", " ").capitalize()


def _differences(declared: Declaration, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Difference]:
    old, new = before.get("data") or {}, after.get("data") or {}
    for name in dict.fromkeys((*_names(declared, old), *_names(declared, new))):
        if old.get(name) != new.get(name) and (shown(old.get(name)) or shown(new.get(name))):
            yield Difference(title_of(declared, name), shown(old.get(name)), shown(new.get(name)))
    for title, name in (("Other names", "aliases"), ("State", "status")):
        if before.get(name, None if name == "status" else []) != after.get(name):
            yield Difference(title, _state(before.get(name)), _state(after.get(name)))


def _state(value: Any) -> str:
    return Term.Status(value).label if isinstance(value, str) and value in Term.Status.values else shown(value)


def _names(declared: Declaration, data: Mapping[str, Any]) -> list[str]:
    """The fields in the order of the model, then those that it no longer has."""
    return list(dict.fromkeys([*(name for name in declared.fields if name in data), *data]))
