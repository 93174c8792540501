"""Nucleotide sequences of GenBank."""

from pydantic import BaseModel, ConfigDict, Field

from schema_core.registries.registries import Registry
from schema_core.registries.vocabulary import Vocabulary


class NucleotideModel(BaseModel):
    """A sequence by its gene and accession number."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str = Field(title="Name", description="Symbol of the gene")
    description: str = Field(title="Description", description="Definition of the record")
    registry: Registry = Field(default=Registry.GENBANK, title="Registry", description="Authority of the identifier")
    registry_identifier: str = Field(default="", title="Registry identifier", description="Accession number")


class Gene:
    """Where sequences come from."""

    @classmethod
    def from_genbank_accession_id(cls, accession_id: str) -> NucleotideModel:
        """Refused: looking a record up needs the network, which this library never uses."""
        raise ValueError(f"look {accession_id!r} up at GenBank and build NucleotideModel with what it says")


GENES = Vocabulary(
    name="genes",
    title="Genes",
    description="Sequences with their accession number: the standard packages none. No field takes one yet.",
    model=NucleotideModel,
    read=tuple,
    free=True,
)
