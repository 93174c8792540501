"""What differs between two texts of one document, as a tree; every place is looked at once.

Items of lists are matched by their ids where both sides have them, else by what they say, by what they are called, and
at last by where they stand. The steps (take out what was removed and what moved, put what was added or moved at its new
place, write what was changed), done from the outermost list inwards, make the new document of the old.
"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from metadata_portal.entries.merge import Version
from metadata_portal.schemaforms.documents import ABSENT, ItemIds
from schema_core import paths

What = Literal["added", "removed", "changed", "moved", "inside"]
# What tells one item from its neighbours where no ids are kept.
_NAMES = ("name", "device_name", "specimen_id", "channel_name", "start_date", "timestamp")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two documents differ, itself or inside; a path is empty where the place is not."""

    what: What
    old_path: str
    new_path: str
    old: Any = field(repr=False)
    new: Any = field(repr=False)
    inside: tuple["Difference", ...] = ()

    @property
    def path(self) -> str:
        """Where it is now, or was."""
        return self.old_path if self.new is ABSENT else self.new_path

    @property
    def is_blank(self) -> bool:
        """Whether both sides say nothing there: one leaves out what the other writes as empty."""
        return not self.inside and self.what != "moved" and all(side is None or side is ABSENT for side in self.sides)

    @property
    def sides(self) -> tuple[Any, Any]:
        """The old and the new value."""
        return self.old, self.new

    def flat(self) -> Iterator["Difference"]:
        """It and all below it, without those that only hold others."""
        if self.what != "inside":
            yield self
        for part in self.inside:
            yield from part.flat()


def differences(old: Version, new: Version) -> Difference:
    """The tree of what differs; its root holds nothing when both say the same."""
    return _Comparison(old.item_ids, new.item_ids).root(old.document, new.document)


@dataclass(slots=True)
class _Comparison:
    old_ids: ItemIds
    new_ids: ItemIds
    # A number for each content: the same content, the same number. Kept by object, so that each is read once.
    numbers: dict[Hashable, int] = field(default_factory=dict)
    known: dict[int, int] = field(default_factory=dict)

    def root(self, old: Any, new: Any) -> Difference:
        inside = () if self._number(old) == self._number(new) else tuple(self._struct(old, "", new, ""))
        return Difference("inside", "", "", old, new, inside)

    def _number(self, value: Any) -> int:
        """The number of what a value says: 1 is 1.0, True is not 1, the order of keys is nothing."""
        if not isinstance(value, dict | list):
            content: Hashable = (type(value) if isinstance(value, bool | str | None) else "number", value)
            return self.numbers.setdefault(content, len(self.numbers))
        known = self.known.get(id(value))
        if known is None:
            if isinstance(value, dict):
                content = ("object", frozenset((key, self._number(child)) for key, child in value.items()))
            else:
                content = ("list", tuple(map(self._number, value)))
            known = self.known[id(value)] = self.numbers.setdefault(content, len(self.numbers))
        return known

    def _node(self, old: Any, old_path: str, new: Any, new_path: str) -> Difference | None:
        if self._number(old) == self._number(new):
            return None
        inside: Iterable[Difference]
        if _one_branch(old, new):
            inside = self._struct(old, old_path, new, new_path)
        elif _are_items(old, new):
            inside = self._items(old, old_path, new, new_path)
        else:
            return Difference("changed", old_path, new_path, old, new)
        return Difference("inside", old_path, new_path, old, new, tuple(inside))

    def _struct(
        self, old: Mapping[str, Any], old_path: str, new: Mapping[str, Any], new_path: str
    ) -> Iterator[Difference]:
        for key in (*new, *(key for key in old if key not in new)):
            before, after = paths.child(old_path, key), paths.child(new_path, key)
            if key not in old:
                yield Difference("added", "", after, ABSENT, new[key])
            elif key not in new:
                yield Difference("removed", before, "", old[key], ABSENT)
            elif found := self._node(old[key], before, new[key], after):
                yield found

    def _items(self, old: list[Any], old_path: str, new: list[Any], new_path: str) -> Iterator[Difference]:
        partner = self._partners(old, self.old_ids.get(old_path, []), new, self.new_ids.get(new_path, []))
        stays = _longest_rise([partner[n] for n in range(len(new)) if n in partner])
        for n, item in enumerate(new):
            after = paths.child(new_path, n)
            if n not in partner:
                yield Difference("added", "", after, ABSENT, item)
                continue
            m = partner[n]
            before = paths.child(old_path, m)
            found = self._node(old[m], before, item, after)
            if m not in stays:
                yield Difference("moved", before, after, old[m], item, (found,) if found else ())
            elif found:
                yield found
        kept = set(partner.values())
        for m, item in enumerate(old):
            if m not in kept:
                yield Difference("removed", paths.child(old_path, m), "", item, ABSENT)

    def _partners(self, old: list[Any], old_ids: list[str], new: list[Any], new_ids: list[str]) -> dict[int, int]:
        """The place in `new` -> the place in `old` of each item that both hold."""
        pairs = _Pairs()
        is_known = _fit(old_ids, old) and _fit(new_ids, new)
        if is_known:
            pairs.join(old_ids, new_ids)
        pairs.join([self._number(item) for item in old], [self._number(item) for item in new])
        if not is_known:
            pairs.join([_mark(item) for item in old], [_mark(item) for item in new])
            pairs.join(*pairs.gaps([_branch(item) for item in old], [_branch(item) for item in new]))
        return pairs.partner


