"""Finds the terms in a document that only this site knows."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from schema_core.registries import overlays
from schema_core.registries.vocabulary import Vocabulary, known


def local_terms(document: Any) -> list[tuple[str, str, str]]:
    """(path, vocabulary, name) of each term that the stock standard refuses, in document order.

    Takes a model, or JSON as Python values. Free objects, which take any words, are never among them.
    """
    wanted = _candidates()
    if not wanted:
        return []
    value = json.loads(document.model_dump_json()) if isinstance(document, BaseModel) else document
    return list(_walk(value, "", "", wanted))


def local_status(vocabulary: str, name: str) -> str:
    """What the site says of its term of this name: local, proposed or retired; of two, the one that is in use."""
    rows = [row for row in overlays.current().terms.get(vocabulary, ()) if row.data["name"] == name]
    return min((row.status for row in rows), key=lambda status: status == "retired", default="local")


def _candidates() -> list[tuple[Vocabulary[Any], Mapping[str, Mapping[str, Any]]]]:
    """Vocabularies with local terms, and those terms by key."""
    found: list[tuple[Vocabulary[Any], Mapping[str, Mapping[str, Any]]]] = []
    for name, rows in overlays.current().terms.items():
        vocabulary = known().get(name)
        if vocabulary is None or vocabulary.free:
            continue
        local = {str(row.data[vocabulary.key]): row.data for row in rows}
        own = {key: data for key, data in local.items() if vocabulary.stock_entry(key) is None}
        if own:
            found.append((vocabulary, own))
    return found


def _walk(
    value: Any, path: str, field: str, wanted: list[tuple[Vocabulary[Any], Mapping[str, Mapping[str, Any]]]]
) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, Mapping):
        for vocabulary, own in wanted:
            key = value.get(vocabulary.key)
            if isinstance(key, str) and key in own and _is_term(value, field, own[key], vocabulary):
                yield path, vocabulary.name, str(own[key]["name"])
                return
        for key, item in value.items():
            yield from _walk(item, _child(path, str(key)), str(key), wanted)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _walk(item, _child(path, str(index)), field, wanted)


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
