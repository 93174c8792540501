"""Institutes, funders and manufacturers."""

from types import MappingProxyType
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from schema_core.registries.registries import Registry
from schema_core.registries.table import Table
from schema_core.registries.vocabulary import Listed, OneOf, TermHolder, Vocabulary


class OrganizationModel(BaseModel):
    """An organization by its name."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str = Field(title="Name", description="Full name of the organization")
    abbreviation: str = Field(title="Abbreviation", description="Short form of the name")
    registry: Registry | None = Field(default=None, title="Registry", description="Authority of the identifier")
    registry_identifier: str | None = Field(
        default=None, title="Registry identifier", description="Identifier at that authority, without its address"
    )


class OrganizationTerm(Listed, OrganizationModel):
    """An organization of the registry."""

    model_config = ConfigDict(title="Organization")

    abbreviation: str | None = Field(  # type: ignore[assignment]  # a term may have none
        default=None, title="Abbreviation", description="Short form of the name, if there is one"
    )


ORGANIZATIONS = Vocabulary(
    name="organizations",
    title="Organizations",
    description="Institutes, funders, breeders and manufacturers.",
    model=OrganizationTerm,
    read=Table("organizations", ("name", "abbreviation", "registry", "registry_identifier")),
    names=("name", "abbreviation"),
    fixed=("abbreviation",),
    lookalikes=frozenset({"addgene_id", "alleles", "gene", "molecule", "protein", "rrid"}),
    constant=("abbreviation", "name"),
)


class Organization(metaclass=TermHolder):
    """Organizations of the registry: `Organization.AI`, `Organization.from_name("Allen Institute")`."""

    vocabulary = ORGANIZATIONS
    maps = MappingProxyType({"name_map": "name", "abbreviation_map": "abbreviation"})
    ONE_OF: TypeAlias = Annotated[OrganizationTerm, OneOf("organizations")]

    @classmethod
    def from_name(cls, name: str) -> OrganizationTerm | None:
        """The organization with exactly this name."""
        entry = ORGANIZATIONS.find(name)
        return None if entry is None else ORGANIZATIONS.term(entry)

    @classmethod
    def from_abbreviation(cls, abbreviation: str) -> OrganizationTerm | None:
        """The organization with exactly this abbreviation."""
        return ORGANIZATIONS.by_field("abbreviation").get(abbreviation)
