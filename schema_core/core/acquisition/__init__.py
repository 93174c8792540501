"""How data were acquired: streams, stimuli, the acquisition that holds them, and the parts that they are made of."""

from schema_core.base import AwareDatetimeWithDefault, DataCoreModel, DataModel, DiscriminatedList, GenericModel
from schema_core.components.configs import (
    AirPuffConfig,
    CatheterConfig,
    DetectorConfig,
    EphysAssemblyConfig,
    FiberAssemblyConfig,
    ImagingConfig,
    JoystickConfig,
    LaserConfig,
    LickSpoutConfig,
    LightEmittingDiodeConfig,
    ManipulatorConfig,
    MISCameraConfig,
    MousePlatformConfig,
    MRIScan,
    OlfactometerConfig,
    PatchCordConfig,
    ProbeConfig,
    SampleChamberConfig,
    SpeakerConfig,
)
from schema_core.components.connections import Connection
from schema_core.components.coordinates import CoordinateSystem
from schema_core.components.identifiers import Code, ProtocolListMixin
from schema_core.components.injection_procedures import Injection
from schema_core.components.measurements import CALIBRATIONS, Maintenance
from schema_core.components.reagent import Reagent
from schema_core.components.surgery_procedures import Anaesthetic, BrainInjection
from schema_core.core.acquisition.epochs import (
    AcquisitionSubjectDetails,
    Manipulation,
    PerformanceMetrics,
    StimulusEpoch,
)
from schema_core.core.acquisition.record import SPECIMEN_MODALITIES, Acquisition
from schema_core.core.acquisition.streams import CONFIG_REQUIREMENTS, DataStream, ExternalDataStream
from schema_core.registries.modalities import Modality
from schema_core.registries.stimulus_modality import StimulusModality
from schema_core.registries.time_zones import TimeZoneName
from schema_core.registries.units import MassUnit, VolumeUnit
from schema_core.rules.times import TimeValidation

__all__ = [
    "CALIBRATIONS",
    "CONFIG_REQUIREMENTS",
    "SPECIMEN_MODALITIES",
    "Acquisition",
    "AcquisitionSubjectDetails",
    "AirPuffConfig",
    "Anaesthetic",
    "AwareDatetimeWithDefault",
    "BrainInjection",
    "CatheterConfig",
    "Code",
    "Connection",
    "CoordinateSystem",
    "DataCoreModel",
    "DataModel",
    "DataStream",
    "DetectorConfig",
    "DiscriminatedList",
    "EphysAssemblyConfig",
    "ExternalDataStream",
    "FiberAssemblyConfig",
    "GenericModel",
    "ImagingConfig",
    "Injection",
    "JoystickConfig",
    "LaserConfig",
    "LickSpoutConfig",
    "LightEmittingDiodeConfig",
    "MISCameraConfig",
    "MRIScan",
    "Maintenance",
    "Manipulation",
    "ManipulatorConfig",
    "MassUnit",
    "Modality",
    "MousePlatformConfig",
    "OlfactometerConfig",
    "PatchCordConfig",
    "PerformanceMetrics",
    "ProbeConfig",
    "ProtocolListMixin",
    "Reagent",
    "SampleChamberConfig",
    "SpeakerConfig",
    "StimulusEpoch",
    "StimulusModality",
    "TimeValidation",
    "TimeZoneName",
    "VolumeUnit",
]
