"""Seeded documents of any class: what the fields' types allow, and valid ones by mending what the rules refuse."""

from __future__ import annotations

import copy
import datetime as dt
import enum
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from schema_core import paths
from schema_core.asset_paths import AssetPath
from schema_core.base import _GenericModel
from schema_core.registries.brain_atlas import BrainStructureModel
from schema_core.registries.harp_types import HarpDeviceType, HarpDeviceTypeModel
from schema_core.registries.modalities import Modality, ModalityModel
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.organizations import Organization, OrganizationModel
from schema_core.registries.pid_names import PIDName
from schema_core.registries.species import Species, SpeciesModel, Strain, StrainModel
from schema_core.registries.time_zones import TimeZoneName
from schema_core.shapes import Choice, Items, Leaf, Node, Table, Tagged, field_shape, fitting_branch, tag_of
from tests.conformance.comparing import blocking, class_at, judged

WORDS = ("12345", "BREGMA_ARI", "BREGMA", "Lambda", "12345_001", "a b", "", "ä", "2024-01-01_10-00-00")
FITTING = ("12345", "abcdef0123", "xyz", "2.3.3", "12345_2024-01-01_10-00-00", *WORDS)
ODD_TERMS = {
    OrganizationModel: ({"name": "Addgene", "abbreviation": "wrong"}, {"name": "Nowhere"}, {"name": "Other"}),
    SpeciesModel: ({"name": "Mus"},),
    StrainModel: ({"name": "x"},),
    ModalityModel: ({}, {"name": "Confocal microscopy", "abbreviation": "confocal"}),
    HarpDeviceTypeModel: ({"name": "Nowhere"}, {"name": "Behavior", "whoami": 1}),
}
VOCABULARIES = {
    OrganizationModel: Organization.vocabulary,
    SpeciesModel: Species.vocabulary,
    StrainModel: Strain.vocabulary,
    ModalityModel: Modality.vocabulary,
    HarpDeviceTypeModel: HarpDeviceType.vocabulary,
}
FREE_TERMS = {
    PIDName: ({"name": "Cre", "registry_identifier": "MGI:1"}, {"name": "x", "registry": "anything"}, {"nam": "x"}),
    BrainStructureModel: (
        {"atlas": "CCFv3", "name": "Primary visual area", "acronym": "VISp", "id": "385"},
        {"name": "x"},
    ),
    MouseAnatomyModel: (
        {"name": "carotid artery", "registry": "Edinburgh Mouse Atlas Project (EMAPA)", "registry_identifier": "18609"},
        {"name": "carotid artery", "registry_identifier": "18609"},
        {"name": "x"},
    ),
}
SCALARS = {
    str: WORDS,
    TimeZoneName: ("America/Los_Angeles", "UTC", "Europe/Berlin", "+05:30", "america/los_angeles"),
    int: (0, 3, 2.0, "4", -1, 70),
    float: (0, 1.5, -2.25, "3.5", 1e-7, 12345678.9, 62),
    bool: (True, False, "yes", 1),
    Decimal: (1.5, "20.10", 3, 0),
    dt.date: ("2024-02-29", "2023-07-01", "2023-07-01T00:00:00"),
    dt.time: ("07:00:00", "19:30", "07:00:00.5"),
    dt.datetime: ("2024-02-01T10:00:00-08:00", "2024-02-01T10:00:00Z", "2024-02-01T10:00:00.123456+05:30", 1700000000),
    Path: ("run.py", "a/b"),
    AssetPath: ("warp.h5",),
    _GenericModel: ({"gain": 5, "deep": {"x": [1, 2.5, None]}}, {"a.b": 1}, {}),
    Any: (1, "x", None, {"a": [1]}, [1.5, "b"], True),
    dict: ({"a": 1}, {}),
}
FILLED = (0.8, 0.6, 0.5, 0.4, 0.3, 0.3, 0.2, 0)
"""How often an optional field is filled, by depth."""
DEEP = len(FILLED) - 1
REFUSED_DEFAULTS = ("status_history",)
"""Optional by the letter, but the standard refuses its own default when it reads it again."""


def document_of(cls, random, depth=0):
    """A document of a class: mostly valid, with optional fields now and then."""
    document = {}
    for name, info in cls.model_fields.items():
        if name in ("describedBy", "schema_version"):
            continue
        if name == "object_type":
            document[name] = tag_of(cls)
        elif info.is_required() or name in REFUSED_DEFAULTS or random.random() < FILLED[min(depth, DEEP)]:
            nullable = not info.is_required() and random.random() < 0.1
            document[name] = None if nullable else value_of(field_shape(cls, name), random, depth + 1, info.metadata)
    return document


def value_of(shape, random, depth, marks=()):
    """A value of a shape that keeps to the marks on its field."""
    match shape:
        case Node(model):
            return document_of(model, random, depth)
        case Tagged(_, branches):
            return document_of(random.choice(list(branches.values())), random, depth)
        case Items(_, item):
            least = max((getattr(mark, "min_length", None) or 0 for mark in marks), default=0)
            count = max(least, random.choice((1, 1, 1, 2, 3, 0)) if depth < DEEP else 0)
            return [value_of(item, random, depth) for _ in range(count)]
        case Table(annotation, inner):
            return {key_of(annotation, random): value_of(inner, random, depth)}
        case Choice(branches):
            return value_of(random.choice(branches), random, depth)
        case Leaf(annotation):
            return leaf_of(annotation, random, marks)
    raise TypeError(shape)


def key_of(annotation, random):
    """A key of a table."""
    kind = annotation.__args__[0]
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return random.choice(list(kind)).value
    return random.choice(("Lambda", "Bregma", "Code Ocean", "x"))


