"""Histories: lists that only grow. What was submitted of them stays as it was, and in its order.

Layouts name them (``histories``). An entry that the last submitted revision held is known by its item id, wherever the
list has moved to; a whole node may be removed with its history, its history alone may not. A form refuses to change
one; whatever else writes a draft (its JSON text, an import) is told of its ``breaches``, and ``put_back`` mends them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from metadata_portal.errors import FormError
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.layouts import layout_of
from schema_core import paths
from schema_core.compiled import compiled
from schema_core.introspect import Field, List, Map, Shape, Struct, Union, choose, places


def is_history(parent: Shape | None, entry: Field | None) -> bool:
    """Say whether a field of a struct is a history."""
    return isinstance(parent, Struct) and entry is not None and entry.name in layout_of(parent).histories


def kept_ids(root: Struct, submitted: Document) -> frozenset[str]:
    """Give the ids of the entries of every history in a submitted document."""
    if not holds_histories(root):
        return frozenset()
    return frozenset(entry for path in _lists(root, submitted.json, "") for entry in submitted.ids_at(path))


def check(root: Struct, before: Document, after: Document, kept: frozenset[str]) -> None:
    """Raise FormError where an edit changed, removed or moved an entry that is kept."""
    for path in _lists(root, before.json, "") if kept else ():
        old = _kept_of(before, path, kept)
        above = after.path_of(before.id_path(paths.parent(path)))
        if not old or above is None:
            continue
        now = paths.child(above, paths.split(path)[-1])
        if _kept_of(after, now, kept) != old or (_is_first(before, path, old) and not _is_first(after, now, old)):
            raise FormError(
                "This history only grows: what was submitted of it stays. Add an entry that says how it is now.",
                field=now,
            )


@dataclass(frozen=True, slots=True)
class Breach:
    """A submitted entry that a document does not hold as it was: which one, and where the document should hold it."""

    path: str
    entry: Any
    number: int
    what: Literal["changed", "left out", "moved"]


def breaches(root: Struct, submitted: Document, now: Document) -> Iterator[Breach]:
    """Tell the submitted entries that a document changed, left out or moved; none of a node that is gone as a whole."""
    for old, new, shape in _shared(root, submitted, now):
        items, names = now.get(new), now.ids_at(new)
        place = 0
        for number, (name, entry) in enumerate(zip(submitted.ids_at(old), submitted.get(old), strict=True), 1):
            if name not in names:
                yield Breach(new, entry, number, "left out")
                continue
            index = names.index(name)
            if not _says_the_same(shape, items[index], entry):
                yield Breach(paths.child(new, index), entry, number, "changed")
            elif index != place:
                yield Breach(paths.child(new, index), entry, number, "moved")
            place += 1


def put_back(root: Struct, submitted: Document, now: Document) -> Document:
    """Give a document with every submitted entry as it was and in its place, its own entries behind them."""
    for old, new, _ in _shared(root, submitted, now):
        kept, names = submitted.get(old), submitted.ids_at(old)
        here = zip(now.ids_at(new), now.get(new) if isinstance(now.get(new), list) else (), strict=False)
        own = [(name, item) for name, item in here if name not in names]
        state = now.put(new, [*kept, *(item for _, item in own)])
        now = Document(state.json, {**state.item_ids, new: [*names, *(name for name, _ in own)]})
    return now.with_ids()


def _shared(root: Struct, submitted: Document, now: Document) -> Iterator[tuple[str, str, Shape]]:
    """Give each submitted history whose node a document still holds: its address, that in the document, its shape."""
    for path in list(_lists(root, submitted.json, "")):
        above = now.path_of(submitted.id_path(paths.parent(path)))
        if above is None or not isinstance(now.get(above), dict) or not isinstance(submitted.get(path), list):
            continue
        shape = places(root, submitted.json, path)[-1].shape
        yield path, paths.child(above, paths.split(path)[-1]), shape.item if isinstance(shape, List) else shape


def _says_the_same(shape: Shape, one: Any, other: Any) -> bool:
    """Compare two entries, also where one leaves a default out or writes the same moment otherwise."""
    return one == other or (isinstance(shape, Struct) and _written(shape, one) == _written(shape, other))


def _written(shape: Struct, entry: Any) -> Any:
    if not isinstance(entry, Mapping):
        return entry
    try:
        return shape.model.model_validate(dict(entry)).model_dump()
    except ValidationError:
        return entry


def without(shape: Shape, value: Any) -> Any:
    """Give a node without its own histories."""
    if not isinstance(shape, Struct) or not isinstance(value, dict):
        return value
    return {key: entry for key, entry in value.items() if key not in layout_of(shape).histories}


def _kept_of(document: Document, path: str, kept: frozenset[str]) -> list[tuple[str, Any]]:
    """Give the kept entries of a list with their ids, in their order."""
    items = document.get(path)
    if not isinstance(items, list):
        return []
    return [(name, item) for name, item in zip(document.ids_at(path), items, strict=True) if name in kept]


def _is_first(document: Document, path: str, entries: list[tuple[str, Any]]) -> bool:
    """Say whether a list begins with these entries."""
    return document.ids_at(path)[: len(entries)] == [name for name, _ in entries]


def _lists(shape: Shape, value: Any, path: str) -> Iterator[str]:
    """Give the address of every history in a document."""
    chosen = choose(shape, value)
    shape = chosen.shape if chosen else shape
    if not holds_histories(shape):
        return
    if isinstance(shape, Struct) and isinstance(value, dict):
        for entry in shape.fields:
            if isinstance(value.get(entry.name), dict | list):
                at = paths.child(path, entry.name)
                if is_history(shape, entry):
                    yield at
                else:
                    yield from _lists(entry.shape, value[entry.name], at)
    elif isinstance(shape, List) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _lists(shape.item, item, paths.child(path, index))
    elif isinstance(shape, Map) and isinstance(value, dict):
        for key, item in value.items():
            yield from _lists(shape.value, item, paths.child(path, key))


@compiled
def holds_histories(shape: Shape) -> bool:
    """Say whether a node of this shape can hold a history."""
    return _holds(shape, set())


def _holds(shape: Shape, seen: set[int]) -> bool:
    if isinstance(shape, Struct):
        if id(shape) in seen:
            return False
        seen.add(id(shape))
        return bool(layout_of(shape).histories) or any(_holds(entry.shape, seen) for entry in shape.fields)
    if isinstance(shape, Union):
        return any(_holds(entry.shape, seen) for entry in shape.alternatives)
    if isinstance(shape, List):
        return _holds(shape.item, seen)
    return isinstance(shape, Map) and _holds(shape.value, seen)
