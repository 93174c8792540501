"""Each rule of the standard broken, and kept, where documents of the eight kinds can break it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

import schema_core
from metadata_portal.schemaforms.documents import Document, get
from schema_core import paths
from schema_core.introspect import Place, Struct, describe, places
from tests.metadata_portal.schemaforms.breaking import Broken
from tests.metadata_portal.schemaforms.reach import KINDS, reach
from tests.schema_core import samples
from tests.schema_core.rule_cases import CASES, JUDGED_AS, MORE

if TYPE_CHECKING:
    from random import Random

FREE = Document(samples.processing())
NOT_HERE = {
    "Metadata": "across files: no form of one record holds them",
    "FoodRestriction": "no file of the standard takes it",
    "DevicePosition": "a part of other classes, whose own documents the case does not make up",
    "MouseSubject breeding-missing": "only a model made in code breaks it",
    "Acquisition time-zone-missing": "only a model made in code breaks it",
}
"""Why no document of the eight kinds can break a rule of a class, or one rule."""


@dataclass(frozen=True)
class Case:
    """One rule: a part of a document that keeps it, one that breaks it, and a small document to put them into."""

    name: str
    code: str
    kind: str
    kept: Any = field(repr=False)
    broken: Any = field(repr=False)
    model: type | None
    home: Document = field(repr=False)
    at: str

    def inside(self, document: Any, chance: Random) -> tuple[Any, Broken] | None:
        """A document that keeps the rule where it has an object of the class, and the same with the rule broken."""
        whole = Broken(self.kind, document, chance)
        found = whole.pick(self._fits)
        return self._made(Document(document), found.path, chance) if found else None

    def alone(self, chance: Random) -> tuple[Any, Broken]:
        """The same in a document that holds little else."""
        return self._made(self.home, self.at, chance)

    def _fits(self, place: Place) -> bool:
        is_node = isinstance(place.shape, Struct) and isinstance(place.value, dict)
        return is_node and place.shape.model is self.model

    def _made(self, home: Document, at: str, chance: Random) -> tuple[Any, Broken]:
        kept, broken = (home.put(at, part).json if at else part for part in (self.kept, self.broken))
        made = Broken(self.kind, broken, chance)
        differ = differences(self.kept, self.broken)
        made.touched = {_joined(at, path) for path in differ}
        for path in differ:
            made.also_names(get(self.kept, path))
        return kept, made


@cache
def cases() -> tuple[Case, ...]:
    """Every rule that a document of one of the eight kinds can break."""
    found = [_case(owner, code, *case[1:]) for (owner, code), case in (CASES | MORE).items()]
    return tuple(case for case in found if case is not None)


def left_out() -> set[str]:
    """Rules that no document of the eight kinds can break."""
    return {f"{owner} {code}" for owner, code in CASES | MORE} - {case.name for case in cases()}


def _case(owner: str, code: str, broken: Any, kept: Any) -> Case | None:
    where = _home(JUDGED_AS.get(owner, owner), kept) if _is_json(broken) and _is_json(kept) else None
    return None if where is None else Case(f"{owner} {code}", code, where[0], kept, broken, *where[1:])


def _is_json(value: Any) -> bool:
    if isinstance(value, dict | list):
        return all(_is_json(inner) for inner in (value.values() if isinstance(value, dict) else value))
    return not isinstance(value, BaseModel)


def _home(owner: str, document: Any) -> tuple[str, type | None, Document, str] | None:
    """Kind, class, a small document and the address there of an object of a class or of one made from it."""
    if owner == "_GenericModel":
        return "processing", None, FREE, "data_processes.0.output_parameters"
    for model, (kind, home, at) in _reached().items():
        is_kind = owner in {cls.__name__ for cls in model.__mro__}
        if model.__name__ == owner or (is_kind and document.get("object_type") == describe(model).object_type):
            return kind, model, home, at
    return None


@cache
def _reached() -> dict[type, tuple[str, Document, str]]:
    found: dict[type, tuple[str, Document, str]] = {}
    for kind in KINDS:
        for document, path in reach(kind):
            shape = places(describe(schema_core.KINDS[kind]), document.json, path)[-1].shape
            found.setdefault(shape.model, (kind, document, path))
    return found


def differences(one: Any, other: Any, path: str = "") -> set[str]:
    """The deepest addresses at which two documents differ; of lists of other lengths, the list."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = [key for key in {**one, **other} if (key in one) != (key in other) or one[key] != other[key]]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        keys = [key for key in range(len(one)) if one[key] != other[key]]
    else:
        return {path}
    both = [(key, key in one and key in other) if isinstance(one, dict) else (key, True) for key in keys]
    return {
        at
        for key, here in both
        for at in (differences(one[key], other[key], paths.child(path, key)) if here else {paths.child(path, key)})
    }


def _joined(at: str, path: str) -> str:
    return f"{at}.{path}" if at and path else at or path
