"""Modalities of data: how the brain or the animal was recorded."""

from types import MappingProxyType
from typing import Annotated, TypeAlias

from pydantic import ConfigDict, Field

from schema_core.registries.pid_names import BaseName
from schema_core.registries.table import Table
from schema_core.registries.vocabulary import Listed, OneOf, TermHolder, Vocabulary


class ModalityModel(BaseName):
    """A modality by its name and abbreviation."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(title="Name", description="Full name of the modality")
    abbreviation: str = Field(title="Abbreviation", description="Short form, which names its folders and files")


class ModalityTerm(Listed, ModalityModel):
    """A modality of the registry."""

    model_config = ConfigDict(title="Modality")


MODALITIES = Vocabulary(
    name="modalities",
    title="Modalities",
    description="Ways of recording: electrophysiology, imaging, behavior.",
    model=ModalityTerm,
    read=Table("modalities", ("name", "abbreviation")),
    key="abbreviation",
    names=("abbreviation", "name"),
    identifier=None,
    fixed=("name",),
    constant=("abbreviation",),
    closed=(
        "The standard fixes these words: names of data assets, the files that a bundle must have, and every export"
        " depend on the modality."
    ),
)


class Modality(metaclass=TermHolder):
    """Modalities of the registry: `Modality.ECEPHYS`."""

    vocabulary = MODALITIES
    maps = MappingProxyType({"abbreviation_map": "abbreviation"})
    ONE_OF: TypeAlias = Annotated[ModalityTerm, OneOf("modalities")]

    @classmethod
    def from_abbreviation(cls, abbreviation: str) -> ModalityTerm | None:
        """The modality with exactly this abbreviation."""
        entry = MODALITIES.find(abbreviation)
        return None if entry is None else MODALITIES.term(entry)
