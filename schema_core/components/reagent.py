"""Reagents, stains and probes."""

import datetime as dt

from pydantic import Field

from schema_core.base import DataModel, Discriminated
from schema_core.registries.organizations import Organization
from schema_core.registries.pid_names import PIDName
from schema_core.registries.reagent import FluorophoreType, StainType
from schema_core.registries.species import Species
from schema_core.registries.units import MassUnit, SizeUnit


class Fluorophore(DataModel):
    """What makes a stain glow."""

    fluorophore_type: FluorophoreType = Field(title="Fluorophore", description="Which fluorophore")
    excitation_wavelength: int = Field(description="Wavelength that excites it")
    excitation_wavelength_unit: SizeUnit = Field(default=SizeUnit.NM)


class Reagent(DataModel):
    """A reagent that was bought or made."""

    name: str = Field(description="Name of the reagent")
    source: Organization.ONE_OF = Field(description="Who supplied it")
    rrid: PIDName | None = Field(default=None, description="Its research resource identifier")
    lot_number: str | None = Field(default=None, description="Lot on the label")
    expiration_date: dt.date | None = Field(default=None, description="Last day of use on the label")


class Solution(DataModel):
    """A solution that was prepared."""

    name: str = Field(description="Name of the solution")
    lot_number: str | None = Field(default=None, description="Lot or batch")


class OligoProbe(DataModel):
    """A short strand that finds its match."""

    name: str = Field(description="Name of the probe")
    sequence: str = Field(description="Its bases")


class GeneProbe(DataModel):
    """A set of strands against one gene."""

    gene: PIDName = Field(description="The gene that is sought")
    probes: list[OligoProbe] | None = Field(default=None, description="The strands, where they are known")


class GeneProbeSet(Reagent):
    """Probes against several genes, supplied together."""

    gene_probes: list[GeneProbe] = Field(description="The probes, one for each gene")


class ProteinProbe(DataModel):
    """An antibody or other protein that finds a protein."""

    protein: PIDName = Field(description="The protein that is sought")
    species: Species.ONE_OF | None = Field(default=None, description="Animal that the antibody comes from")
    mass: float = Field(description="How much was used")
    mass_unit: MassUnit = Field(default=MassUnit.UG)
    sequence: str | None = Field(default=None, description="Its amino acids, where they are known")


class SmallMoleculeProbe(DataModel):
    """A small molecule that binds what is sought."""

    molecule: PIDName = Field(description="The molecule")
    mass: float = Field(description="How much was used")
    mass_unit: MassUnit = Field(default=MassUnit.UG)


class ProbeReagent(Reagent):
    """A probe as it was supplied."""

    target: GeneProbe | ProteinProbe | SmallMoleculeProbe = Field(description="What the probe finds")


class FluorescentStain(Reagent):
    """A probe together with what makes it glow."""

    probe: Discriminated[GeneProbe | ProteinProbe | SmallMoleculeProbe] = Field(description="What the stain finds")
    stain_type: StainType = Field(description="What is stained")
    fluorophore: Fluorophore = Field(description="What makes it glow")
    initiator_name: str | None = Field(default=None, title="Initiator", description="Initiator of the chain reaction")


class FluorescentReagent(Reagent):
    """A reagent that glows by itself."""

    stain_type: StainType = Field(description="What is stained")
    excitation_wavelength: int = Field(description="Wavelength that excites it")
    emission_wavelength: int = Field(description="Wavelength it gives off")
    wavelength_unit: SizeUnit = Field(default=SizeUnit.NM)
