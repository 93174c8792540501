"""A registry as a table, and the lab's own terms in the form in which the standard's package takes them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from metadata_portal.registries.bulk.columns import ALIASES, as_written, cell_of, columns_of, field_names
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.models import Term
from schema_core.registries import vocabulary
from schema_core.registries.registries import Registry

Data = Mapping[str, Any]


def rows_of(declared: Declaration, terms: Iterable[Term]) -> Iterator[list[str]]:
    """The names of the columns, then a row a term."""
    yield columns_of(declared)
    for term in terms:
        data = as_written(declared, term.data)
        yield [
            *(cell_of(data.get(name)) for name in field_names(declared)),
            cell_of(term.alias_list),
            term.status,
            term.source,
        ]


def hints_of(declared: Declaration) -> Iterator[list[str]]:
    """What each column holds, for the second sheet of a workbook."""
    yield ["Column", "Title", "What it holds", "Needed"]
    for name, info in declared.fields.items():
        needed = info.is_required() or name == declared.vocabulary.key
        yield [name, info.title or "", info.description or "", "yes" if needed else ""]
    yield [ALIASES, "Other names", "Spellings and abbreviations that people type, with | between them", ""]


def _short(data: Data) -> str:
    registry = data.get("registry")
    return Registry(registry).name if registry else ""


def _species(data: Data, strain: Data | None = None) -> list[Any]:
    """Species and strains stand in one table: a species is its own default strain."""
    about = strain or {}
    return [
        data.get("name"),
        _short(data),
        data.get("registry_identifier"),
        about.get("name", "default"),
        _short(about),
        about.get("registry_identifier"),
        data.get("common_name"),
    ]


def _strain(data: Data) -> list[Any]:
    entry = vocabulary("species").find(data.get("species"))
    return _species(entry.data if entry else {"name": data.get("species")}, data)


_SPECIES = (
    "name",
    "species_registry_abbreviation",
    "species_registry_identifier",
    "strain",
    "strain_registry_abbreviation",
    "strain_registry_identifier",
    "common_name",
)
# registry -> file of the standard's package, its columns, and a term as a row of it
UPSTREAM: Mapping[str, tuple[str, tuple[str, ...], Callable[[Data], list[Any]]]] = {
    "organizations": (
        "organizations",
        ("name", "abbreviation", "registry_abbreviation", "registry_identifier"),
        lambda data: [data["name"], data.get("abbreviation"), _short(data), data.get("registry_identifier")],
    ),
    "species": ("species", _SPECIES, _species),
    "strains": ("species", _SPECIES, _strain),
    "harp-types": ("harp_types", ("name", "whoami"), lambda data: [data["name"], data["whoami"]]),
    "protocols": (
        "protocols",
        ("title", "DOI", "version"),
        lambda data: [data["name"], data["registry_identifier"], data.get("version")],
    ),
    "brain-structures": (
        "brain_atlas",
        ("acronym", "id", "name", "structure_id_path", "parent_structure_id", "color_hex_code"),
        lambda data: [data["acronym"], data["id"], data["name"], "", "", ""],
    ),
}


def upstream_rows(name: str, terms: Iterable[Data]) -> list[list[str]]:
    """The rows to propose for one registry: the columns of the standard's own table, then the terms."""
    _, columns, row = UPSTREAM[name]
    return [list(columns), *([cell_of(value) for value in row(data)] for data in terms)]
