"""Terms as data, arranged so that any of their names finds them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schema_core.registries.overlays import LocalTerm, Status
from schema_core.registries.registries import Registry

_ADDRESS = re.compile(r"^https?://(dx\.)?[^/]+/")
_SHORT = {registry.value: registry.name for registry in Registry}


@dataclass(frozen=True)
class Entry:
    """One term as data: its key, the names it answers to, and its fields as they stand in JSON."""

    key: str
    label: str
    data: Any
    names: tuple[str, ...]
    identifier: str | None = None
    aliases: tuple[str, ...] = ()
    status: Status = "stock"
    stock: bool = True

    @property
    def hint(self) -> str:
        """The names beside the first one, for a list to choose from; a bare number only where it has no prefix."""
        bare = self.identifier if any(name.endswith(f":{self.identifier}") for name in self.names) else None
        return " · ".join(name for name in self.names if name not in {bare, self.label})

    @cached_property
    def haystack(self) -> str:
        """All names, folded, a line each: what a search looks through."""
        return "\n".join(fold(name) for name in (*self.names, *self.aliases))


class Index:
    """Entries under their keys and under every name; `local` is what it was made from."""

    def __init__(self, entries: Iterable[Entry], local: tuple[LocalTerm, ...] = ()) -> None:
        """Arrange the entries; one that comes later replaces one with the same key."""
        self.local = local
        self.by_key: Mapping[str, Entry] = {entry.key: entry for entry in entries}
        self.offered = tuple(entry for entry in self.by_key.values() if entry.status != "retired")

    @cached_property
    def _by_name(self) -> Mapping[str, Entry]:
        retired = (entry for entry in self.by_key.values() if entry.status == "retired")
        found: dict[str, Entry] = {}
        for group in (self.offered, retired):
            for name, entry in _names_in_order(group):
                found.setdefault(name, entry)
        return found

    @cached_property
    def _by_folded(self) -> Mapping[str, Entry]:
        found: dict[str, Entry] = {}
        for name, entry in self._by_name.items():
            found.setdefault(fold(name), entry)
        return found

    def lookup(self, text: str) -> Entry | None:
        """The entry with this name, abbreviation, identifier (or its address) or alias."""
        return self._by_name.get(text.strip()) or self._by_folded.get(fold(_ADDRESS.sub("", text.strip())))

    def search(self, text: str) -> list[Entry]:
        """Entries on offer whose names hold every word of the text, the best match first."""
        wanted = fold(text)
        words = wanted.split()
        hits = [entry for entry in self.offered if all(word in entry.haystack for word in words)]
        if wanted:
            hits.sort(key=lambda entry: _rank(entry, wanted))
        return hits


def fold(text: str) -> str:
    """The text without case and outer or doubled blanks."""
    return " ".join(text.casefold().split())


def constant_name(text: str) -> str:
    """The name of the constant for a term: each non-word character becomes `_`, a leading digit gets one."""
    return re.sub(r"\W|^(?=\d)", "_", text.title()).upper()


def prefixed(registry: object, identifier: str) -> tuple[str, ...]:
    """`EMAPA:18609` for the bare identifier 18609 of EMAPA; nothing where the prefix is there already."""
    short = _SHORT.get(str(registry)) if registry else None
    return () if short is None or identifier.startswith(f"{short}:") else (f"{short}:{identifier}",)


def _names_in_order(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Names before abbreviations before identifiers before aliases, so that the stronger name wins."""
    last = 99
    ranked = [
        (rank, name, entry)
        for entry in entries
        for rank, name in (*enumerate(entry.names), *((last, alias) for alias in entry.aliases))
    ]
    ranked.sort(key=lambda item: item[0])
    return ((name, entry) for _, name, entry in ranked)


def _rank(entry: Entry, wanted: str) -> tuple[int, int]:
    """Exact before beginning before beginning of a word before anywhere; the shorter label first."""
    lines = entry.haystack.split("\n")
    if wanted in lines:
        rank = 0
    elif any(line.startswith(wanted) for line in lines):
        rank = 1
    elif f" {wanted}" in entry.haystack:
        rank = 2
    else:
        rank = 3
    return rank, len(entry.label)
