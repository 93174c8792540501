"""What differs between two states of one document, control by control, named by item ids.

Edits share what they did not touch, so that a saved field costs the way to it and not the document.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from metadata_portal.schemaforms import controls, depths
from metadata_portal.schemaforms.documents import ABSENT, Document, ItemIds
from metadata_portal.schemaforms.sections import is_pairs
from schema_core import paths
from schema_core.introspect import Anything, List, Map, Shape, Struct, choose


@dataclass(frozen=True, slots=True)
class Touched:
    """One place that is not as it was: written, emptied, or an item of a list that came or went."""

    id_path: str
    what: Literal["written", "emptied", "item added", "item gone"]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two states at one place."""

    value: Any
    path: str
    ids: ItemIds

    def below(self, part: str | int) -> "_Side":
        """Go to a field or a named value."""
        found = self.value.get(part, ABSENT) if isinstance(self.value, dict) else self.value[int(part)]
        return _Side(found, paths.child(self.path, part), self.ids)

    def items(self) -> "Mapping[str, _Side] | None":
        """Give the items by id; None where they have none."""
        ids = self.ids.get(self.path, [])
        if len(ids) != len(self.value):
            return None
        return {item: self.below(index) for index, item in enumerate(ids)}


def touched(root: Struct, before: Document, after: Document) -> Iterator[Touched]:
    """Give each control or node that differs."""
    yield from _walk(root, _Side(before.json, "", before.item_ids), _Side(after.json, "", after.item_ids), "")


def _walk(declared: Shape, old: _Side, new: _Side, at: str, *, split: bool = False) -> Iterator[Touched]:
    if old.value is new.value or (_blank(old.value) and _blank(new.value)):
        return
    chosen = choose(declared, new.value) or choose(declared, old.value)
    shape = chosen.shape if chosen else declared
    if isinstance(shape, Struct) and isinstance(old.value, dict) and isinstance(new.value, dict):
        yield from _fields(shape, old, new, at, split=split)
    elif _has_items(shape, old, new):
        yield from _items(shape, old, new, at, split=split)
    elif split and _same_length(old.value, new.value):
        for index in range(len(new.value)):
            yield from _leaf(old.below(index), new.below(index), paths.child(at, index))
    else:
        yield from _leaf(old, new, at)


def _fields(shape: Struct, old: _Side, new: _Side, at: str, *, split: bool) -> Iterator[Touched]:
    for name in {**old.value, **new.value}:
        entry = shape.by_name.get(name)
        if entry is None or not entry.constant:
            below = entry.shape if entry is not None else Anything()
            yield from _walk(below, old.below(name), new.below(name), paths.child(at, name), split=split)


def _has_items(shape: Shape, old: _Side, new: _Side) -> bool:
    """Say whether both sides are nodes with named nodes or items below them."""
    if isinstance(shape, List) and not controls.is_leaf(shape):
        sides = isinstance(old.value, list) and isinstance(new.value, list)
        return sides and old.items() is not None and new.items() is not None
    if isinstance(shape, Map) and not is_pairs(shape):
        return isinstance(old.value, dict) and isinstance(new.value, dict)
    return False


def _items(shape: Shape, old: _Side, new: _Side, at: str, *, split: bool) -> Iterator[Touched]:
    if isinstance(shape, Map):
        for name in {**old.value, **new.value}:
            yield from _walk(shape.value, old.below(name), new.below(name), paths.child(at, name))
        return
    befores, afters = old.items() or {}, new.items() or {}
    yield from (Touched(paths.child(at, item), "item gone") for item in befores if item not in afters)
    for item, side in afters.items():
        if item not in befores:
            yield Touched(paths.child(at, item), "item added")
            continue
        before = befores[item]
        # the numbers of a depth are controls of their own
        is_depth = depths.fits(before.value) and depths.fits(side.value)
        below = shape.item if isinstance(shape, List) else shape
        yield from _walk(below, before, side, paths.child(at, item), split=split or is_depth)


def _leaf(old: _Side, new: _Side, at: str) -> Iterator[Touched]:
    if old.value != new.value or isinstance(old.value, bool) is not isinstance(new.value, bool):
        yield Touched(at, "emptied" if _blank(new.value) else "written")


def _same_length(old: Any, new: Any) -> bool:
    return isinstance(old, list) and isinstance(new, list) and len(old) == len(new)


def _blank(value: Any) -> bool:
    return value is None or value is ABSENT