@dataclass(slots=True)
class _Pairs:
    """Places of two lists that were found to hold the same item."""

    partner: dict[int, int] = field(default_factory=dict)

    def join(self, old_marks: list[Any], new_marks: list[Any]) -> None:
        """Join what is still alone and has the same mark, in order; None is no mark."""
        taken = set(self.partner.values())
        waiting: dict[Any, deque[int]] = defaultdict(deque)
        for m, mark in enumerate(old_marks):
            if m not in taken and mark is not None:
                waiting[mark].append(m)
        for n, mark in enumerate(new_marks):
            if n not in self.partner and mark is not None and waiting.get(mark):
                self.partner[n] = waiting[mark].popleft()

    def gaps(self, old_marks: list[Any], new_marks: list[Any]) -> tuple[list[Any], list[Any]]:
        """The marks together with the joined item that each stands behind."""
        follower = {m: n for n, m in self.partner.items()}
        return list(_behind(old_marks, follower)), list(_behind(new_marks, {n: n for n in self.partner}))


def _behind(marks: list[Any], joined: Mapping[int, int]) -> Iterator[tuple[int, Any]]:
    last = -1
    for place, mark in enumerate(marks):
        last = joined.get(place, last)
        yield last, mark


def _fit(ids: list[str], items: list[Any]) -> bool:
    return len(ids) == len(items) == len(set(ids))


def _one_branch(old: Any, new: Any) -> bool:
    """Whether both are objects of one kind, or one does not say which; another alternative is another value."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return False
    marks = {side["object_type"] for side in (old, new) if isinstance(side.get("object_type"), str)}
    return len(marks) <= 1


def _are_items(old: Any, new: Any) -> bool:
    """Whether both are lists of objects or of lists; numbers and words in a row are one value."""
    if not (isinstance(old, list) and isinstance(new, list)):
        return False
    return all(isinstance(item, dict | list) for item in (*old, *new))


def _branch(item: Any) -> str:
    if isinstance(item, dict):
        mark = item.get("object_type")
        return mark if isinstance(mark, str) else "object"
    return type(item).__name__


def _mark(item: Any) -> tuple[str, ...] | None:
    """What an item is called, None for one without a name."""
    if not isinstance(item, dict):
        return None
    name = next((item[key] for key in _NAMES if isinstance(item.get(key), str) and item[key]), None)
    return (_branch(item), name) if name else None


def _longest_rise(places: list[int]) -> set[int]:
    """The places that stay when as few as possible are moved: the longest rising series among them."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    found: set[int] = set()
    place_or_none = tails[-1] if tails else None
    while place_or_none is not None:
        found.add(place_or_none)
        place_or_none = before[place_or_none]
    return found
