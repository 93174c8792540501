"""How devices were set up for one use."""

from pydantic import Field

from schema_core.base import DataModel
from schema_core.components.coordinates import TRANSFORM_TYPES, AtlasCoordinate, CoordinateSystem
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.registries.brain_atlas import BrainStructureModel
from schema_core.registries.mouse_anatomy import MouseAnatomyModel


class DeviceConfig(DataModel):
    """The settings of one device."""

    device_name: str = Field(description="Name of the device, spelled as where the device is described")


class ProbeConfig(DeviceConfig):
    """Where a probe was put and what it aims at."""

    primary_targeted_structure: BrainStructureModel = Field(
        title="Target", description="Brain structure that the probe is meant to reach"
    )
    other_targeted_structure: list[BrainStructureModel] | None = Field(
        default=None, title="Other targets", description="Further structures along the track"
    )
    atlas_coordinate: AtlasCoordinate | None = Field(default=None, description="The target as a point of an atlas")
    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("local"))
    local_coordinate_system: CoordinateSystem = Field(
        title="Probe's own axes", description="Coordinate system attached to the probe, with its origin at the tip"
    )
    transform: TRANSFORM_TYPES = Field(
        title="Placement", description="Steps that carry the probe from the origin to where it was placed, in order"
    )
    dye: str | None = Field(default=None, description="Dye that marks the probe's track")
    notes: str | None = Field(default=None, description="Anything else that others should know")


class CatheterConfig(DeviceConfig):
    """Where a catheter ends."""

    targeted_structure: MouseAnatomyModel = Field(title="Target", description="Vessel or organ the catheter leads into")


renamed_system(ProbeConfig, "local_coordinate_system")
