"""Three-way merge of documents whose list items have ids.

Two people may change one record from the same revision. Whatever only one of them touched is taken; an item that both
lists hold is recognised by its id, wherever it stands; only a value that both changed, differently, is a conflict.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from metadata_portal.schemaforms.documents import ABSENT, ItemIds
from schema_core import paths

Side = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Version:
    """A document and the ids of its list items."""

    document: dict[str, Any]
    item_ids: ItemIds = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that both sides changed, by its path of field names and item ids."""

    path: tuple[str, ...]
    base: Any
    mine: Any
    theirs: Any
    what: Literal["value", "removed", "order"] = "value"

    @property
    def key(self) -> str:
        """The path as one string, to name a choice with."""
        return paths.join(self.path)


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined document; where conflicts are left, theirs stands in it."""

    document: dict[str, Any]
    item_ids: dict[str, list[str]]
    conflicts: tuple[Conflict, ...]


@dataclass(slots=True)
class _Items:
    """A list as its items by id; the order is kept apart."""

    order: list[str]
    by_id: dict[str, Any]


def merge(base: Version, mine: Version, theirs: Version, choices: Mapping[str, Side] | None = None) -> Merged:
    """Join both sides' changes since `base`; `choices` settles conflicts by their key."""
    merger = _Merger(choices or {})
    sides = [_tree(version.document, version.item_ids, "") for version in (base, mine, theirs)]
    tree = merger.node((), *sides)
    item_ids: dict[str, list[str]] = {}
    return Merged(_plain(tree, "", item_ids), item_ids, tuple(merger.conflicts))


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values say the same: 1 is 1.0, True is not 1, the order of keys is nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    return type(one) is type(other) and bool(one == other)


@dataclass(slots=True)
class _Merger:
    choices: Mapping[str, Side]
    conflicts: list[Conflict] = field(default_factory=list)

    def node(self, path: tuple[str, ...], base: Any, mine: Any, theirs: Any) -> Any:
        """The joined value of one node."""
        if _unchanged(base, mine):
            return theirs
        if _unchanged(base, theirs) or _same_tree(mine, theirs):
            return mine
        if _one_branch(mine, theirs):
            return self._struct(path, base if isinstance(base, dict) else {}, mine, theirs)
        if isinstance(mine, _Items) and isinstance(theirs, _Items):
            return self._items(path, base if isinstance(base, _Items) else _Items([], {}), mine, theirs)
        return self._settle(path, base, mine, theirs)

    def _struct(
        self, path: tuple[str, ...], base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
    ) -> dict[str, Any]:
        joined: dict[str, Any] = {}
        groups = _split_quantities(base, mine, theirs)
        for key in (*theirs, *(key for key in mine if key not in theirs)):
            if key in groups:
                joined.update(self._quantity(path, key, groups[key], (base, mine, theirs)))
                continue
            if any(key in members for members in groups.values()):
                continue
            value = self.node((*path, key), *(side.get(key, ABSENT) for side in (base, mine, theirs)))
            if value is not ABSENT:
                joined[key] = value
        return joined

    def _quantity(
        self, path: tuple[str, ...], unit: str, members: tuple[str, ...], sides: tuple[dict[str, Any], ...]
    ) -> dict[str, Any]:
        """A number and its unit are one value: a new unit under a new number is nobody's measurement."""
        together = [{key: side[key] for key in (*members, unit) if key in side} for side in sides]
        base, mine, theirs = together
        settled: dict[str, Any] = mine if same(mine, theirs) else self._settle((*path, unit), base, mine, theirs)
        return settled

    def _items(self, path: tuple[str, ...], base: _Items, mine: _Items, theirs: _Items) -> _Items:
        order = _joined_order(self._skeleton(path, base, mine, theirs), mine.order, theirs.order)
        joined = _Items([], {})
        for item in order:
            sides = [side.by_id.get(item, ABSENT) for side in (base, mine, theirs)]
            value = self.node((*path, item), *sides)
            if value is not ABSENT:
                joined.order.append(item)
                joined.by_id[item] = value
        return joined

    def _skeleton(self, path: tuple[str, ...], base: _Items, mine: _Items, theirs: _Items) -> Side:
        """Whose order of the common items stands."""
        common = set(mine.order) & set(theirs.order)
        ours, yours = ([item for item in side.order if item in common] for side in (mine, theirs))
        before = [item for item in base.order if item in common]
        if ours in (yours, before):
            return "theirs"
        if yours == before:
            return "mine"
        conflict = Conflict(path, before, ours, yours, "order")
        return self._choice(conflict)

    def _settle(self, path: tuple[str, ...], base: Any, mine: Any, theirs: Any) -> Any:
        what: Literal["value", "removed"] = "removed" if mine is ABSENT or theirs is ABSENT else "value"
        conflict = Conflict(path, _bare(base), _bare(mine), _bare(theirs), what)
        return mine if self._choice(conflict) == "mine" else theirs

    def _choice(self, conflict: Conflict) -> Side:
        choice = self.choices.get(conflict.key)
        if choice is None:
            self.conflicts.append(conflict)
        return choice or "theirs"


