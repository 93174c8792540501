"""What the animal licks, sees, hears, feels and smells."""

import enum
from decimal import Decimal
from typing import Any

from pydantic import Field

from schema_core.base import DataModel, Discriminated
from schema_core.components.devices.base import MAKER, Device, DevicePosition
from schema_core.components.devices.daq import HarpDevice
from schema_core.components.devices.stages import MotorizedStage
from schema_core.registries.devices import LickSensorType
from schema_core.registries.harp_types import HarpDeviceType
from schema_core.registries.organizations import Organization
from schema_core.registries.units import SizeUnit, UnitlessUnit
from schema_core.rules.registration import prepares
from schema_core.rules.warned import warn


class Monitor(Device, DevicePosition):
    """A screen that shows stimuli."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)
    refresh_rate: int = Field(ge=60, description="Images per second, in hertz; at least 60")
    width: int = Field(description="Width of the image")
    height: int = Field(description="Height of the image")
    size_unit: SizeUnit = Field(default=SizeUnit.PX, title="Unit of the image's size")
    viewing_distance: Decimal = Field(description="From the animal's eye to the screen")
    viewing_distance_unit: SizeUnit = Field(default=SizeUnit.CM)
    contrast: int | None = Field(default=None, ge=0, le=100, description="Contrast setting of the screen, 0 to 100")
    contrast_unit: UnitlessUnit | None = Field(default=None)
    brightness: int | None = Field(default=None, ge=0, le=100, description="Brightness setting of the screen, 0 to 100")
    brightness_unit: UnitlessUnit | None = Field(default=None)


@prepares(Monitor)
def settings_are_percentages(values: dict[str, Any]) -> dict[str, Any]:
    """A contrast or brightness whose unit is left out is in percent."""
    added = {}
    for name in ("contrast", "brightness"):
        unit = f"{name}_unit"
        if values.get(name) is not None and unit not in values:
            added[unit] = UnitlessUnit.PERCENT.value
            warn(f"{unit} is not given and was set to percent: give it", code="unit-assumed", about=values, at=unit)
    return {**values, **added} if added else values


class Speaker(Device, DevicePosition):
    """A speaker that plays stimuli."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)


class LickSpout(Device):
    """A spout that gives drops of liquid."""

    spout_diameter: Decimal = Field(title="Diameter", description="Inner diameter of the spout")
    spout_diameter_unit: SizeUnit = Field(default=SizeUnit.MM, title="Unit of the diameter")
    solenoid_valve: Device = Field(title="Valve", description="The valve that lets the drops out")
    lick_sensor: Discriminated[Device | HarpDevice] = Field(title="Sensor", description="What senses the licks")
    lick_sensor_type: LickSensorType | None = Field(default=None, title="Sensing", description="How licks are sensed")


class LickSpoutAssembly(DataModel):
    """Lick spouts that sit together, perhaps on a stage."""

    name: str = Field(description="Name of the assembly, unique in this lab; configurations refer to it")
    lick_spouts: list[LickSpout] = Field(title="Spouts", description="The spouts")
    motorized_stage: MotorizedStage | None = Field(default=None, title="Stage", description="The stage that moves them")


class AirPuffDevice(Device):
    """A nozzle that puffs air."""

    diameter: float = Field(description="Inner diameter of the nozzle")
    diameter_unit: SizeUnit = Field()


class OlfactometerChannelType(enum.Enum):
    """What flows through a channel of an olfactometer."""

    ODOR = "Odor"
    CARRIER = "Carrier"


class OlfactometerChannel(DataModel):
    """One channel of an olfactometer."""

    channel_index: int = Field(title="Channel", description="Number of the channel, as on the olfactometer")
    channel_type: OlfactometerChannelType = Field(title="Kind", description="Whether it carries an odor or clean air")
    flow_capacity: int = Field(default=100, gt=0, title="Highest flow", description="The most that can flow through it")
    flow_unit: str = Field(default="mL/min", title="Unit of the flow")


class Olfactometer(HarpDevice):
    """A device that gives odors."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)
    harp_device_type: HarpDeviceType.ONE_OF = Field(
        default=HarpDeviceType.OLFACTOMETER, frozen=True, title="Kind", description="Which board of the Harp family"
    )
    channels: list[OlfactometerChannel] = Field(  # type: ignore[assignment]  # the standard's own choice
        description="Its channels that are in use"
    )
