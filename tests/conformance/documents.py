"""Seeded documents of any class, and seeded faults in them, for comparing two validators."""

from __future__ import annotations

import copy
import datetime as dt
import enum
from decimal import Decimal
from pathlib import Path
from typing import Any

from schema_core.asset_paths import AssetPath
from schema_core.base import _GenericModel
from schema_core.registries.brain_atlas import BrainStructureModel
from schema_core.registries.modalities import ModalityModel
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.organizations import OrganizationModel
from schema_core.registries.pid_names import PIDName
from schema_core.registries.species import SpeciesModel, StrainModel
from schema_core.shapes import Choice, Items, Leaf, Node, Table, Tagged, field_shape, tag_of

WORDS = ("12345", "BREGMA_ARI", "BREGMA", "Lambda", "12345_001", "a b", "", "ä", "2024-01-01_10-00-00")
TERMS = {
    OrganizationModel: (
        {"name": "Allen Institute"},
        {"name": "Other", "abbreviation": None, "registry": None, "registry_identifier": None},
        {"name": "Addgene", "abbreviation": "wrong"},
        {"name": "Nowhere"},
    ),
    SpeciesModel: ({"name": "Mus musculus"}, {"name": "Macaca mulatta"}, {"name": "Mus"}),
    StrainModel: ({"name": "C57BL/6J"}, {"name": "Unknown", "species": "Mus musculus"}, {"name": "x"}),
    ModalityModel: ({"abbreviation": "ecephys"}, {"name": "Confocal microscopy", "abbreviation": "confocal"}, {}),
    PIDName: ({"name": "Cre", "registry_identifier": "MGI:1"}, {"name": "x", "registry": "anything"}, {"nam": "x"}),
    BrainStructureModel: (
        {"atlas": "CCFv3", "name": "Primary visual area", "acronym": "VISp", "id": "385"},
        {"name": "x"},
    ),
    MouseAnatomyModel: ({"name": "carotid artery", "registry_identifier": "18609"}, {"name": "x"}, {}),
}
SCALARS = {
    str: WORDS,
    int: (0, 3, 2.0, "4", -1),
    float: (0, 1.5, -2.25, "3.5", 1e-7, 12345678.9),
    bool: (True, False, "yes", 1),
    Decimal: (1.5, "20.10", 3, 0),
    dt.date: ("2024-02-29", "2023-07-01", "2023-07-01T00:00:00"),
    dt.time: ("07:00:00", "19:30", "07:00:00.5"),
    dt.datetime: ("2024-02-01T10:00:00-08:00", "2024-02-01T10:00:00Z", "2024-02-01T10:00:00.123456+05:30", 1700000000),
    Path: ("run.py", "a/b"),
    AssetPath: ("warp.h5",),
    _GenericModel: ({"gain": 5, "deep": {"x": [1, 2.5, None]}}, {"a.b": 1}, {}),
}
STRANGE = (None, "", 0, 1, -1.5, True, "text", [], {}, [1], {"x": 1}, ["a", "b"], "2024-01-01", 10**20, 1e300, "NaN")


def document_of(cls, random, depth=0):
    """A document of a class: mostly valid, with optional fields now and then."""
    document = {}
    for name, info in cls.model_fields.items():
        if name in ("describedBy", "schema_version"):
            continue
        if name == "object_type":
            document[name] = tag_of(cls)
        elif info.is_required() or random.random() < 0.4:
            nullable = not info.is_required() and random.random() < 0.1
            document[name] = None if nullable else value_of(field_shape(cls, name), random, depth + 1)
    return document


def value_of(shape, random, depth):
    """A value of a shape."""
    match shape:
        case Node(model):
            return document_of(model, random, depth)
        case Tagged(_, branches):
            return document_of(random.choice(list(branches.values())), random, depth)
        case Items(_, item):
            return [value_of(item, random, depth) for _ in range(random.choice((1, 1, 1, 2, 3, 0)))]
        case Table(_, inner):
            return {random.choice(("Lambda", "Bregma", "Code Ocean", "x")): value_of(inner, random, depth)}
        case Choice(branches):
            return value_of(random.choice(branches), random, depth)
        case Leaf(annotation):
            return leaf_of(annotation, random)
    raise TypeError(shape)


def leaf_of(annotation, random):
    """A scalar, a term or a free object."""
    annotation = getattr(annotation, "__origin__", annotation)
    if annotation in SCALARS:
        return copy.deepcopy(random.choice(SCALARS[annotation]))
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return random.choice(list(annotation)).value
    if getattr(annotation, "__args__", None):
        return random.choice(annotation.__args__)
    for model, terms in TERMS.items():
        if issubclass(annotation, model):
            return copy.deepcopy(terms[0] if random.random() < 0.85 else random.choice(terms))
    raise TypeError(annotation)


def places(value, at=()):
    """Every place in a document, the root left out."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*at, key)
        yield from places(inner, (*at, key))


def at(document: Any, place: tuple[Any, ...]) -> Any:
    """What stands at a place."""
    for key in place:
        document = document[key]
    return document


def mutated(document, random):
    """A copy with one fault, and what was done to it."""
    document = copy.deepcopy(document)
    everywhere = [place for place in places(document) if place]
    place = random.choice(everywhere)
    parent, key = at(document, place[:-1]), place[-1]
    fault = random.choice(FAULTS)
    fault(document, parent, key, random, everywhere)
    return document, (fault.__name__, place)


def delete(document, parent, key, random, everywhere):
    del parent[key]


def retype(document, parent, key, random, everywhere):
    parent[key] = copy.deepcopy(random.choice(STRANGE))


def rename(document, parent, key, random, everywhere):
    if isinstance(parent, dict):
        parent[f"{key}x"] = parent.pop(key)


def graft(document, parent, key, random, everywhere):
    parent[key] = copy.deepcopy(at(document, random.choice(everywhere)))


def repeat(document, parent, key, random, everywhere):
    if isinstance(parent[key], list) and parent[key]:
        parent[key].append(copy.deepcopy(random.choice(parent[key])))


def retag(document, parent, key, random, everywhere):
    tags = [at(document, place) for place in everywhere if place[-1] == "object_type"]
    if isinstance(parent[key], dict):
        parent[key]["object_type"] = random.choice([*tags, "Nonsense", None])
    elif isinstance(parent, dict):
        parent["object_type"] = random.choice([*tags, "Nonsense", None])


def stringify(document, parent, key, random, everywhere):
    if isinstance(parent[key], int | float):
        parent[key] = str(parent[key])
    elif isinstance(parent[key], str):
        parent[key] = random.choice(("Circle", "millimeter", "percent", parent[key].upper(), parent[key] + " ", "5"))


def add(document, parent, key, random, everywhere):
    target = parent[key] if isinstance(parent[key], dict) else parent
    if isinstance(target, dict):
        names = [place[-1] for place in everywhere if isinstance(place[-1], str)]
        target.setdefault(random.choice([*names, "notes", "stranger"]), random.choice(STRANGE))


def naive(document, parent, key, random, everywhere):
    if isinstance(parent[key], str) and "T" in parent[key]:
        parent[key] = random.choice(("2024-02-01T10:00:00", "2024-02-01", "1700000000", "2024-02-01 10:00"))


FAULTS = (delete, delete, retype, rename, graft, repeat, retag, stringify, add, naive)
