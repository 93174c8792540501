"""What the animal stands on, drinks, hears, smells and moves."""

import enum
from decimal import Decimal

from pydantic import Field

from schema_core.base import DataModel
from schema_core.components.configs.device import DeviceConfig
from schema_core.components.coordinates import TRANSFORM_TYPES, CoordinateSystem
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.registries.coordinates import AnatomicalRelative
from schema_core.registries.units import ConcentrationUnit, PressureUnit, SoundIntensityUnit, VolumeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule

_POSITION = "Where it sat at first, in words relative to the animal"
_OWN_AXES = "Coordinate system attached to the device, with its origin at the tip"
_PLACEMENT = "Steps that carry the device from the origin to where it was placed, in order"


class Valence(str, enum.Enum):
    """Whether an animal seeks a stimulus or shuns it."""

    POSITIVE = "Positive"
    NEGATIVE = "Negative"
    NEUTRAL = "Neutral"
    UNKNOWN = "Unknown"


class Liquid(str, enum.Enum):
    """What a lick spout gives."""

    WATER = "Water"
    SUCROSE = "Sucrose"
    QUININE = "Quinine"
    CITRIC_ACID = "Citric acid"
    OTHER = "Other"


class MousePlatformConfig(DeviceConfig):
    """How the platform under the animal was set up."""

    objects_in_arena: list[str] | None = Field(default=None, description="Names of the objects that stood in the arena")
    active_control: bool = Field(
        default=False, title="Driven", description="Whether the experiment moved the platform, not the animal alone"
    )


class LickSpoutConfig(DeviceConfig):
    """What a lick spout gave, and where it was."""

    solution: Liquid = Field(description="The liquid; for Other say which in notes")
    solution_valence: Valence = Field(title="Valence", description="Whether the animal likes the liquid")
    volume: float = Field(description="Amount of one drop")
    volume_unit: VolumeUnit = Field()
    relative_position: list[AnatomicalRelative] = Field(title="Position", description=_POSITION)
    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("local"))
    local_coordinate_system: CoordinateSystem | None = Field(
        default=None, title="Spout's own axes", description=_OWN_AXES
    )
    transform: TRANSFORM_TYPES | None = Field(default=None, title="Placement", description=_PLACEMENT)
    notes: str | None = Field(default=None, description="Anything else that others should know")


renamed_system(LickSpoutConfig, "local_coordinate_system")


@rule(LickSpoutConfig, reads=("solution", "notes"), code="solution-other")
def other_solution_is_named(node: LickSpoutConfig) -> Finding | None:
    """A liquid that the list lacks is named in the notes."""
    if node.solution == Liquid.OTHER and not node.notes:
        return Finding("The solution is Other: say in notes what it is", at="notes", also=("solution",))
    return None


class AirPuffConfig(DeviceConfig):
    """How air was puffed, and from where."""

    valence: Valence = Field(default=Valence.NEGATIVE, description="Whether the animal seeks the puff or shuns it")
    relative_position: list[AnatomicalRelative] = Field(title="Position", description=_POSITION)
    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("local"))
    local_coordinate_system: CoordinateSystem | None = Field(
        default=None, title="Nozzle's own axes", description=_OWN_AXES
    )
    transform: TRANSFORM_TYPES | None = Field(default=None, title="Placement", description=_PLACEMENT)
    pressure: float | None = Field(default=None, description="Pressure of the air")
    pressure_unit: PressureUnit | None = Field(default=None)
    duration: float | None = Field(
        default=None, description="How long a puff lasts; no unit can be given here, so say it in the stream's notes"
    )


renamed_system(AirPuffConfig, "local_coordinate_system")


class SpeakerConfig(DeviceConfig):
    """How loud a speaker was."""

    volume: float | None = Field(default=None, title="Loudness", description="Sound pressure level at the animal")
    volume_unit: SoundIntensityUnit | None = Field(default=None, title="Unit of loudness")


class OlfactometerChannelInfo(DataModel):
    """What one channel of an olfactometer held."""

    channel_index: int = Field(title="Channel", description="Number of the channel, as on the olfactometer")
    odorant: str = Field(description="Name of the substance")
    dilution: Decimal = Field(description="How far it was diluted")
    dilution_unit: ConcentrationUnit = Field(default=ConcentrationUnit.VOLUME_PERCENT)


class OlfactometerConfig(DeviceConfig):
    """What an olfactometer was filled with."""

    channel_configs: list[OlfactometerChannelInfo] = Field(
        title="Channels", description="The channels that held an odorant"
    )


class JoystickConfig(DeviceConfig):
    """How a joystick was set."""

    is_isometric: bool = Field(
        title="Isometric", description="Whether the joystick stays put and measures force, not movement"
    )
