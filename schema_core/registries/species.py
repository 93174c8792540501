"""Species and strains."""

from types import MappingProxyType
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from schema_core.registries.registries import Registry
from schema_core.registries.table import Table
from schema_core.registries.vocabulary import Listed, OneOf, TermHolder, Vocabulary


class StrainModel(BaseModel):
    """A genetic background by its name."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str = Field(title="Name", description="Name of the strain, as its authority writes it")
    species: str = Field(title="Species", description="Scientific name of the species")
    registry: Registry | None = Field(default=None, title="Registry", description="Authority of the identifier")
    registry_identifier: str | None = Field(
        default=None, title="Registry identifier", description="Identifier at that authority"
    )


class StrainTerm(Listed, StrainModel):
    """A strain of the registry."""

    model_config = ConfigDict(title="Strain")


class SpeciesModel(BaseModel):
    """A species by its scientific name."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str = Field(title="Name", description="Scientific name")
    common_name: str = Field(title="Common name", description="Name in everyday English")
    registry: Registry = Field(title="Registry", description="Authority of the identifier")
    registry_identifier: str = Field(title="Registry identifier", description="Identifier at that authority")


class SpeciesTerm(Listed, SpeciesModel):
    """A species of the registry."""

    model_config = ConfigDict(title="Species")


STRAINS = Vocabulary(
    name="strains",
    title="Strains",
    description="Genetic backgrounds of animals.",
    model=StrainTerm,
    read=Table("strains", ("name", "species", "registry", "registry_identifier")),
    fixed=("species",),
)

SPECIES = Vocabulary(
    name="species",
    title="Species",
    description="Species of subjects and of antibodies' hosts.",
    model=SpeciesTerm,
    read=Table("species", ("name", "common_name", "registry", "registry_identifier")),
    names=("name", "common_name"),
    fixed=("common_name", "registry_identifier"),
    constant=("common_name",),
)


class Strain(metaclass=TermHolder):
    """Strains of the registry: `Strain.C57BL_6J`."""

    vocabulary = STRAINS
    ONE_OF: TypeAlias = Annotated[StrainTerm, OneOf("strains")]


class Species(metaclass=TermHolder):
    """Species of the registry, by common name: `Species.HOUSE_MOUSE`."""

    vocabulary = SPECIES
    maps = MappingProxyType({"name_map": "name", "common_name_map": "common_name"})
    ONE_OF: TypeAlias = Annotated[SpeciesTerm, OneOf("species")]

    @classmethod
    def from_name(cls, name: str) -> SpeciesTerm | None:
        """The species with exactly this scientific name."""
        entry = SPECIES.find(name)
        return None if entry is None else SPECIES.term(entry)

    @classmethod
    def from_common_name(cls, common_name: str) -> SpeciesTerm | None:
        """The species with exactly this common name."""
        return next((term for term in SPECIES.terms() if term.common_name == common_name), None)
