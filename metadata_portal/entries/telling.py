"""What differs between two texts of a record, in the words of its forms."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import schema_core
from metadata_portal.entries.differences import Difference, differences
from metadata_portal.entries.merge import Version
from metadata_portal.entries.reading import Part, part_of
from metadata_portal.entries.wording import is_line, item_words, units_of
from metadata_portal.schemaforms.documents import ABSENT
from schema_core import introspect, paths
from schema_core.introspect import CONSTANTS, Anything, Free, List, Map, Shape, Struct

SHOWN_LINES: Final = 12
MOST_LINES: Final = 300
_MOST_PARTS: Final = 120
_LONG: Final = 400
_AROUND: Final = 80
_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One place that differs: its label, and what it said before and says now."""

    what: Literal["added", "removed", "changed", "moved"]
    path: str
    label: str
    before: Part | None = None
    after: Part | None = None
    note: str = ""


@dataclass(slots=True)
class Group:
    """The lines of one node, under the way to it."""

    path: str
    trail: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)

    @property
    def shown(self) -> list[Line]:
        """The lines that stand open; one more than fits is no reason to hide it."""
        return self.lines if len(self.lines) <= SHOWN_LINES + 1 else self.lines[:SHOWN_LINES]

    @property
    def folded(self) -> list[Line]:
        """The lines behind a fold."""
        return self.lines[len(self.shown) :]


@dataclass(slots=True)
class Told:
    """All that differs, by node; `blanks` are fields that one side leaves out and the other writes as empty."""

    groups: list[Group]
    counts: dict[str, int]
    blanks: int
    left_out: int = 0

    @property
    def is_same(self) -> bool:
        """Whether nothing differs that says anything."""
        return not self.counts


def tell(kind: str, old: Version, new: Version, *, whole: bool = False) -> Told:
    """What differs between two documents of a kind; `whole` cuts nothing short."""
    teller = _Teller(old.document, new.document, whole=whole)
    struct = introspect.describe(schema_core.KINDS[kind])
    teller.node(differences(old, new), struct, struct, (), Group("", ()))
    groups = [group for group in teller.groups if group.lines]
    counts: Counter[str] = Counter(line.what for group in groups for line in group.lines)
    told = Told(groups, dict(counts), teller.blanks)
    return told if whole else _limited(told)


def _limited(told: Told) -> Told:
    room = MOST_LINES
    for group in told.groups:
        told.left_out += max(0, len(group.lines) - room)
        group.lines = group.lines[:room]
        room -= len(group.lines)
    told.groups = [group for group in told.groups if group.lines]
    return told


@dataclass(frozen=True, slots=True)
class _Step:
    """What is declared one step below, on either side."""

    label: str
    old: Shape
    new: Shape


@dataclass(slots=True)
class _Teller:
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    whole: bool
    groups: list[Group] = field(default_factory=list)
    blanks: int = 0

    def node(self, found: Difference, old: Shape, new: Shape, trail: tuple[str, ...], group: Group) -> None:
        """Tell what differs inside a node: its own lines in one group, each node below in another."""
        self.groups.append(group)
        units = _Units(found)
        below: list[tuple[Difference, _Step]] = []
        for place in found.inside:
            key = paths.split(place.path)[-1]
            if place.is_blank:
                self.blanks += 1
                continue
            if key in units.told:
                continue
            step = _step(found, place, old, new, key)
            part: Difference | None = place
            if place.what == "moved":
                group.lines.append(_moved(place, step.label))
                part = next(iter(place.inside), None)
            if part is None:
                continue
            line = self._line(part, step, units.of(key))
            if line is None:
                below.append((part, step))
            else:
                group.lines.append(line)
        group.lines += (self._measured(found, key, old, new, units) for key in units.alone)
        for part, step in below:
            way = (*trail, step.label)
            self.node(part, _chosen(step.old, part.old), _chosen(step.new, part.new), way, Group(part.path, way))

    def _line(self, found: Difference, step: _Step, units: tuple[Any, Any]) -> Line | None:
        """The difference as one line, None when it is to be told by what is inside."""
        if found.what == "inside" and not (is_line(found.old) and is_line(found.new)):
            return None
        before = self._side(found.old, step.old, found.old_path, self.old, step.label, units[0])
        after = self._side(found.new, step.new, found.new_path, self.new, step.label, units[1])
        if found.what == "inside" and (before is None or after is None or before.text == after.text):
            return None
        what: Literal["added", "removed", "changed"] = "changed"
        if before is None or after is None:
            what = "removed" if after is None else "added"
        return Line(what, found.path, step.label, *self._cut(before, after))

    def _measured(self, found: Difference, key: str, old: Shape, new: Shape, units: "_Units") -> Line:
        """A number that stayed while its unit changed."""
        paths_of = paths.child(found.old_path, key), paths.child(found.new_path, key)
        part = Difference("changed", *paths_of, found.old[key], found.new[key])
        step = _step(found, part, old, new, key)
        before = self._side(part.old, step.old, part.old_path, self.old, step.label, units.of(key)[0])
        after = self._side(part.new, step.new, part.new_path, self.new, step.label, units.of(key)[1])
        return Line("changed", part.path, step.label, before, after)

    def _side(
        self, value: Any, shape: Shape, path: str, document: Mapping[str, Any], label: str, unit: Any
    ) -> Part | None:
        if value is ABSENT or value is None:
            return None
        return part_of(label, value, shape, path, document, unit)

    def _cut(self, before: Part | None, after: Part | None) -> tuple[Part | None, Part | None]:
        if self.whole:
            return before, after
        sides = [side and _shortened(side) for side in (before, after)]
        if before and after and before.form == after.form == "value":
            texts = _around_the_change(before.text, after.text)
            return replace(before, text=texts[0]), replace(after, text=texts[1])
        return sides[0], sides[1]


