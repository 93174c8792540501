"""The standard's vocabularies as registries; one without an entry here gets what its own declaration says."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from metadata_portal.registries.declaring import Declaration, Group, register
from schema_core.registries import Vocabulary, vocabularies
from schema_core.registries.brain_atlas import structure_parents


def strain_without_subject(data: Mapping[str, Any]) -> str:
    """Only the mouse subject of the standard has a strain, and it takes those of the house mouse."""
    if data.get("species") == "Mus musculus":
        return ""
    return (
        f"Version 2.9 of the standard has no subject for {data.get('species')}: this strain is kept,"
        " but a subject record of today can only take strains of the house mouse."
    )


def structure_parent(key: str) -> str | None:
    """The structure of the brain in which another lies."""
    return structure_parents().get(key)


STANDARD: Mapping[str, Mapping[str, Any]] = {
    "organizations": {"icon": "building-2", "group": Group.PEOPLE},
    "protocols": {"icon": "book-open", "group": Group.PEOPLE, "columns": ("version",)},
    "species": {"icon": "paw-print", "group": Group.ANIMALS},
    "strains": {
        "icon": "dna",
        "group": Group.ANIMALS,
        "terms_of": {"species": "species"},
        "warn": strain_without_subject,
        "columns": ("species",),
        "filters": ("species",),
    },
    "brain-structures": {"icon": "brain", "group": Group.ANIMALS, "parent": structure_parent},
    "mouse-anatomy": {"icon": "bone", "group": Group.ANIMALS},
    "genes": {"icon": "dna", "group": Group.ANIMALS},
    "human-developmental-stages": {"icon": "baby", "group": Group.ANIMALS},
    "mouse-developmental-stages": {"icon": "rat", "group": Group.ANIMALS},
    "drosophila-developmental-stages": {"icon": "bug", "group": Group.ANIMALS},
    "celegans-developmental-stages": {"icon": "worm", "group": Group.ANIMALS},
    "harp-types": {"icon": "cpu", "group": Group.DEVICES, "columns": ("whoami",)},
    "modalities": {"icon": "activity"},
}


@cache
def load() -> None:
    """Declare every vocabulary of the standard."""
    for vocabulary in vocabularies().values():
        register(_of(vocabulary))


def _of(vocabulary: Vocabulary[Any]) -> Declaration:
    said: dict[str, Any] = {"group": Group.WORDS, **STANDARD.get(vocabulary.name, {})}
    if vocabulary.closed:
        said["group"] = Group.FIXED
    return Declaration(vocabulary=vocabulary, **said)
