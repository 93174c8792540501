"""Finds the terms in a document that only this site knows."""

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, TypeAlias

from pydantic import BaseModel

from schema_core.base import DataModel
from schema_core.registries import overlays
from schema_core.registries.vocabulary import Vocabulary, known
from schema_core.registries.words import fields_holding

OwnWords: TypeAlias = Mapping[tuple[str, str], tuple[str, set[str]]]


def local_terms(document: Any) -> list[tuple[str, str, str]]:
    """(path, vocabulary, name) of each term that the stock standard refuses, in document order.

    Takes a model, or JSON as Python values. Free objects, which take any words, are never among them.
    """
    wanted, words = _candidates(), _own_words()
    if not wanted and not words:
        return []
    value = json.loads(document.model_dump_json()) if isinstance(document, BaseModel) else document
    return list(_walk(value, "", "", wanted, words))


def local_status(vocabulary: str, name: str) -> str:
    """What the site says of its term of this name: local, proposed or retired; of two, the one that is in use."""
    rows = [row for row in overlays.current().terms.get(vocabulary, ()) if row.data["name"] == name]
    return min((row.status for row in rows), key=lambda status: status == "retired", default="local")


def _candidates() -> list[tuple[Vocabulary[Any], Mapping[str, Mapping[str, Any]]]]:
    """Vocabularies of objects with local terms, and those terms by key."""
    return [(vocabulary, own) for vocabulary, own in _added() if not issubclass(vocabulary.model, Enum)]


def _added() -> Iterator[tuple[Vocabulary[Any], Mapping[str, Mapping[str, Any]]]]:
    """What the site adds to each vocabulary that allows nothing else, by key."""
    for name, rows in overlays.current().terms.items():
        vocabulary = known().get(name)
        if vocabulary is None or vocabulary.free:
            continue
        local = {str(row.data[vocabulary.key]): row.data for row in rows}
        own = {key: data for key, data in local.items() if vocabulary.stock_entry(key) is None}
        if own:
            yield vocabulary, own


def _own_words() -> OwnWords:
    """By kind of node and field that hold words of a list to which the site added: that list, and what it added."""
    added = {vocabulary.name: set(own) for vocabulary, own in _added() if issubclass(vocabulary.model, Enum)}
    if not added:
        return {}
    classes = list(_classes(DataModel))
    return {place: (name, own) for name, own in added.items() for place in fields_holding(known()[name].model, classes)}


def _classes(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield base
    for cls in base.__subclasses__():
        yield from _classes(cls)


def _walk(
    value: Any,
    path: str,
    field: str,
    wanted: list[tuple[Vocabulary[Any], Mapping[str, Mapping[str, Any]]]],
    words: OwnWords,
) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, Mapping):
        for vocabulary, own in wanted:
            key = value.get(vocabulary.key)
            if isinstance(key, str) and key in own and _is_term(value, field, own[key], vocabulary):
                yield path, vocabulary.name, str(own[key]["name"])
                return
        kind = str(value.get("object_type"))
        for key, item in value.items():
            at = _child(path, str(key))
            if (kind, key) in words:
                yield from _words_at(item, at, *words[kind, key])
            yield from _walk(item, at, str(key), wanted, words)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _walk(item, _child(path, str(index)), field, wanted, words)


def _words_at(value: Any, path: str, name: str, own: set[str]) -> Iterator[tuple[str, str, str]]:
    """The site's words in a field: one, or those of a list."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _words_at(item, _child(path, str(index)), name, own)
    elif isinstance(value, str) and value in own:
        yield path, name, value


def _is_term(value: Mapping[str, Any], field: str, term: Mapping[str, Any], vocabulary: Vocabulary[Any]) -> bool:
    """Whether an object is that term: its fixed fields, no field that a term lacks, and not a lookalike's place."""
    return (
        field not in vocabulary.lookalikes
        and value.keys() <= term.keys()
        and all(name in value and value[name] == term[name] for name in vocabulary.fixed)
    )


def _child(path: str, key: str) -> str:
    part = key.replace("~", "~0").replace(".", "~1")
    return f"{path}.{part}" if path else part