def leaf_of(annotation, random, marks=()):
    """A scalar, a term or a free object."""
    if get_origin(annotation) is Literal:
        return random.choice(get_args(annotation))
    if get_origin(annotation) is tuple:
        return [leaf_of(part, random) for part in get_args(annotation) if part is not ...]
    annotation = getattr(annotation, "__origin__", annotation)
    if annotation in SCALARS:
        return copy.deepcopy(random.choice(fitting(annotation, marks)))
    return object_of(annotation, random)


def object_of(annotation, random):
    """A member of an enum, a term or a free object."""
    if issubclass(annotation, enum.Enum):
        return random.choice(list(annotation)).value
    for model, vocabulary in VOCABULARIES.items():
        if issubclass(annotation, model):
            return term_of(vocabulary, ODD_TERMS[model], random)
    for model, terms in FREE_TERMS.items():
        if issubclass(annotation, model):
            return copy.deepcopy(terms[0] if random.random() < 0.85 else random.choice(terms))
    assert issubclass(annotation, _GenericModel), annotation
    return copy.deepcopy(random.choice(SCALARS[_GenericModel]))


def term_of(vocabulary, odd, random):
    """A term: whole, by its key alone, or with something wrong."""
    if random.random() < 0.05:
        return copy.deepcopy(random.choice(odd))
    data = dict(random.choice(vocabulary.stock[:12] if random.random() < 0.5 else vocabulary.stock).data)
    return data if random.random() < 0.6 else {vocabulary.key: data[vocabulary.key]}


def fitting(annotation, marks):
    """The scalars that keep to a field's marks; all of them where none does."""
    if annotation is str:
        patterns = [pattern for mark in marks if (pattern := getattr(mark, "pattern", None))]
        kept = [word for word in FITTING if all(re.search(pattern, word) for pattern in patterns)]
        return kept if patterns and kept else SCALARS[str]
    kept = [value for value in SCALARS[annotation] if isinstance(value, int | float) and within(value, marks)]
    return kept if kept and any(hasattr(mark, "ge") or hasattr(mark, "gt") for mark in marks) else SCALARS[annotation]


def within(value, marks):
    """Whether a number is in the range that marks give."""
    checks = {"ge": value.__ge__, "gt": value.__gt__, "le": value.__le__, "lt": value.__lt__}
    limits = [(checks[name], getattr(mark, name)) for mark in marks for name in checks if hasattr(mark, name)]
    return all(check(limit) is True for check, limit in limits)


def valid_document_of(kind, random, tries=16):
    """A valid document of a kind or class: made up, then mended where we complain; None if that fails."""
    cls = class_at(kind)
    document, seen = document_of(cls, random), Counter()
    for _ in range(tries):
        problems = blocking(judged(document, kind)[1])
        if not problems:
            return document
        for problem in problems:
            mend(cls, document, problem, random, climb=seen[problem.path] // 3)
            seen[problem.path] += 1
    return None


def steps_to(cls, document, path):
    """The places along a path: container, key, shape of what is there, the marks on it; as far as they are known."""
    found, here, shape, marks = [], document, Node(cls), ()
    for key in paths.split(path):
        shape = narrowed(shape, here)
        match shape:
            case Node(model) if key in model.model_fields:
                info = model.model_fields[key]
                inner, marks = field_shape(model, key), info.metadata
                required = info.is_required()
            case Items(_, inner):
                key, marks, required = int(key), (), False  # noqa: PLW2901 - an index
            case Table(_, inner):
                marks, required = (), False
            case _:
                return found
        found.append((here, key, inner, marks, required))
        try:
            here = here[key]
        except (KeyError, IndexError, TypeError):
            return found
        shape = inner
    return found


def narrowed(shape, value):
    """The one branch of a shape that a value means."""
    if isinstance(shape, Tagged):
        branch = shape.branches.get(value.get(shape.key)) if isinstance(value, dict) else None
        return Node(branch) if branch else None
    return fitting_branch(shape, value) if isinstance(shape, Choice) else shape


def mend(cls, document, problem, random, climb):
    """Fill in, leave out or make anew where a problem is; `climb` levels higher up if that did not help."""
    known = steps_to(cls, document, problem.path)
    known = known[: max(1, len(known) - climb)]
    if not known:
        return
    here, name, shape, marks, required = known[-1]
    if not isinstance(here, list if isinstance(name, int) else dict) or (isinstance(name, int) and name >= len(here)):
        return  # mending another problem took it away
    optional = len(here) > 1 if isinstance(here, list) else here.get(name) is not None and not required
    known_as = names_about(document, problem) if shape == Leaf(str) and random.random() < 0.7 else []
    if known_as:
        here[name] = random.choice(known_as)  # it may be the name of something else here
    elif optional and random.random() < 0.2:
        del here[name]
    else:
        here[name] = value_of(shape, random, len(known), marks)


def names_about(document, problem):
    """What the things are called that a problem is about."""
    found = []
    for path in problem.also:
        here = document
        for key in paths.split(path):
            try:
                here = here[int(key) if isinstance(here, list) else key]
            except (KeyError, IndexError, TypeError, ValueError):
                here = None
        found += [here] if isinstance(here, str) else names_in(here)
    return found or names_in(document)


def names_in(value):
    """What the things in a document are called."""
    if isinstance(value, dict):
        own = [text for key, text in value.items() if key.endswith("_name") or key == "name"]
        own += [text for key in ("active_devices", "subject_id") for text in [value.get(key)]]
        flat = [text for one in own for text in (one if isinstance(one, list) else [one]) if isinstance(text, str)]
        return flat + [text for inner in value.values() for text in names_in(inner)]
    return [text for inner in value for text in names_in(inner)] if isinstance(value, list) else []
