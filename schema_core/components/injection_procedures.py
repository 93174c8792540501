"""Injections: what was given, and how fast."""

import datetime as dt
import enum

from pydantic import Field

from schema_core.base import DataModel, DiscriminatedList
from schema_core.components.identifiers import ProtocolMixin
from schema_core.components.reagent import Reagent
from schema_core.registries.coordinates import AnatomicalRelative
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.pid_names import PIDName
from schema_core.registries.units import CurrentUnit, TimeUnit, VolumeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule


class VirusPrepType(str, enum.Enum):
    """How clean a virus preparation is."""

    CRUDE = "Crude"
    PURIFIED = "Purified"


class InjectionProfile(str, enum.Enum):
    """How a delivery runs in time."""

    BOLUS = "Bolus"
    CONTINUOUS = "Continuous"
    PULSED = "Pulsed"


class TarsVirusIdentifiers(DataModel):
    """What a virus is called in the TARS database."""

    virus_tars_id: str | None = Field(default=None, title="Virus", description="Number of the virus")
    plasmid_tars_alias: list[str] | None = Field(default=None, title="Plasmids", description="Aliases of its plasmids")
    prep_lot_number: str = Field(title="Lot", description="Lot of the preparation")
    prep_date: dt.date | None = Field(default=None, title="Prepared on", description="Day of the preparation")
    prep_type: VirusPrepType | None = Field(default=None, title="Preparation", description="Crude or purified")
    prep_protocol: str | None = Field(default=None, title="Protocol", description="Protocol of the preparation")


class ViralMaterial(DataModel):
    """A virus that was injected."""

    name: str = Field(description="Full name of the virus, with its serotype")
    tars_identifiers: TarsVirusIdentifiers | None = Field(default=None, description="What TARS calls it")
    addgene_id: PIDName | None = Field(default=None, title="Addgene ID", description="The plasmid at Addgene")
    titer: int | None = Field(default=None, description="Concentration of the virus as it was injected")
    titer_unit: str | None = Field(default="gc/mL")


class NonViralMaterial(Reagent):
    """Anything else that was injected."""

    concentration: float | None = Field(default=None, description="Concentration as it was injected")
    concentration_unit: str | None = Field(default=None)


class InjectionDynamics(DataModel):
    """One delivery: how much, and how fast."""

    profile: InjectionProfile = Field(description="How the delivery ran in time")
    volume: float | None = Field(default=None, description="Volume delivered, for pressure injections")
    volume_unit: VolumeUnit | None = Field(default=None)
    duration: float | None = Field(default=None, description="How long the delivery took")
    duration_unit: TimeUnit | None = Field(default=None)
    injection_current: float | None = Field(default=None, description="Current, for iontophoresis")
    injection_current_unit: CurrentUnit | None = Field(default=None)
    alternating_current: str | None = Field(default=None, description="How the current was switched on and off")


@rule(InjectionDynamics, reads=("volume", "injection_current"), code="delivery-amount")
def delivery_has_amount(node: InjectionDynamics) -> Finding | None:
    """A delivery is measured by volume or by current."""
    if not node.volume and not node.injection_current:
        return Finding(
            "Neither volume nor injection_current is given (or it is zero): give one of them",
            at="volume",
            also=("injection_current",),
        )
    return None


class Injection(ProtocolMixin, DataModel):
    """An injection anywhere in the body."""

    injection_materials: DiscriminatedList[ViralMaterial | NonViralMaterial] = Field(
        min_length=1, title="Materials", description="Everything that was injected, mixed together"
    )
    targeted_structure: MouseAnatomyModel | None = Field(
        default=None, title="Target", description="The tissue or vessel injected into"
    )
    relative_position: list[AnatomicalRelative] | None = Field(
        default=None, title="Side", description="Where in the animal, in words"
    )
    dynamics: list[InjectionDynamics] = Field(title="Deliveries", description="One entry for each delivery, in order")
