"""Names with a persistent identifier: alleles, genes, reagents, molecules."""

from pydantic import BaseModel, ConfigDict, Field

from schema_core.registries.registries import Registry


class BaseName(BaseModel):
    """A name and its abbreviation."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True, defer_build=True)

    name: str = Field(title="Name", description="Full name")
    abbreviation: str | None = Field(default=None, title="Abbreviation", description="Short form, if there is one")


class PIDName(BaseName):
    """A name with the identifier that an authority gave to it."""

    registry: Registry | str | None = Field(default=None, title="Registry", description="Authority of the identifier")
    registry_identifier: str | None = Field(
        default=None, title="Registry identifier", description="Identifier as the authority writes it"
    )
