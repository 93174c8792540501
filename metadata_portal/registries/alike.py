"""Terms that look, say or identify the same: found by keys, so that ten thousand of them cost one pass."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.naming import gist, skeletons
from schema_core.registries.entries import Entry, Index

MOST_SUGGESTED = 5
SHORTEST_GIST = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another term that may be the same, and why."""

    entry: Entry
    why: str


@dataclass(slots=True)
class Alike:
    """The terms of a registry by what they look like, say, and are identified by."""

    looks: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    says: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    ids: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def take(self, entry: Entry) -> None:
        """Keep a term under all its keys."""
        for name in _names(entry):
            for look in set(skeletons(name)):
                self.looks[look].append(entry)
        for text in {gist(name) for name in _names(entry)}:
            self.says[text].append(entry)
        if entry.identifier:
            self.ids[entry.identifier.casefold()].append(entry)

    def looking_like(self, name: str) -> Iterator[Entry]:
        """The terms that nobody can tell from this name."""
        for look in dict.fromkeys(skeletons(name)):
            yield from self.looks.get(look, ())


_held: "WeakKeyDictionary[Index, Alike]" = WeakKeyDictionary()


def alike_of(declared: Declaration) -> Alike:
    """The keys of a registry's terms as they are now; worked out once for each version of it."""
    index = declared.vocabulary.index()
    found = _held.get(index)
    if found is None:
        found = Alike()
        for entry in index.by_key.values():
            found.take(entry)
        _held[index] = found
    return found


def suggestions(declared: Declaration, entry: Entry, own: Iterable[str] = ()) -> list[Suggestion]:
    """Terms that may be the same as this one, the surest first."""
    known = alike_of(declared)
    found: dict[str, Suggestion] = {}
    apart = {entry.key, *own}
    for why, entries in _shared(known, entry):
        for other in entries:
            if other.key not in apart and other.status != "retired":
                found.setdefault(other.key, Suggestion(other, why))
    return list(found.values())[:MOST_SUGGESTED]


def doubles(declared: Declaration) -> list[tuple[str, list[Entry]]]:
    """Groups of terms in use that share a key, each with why; a group of packaged terms alone is the standard's."""
    known = alike_of(declared)
    found: dict[frozenset[str], tuple[str, list[Entry]]] = {}
    for why, table in _tables(known):
        for entries in table.values():
            if len(entries) > 1:
                group = {entry.key: entry for entry in entries if entry.status != "retired"}
                if len(group) > 1 and not all(entry.stock for entry in group.values()):
                    found.setdefault(frozenset(group), (why, list(group.values())))
    return sorted(found.values(), key=lambda group: group[1][0].label.casefold())


def _shared(known: Alike, entry: Entry) -> Iterator[tuple[str, list[Entry]]]:
    if entry.identifier:
        yield f"has the identifier {entry.identifier}, too", known.ids.get(entry.identifier.casefold(), [])
    for name in _names(entry):
        yield f"looks like “{name}”", list(known.looking_like(name))
        if len(gist(name)) >= SHORTEST_GIST:
            yield f"says nearly the same as “{name}”", known.says.get(gist(name), [])


def _tables(known: Alike) -> Iterator[tuple[str, Mapping[Any, list[Entry]]]]:
    yield "the same identifier", known.ids
    yield "names that look the same", known.looks
    yield "nearly the same name", known.says


def _names(entry: Entry) -> list[str]:
    """The words that people know a term by: its names and other names, without bare identifiers."""
    ids = {entry.identifier, *(name for name in entry.names if entry.identifier and name.endswith(entry.identifier))}
    return [name for name in dict.fromkeys((entry.label, *entry.names, *entry.aliases)) if name not in ids]
