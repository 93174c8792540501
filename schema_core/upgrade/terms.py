"""Registry terms that 3.0 lacks: organizations of 2.9 that it left out, and what only this site knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema_core.compiled import compiled
from schema_core.registries.organizations import ORGANIZATIONS, OrganizationModel
from schema_core.registries.species import STRAINS, StrainModel
from schema_core.shapes import Items, Leaf, Shape, field_shape
from schema_core.upgrade.steps import keep_in_notes, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from schema_core.upgrade.steps import Log
    from schema_core.upgrade.walk import Place

LEFT_OUT: Final = frozenset(
    {
        "Aligning Science Across Parkinson's",
        "Esther A. & Joseph Klingenstein Fund",
        "G. Harold & Leila Y. Mathers Foundation",
        "Helen Hay Whitney Foundation",
        "Klingenstein Third Generation Foundation",
        "Life Sciences Research Foundation",
        "McKnight Brain Research Foundation",
        "McKnight Foundation",
        "National Institute on Aging",
        "Pew Charitable Trusts",
        "U.S. National Science Foundation",
        "United States Department of Defense",
        "United States Department of Energy",
        "W. M. Keck Foundation",
        "Warren Alpert Foundation",
    }
)
"""Organizations of aind-data-schema-models 6.3.1 that biodata-models 1.2.0 lacks."""

ADDED: Final = frozenset(
    {
        "Cell Line Ontology (CLO)",
        "CoraLite",
        "Human Disease Ontology (DOID)",
        "MPI Photonic Probe (Version 2)",
        "Macaca fascicularis",
        "Macaca nemestrina",
        "Saimiri sciureus",
    }
)
"""Registries, dyes, probes and species that biodata-models 1.2.0 has beyond those of 2.9."""


def is_new(value: Any) -> bool:
    """Whether 2.9 refuses a value only because 3.0 brought it."""
    name = value.get("name") if isinstance(value, dict) else value
    return isinstance(name, str) and name in ADDED


@compiled
def _fields_of(cls: type[BaseModel], model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a class that hold terms of a registry."""
    return tuple(name for name in cls.model_fields if _holds(field_shape(cls, name), model))


def _holds(shape: Shape, model: type[BaseModel]) -> bool:
    match shape:
        case Leaf(annotation):
            return isinstance(annotation, type) and issubclass(annotation, model)
        case Items(item=item):
            return _holds(item, model)
        case _:
            return False


def _terms(place: Place, model: type[BaseModel]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The terms of a registry that a node holds itself, with the field."""
    for field in _fields_of(place.cls, model):
        value = place.values.get(field)
        for term in value if isinstance(value, list) else [value]:
            if isinstance(term, dict) and isinstance(term.get("name"), str):
                yield field, term


@step("forward", "DataModel")
def unknown_organization_is_other(place: Place, log: Log) -> None:
    """An organization that 3.0 lacks becomes Other, its name goes into the notes."""
    for field, term in _terms(place, OrganizationModel):
        name = term["name"]
        if name in LEFT_OUT or (ORGANIZATIONS.stock_entry(name) is None and ORGANIZATIONS.find(name) is not None):
            _replaced(place, field, term, log, _other())


@step("forward", "DataModel")
def unknown_strain_is_unknown(place: Place, log: Log) -> None:
    """A strain that only this site has becomes Unknown."""
    for field, term in _terms(place, StrainModel):
        known = STRAINS.find(term["name"])
        if known is not None and STRAINS.stock_entry(term["name"]) is None:
            _replaced(place, field, term, log, _unknown())


def _replaced(place: Place, field: str, term: dict[str, Any], log: Log, stand_in: dict[str, Any]) -> None:
    name = term["name"]
    term.clear()
    term.update(stand_in)
    notes = keep_in_notes(place, f"{field}: {name}", log)
    where = f", and its name is kept in {notes}" if notes else ""
    log.lost(place.at(field), "upgrade-term", f"3.0 does not know {name!r}: {stand_in['name']!r} stands here{where}")


def _other() -> dict[str, Any]:
    return {"name": "Other", "abbreviation": None, "registry": None, "registry_identifier": None}


def _unknown() -> dict[str, Any]:
    return {"name": "Unknown", "species": "Mus musculus", "registry": None, "registry_identifier": None}
