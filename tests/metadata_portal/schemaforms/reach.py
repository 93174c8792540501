"""Every kind of node that the models know, each in the smallest document that holds it, and values to fill it with."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from hypothesis import strategies as st

import schema_core
from metadata_portal.schemaforms import controls, depths, presets, sections, tree
from metadata_portal.schemaforms import values as values_of
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.sections import Section, sections_of
from schema_core import paths
from schema_core.introspect import (
    Anything,
    Choice,
    Free,
    List,
    Map,
    Place,
    Scalar,
    Struct,
    Term,
    Union,
    describe,
    places,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = tuple(kind for kind in schema_core.KINDS if kind != "metadata")


def reach(kind: str) -> Iterator[tuple[Any, str]]:
    """Give a document and an address for each struct below a kind, the root first."""
    root = describe(schema_core.KINDS[kind])
    waiting = [(root, Document(presets.seed(root)), "")]
    seen = {root}
    while waiting:
        shape, document, path = waiting.pop(0)
        yield document.with_ids(), path
        for entry in shape.fields:
            if entry.constant or entry.deprecated:
                continue
            for below, grown, at in _grow(entry.shape, document, paths.child(path, entry.name)):
                if below not in seen:
                    seen.add(below)
                    waiting.append((below, grown, at))


def _grow(shape: Any, document: Document, path: str) -> Iterator[tuple[Struct, Document, str]]:
    if isinstance(shape, Struct):
        yield shape, document.put(path, presets.seed(shape)), path
    elif isinstance(shape, List) and not controls.is_leaf(shape):
        yield from _grow(shape.item, document.put(path, []), paths.child(path, 0))
    elif isinstance(shape, Map) and not sections.is_pairs(shape):
        key = shape.key.values[0] if isinstance(shape.key, Choice) else "a.b"
        yield from _grow(shape.value, document.put(path, {}), paths.child(path, key))
    elif isinstance(shape, Union) and not controls.is_leaf(shape):
        for entry in shape.alternatives:
            yield from _grow(entry.shape, document, path)


def everything(place: Place) -> Iterator[Place]:
    """Walk a document: a place, then every place below it."""
    yield place
    for child in tree.children(place):
        yield from everything(child)


def form_address(kind: str, document: Document, path: str) -> str:
    """Give the address of the form that draws the controls of a struct: its own, or that of its list's rows."""
    place = places(describe(schema_core.KINDS[kind]), document.json, path)[-1]
    is_row = isinstance(place.parent, List) and sections.is_rows(place.parent)
    return paths.parent(path) if is_row and not depths.is_depth_list(place.parent) else path


def drawn_sections(kind: str, document: Document, at: str) -> tuple[Section, ...]:
    """Give the sections of the form at an address."""
    return sections_of(places(describe(schema_core.KINDS[kind]), document.json, at)[-1], document)


def post(at: str, texts: dict[str, list[str]], groups: dict[str, str], **words: str) -> QueryDict:
    """Write a post as a browser does: numbered names for groups of inputs."""
    data = QueryDict(mutable=True)
    data["at"] = at
    for name, value in words.items():
        data[name] = value
    for name, values in texts.items():
        if groups[name] == "many":
            for index, text in enumerate(values):
                data[f"{name}-{index}"] = text
        else:
            data.setlist(name, ["", *values] if groups[name] == "boxes" else values)
    return data


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
NUMBERS = st.integers(-(10**9), 10**9).map(lambda number: number / 1000)
NUMERALS = st.sampled_from(["3.5", "-2", "+.5", "1e3", "1e400", "007", "NaN", '"3.5"', '"', '"a" b'])
"""Texts that look like numbers or quoted texts, for fields that take both."""
MOMENTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1))  # noqa: DTZ001 - the offset is added


def values(shape: Any, name: str = "") -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one line for each shape
    """Give values that a control of this shape can say."""
    if isinstance(shape, Scalar):
        return _scalars(shape)
    if isinstance(shape, Choice):
        return st.sampled_from(shape.values)
    if isinstance(shape, Term):
        return st.sampled_from(_entries(shape)).map(values_of.entry_json)
    if isinstance(shape, List):
        unique = values_of.as_text if not isinstance(shape.item, List) else str
        return st.lists(values(shape.item), min_size=1, max_size=4, unique_by=unique)
    if isinstance(shape, Union):
        plain = [entry.shape for entry in shape.alternatives]
        return st.one_of([values(entry) for entry in plain])
    if isinstance(shape, Map):
        return st.dictionaries(values(shape.key), values(shape.value), min_size=1, max_size=3)
    if isinstance(shape, Anything):
        return st.one_of(WORDS, NUMBERS, st.booleans(), st.lists(WORDS), st.dictionaries(WORDS, NUMBERS))
    assert isinstance(shape, Free), name
    return st.dictionaries(WORDS, st.one_of(WORDS, NUMBERS, st.booleans(), st.lists(WORDS)), min_size=1, max_size=3)


@cache
def _entries(shape: Term) -> list[Any]:
    """Give terms that their own label finds."""
    found = values_of.vocabulary(shape)
    return [entry for entry in found.entries()[:200] if found.lookup(entry.label) is entry]


def _scalars(shape: Scalar) -> st.SearchStrategy[Any]:
    by_type: dict[type, st.SearchStrategy[Any]] = {
        str: WORDS,
        int: st.integers(-(2**62), 2**62),
        float: NUMBERS,
        bool: st.booleans(),
        Decimal: st.decimals(-1000, 1000, places=3).map(str),
        dt.date: st.dates().map(str),
        dt.time: st.times().map(lambda time: time.replace(microsecond=0).isoformat()),
        dt.datetime: MOMENTS.map(lambda moment: f"{moment.replace(microsecond=0).isoformat()}+02:00"),
    }
    return st.one_of(by_type[shape.type], NUMERALS, WORDS) if shape.text else by_type[shape.type]
