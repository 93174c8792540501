"""What the animal moves on or in."""

from decimal import Decimal

from pydantic import Field

from schema_core.base import Discriminated
from schema_core.components.coordinates import Scale
from schema_core.components.devices.base import Device
from schema_core.components.geometry import Circle, Rectangle
from schema_core.components.identifiers import Software
from schema_core.registries.devices import DaqChannelType
from schema_core.registries.units import SizeUnit

_OLD_SIZE = "Still required by this version; give the shape as well"


class Enclosure(Device):
    """A box around an experiment."""

    size: Scale = Field(deprecated=_OLD_SIZE)
    size_unit: SizeUnit = Field(deprecated=_OLD_SIZE)
    shape: Discriminated[Rectangle | Circle] | None = Field(
        default=None, title="Floor", description="Shape of its floor"
    )
    internal_material: str | None = Field(default=None, description="What the inside is made of")
    external_material: str = Field(description="What the outside is made of")
    grounded: bool = Field(description="Whether it is connected to electrical ground")
    laser_interlock: bool = Field(description="Whether opening it switches lasers off")
    air_filtration: bool = Field(title="Filtered air", description="Whether its air is filtered")


class Arena(Device):
    """A floor that the animal walks on freely."""

    size: Scale = Field(deprecated=_OLD_SIZE)
    size_unit: SizeUnit = Field(deprecated=_OLD_SIZE)
    shape: Discriminated[Circle | Rectangle] | None = Field(
        default=None, title="Floor", description="Shape of its floor"
    )
    objects_in_arena: list[Device] = Field(default=[], title="Objects", description="What stands in it")


class Disc(Device):
    """A disc to run on."""

    radius: Decimal = Field(ge=0, description="From the axle to the rim")
    radius_unit: SizeUnit = Field(default=SizeUnit.CM)
    output: DaqChannelType | None = Field(default=None, description="Kind of signal that tells its position")
    encoder: str | None = Field(default=None, description="Type of the encoder")
    decoder: str | None = Field(default=None, description="Type of the chip that reads the encoder")
    encoder_firmware: Software | None = Field(default=None, description="Software that reads that chip's counts")
    surface_material: str | None = Field(default=None, title="Surface", description="What the animal runs on")


class Wheel(Device):
    """A wheel to run in or on."""

    radius: Decimal = Field(description="From the axle to the running surface")
    width: Decimal = Field(description="Width of the running surface")
    size_unit: SizeUnit = Field(default=SizeUnit.MM, title="Unit of both sizes")
    encoder: Device = Field(description="What measures its turning")
    pulse_per_revolution: int = Field(title="Pulses per turn", description="Pulses of the encoder in one turn")
    magnetic_brake: Device = Field(description="What slows it down")
    torque_sensor: Device = Field(description="What measures the force on it")


class Tube(Device):
    """A tube that holds the animal."""

    diameter: Decimal = Field(ge=0, description="Inner diameter")
    diameter_unit: SizeUnit = Field(default=SizeUnit.CM)


class Treadmill(Device):
    """A belt to run on."""

    treadmill_width: Decimal = Field(title="Width", description="Width of the belt")
    width_unit: SizeUnit = Field(default=SizeUnit.CM)
    encoder: Device | None = Field(default=None, description="What measures its movement")
    pulse_per_revolution: int | None = Field(
        default=None, title="Pulses per turn", description="Pulses of the encoder in one turn of its wheel"
    )
