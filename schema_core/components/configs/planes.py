"""The planes that optical imaging looks at."""

import enum

from pydantic import Field

from schema_core.base import DataModel
from schema_core.registries.brain_atlas import BrainStructureModel
from schema_core.registries.slap2_acquisition_type import Slap2AcquisitionType
from schema_core.registries.units import FrequencyUnit, PowerUnit, SizeUnit


class NeuronStructure(str, enum.Enum):
    """Parts of a neuron."""

    SOMA = "Soma"
    DENDRITE = "Dendrite"
    AXON = "Axon"
    OTHER = "Other"


class Plane(DataModel):
    """One imaging plane."""

    depth: float = Field(description="Depth of the plane below the surface of the brain")
    depth_unit: SizeUnit = Field()
    power: float = Field(description="Light power in this plane")
    power_unit: PowerUnit = Field()
    targeted_structure: BrainStructureModel = Field(title="Target", description="Brain structure in the plane")


class CoupledPlane(Plane):
    """One of two planes that are imaged together."""

    plane_index: int = Field(title="Index", description="Number of this plane")
    coupled_plane_index: int = Field(title="Index of the other", description="Number of the plane it is coupled with")
    power_ratio: float = Field(description="Power of this plane relative to the other")


class Slap2Plane(Plane):
    """One plane of a SLAP2 microscope, with all regions of one scan mode in it."""

    slap2_acquisition_type: Slap2AcquisitionType = Field(title="Scan mode", description="How the regions are scanned")
    specimen_id: str | None = Field(
        default=None, title="Cell", description="The imaged cell: the subject ID, an underscore and a number"
    )
    fov_index: int | None = Field(
        default=None,
        title="Field of view",
        description="Number of the field of view; the same number each time it is imaged again",
    )
    structure_types: list[NeuronStructure] | None = Field(
        default=None, title="Structures", description="Parts of the neuron in the regions"
    )
    y_dilations: list[int] = Field(title="Dilations", description="Each y dilation that occurs among the regions, once")
    y_dilations_unit: SizeUnit = Field(default=SizeUnit.PX)
    frame_rates: list[float] = Field(description="Each frame rate that occurs among the regions, once")
    frame_rates_unit: FrequencyUnit = Field(default=FrequencyUnit.HZ)
