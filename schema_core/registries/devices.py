"""Words that describe instruments and implants."""

from enum import Enum

from schema_core.registries.words import OpenWords


class ImagingDeviceType(OpenWords):
    """Optical part of an imaging instrument."""

    BEAM_EXPANDER = "Beam expander"
    SAMPLE_CHAMBER = "Sample Chamber"
    DIFFUSER = "Diffuser"
    GALVO = "Galvo"
    LASER_COMBINER = "Laser combiner"
    LASER_COUPLER = "Laser coupler"
    PRISM = "Prism"
    OBJECTIVE = "Objective"
    ROTATION_MOUNT = "Rotation mount"
    SLIT = "Slit"
    SLM = "Spatial light modulator"
    TUNABLE_LENS = "Tunable lens"
    OTHER = "Other"


class StageAxisDirection(str, Enum):
    """Which way a motorised stage moves."""

    DETECTION_AXIS = "Detection axis"
    ILLUMINATION_AXIS = "Illumination axis"
    PERPENDICULAR_AXIS = "Perpendicular axis"


class DeviceDriver(OpenWords):
    """Driver software of a device."""

    OPENGL = "OpenGL"
    VIMBA = "Vimba"
    NVIDIA = "Nvidia Graphics"


class Coupling(OpenWords):
    """How laser light is brought to the sample."""

    FREE_SPACE = "Free-space"
    MMF = "Multi-mode fiber"
    SMF = "Single-mode fiber"
    OTHER = "Other"


class DataInterface(OpenWords):
    """How a device is connected to its computer."""

    CAMERALINK = "CameraLink"
    COAX = "Coax"
    ETH = "Ethernet"
    PCIE = "PCIe"
    PXI = "PXI"
    USB = "USB"
    OTHER = "Other"


class FilterType(OpenWords):
    """What an optical filter lets through."""

    BANDPASS = "Band pass"
    DICHROIC = "Dichroic"
    LONGPASS = "Long pass"
    MULTIBAND = "Multiband"
    ND = "Neutral density"
    NOTCH = "Notch"
    MULTI_NOTCH = "Multi notch"
    SHORTPASS = "Short pass"


class CameraChroma(str, Enum):
    """Color or monochrome sensor."""

    COLOR = "Color"
    BW = "Monochrome"


class DaqChannelType(str, Enum):
    """Signal kind and direction of an acquisition channel."""

    AI = "Analog Input"
    AO = "Analog Output"
    DI = "Digital Input"
    DO = "Digital Output"


class ImmersionMedium(OpenWords):
    """What lies between objective and sample."""

    AIR = "air"
    MULTI = "multi"
    OIL = "oil"
    PBS = "PBS"
    WATER = "water"
    OTHER = "other"
    EASYINDEX = "easy index"
    ECI = "ethyl cinnimate"
    ACB = "aqueous clearing buffer"


class ObjectiveType(OpenWords):
    """Role of an objective in a SLAP2 microscope."""

    REMOTE = "Remote"
    PRIMARY = "Primary"


class CameraTarget(OpenWords):
    """What a camera looks at."""

    BODY = "Body"
    BRAIN = "Brain"
    EYE = "Eye"
    FACE = "Face"
    TONGUE = "Tongue"
    OTHER = "Other"


class ProbeModel(OpenWords):
    """Model of an electrophysiology probe."""

    MI_ULED_PROBE = "Michigan uLED Probe (Version 1)"
    MP_PHOTONIC_V1 = "MPI Photonic Probe (Version 1)"
    NP_OPTO_DEMONSTRATOR = "Neuropixels Opto (Demonstrator)"
    NP_UHD_FIXED = "Neuropixels UHD (Fixed)"
    NP_UHD_SWITCHABLE = "Neuropixels UHD (Switchable)"
    NP1 = "Neuropixels 1.0"
    NP2_SINGLE_SHANK = "Neuropixels 2.0 (Single Shank)"
    NP2_MULTI_SHANK = "Neuropixels 2.0 (Multi Shank)"
    NP2_QUAD_BASE = "Neuropixels 2.0 (Quad Base)"
    CUSTOM = "Custom"


class DetectorType(OpenWords):
    """Kind of light detector."""

    CAMERA = "Camera"
    PMT = "Photomultiplier Tube"
    SiPM = "Silicon Photomultiplier"
    OTHER = "Other"


class Cooling(str, Enum):
    """How a detector is cooled."""

    AIR = "Air"
    WATER = "Water"
    NO_COOLING = "No cooling"


class BinMode(str, Enum):
    """How neighbouring pixels are combined."""

    ADDITIVE = "Additive"
    AVERAGE = "Average"
    NO_BINNING = "No binning"


class FerruleMaterial(OpenWords):
    """What the ferrule of an optical fiber is made of."""

    CERAMIC = "Ceramic"
    STAINLESS_STEEL = "Stainless steel"


class LickSensorType(OpenWords):
    """How a lick is sensed."""

    CAPACITIVE = "Capacitive"
    CONDUCTIVE = "Conductive"
    PIEZOELECTIC = "Piezoelectric"


class MyomatrixArrayType(OpenWords):
    """How a Myomatrix array is placed in the muscle."""

    INJECTED = "Injected"
    SUTURED = "Sutured"
