"""Devices: what they are, how they sit, and the parts that they are made of."""

from typing import TYPE_CHECKING

from schema_core.base import DataModel, Discriminated, GenericModel
from schema_core.components.coordinates import TRANSFORM_TYPES, CoordinateSystem, Scale
from schema_core.components.devices.base import Device, DevicePosition
from schema_core.components.devices.implants import (
    Catheter,
    CatheterDesign,
    CatheterMaterial,
    CatheterPort,
    EphysProbe,
    FiberProbe,
    MyomatrixArray,
    MyomatrixContact,
    MyomatrixThread,
)
from schema_core.components.geometry import Circle, Rectangle
from schema_core.components.identifiers import Software
from schema_core.later import loading
from schema_core.registries.coordinates import AnatomicalRelative, AxisName
from schema_core.registries.devices import (
    BinMode,
    CameraChroma,
    CameraTarget,
    Cooling,
    Coupling,
    DaqChannelType,
    DataInterface,
    DetectorType,
    DeviceDriver,
    FerruleMaterial,
    FilterType,
    ImagingDeviceType,
    ImmersionMedium,
    LickSensorType,
    MyomatrixArrayType,
    ObjectiveType,
    ProbeModel,
    StageAxisDirection,
)
from schema_core.registries.harp_types import HarpDeviceType
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.organizations import Organization
from schema_core.registries.units import (
    FrequencyUnit,
    MagneticFieldUnit,
    SizeUnit,
    SpeedUnit,
    TemperatureUnit,
    UnitlessUnit,
    VoltageUnit,
)

if TYPE_CHECKING:
    from schema_core.components.devices.behavior import (
        AirPuffDevice,
        LickSpout,
        LickSpoutAssembly,
        Monitor,
        Olfactometer,
        OlfactometerChannel,
        OlfactometerChannelType,
        Speaker,
    )
    from schema_core.components.devices.daq import Computer, DAQChannel, DAQDevice, HarpDevice
    from schema_core.components.devices.detectors import Camera, CameraAssembly, Detector
    from schema_core.components.devices.ephys import (
        EphysAssembly,
        FiberAssembly,
        NeuropixelsBasestation,
        OpenEphysAcquisitionBoard,
        PatchClampEphysAssembly,
        ProbePort,
    )
    from schema_core.components.devices.lights import (
        FiberPatchCord,
        Lamp,
        Laser,
        LaserAssembly,
        LightAssembly,
        LightEmittingDiode,
    )
    from schema_core.components.devices.mri import Scanner
    from schema_core.components.devices.optics import (
        AdditionalImagingDevice,
        DigitalMicromirrorDevice,
        Filter,
        Lens,
        Microscope,
        Objective,
        PockelsCell,
        PolygonalScanner,
    )
    from schema_core.components.devices.platforms import Arena, Disc, Enclosure, Treadmill, Tube, Wheel
    from schema_core.components.devices.stages import Manipulator, MotorizedStage, ScanningStage

__all__ = [
    "TRANSFORM_TYPES",
    "AdditionalImagingDevice",
    "AirPuffDevice",
    "AnatomicalRelative",
    "Arena",
    "AxisName",
    "BinMode",
    "Camera",
    "CameraAssembly",
    "CameraChroma",
    "CameraTarget",
    "Catheter",
    "CatheterDesign",
    "CatheterMaterial",
    "CatheterPort",
    "Circle",
    "Computer",
    "Cooling",
    "CoordinateSystem",
    "Coupling",
    "DAQChannel",
    "DAQDevice",
    "DaqChannelType",
    "DataInterface",
    "DataModel",
    "Detector",
    "DetectorType",
    "Device",
    "DeviceDriver",
    "DevicePosition",
    "DigitalMicromirrorDevice",
    "Disc",
    "Discriminated",
    "Enclosure",
    "EphysAssembly",
    "EphysProbe",
    "FerruleMaterial",
    "FiberAssembly",
    "FiberPatchCord",
    "FiberProbe",
    "Filter",
    "FilterType",
    "FrequencyUnit",
    "GenericModel",
    "HarpDevice",
    "HarpDeviceType",
    "ImagingDeviceType",
    "ImmersionMedium",
    "Lamp",
    "Laser",
    "LaserAssembly",
    "Lens",
    "LickSensorType",
    "LickSpout",
    "LickSpoutAssembly",
    "LightAssembly",
    "LightEmittingDiode",
    "MagneticFieldUnit",
    "Manipulator",
    "Microscope",
    "Monitor",
    "MotorizedStage",
    "MouseAnatomyModel",
    "MyomatrixArray",
    "MyomatrixArrayType",
    "MyomatrixContact",
    "MyomatrixThread",
    "NeuropixelsBasestation",
    "Objective",
    "ObjectiveType",
    "Olfactometer",
    "OlfactometerChannel",
    "OlfactometerChannelType",
    "OpenEphysAcquisitionBoard",
    "Organization",
    "PatchClampEphysAssembly",
    "PockelsCell",
    "PolygonalScanner",
    "ProbeModel",
    "ProbePort",
    "Rectangle",
    "Scale",
    "Scanner",
    "ScanningStage",
    "SizeUnit",
    "Software",
    "Speaker",
    "SpeedUnit",
    "StageAxisDirection",
    "TemperatureUnit",
    "Treadmill",
    "Tube",
    "UnitlessUnit",
    "VoltageUnit",
    "Wheel",
]

_LATER = ("behavior", "daq", "detectors", "ephys", "lights", "mri", "optics", "platforms", "stages")
__getattr__ = loading(__name__, *_LATER)
