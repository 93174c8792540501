"""Pure edits of a document and of the ids of its list items, which stay beside it.

Nothing is changed in place: every edit gives a new document that shares what did not change. ``item_ids`` maps the path
of a list to the ids of its items, in order; an id path names an item by its id instead of its index, so that it means
the same item after others were added, removed or moved.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from schema_core import paths
from schema_core.errors import UnknownPath

ItemIds = Mapping[str, list[str]]


class Absent:
    """What stands where a document holds nothing, not even null."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON document together with the ids of its list items."""

    json: Any
    item_ids: ItemIds = field(default_factory=dict)

    def get(self, path: str) -> Any:
        """Give the value at a path, ABSENT where there is none."""
        return get(self.json, path)

    def put(self, path: str, value: Any) -> "Document":
        """Write one value; objects on the way are made where they are missing."""
        return Document(_put(self.json, paths.split(path), value, path), self.item_ids)

    def drop(self, path: str) -> "Document":
        """Take one key away, with all that is below it."""
        above, key = paths.parent(path), paths.split(path)[-1]
        holder = self.get(above)
        if not isinstance(holder, dict) or key not in holder:
            return self
        kept = {name: value for name, value in holder.items() if name != key}
        ids = {at: entry for at, entry in self.item_ids.items() if not within(at, path)}
        return Document(_put(self.json, paths.split(above), kept, above), ids)

    def arrange(self, path: str, order: Sequence[int | None], new: Any = None) -> "Document":
        """Rebuild a list from the old indices in a new order; None stands for ``new``."""
        old = self.get(path)
        items = old if isinstance(old, list) else []
        ids = self.ids_at(path)
        fresh = [new if index is None else items[index] for index in order]
        names = [new_id() if index is None else ids[index] for index in order]
        moved = {str(index): str(place) for place, index in enumerate(order) if index is not None}
        kept = dict(_renumbered(self.item_ids, path, moved))
        return Document(_put(self.json, paths.split(path), fresh, path), {**kept, path: names}).with_ids()

    def ids_at(self, path: str) -> list[str]:
        """Give the ids of a list's items, made up where they are missing."""
        items = self.get(path)
        known = self.item_ids.get(path, [])
        size = len(items) if isinstance(items, list) else 0
        return [*known[:size], *(new_id() for _ in range(size - len(known)))]

    def with_ids(self) -> "Document":
        """Give every item of every list of objects an id; ids of lists that are gone are dropped."""
        return Document(self.json, ensure_ids(self.json, self.item_ids))

    def id_path(self, path: str) -> str:
        """Name an address by item ids instead of indices."""
        return paths.join(_by_id(self.item_ids, paths.split(path)))

    def path_of(self, id_path: str) -> str | None:
        """Find the address that an id path means now; None when an item of it is gone."""
        parts: list[str] = []
        for part in paths.split(id_path):
            ids = self.item_ids.get(paths.join(parts))
            if ids is None:
                parts.append(part)
            elif part in ids:
                parts.append(str(ids.index(part)))
            else:
                return None
        return paths.join(parts)


def new_id() -> str:
    """Make an id for a list item."""
    return secrets.token_hex(4)


def within(path: str, root: str) -> bool:
    """Say whether a path is another path or lies below it."""
    return not root or path == root or path.startswith(f"{root}.")


def get(document: Any, path: str) -> Any:
    """Give the value at a path, ABSENT where there is none."""
    try:
        return paths.get(document, path)
    except UnknownPath:
        return ABSENT


def ensure_ids(document: Any, item_ids: ItemIds) -> dict[str, list[str]]:
    """Give every item of every list of objects (or of lists) an id and keep the ids that still fit."""
    found: dict[str, list[str]] = {}
    lists: list[tuple[str, list[Any]]] = []
    _gather(document, "", lists)
    for path, items in lists:
        known = item_ids.get(path, [])
        found[path] = [*known[: len(items)], *(new_id() for _ in range(len(items) - len(known)))]
    return found


def _gather(value: Any, path: str, found: list[tuple[str, list[Any]]]) -> None:
    """Collect the lists whose items are objects or lists; every save walks whole documents, so no generators here."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if isinstance(entry, dict | list):
                _gather(entry, paths.child(path, key), found)
    elif isinstance(value, list) and (not value or any(isinstance(entry, dict | list) for entry in value)):
        found.append((path, value))
        for index, entry in enumerate(value):
            if isinstance(entry, dict | list):
                _gather(entry, f"{path}.{index}" if path else str(index), found)


def _put(value: Any, parts: tuple[str, ...], new: Any, path: str) -> Any:
    """Write one value into a copy of the nodes on its way."""
    if not parts:
        return new
    part, rest = parts[0], parts[1:]
    if isinstance(value, list):
        if not part.isdigit() or int(part) > len(value):
            raise UnknownPath(path)
        index = int(part)
        below = value[index] if index < len(value) else None
        return [*value[:index], _put(below, rest, new, path), *value[index + 1 :]]
    if value is not None and not isinstance(value, dict):
        raise UnknownPath(path)
    holder: dict[str, Any] = value or {}
    return {**holder, part: _put(holder.get(part), rest, new, path)}


def _renumbered(item_ids: ItemIds, path: str, moved: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Follow the items of one list to their new indices."""
    depth = len(paths.split(path))
    for at, ids in item_ids.items():
        parts = paths.split(at)
        if not within(at, path) or len(parts) == depth:
            yield at, ids
        elif parts[depth] in moved:
            yield paths.join((*parts[:depth], moved[parts[depth]], *parts[depth + 1 :])), ids


def _by_id(item_ids: ItemIds, parts: tuple[str, ...]) -> Iterator[str]:
    """Replace indices with the ids they have."""
    for place, part in enumerate(parts):
        ids = item_ids.get(paths.join(parts[:place]))
        yield ids[int(part)] if ids is not None and part.isdigit() and int(part) < len(ids) else part