@dataclass(slots=True)
class _Units:
    """The units of a node's numbers: a unit is told beside its number, never on its own."""

    found: Difference
    old: dict[str, str] = field(init=False)
    new: dict[str, str] = field(init=False)
    told: set[str] = field(init=False)
    alone: list[str] = field(init=False)

    def __post_init__(self) -> None:
        old, new = self.found.old, self.found.new
        self.old = units_of(old) if isinstance(old, dict) else {}
        self.new = units_of(new) if isinstance(new, dict) else {}
        self.told, self.alone = set(), []
        if not self.new and not self.old:
            return
        changed = {paths.split(part.path)[-1]: part.what for part in self.found.inside}
        for key, unit in (self.old | self.new).items():
            if unit not in changed:
                continue
            if changed.get(key) in ("changed", "added", "removed"):
                self.told.add(unit)
            elif key not in changed and changed[unit] == "changed" and self.old.get(key) == self.new.get(key):
                self.told.add(unit)
                self.alone.append(key)

    def of(self, key: str) -> tuple[Any, Any]:
        """The unit of a number, before and now."""
        before = self.found.old.get(self.old[key]) if key in self.old else None
        return before, self.found.new.get(self.new[key]) if key in self.new else None


def _moved(found: Difference, label: str) -> Line:
    before, after = (int(paths.split(path)[-1]) + 1 for path in (found.old_path, found.new_path))
    return Line("moved", found.path, label, note=f"from place {before} to place {after}")


def _step(found: Difference, part: Difference, old: Shape, new: Shape, key: str) -> _Step:
    label = ""
    shapes: list[Shape] = []
    for holder, shape, value in ((found.old, old, part.old), (found.new, new, part.new)):
        below, words = _below(shape, holder, key, value)
        shapes.append(below)
        label = words or label
    return _Step(label or introspect.humanize(key), *shapes)


def _below(shape: Shape, holder: Any, key: str, value: Any) -> tuple[Shape, str]:
    """What is declared under one step, and what the forms call it; no words where this side has none."""
    if isinstance(holder, list):
        item = shape.item if isinstance(shape, List) else Anything()
        return item, "" if value is ABSENT else item_words(value, _chosen(item, value), key)
    if isinstance(shape, Struct) and key in shape.by_name:
        entry = shape.by_name[key]
        return entry.shape, entry.title
    if isinstance(shape, Map):
        return shape.value, key
    is_free = isinstance(shape, Free | Anything) and key not in CONSTANTS
    return Anything(), key if is_free else introspect.humanize(key)


def _chosen(shape: Shape, value: Any) -> Shape:
    chosen = introspect.choose(shape, value)
    return chosen.shape if chosen else shape


def _around_the_change(before: str, after: str) -> tuple[str, str]:
    """Two long texts where they differ, with a few words around."""
    if max(len(before), len(after)) <= _LONG:
        return before, after
    begin = _alike(before, after)
    end = _alike(before[begin:][::-1], after[begin:][::-1])
    return _window(before, begin, end), _window(after, begin, end)


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def _window(text: str, begin: int, end: int) -> str:
    start, stop = max(0, begin - _AROUND), len(text) - max(0, end - _AROUND)
    return (_CUT if start else "") + _shorter(text[start:stop]) + (_CUT if stop < len(text) else "")


def _shorter(text: str) -> str:
    return text if len(text) <= 2 * _LONG else f"{text[: 2 * _LONG]}{_CUT} ({len(text):,} characters)"


def _shortened(part: Part) -> Part:
    return _first_parts(part, [_MOST_PARTS])


def _first_parts(part: Part, room: list[int]) -> Part:
    """The part with no more lines below it than there is room for."""
    room[0] -= 1
    kept: list[Part] = []
    for child in part.parts:
        if room[0] <= 0:
            kept.append(Part("", "", f"and {len(part.parts) - len(kept):,} more"))
            break
        kept.append(_first_parts(child, room))
    return replace(part, text=_shorter(part.text), parts=tuple(kept))