def _unchanged(base: Any, side: Any) -> bool:
    """Nothing, and an explicit null, are both *not filled in*."""
    if _is_blank(base) or _is_blank(side):
        return _is_blank(base) and _is_blank(side)
    return _same_tree(base, side)


def _is_blank(value: Any) -> bool:
    return value is None or value is ABSENT


def _same_tree(one: Any, other: Any) -> bool:
    return same(_bare(one), _bare(other))


def _one_branch(mine: Any, theirs: Any) -> bool:
    """Whether both are structs of one kind; fields of two alternatives are never mixed."""
    if not (isinstance(mine, dict) and isinstance(theirs, dict)):
        return False
    marks = {side["object_type"] for side in (mine, theirs) if isinstance(side.get("object_type"), str)}
    return len(marks) <= 1


def _split_quantities(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Units that one side changed while the other changed a number under them -> those numbers."""

    def changed(side: dict[str, Any], key: str) -> bool:
        return not _unchanged(base.get(key, ABSENT), side.get(key, ABSENT))

    def clash(unit: str, number: str) -> bool:
        return (changed(mine, unit) and changed(theirs, number)) or (changed(theirs, unit) and changed(mine, number))

    found: dict[str, tuple[str, ...]] = {}
    keys = list(dict.fromkeys((*theirs, *mine, *base)))
    for unit in keys:
        if unit != "unit" and not unit.endswith("_unit"):
            continue
        stem = unit.removesuffix("unit").strip("_")
        numbers = tuple(key for key in keys if key != unit and _measured_in(key, stem, (base, mine, theirs)))
        if any(clash(unit, number) for number in numbers):
            found[unit] = numbers
    return found


def _measured_in(key: str, stem: str, sides: tuple[dict[str, Any], ...]) -> bool:
    """Whether a field's number is in the unit with this stem: `volume`, or `animal_weight_prior` for `weight`."""
    if key.endswith("unit") or not any(_is_number(side.get(key)) for side in sides):
        return False
    return not stem or stem in (key, *key.split("_"))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _joined_order(skeleton: Side, mine: list[str], theirs: list[str]) -> Iterator[str]:
    """Every id once: the skeleton's order, the other side's own items each after its own predecessor."""
    first, second = (mine, theirs) if skeleton == "mine" else (theirs, mine)
    joined = list(first)
    known = set(first)
    for position, item in enumerate(second):
        if item in known:
            continue
        known.add(item)
        before = second[position - 1] if position else None
        joined.insert(_after(joined, before, set(second)), item)
    yield from joined


def _after(joined: list[str], before: str | None, same_side: set[str]) -> int:
    """The place behind `before` and behind what only the first side put there."""
    place = joined.index(before) + 1 if before is not None else 0
    while place < len(joined) and joined[place] not in same_side:
        place += 1
    return place


def _tree(value: Any, item_ids: ItemIds, path: str) -> Any:
    if isinstance(value, dict):
        return {key: _tree(child, item_ids, paths.child(path, key)) for key, child in value.items()}
    if isinstance(value, list):
        ids = item_ids.get(path, [])
        if len(ids) == len(value) == len(set(ids)) or not value:
            items = (_tree(child, item_ids, paths.child(path, index)) for index, child in enumerate(value))
            return _Items(ids[: len(value)], dict(zip(ids, items, strict=False)))
        return [_bare(_tree(child, {}, "")) for child in value]
    return value


def _plain(tree: Any, path: str, item_ids: dict[str, list[str]]) -> Any:
    if isinstance(tree, dict):
        return {key: _plain(child, paths.child(path, key), item_ids) for key, child in tree.items()}
    if isinstance(tree, _Items):
        item_ids[path] = list(tree.order)
        return [_plain(tree.by_id[item], paths.child(path, n), item_ids) for n, item in enumerate(tree.order)]
    return tree


def _bare(tree: Any) -> Any:
    return _plain(tree, "", {})
