"""What was done to a living subject."""

import datetime as dt

from pydantic import Field

from schema_core.base import DataModel, DiscriminatedList
from schema_core.components.coordinates import CoordinateSystem, Translation
from schema_core.components.identifiers import Code, ProtocolMixin
from schema_core.components.injection_procedures import Injection
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.components.surgery_procedures import (
    Anaesthetic,
    BrainInjection,
    CatheterImplant,
    Craniotomy,
    DeviceImplant,
    GenericSurgeryProcedure,
    Headframe,
    MyomatrixInsertion,
    Perfusion,
    ProbeImplant,
    SampleCollection,
)
from schema_core.registries.coordinates import Origin
from schema_core.registries.units import MassUnit, UnitlessUnit, VolumeUnit
from schema_core.rules.spans import span

_ETHICS = "Number of the ethics approval it was done under"


class GenericSubjectProcedure(ProtocolMixin, DataModel):
    """Anything done to the subject that has no form of its own."""

    start_date: dt.date = Field(description="Day it was done")
    experimenters: list[str] | None = Field(default=None, description="Who did it")
    ethics_review_id: str = Field(title="Ethics approval", description=_ETHICS)
    description: str = Field(description="What was done")
    notes: str | None = Field(default=None, description="Anything else that others should know")


class NonSurgicalInjection(DataModel):
    """Injections without a surgery."""

    start_date: dt.date = Field(description="Day it was done")
    ethics_review_id: str = Field(title="Ethics approval", description=_ETHICS)
    protocol_id: str | None = Field(
        default=None, title="Protocol", description="DOI or number of the protocol followed"
    )
    injections: list[Injection] = Field(min_length=1, description="The injections")
    notes: str | None = Field(default=None, description="Anything else that others should know")


class TrainingProtocol(DataModel):
    """Training in a task."""

    training_name: str = Field(title="Training", description="Name of the training; stimulus epochs refer to it")
    protocol_id: str | None = Field(
        default=None, title="Protocol", description="DOI or number of the protocol followed"
    )
    start_date: dt.date = Field(description="First day")
    end_date: dt.date | None = Field(default=None, description="Last day; empty while it goes on")
    curriculum_code: Code | None = Field(default=None, title="Curriculum", description="Code that runs the training")
    notes: str | None = Field(default=None, description="Anything else that others should know")


class WaterRestriction(DataModel):
    """Water given in measured amounts."""

    ethics_review_id: str = Field(title="Ethics approval", description=_ETHICS)
    target_fraction_weight: int = Field(title="Target weight", description="Part of the baseline weight to hold")
    target_fraction_weight_unit: UnitlessUnit = Field(default=UnitlessUnit.PERCENT)
    minimum_water_per_day: float = Field(description="Least amount of water a day")
    minimum_water_per_day_unit: VolumeUnit = Field(default=VolumeUnit.ML)
    baseline_weight: float = Field(description="Weight at the start")
    weight_unit: MassUnit = Field(default=MassUnit.G)
    start_date: dt.date = Field(description="First day")
    end_date: dt.date | None = Field(default=None, description="Last day; empty while it goes on")


class FoodRestriction(DataModel):
    """Food given in measured amounts."""

    ethics_review_id: str = Field(title="Ethics approval", description=_ETHICS)
    target_fraction_weight: int = Field(title="Target weight", description="Part of the baseline weight to hold")
    target_fraction_weight_unit: UnitlessUnit = Field(default=UnitlessUnit.PERCENT)
    minimum_food_per_day: float = Field(description="Least amount of food a day")
    minimum_food_per_day_unit: MassUnit = Field()
    baseline_weight: float = Field(description="Weight at the start")
    weight_unit: MassUnit = Field(default=MassUnit.G)
    start_date: dt.date = Field(description="First day")
    end_date: dt.date | None = Field(default=None, description="Last day; empty while it goes on")


class Surgery(ProtocolMixin, DataModel):
    """One surgery with all that was done in it."""

    start_date: dt.date = Field(title="Date", description="Day of the surgery")
    experimenters: list[str] | None = Field(default=None, title="Surgeons", description="Who operated")
    ethics_review_id: str | None = Field(default=None, title="Ethics approval", description=_ETHICS)
    animal_weight_prior: float | None = Field(default=None, title="Weight before", description="Weight before surgery")
    animal_weight_post: float | None = Field(default=None, title="Weight after", description="Weight after surgery")
    weight_unit: MassUnit = Field(default=MassUnit.G, description="Unit of both weights")
    anaesthesia: Anaesthetic | None = Field(default=None, description="What kept the animal under")
    workstation_id: str | None = Field(default=None, title="Workstation", description="Where it was done")
    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("global"))
    global_coordinate_system: CoordinateSystem | None = Field(
        default=None,
        title="Coordinate system",
        description="System of this surgery's coordinates, where it is not that of the whole record",
    )
    measured_coordinates: dict[Origin, Translation] | None = Field(
        default=None, title="Measured landmarks", description="Where landmarks such as lambda were found on this skull"
    )
    procedures: DiscriminatedList[
        CatheterImplant
        | Craniotomy
        | DeviceImplant
        | ProbeImplant
        | Headframe
        | BrainInjection
        | Injection
        | MyomatrixInsertion
        | GenericSurgeryProcedure
        | Perfusion
        | SampleCollection
    ] = Field(min_length=1, description="What was done, in order")
    notes: str | None = Field(default=None, description="Anything else that others should know")


renamed_system(Surgery, "global_coordinate_system")
for _lasting in (TrainingProtocol, WaterRestriction, FoodRestriction):
    span(_lasting, "start_date", "end_date")
