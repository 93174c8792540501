"""How devices were set up for one use, and the parts that such settings are made of."""

from typing import TYPE_CHECKING

from schema_core.asset_paths import AssetPath
from schema_core.base import AwareDatetimeWithDefault, DataModel, Discriminated, DiscriminatedList, GenericModel
from schema_core.components.configs.device import DeviceConfig
from schema_core.components.configs.insertion import (
    CatheterConfig,
    EphysAssemblyConfig,
    FiberAssemblyConfig,
    ManipulatorConfig,
    MISCameraConfig,
    MISModuleConfig,
    ProbeConfig,
)
from schema_core.components.configs.light import (
    LIGHT_CONFIGS,
    Channel,
    DetectorConfig,
    LaserConfig,
    LightEmittingDiodeConfig,
    PatchCordConfig,
    TriggerType,
)
from schema_core.components.coordinates import TRANSFORM_TYPES, AtlasCoordinate, CoordinateSystem, Scale, Translation
from schema_core.components.devices import DevicePosition
from schema_core.components.geometry import Rectangle
from schema_core.components.identifiers import Code
from schema_core.later import loading
from schema_core.registries.brain_atlas import BrainStructureModel
from schema_core.registries.coordinates import AnatomicalRelative
from schema_core.registries.devices import ImmersionMedium
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.slap2_acquisition_type import Slap2AcquisitionType
from schema_core.registries.units import (
    AngleUnit,
    ConcentrationUnit,
    FrequencyUnit,
    PowerUnit,
    PressureUnit,
    SizeUnit,
    SoundIntensityUnit,
    TimeUnit,
    VolumeUnit,
)

if TYPE_CHECKING:
    from schema_core.components.configs.behavior import (
        AirPuffConfig,
        JoystickConfig,
        LickSpoutConfig,
        Liquid,
        MousePlatformConfig,
        OlfactometerChannelInfo,
        OlfactometerConfig,
        SpeakerConfig,
        Valence,
    )
    from schema_core.components.configs.imaging import (
        Image,
        ImageSPIM,
        ImagingConfig,
        Immersion,
        InterleavedStrategy,
        PlanarImage,
        PlanarImageStack,
        PowerFunction,
        SampleChamberConfig,
        SamplingStrategy,
        StackStrategy,
    )
    from schema_core.components.configs.mri import MRAcquisitionType, MRIScan, PulseSequenceType, SubjectPosition
    from schema_core.components.configs.planes import CoupledPlane, NeuronStructure, Plane, Slap2Plane

__all__ = [
    "LIGHT_CONFIGS",
    "TRANSFORM_TYPES",
    "AirPuffConfig",
    "AnatomicalRelative",
    "AngleUnit",
    "AssetPath",
    "AtlasCoordinate",
    "AwareDatetimeWithDefault",
    "BrainStructureModel",
    "CatheterConfig",
    "Channel",
    "Code",
    "ConcentrationUnit",
    "CoordinateSystem",
    "CoupledPlane",
    "DataModel",
    "DetectorConfig",
    "DeviceConfig",
    "DevicePosition",
    "Discriminated",
    "DiscriminatedList",
    "EphysAssemblyConfig",
    "FiberAssemblyConfig",
    "FrequencyUnit",
    "GenericModel",
    "Image",
    "ImageSPIM",
    "ImagingConfig",
    "Immersion",
    "ImmersionMedium",
    "InterleavedStrategy",
    "JoystickConfig",
    "LaserConfig",
    "LickSpoutConfig",
    "LightEmittingDiodeConfig",
    "Liquid",
    "MISCameraConfig",
    "MISModuleConfig",
    "MRAcquisitionType",
    "MRIScan",
    "ManipulatorConfig",
    "MouseAnatomyModel",
    "MousePlatformConfig",
    "NeuronStructure",
    "OlfactometerChannelInfo",
    "OlfactometerConfig",
    "PatchCordConfig",
    "PlanarImage",
    "PlanarImageStack",
    "Plane",
    "PowerFunction",
    "PowerUnit",
    "PressureUnit",
    "ProbeConfig",
    "PulseSequenceType",
    "Rectangle",
    "SampleChamberConfig",
    "SamplingStrategy",
    "Scale",
    "SizeUnit",
    "Slap2AcquisitionType",
    "Slap2Plane",
    "SoundIntensityUnit",
    "SpeakerConfig",
    "StackStrategy",
    "SubjectPosition",
    "TimeUnit",
    "Translation",
    "TriggerType",
    "Valence",
    "VolumeUnit",
]

__getattr__ = loading(__name__, "behavior", "imaging", "mri", "planes")
