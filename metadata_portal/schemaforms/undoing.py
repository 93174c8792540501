"""What takes a change back: for each object or list that it touched, its names before and after, and what was lost.

Names are keys of an object and ids of a list's items, so that a way back means the same place after other items were
added, moved or removed. Edits share what they did not touch, so that finding a way back costs what was changed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from metadata_portal.errors import Conflict
from metadata_portal.schemaforms.documents import ABSENT, Document, within
from schema_core import paths


class PlaceChanged(Conflict):
    """What a change touched is not as the change left it."""

    title = "This cannot be undone any more"


@dataclass(frozen=True, slots=True)
class Undo:
    """The way back at one object or list: ``lost`` values come again, ``made`` ones (kept as digests) go."""

    at: str
    before: list[str]
    after: list[str]
    lost: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Write it as it is kept."""
        return asdict(self)


def ways_back(before: Document, after: Document) -> list[Undo]:
    """Give what takes ``after`` back to ``before``; nothing where they are the same."""
    return list(_differences(before, after, "", ""))


def undone(state: Document, steps: Sequence[Mapping[str, Any]]) -> tuple[Document, str]:
    """Take a change back and say where to look; PlaceChanged where a place is not as the change left it."""
    ways = [Undo(**step) for step in steps]
    for way in ways:
        _check(state, way)
    for way in reversed(ways):
        state = _restored(state, way)
    return state.with_ids(), _where(state, ways)


def _where(state: Document, ways: Sequence[Undo]) -> str:
    """Give the address of the first value that came again, else of the object or list that something went from."""
    if not ways:
        return ""
    path = state.path_of(ways[0].at) or ""
    again = next(iter(ways[0].lost), None)
    return path if again is None else (_named(state, path) or {}).get(again, path)


def _differences(before: Document, after: Document, old: str, new: str) -> Iterator[Undo]:
    """Compare what stands at an address before with what stands at an address after."""
    if before.get(old) is after.get(new):
        return
    mine, theirs = _named(before, old), _named(after, new)
    if mine is None or theirs is None:
        return
    lost, ids, made = {}, {}, {}
    for name in dict.fromkeys([*mine, *theirs]):
        was, now = mine.get(name), theirs.get(name)
        if was is not None and now is not None:
            if _is_below(before, was, after, now):
                yield from _differences(before, after, was, now)
                continue
            if before.get(was) == after.get(now):
                continue
        if was is not None:
            lost[name], ids[name] = before.get(was), dict(_ids_below(before, was))
        if now is not None:
            made[name] = _digest(after.get(now))
    if lost or made or (list(mine) != list(theirs) and isinstance(before.get(old), list)):
        yield Undo(after.id_path(new), list(mine), list(theirs), lost, ids, made)


def _is_below(before: Document, was: str, after: Document, now: str) -> bool:
    """Say whether two values are compared name by name."""
    kinds = type(before.get(was)), type(after.get(now))
    return kinds[0] is kinds[1] and _named(before, was) is not None and _named(after, now) is not None


def _named(state: Document, path: str) -> dict[str, str] | None:
    """Give the addresses below an object or a list of nodes by name; None for any other value."""
    value = state.get(path)
    if isinstance(value, dict):
        return {key: paths.child(path, key) for key in value}
    if isinstance(value, list) and path in state.item_ids:
        return {name: paths.child(path, index) for index, name in enumerate(state.ids_at(path))}
    return None


def _ids_below(state: Document, path: str) -> Iterator[tuple[str, list[str]]]:
    """Give the ids of the lists at and below an address, by the rest of their address."""
    for at, ids in state.item_ids.items():
        if within(at, path):
            yield at[len(path) :], ids


def _check(state: Document, way: Undo) -> None:
    """Refuse where something else stands now than the change left."""
    path = state.path_of(way.at)
    now = _named(state, path) if path is not None else None
    if now is None:
        raise PlaceChanged("The place was removed meanwhile: there is nothing to put this back into.")
    same_items = isinstance(state.get(path or ""), dict) or list(now) == way.after
    gone = [name for name in way.lost if name not in way.made]
    if not same_items or any(name in now for name in gone):
        raise PlaceChanged("Other entries were added, moved or removed here meanwhile: nothing was changed.")
    if any(name not in now or _digest(state.get(now[name])) != digest for name, digest in way.made.items()):
        raise PlaceChanged("What the step made was changed meanwhile: nothing was taken away.")


def _restored(state: Document, way: Undo) -> Document:
    """Put one object or list back as it was."""
    path = state.path_of(way.at) or ""
    value = state.get(path)
    return _list_again(state, path, way) if isinstance(value, list) else _object_again(state, path, value, way)


def _list_again(state: Document, path: str, way: Undo) -> Document:
    now = state.ids_at(path)
    state = state.arrange(path, [now.index(name) if name in now else None for name in way.before])
    below = {path: way.before}
    for index, name in enumerate(way.before):
        if name in way.lost:
            child = paths.child(path, index)
            state = state.put(child, way.lost[name])
            below |= {f"{child}{rest}": ids for rest, ids in way.ids[name].items()}
    return Document(state.json, {**state.item_ids, **below})


def _object_again(state: Document, path: str, value: Any, way: Undo) -> Document:
    kept = {key: held for key, held in value.items() if key not in way.made}
    here = {**kept, **way.lost}
    order = [*(key for key in way.before if key in here), *(key for key in here if key not in way.before)]
    ids = {at: names for at, names in state.item_ids.items() if not _is_under(at, path, way.made)}
    for name, found in way.ids.items():
        ids |= {f"{paths.child(path, name)}{rest}": names for rest, names in found.items()}
    again = {key: here[key] for key in order}
    return Document(again if not path else state.put(path, again).json, ids)


def _is_under(at: str, path: str, names: Mapping[str, str]) -> bool:
    return any(within(at, paths.child(path, name)) for name in names)


def _digest(value: Any) -> str:
    """Tell whether a value is as it was without keeping it."""
    written = json.dumps(None if value is ABSENT else value, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:24]
