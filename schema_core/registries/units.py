"""Units of measurement, written out in full."""

from enum import Enum


class SizeUnit(str, Enum):
    """Units of length."""

    M = "meter"
    CM = "centimeter"
    MM = "millimeter"
    UM = "micrometer"
    NM = "nanometer"
    IN = "inch"
    PX = "pixel"


class MassUnit(str, Enum):
    """Units of mass."""

    KG = "kilogram"
    G = "gram"
    MG = "milligram"
    UG = "microgram"
    NG = "nanogram"


class FrequencyUnit(str, Enum):
    """Units of frequency."""

    KHZ = "kilohertz"
    HZ = "hertz"
    mHZ = "millihertz"  # noqa: N815 - the name in the standard


class PressureUnit(str, Enum):
    """Units of pressure."""

    MPA = "millipascal"
    PA = "pascal"
    KPA = "kilopascal"


class SpeedUnit(str, Enum):
    """Units of rotation speed."""

    RPM = "rotations per minute"


class VolumeUnit(str, Enum):
    """Units of volume."""

    L = "liter"
    ML = "milliliter"
    UL = "microliter"
    NL = "nanoliter"


class AngleUnit(str, Enum):
    """Units of angle."""

    RAD = "radians"
    DEG = "degrees"


class TimeUnit(str, Enum):
    """Units of duration."""

    HR = "hour"
    M = "minute"
    S = "second"
    MS = "millisecond"
    US = "microsecond"
    NS = "nanosecond"


class PowerUnit(str, Enum):
    """Units of light power."""

    UW = "microwatt"
    MW = "milliwatt"
    PERCENT = "percent"


class CurrentUnit(str, Enum):
    """Units of electric current."""

    UA = "microamps"


class ConcentrationUnit(str, Enum):
    """Units of concentration."""

    M = "molar"
    UM = "micromolar"
    NM = "nanomolar"
    MASS_PERCENT = "% m/m"
    VOLUME_PERCENT = "% v/v"


class TemperatureUnit(str, Enum):
    """Units of temperature."""

    C = "Celsius"
    K = "Kelvin"


class SoundIntensityUnit(str, Enum):
    """Units of loudness."""

    DB = "decibels"


class VoltageUnit(str, Enum):
    """Units of electric potential."""

    V = "Volts"


class MemoryUnit(str, Enum):
    """Units of stored information."""

    B = "Byte"
    KB = "Kilobyte"
    MB = "Megabyte"
    GB = "Gigabyte"
    TB = "Terabyte"
    PB = "Petabyte"
    EB = "Exabyte"


class MagneticFieldUnit(str, Enum):
    """Units of magnetic flux density."""

    T = "tesla"
    MT = "millitesla"
    UT = "microtesla"


class TorqueUnit(str, Enum):
    """Units of torque."""

    NM = "newton meter"


class UnitlessUnit(str, Enum):
    """Ratios, which have no unit of their own."""

    PERCENT = "percent"
    FC = "fraction of cycle"


UNITS = (
    SizeUnit
    | MassUnit
    | FrequencyUnit
    | SpeedUnit
    | VolumeUnit
    | AngleUnit
    | TimeUnit
    | PowerUnit
    | CurrentUnit
    | ConcentrationUnit
    | TemperatureUnit
    | SoundIntensityUnit
    | VoltageUnit
    | MemoryUnit
    | UnitlessUnit
    | MagneticFieldUnit
    | PressureUnit
    | TorqueUnit
)
