"""The standard's vocabularies: one module each, facts in `data/`, a site's own terms over them.

`overlay(provider)` lets a site add terms; `vocabularies()` lists every vocabulary; `local_terms(document)` says which
terms of a document the stock standard lacks. A vocabulary reads its table when it is first asked.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from schema_core.registries.local import local_status, local_terms
from schema_core.registries.overlays import LocalTerm, Snapshot, overlay, stock_only
from schema_core.registries.vocabulary import OneOf, Suggest, Vocabulary, known

__all__ = [
    "LocalTerm",
    "OneOf",
    "Snapshot",
    "Suggest",
    "Vocabulary",
    "local_status",
    "local_terms",
    "overlay",
    "stock_only",
    "vocabularies",
    "vocabulary",
]

_MODULES = (
    "organizations",
    "species",
    "modalities",
    "brain_atlas",
    "mouse_anatomy",
    "harp_types",
    "protocols",
    "stages",
    "gene",
    "closed",
)
_FIRST = (
    "organizations",
    "strains",
    "species",
    "modalities",
    "brain-structures",
    "mouse-anatomy",
    "harp-types",
    "protocols",
)


@cache
def vocabularies() -> Mapping[str, Vocabulary[Any]]:
    """Every vocabulary by name: those a site may extend first, then the closed ones."""
    for module in _MODULES:
        import_module(f"{__name__}.{module}")
    order = {name: place for place, name in enumerate(_FIRST)}
    listed = sorted(known().items(), key=lambda item: (order.get(item[0], len(order)), item[1].closed))
    return MappingProxyType(dict(listed))


def vocabulary(name: str) -> Vocabulary[Any]:
    """The vocabulary of that name; KeyError if there is none."""
    return vocabularies()[name]
