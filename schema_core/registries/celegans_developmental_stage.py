"""Developmental stages of the worm."""

from pydantic import BaseModel, ConfigDict, Field

from schema_core.registries.registries import Registry
from schema_core.registries.stages import StageHolder


class CElegansDevelopmentalStageModel(BaseModel):
    """A stage of the worm's development."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str = Field(title="Name", description="Name of the stage, as its authority writes it")
    registry: Registry = Field(title="Registry", description="Authority of the identifier")
    registry_identifier: str = Field(title="Registry identifier", description="Number at that authority")


class CElegansDevelopmentalStage(metaclass=StageHolder):
    """Names of the stages."""

    table = "celegans_developmental_stages"
