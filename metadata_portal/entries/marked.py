"""Values with where they came from, in words, by the page of the form that shows them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from metadata_portal.entries import provenance
from metadata_portal.entries.provenance import root_of
from metadata_portal.entries.wording import described
from metadata_portal.schemaforms import depths, tree
from metadata_portal.schemaforms.documents import get
from metadata_portal.schemaforms.marks import Mark, is_unit
from metadata_portal.schemaforms.origins import Origin
from metadata_portal.schemaforms.values import as_text
from metadata_portal.schemaforms.whereabouts import SEPARATOR, where
from schema_core import paths


@dataclass(frozen=True, slots=True)
class Value:
    """One value in words: its field, what it says, where it came from and how that is known."""

    path: str
    label: str
    text: str
    origin: Origin
    id_path: str = ""

    @property
    def came(self) -> str:
        """Where it came from."""
        return provenance.came(self.origin, self.id_path)

    @property
    def by(self) -> str:
        """Who brought it in, and when."""
        return _who(self.origin.by, self.origin.at)

    @property
    def confirmed(self) -> str:
        """Who confirmed it, and when; empty for what needs no confirming."""
        return _who(self.origin.confirmed_by, self.origin.confirmed_at)


@dataclass(slots=True)
class Group:
    """The values that one page of the form shows."""

    path: str
    id_path: str
    label: str
    values: list[Value] = field(default_factory=list)


def groups_of(kind: str, document: Mapping[str, Any], marks: Iterable[Mark]) -> list[Group]:
    """The values by the page that shows them, in the order of the document."""
    root, found = root_of(kind), dict[str, Group]()
    for mark in marks:
        row = depths.spoken(document, mark.address)  # the numbers of a needle stand with their list
        page = tree.page_of(root, document, row[0] if row else mark.address).path
        if page not in found:
            depth = len(paths.split(page))
            at = paths.join(paths.split(mark.id_path)[:depth])
            found[page] = Group(page, at, where(root, document, page))
        found[page].values.append(_value(kind, document, page, mark))
    return list(found.values())


def _value(kind: str, document: Mapping[str, Any], page: str, mark: Mark) -> Value:
    whole, above = (where(root_of(kind), document, path) for path in (mark.address, page))
    label = whole.removeprefix(above).lstrip(SEPARATOR) if page else whole
    return Value(mark.address, label or whole, " ".join(_words(document, mark.address)), mark.origin, mark.id_path)


def _words(document: Mapping[str, Any], address: str) -> Iterator[str]:
    """What stands at an address, with its unit."""
    value = get(document, address)
    yield as_text(value) if isinstance(value, int | float) and not isinstance(value, bool) else described(value)
    holder = get(document, paths.parent(address))
    if isinstance(holder, dict) and not is_unit(name := paths.split(address)[-1]):
        unit = holder.get(f"{name}_unit")
        if isinstance(unit, str):
            yield unit


def _who(name: str, at: str) -> str:
    if not name:
        return ""
    try:
        moment = f"{localtime(datetime.fromisoformat(at)):%Y-%m-%d %H:%M}"
    except ValueError:
        moment = ""
    return " ".join(text for text in ("by", name, f"on {moment}" if moment else "") if text)
