"""Subjects: animals, people, and objects that stand in for them."""

import datetime as dt
import enum
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WrapValidator

from schema_core.base import DataModel
from schema_core.components.devices import Device
from schema_core.registries.organizations import Organization
from schema_core.registries.pid_names import PIDName
from schema_core.registries.species import Species, SpeciesModel, Strain
from schema_core.rules.findings import Finding
from schema_core.rules.registration import prepares, rule
from schema_core.rules.times import TimeValidation
from schema_core.rules.warned import warn


class Sex(str, enum.Enum):
    """The sex of a subject."""

    FEMALE = "Female"
    MALE = "Male"


class MatingStatus(str, enum.Enum):
    """Whether an animal was mated."""

    MATED = "Mated"
    UNMATED = "Un-mated"
    UNKNOWN = "Unknown"


class HomeCageEnrichment(str, enum.Enum):
    """What is in the home cage."""

    NO_ENRICHMENT = "No enrichment"
    PLASTIC_SHELTER = "Plastic shelter"
    PLASTIC_TUBE = "Plastic tube"
    RUNNING_WHEEL = "Running wheel"
    OTHER = "Other"


class LightCycle(DataModel):
    """When the lights are on."""

    lights_on_time: dt.time = Field(title="Lights on", description="Time of day they go on")
    lights_off_time: dt.time = Field(title="Lights off", description="Time of day they go off")


class WellnessReport(DataModel):
    """A remark on the animal's health."""

    date: dt.date = Field(description="Day of the remark")
    report: str = Field(description="What was seen")


class Housing(DataModel):
    """Where and how the animal lives."""

    cage_id: str | None = Field(default=None, title="Cage", description="Number of the cage")
    room_id: str | None = Field(default=None, title="Room", description="Number of the room")
    light_cycle: LightCycle | None = Field(default=None, description="When the lights are on in the room")
    home_cage_enrichment: list[HomeCageEnrichment] = Field(
        default=[], title="Enrichment", description="What is in the cage"
    )
    cohoused_subjects: list[str] = Field(default=[], title="Cage mates", description="Subject IDs of the cage mates")


class BreedingInfo(DataModel):
    """Parents of the animal."""

    breeding_group: str | None = Field(default=None, deprecated="No longer kept; whatever is given is cleared")
    maternal_id: str = Field(title="Mother", description="Subject ID of the mother")
    maternal_genotype: str = Field(title="Mother's genotype", description="Full genotype of the mother")
    paternal_id: str = Field(title="Father", description="Subject ID of the father")
    paternal_genotype: str = Field(title="Father's genotype", description="Full genotype of the father")


@prepares(BreedingInfo)
def clear_breeding_group(values: dict[str, Any]) -> dict[str, Any]:
    """The breeding group is no longer kept."""
    if values.get("breeding_group"):
        warn(
            f"breeding_group {values['breeding_group']!r} is no longer kept and was cleared",
            code="breeding-group",
            about=values,
            at="breeding_group",
            category=DeprecationWarning,
        )
    return values if values.get("breeding_group") is None else {**values, "breeding_group": None}


def _read_anew(value: Any, read: Callable[[Any], Any]) -> Any:
    """A source given by a document is never the registry's own constant; see `in_house_mouse_has_parents`."""
    source = read(value)
    return source if source is value else source.model_copy()


class MouseSubject(DataModel):
    """A mouse."""

    sex: Sex = Field(description="Sex of the mouse")
    date_of_birth: Annotated[dt.date, TimeValidation.BEFORE] = Field(title="Born", description="Day of birth")
    strain: Strain.ONE_OF = Field(description="Genetic background")
    species: Species.ONE_OF = Field(description="Species, that of the strain")
    alleles: list[PIDName] = Field(default=[], description="Alleles it carries, with their identifiers")
    genotype: str = Field(description="Full genotype, with both alleles of each gene")
    breeding_info: BreedingInfo | None = Field(
        default=None, title="Breeding", description="Parents, for mice bred here"
    )
    wellness_reports: list[WellnessReport] = Field(default=[], description="Remarks on the mouse's health")
    housing: Housing | None = Field(default=None, description="Where and how the mouse lives")
    source: Annotated[Organization.ONE_OF, WrapValidator(_read_anew)] = Field(description="Where the mouse comes from")
    restrictions: str | None = Field(default=None, description="What this mouse may not be used for")
    rrid: PIDName | None = Field(default=None, description="Research resource identifier of the line")


@rule(MouseSubject, reads=("source", "breeding_info"), code="breeding-missing")
def in_house_mouse_has_parents(node: MouseSubject) -> Finding | None:
    """A mouse made in code as the institute's own has its parents.

    The standard tests for the very constant, so documents are never refused by this.
    """
    if node.breeding_info is None and node.source.name == Organization.AI.name and node.source is Organization.AI:
        return Finding(
            "A mouse bred in house needs its parents: give breeding_info", at="breeding_info", also=("source",)
        )
    return None


@rule(MouseSubject, reads=("strain", "species"), code="species-strain")
def strain_is_of_species(node: MouseSubject) -> Finding | None:
    """The strain belongs to the species."""
    if node.species.name != node.strain.species:
        return Finding(
            f"The species is {node.species.name}, but strain {node.strain.name} is one of {node.strain.species}: "
            "change one of them",
            at="species",
            also=("strain",),
        )
    return None


def _human() -> Any:
    return Species.HUMAN


def _term(species: SpeciesModel) -> SpeciesModel:
    """The registry's own term where its fields were given, so that what was written is read back equal."""
    human: SpeciesModel = Species.HUMAN
    return human if species.model_dump() == human.model_dump() else species


class HumanSubject(DataModel):
    """A person."""

    species: Annotated[SpeciesModel, AfterValidator(_term)] = Field(default_factory=_human, description="Always human")
    sex: Sex = Field(description="Sex of the person")
    year_of_birth: int = Field(title="Born", description="Year of birth")
    source: Organization.ONE_OF = Field(description="Who recruited the person")


@rule(HumanSubject, reads=("species",), code="species-human")
def person_is_human(node: HumanSubject) -> Finding | None:
    """A human subject's species is human."""
    human = Species.HUMAN
    if node.species.model_dump() != human.model_dump():
        return Finding(f"The species is {node.species.name}, but a human subject's is {human.name}", at="species")
    return None


class NonHumanPrimateSubject(DataModel):
    """A monkey or ape."""

    species: Species.ONE_OF = Field(description="Species of the animal")
    sex: Sex = Field(description="Sex of the animal")
    date_of_birth: Annotated[dt.date, TimeValidation.BEFORE] | None = Field(
        default=None, description="Day of birth, where it is known"
    )
    year_of_birth: int = Field(description="Year of birth")
    mating_status: MatingStatus = Field(description="Whether it was mated")
    source: Organization.ONE_OF = Field(description="Where the animal comes from")


@rule(NonHumanPrimateSubject, reads=("date_of_birth", "year_of_birth"), code="birth-year")
def birth_year_fits_date(node: NonHumanPrimateSubject) -> Finding | None:
    """The year is that of the date."""
    born = node.date_of_birth
    if born is not None and born.year != node.year_of_birth:
        return Finding(
            f"year_of_birth is {node.year_of_birth}, but date_of_birth is in {born.year}: change one of them",
            at="year_of_birth",
            also=("date_of_birth",),
        )
    return None


class CalibrationObject(DataModel):
    """An object measured in place of an animal."""

    empty: bool = Field(default=False, description="Whether nothing at all was measured")
    description: str = Field(description="What it is")
    objects: list[Device] | None = Field(default=None, description="Devices that it consists of")
