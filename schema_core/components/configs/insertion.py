"""What was put into the brain: manipulators, probes, fibers, catheters."""

from pydantic import Field

from schema_core.base import DataModel
from schema_core.components.configs.device import DeviceConfig
from schema_core.components.configs.light import DetectorConfig, PatchCordConfig
from schema_core.components.coordinates import TRANSFORM_TYPES, AtlasCoordinate, CoordinateSystem, Translation
from schema_core.components.devices import DevicePosition
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.registries.brain_atlas import BrainStructureModel
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.units import AngleUnit


class ManipulatorConfig(DeviceConfig):
    """Where a manipulator's axes stood."""

    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("local"))
    local_coordinate_system: CoordinateSystem = Field(
        title="Manipulator's own axes", description="Coordinate system of the manipulator's drives"
    )
    local_axis_positions: Translation = Field(
        title="Readings", description="What the manipulator showed, one number for each of its axes"
    )


renamed_system(ManipulatorConfig, "local_coordinate_system")


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


renamed_system(ProbeConfig, "local_coordinate_system")


class MISModuleConfig(DataModel):
    """How one module of a modular insertion system was turned."""

    arc_angle: float = Field(description="Angle of the arc that holds the module")
    module_angle: float = Field(description="Angle of the module on its arc")
    rotation_angle: float | None = Field(default=None, description="Turn of the module about its own axis")
    angle_unit: AngleUnit = Field(default=AngleUnit.DEG, description="Unit of all three angles")
    notes: str | None = Field(default=None, description="Anything else that others should know")


class EphysAssemblyConfig(DeviceConfig):
    """A manipulator and the probes it drove."""

    manipulator: ManipulatorConfig = Field(description="The manipulator and its readings")
    probes: list[ProbeConfig] = Field(description="The probes it carried, and where each was put")
    modules: list[MISModuleConfig] | None = Field(
        default=None, description="Angles of the insertion system's modules, if one was used"
    )


class MISCameraConfig(DeviceConfig, DevicePosition):
    """A camera that a modular insertion system holds."""

    detector_config: DetectorConfig = Field(title="Detector", description="How the camera was set")
    module: MISModuleConfig = Field(description="Angles of the module that holds it")


class FiberAssemblyConfig(DeviceConfig):
    """A manipulator, the fibers it drove and the patch cords on them."""

    manipulator: ManipulatorConfig = Field(description="The manipulator and its readings")
    probes: list[ProbeConfig] = Field(title="Fibers", description="The fibers it carried, and where each was put")
    patch_cords: list[PatchCordConfig] = Field(default=[], description="The patch cords and the light they carried")


class CatheterConfig(DeviceConfig):
    """Where a catheter ends."""

    targeted_structure: MouseAnatomyModel = Field(title="Target", description="Vessel or organ the catheter leads into")
