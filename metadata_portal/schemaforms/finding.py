"""Search in a whole document: what nodes are called, what tells them apart, their fields and what stands in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from metadata_portal.schemaforms import sections, summaries, tree
from metadata_portal.schemaforms.controls import Control
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.whereabouts import SEPARATOR, name_of
from schema_core.introspect import List, Place, Struct

MOST: Final = 40
"""Hits that are shown; more words find fewer."""
_MOST_TEXT: Final = 80


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that was found: what it is, what stands there, where it lies, and the link to it."""

    title: str
    rest: str
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; empty for an empty search."""

    text: str = ""
    hits: list[Hit] = field(default_factory=list)
    count: int = 0

    @property
    def count_words(self) -> str:
        """Say how much was found."""
        if not self.count:
            return "Nothing found. Search for a name, a kind, a field or a value."
        shown = f"The first {len(self.hits)} of {self.count}" if self.count > len(self.hits) else f"{self.count}"
        return f"{shown} found" + (": type more to narrow it down." if self.count > len(self.hits) else "")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Something that can be found: an address with its words, and the words of what encloses it."""

    path: str
    title: str
    rest: str
    way: tuple[str, ...]
    is_node: bool


def find(root: Struct, document: Any, text: str, link: Callable[[str], str]) -> Found:
    """Find what holds every word of a text, itself or in what encloses it, and at least one of them itself."""
    words = text.casefold().split()
    if not words:
        return Found()
    ranked = [(rank, spot) for spot in _spots(root, document) if (rank := _rank(spot, words)) is not None]
    ranked.sort(key=lambda entry: entry[0])
    hits = [Hit(spot.title, spot.rest, SEPARATOR.join(spot.way), link(spot.path)) for _, spot in ranked[:MOST]]
    return Found(text.strip(), hits, len(ranked))


def _rank(spot: _Spot, words: list[str]) -> int | None:
    """Rank a place: all words in its own, best at the start of one, nodes first; None where it is no hit."""
    own = f"{spot.title} {spot.rest}".casefold()
    around = " ".join(spot.way).casefold()
    inside = [word in own for word in words]
    if not any(inside) or not all(here or word in around for here, word in zip(inside, words, strict=True)):
        return None
    starts = all(own.startswith(word) or f" {word}" in own for word in words)
    return (not all(inside)) * 4 + (not starts) * 2 + (not spot.is_node)


def _spots(root: Struct, document: Any) -> Iterator[_Spot]:
    """Walk everything that can be found, in the order of the document."""
    yield from _below(tree.place_at(root, document, ""), Document(document), ())


def _below(place: Place, state: Document, way: tuple[str, ...]) -> Iterator[_Spot]:
    is_list = isinstance(place.shape, List)
    title, rest = name_of(place), "" if is_list else summaries.summary_of(place.shape, place.value)
    is_there = place.present and place.value is not None
    if is_there and place.path:
        yield _Spot(place.path, title, rest, way, is_node=True)
    inner = way if not place.path or is_list else (*way, title)
    # the fields of a row are found with the row
    for section in () if sections.is_rows(place.shape) else sections.sections_of(place, state):
        for entry in section.controls:
            if entry.field is not None and entry.field.unit_of:
                continue  # found with its value
            yield _field(section, entry, state.json, inner)
    for child in tree.children(place):
        if child.present and child.value is not None:
            yield from _below(child, state, inner)


def _field(section: sections.Section, entry: Control, document: Any, way: tuple[str, ...]) -> _Spot:
    text = " ".join(filter(None, section.shown(document, entry)))
    return _Spot(section.address(entry), entry.label, text[:_MOST_TEXT], way, is_node=False)
