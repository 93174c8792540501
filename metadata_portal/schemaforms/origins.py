"""Where each value of a document came from, kept beside it: a table of origins, and which of them holds from where on.

An address by item ids holds for everything below it until a deeper one says otherwise, so that a whole template is one
entry. What a template, a clone or a duplicated item brought is *unconfirmed* until a person changes or confirms it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from metadata_portal.schemaforms.changes import Touched
from metadata_portal.schemaforms.documents import Document, within
from schema_core import paths

COPIED: Final = frozenset({"template", "clone", "copy", "implant"})
"""Kinds of origin whose values nobody has looked at yet."""

_MANY: Final = 30
"""More roots than these are looked up one by one."""

_SAID: Final[Mapping[str, str]] = {
    "typed": "Typed",
    "unsigned": "Typed",
    "template": "From template {}",
    "clone": "Copied from {}",
    "copy": "Duplicated from {}",
    "import": "Imported from {}",
    "device": "Filled in from device model {}",
    "implant": "Filled in from inventory item {}",
    "inventory": "Filled in from inventory item {}",
    "lot": "Filled in from lot {}",
    "titer": "Worked out and confirmed: {}",
    "revision": "As in {}",
    "upgrade": "Upgraded from {}",
    "token": "Sent with API token {}",
}
"""What people read of each kind; ``what`` stands in the brackets."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What brought values in: its kind, who and when, its name, an address in it; and who confirmed them."""

    kind: str
    by: str = ""
    at: str = ""
    what: str = ""
    ref: str = ""
    confirmed_by: str = ""
    confirmed_at: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether a person still has to look at what it brought."""
        return self.kind in COPIED and not self.confirmed_by

    @property
    def where(self) -> str:
        """Say in a few words where it came from."""
        return _SAID.get(self.kind, "{}").format(self.what).strip().removesuffix(" from")

    def as_json(self) -> dict[str, str]:
        """Write it without what it does not say."""
        return {name: text for name, text in asdict(self).items() if text}


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of one document; ``at`` maps addresses by item ids to rows of the table."""

    rows: tuple[Origin, ...] = ()
    at: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def whole(cls, origin: Origin) -> "Origins":
        """Give those of a document that came from one place."""
        return cls((origin,), {"": 0})

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Origins":
        """Read what ``as_json`` wrote."""
        return cls(tuple(Origin(**row) for row in kept.get("rows", ())), kept.get("at", {}))

    def as_json(self) -> dict[str, Any]:
        """Write the table without rows that nothing refers to."""
        if not self.at:
            return {}
        used = {row: place for place, row in enumerate(dict.fromkeys(self.at.values()))}
        rows = [self.rows[row].as_json() for row in used]
        return {"rows": rows, "at": {path: used[row] for path, row in self.at.items()}}

    @property
    def open_paths(self) -> list[str]:
        """List the addresses from which unconfirmed values hang."""
        waiting = {row for row, origin in enumerate(self.rows) if origin.is_open}
        return [path for path, row in self.at.items() if row in waiting] if waiting else []

    def of(self, id_path: str) -> Origin | None:
        """Give the origin of the value at an address."""
        row = _row_of(self.at, id_path)
        return None if row is None else self.rows[row]

    def after(self, changes: Iterable[Touched], origin: Callable[[str], Origin]) -> "Origins":
        """Give the origins after an edit; ``origin`` says where what was written at an address came from."""
        found = list(changes)
        if not found:
            return self
        # an item that comes back (undone) is what it was; only one that was never here is new
        written = {
            entry.id_path
            for entry in found
            if entry.what != "item gone" and not (entry.what == "item added" and entry.id_path in self.at)
        }
        table = _Table(self, _outside(written))
        for entry in found:
            if entry.id_path in written:
                table.put(entry.id_path, origin(entry.id_path))
            elif entry.what == "item gone" and (known := self.of(entry.id_path)) and known.is_open:
                table.at.setdefault(entry.id_path, table.row(known))
        return table.done()

    def confirmed(self, id_paths: Iterable[str], by: str, at: str) -> "Origins":
        """Give the origins after a person confirmed everything at and below some addresses."""
        asked = set(id_paths)
        waiting = self.open_paths
        table = _Table(self, lambda _: True)
        own = {path for path in waiting if any(above in asked for above in _ancestors(path))}
        inherited = {path for path in asked - own if (known := self.of(path)) and known.is_open}
        for path in sorted(own | inherited):
            known = self.of(path)
            if known is not None:
                table.at[path] = table.row(replace(known, confirmed_by=by, confirmed_at=at))
        return table.done()

    def joined(self, theirs: "Origins", changes: Iterable[Touched]) -> "Origins":
        """Give those of a joined document: theirs, and of this side what is not as theirs."""
        paths_of_mine = {entry.id_path for entry in changes if entry.what != "item gone"}
        table = _Table(theirs, _outside(paths_of_mine))
        for root in sorted(paths_of_mine):
            for path in (root, *(path for path in self.at if path != root and within(path, root))):
                if known := self.of(path):
                    table.put(path, known)
        return table.done()

    def kept_for(self, document: Document) -> "Origins":
        """Leave out addresses that a document has not got."""
        return Origins(self.rows, {path: row for path, row in self.at.items() if document.path_of(path) is not None})


class _Table:
    """Origins while they are being changed."""

    def __init__(self, before: Origins, keep: Callable[[str], bool]) -> None:
        self.rows = list(before.rows)
        self.at = {path: row for path, row in before.at.items() if keep(path)}
        self._known = {origin: row for row, origin in enumerate(self.rows)}

    def row(self, origin: Origin) -> int:
        """Give the row of an origin, a new one where there is none."""
        if origin not in self._known:
            self._known[origin] = len(self.rows)
            self.rows.append(origin)
        return self._known[origin]

    def put(self, path: str, origin: Origin) -> None:
        """Say where the values from an address on came from, unless what is above says so already."""
        row = self.row(origin)
        if _row_of(self.at, path) != row:
            self.at[path] = row

    def done(self) -> Origins:
        """Give the result."""
        return Origins(tuple(self.rows), self.at)


def _outside(roots: set[str]) -> Callable[[str], bool]:
    """Give the test that an address is none of some roots and not below one."""
    if "" in roots or len(roots) > _MANY:
        return lambda path: not any(above in roots for above in _ancestors(path))
    starts = tuple(f"{root}." for root in roots)
    return lambda path: path not in roots and not path.startswith(starts)


def _row_of(at: Mapping[str, int], path: str) -> int | None:
    return next((at[above] for above in _ancestors(path) if above in at), None)


def _ancestors(path: str) -> Iterator[str]:
    """Give an address and everything above it, the deepest first."""
    while path:
        yield path
        path = paths.parent(path)
    yield ""
