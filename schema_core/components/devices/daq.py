"""Computers, and the boards that take in and give out signals."""

from decimal import Decimal

from pydantic import Field

from schema_core.base import DataModel
from schema_core.components.devices.base import MAKER, Device, unexplained
from schema_core.registries.devices import DaqChannelType, DataInterface
from schema_core.registries.harp_types import HarpDeviceType
from schema_core.registries.organizations import Organization
from schema_core.registries.units import FrequencyUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule


class Computer(Device):
    """A computer."""

    operating_system: str | None = Field(default=None, description="Operating system with its version")


class DAQChannel(DataModel):
    """One input or output of a board."""

    channel_name: str = Field(title="Channel", description="What the channel is called in the data")
    channel_type: DaqChannelType = Field(title="Kind", description="Analog or digital, input or output")
    port: int | None = Field(default=None, description="Number of the port on the board")
    channel_index: int | None = Field(default=None, deprecated="Older name of port")
    sample_rate: Decimal | None = Field(default=None, description="Samples per second")
    sample_rate_unit: FrequencyUnit | None = Field(default=None)
    event_based_sampling: bool | None = Field(
        default=None, title="On events", description="Whether it is sampled at events, not at regular intervals"
    )


@rule(DAQChannel, reads=("channel_index",), code="channel-index", category=DeprecationWarning)
def channel_gives_its_port(node: DAQChannel) -> Finding | None:
    """The index of a channel is now called its port."""
    index = node.__dict__["channel_index"]
    if index is not None:
        return Finding(
            f"channel_index {index} is the older name of port: give port instead",
            at="channel_index",
            also=("port",),
            severity="warning",
        )
    return None


class DAQDevice(Device):
    """A board that takes in or gives out signals."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)
    data_interface: DataInterface = Field(title="Connection", description="How it is connected to the computer")
    channels: list[DAQChannel] = Field(default=[], description="Its channels that are in use")
    firmware_version: str | None = Field(default=None, description="Version of the software on the board")
    hardware_version: str | None = Field(default=None, description="Version printed on the board")


class HarpDevice(DAQDevice):
    """A board of the Harp family."""

    manufacturer: Organization.ONE_OF = Field(default=Organization.OEPS, description=MAKER)
    data_interface: DataInterface = Field(
        default=DataInterface.USB,
        title="Connection",
        description="How it is connected to the computer; for Other say how in notes",
    )
    harp_device_type: HarpDeviceType.ONE_OF = Field(title="Kind", description="Which board of the family")
    core_version: str | None = Field(default=None, description="Version of the Harp core it implements")
    tag_version: str | None = Field(default=None, description="Tag of its firmware")
    is_clock_generator: bool = Field(title="Sets the clock", description="Whether the other boards follow its clock")


@rule(HarpDevice, reads=("data_interface", "notes"), code="device-other")
def other_connection_is_explained(node: HarpDevice) -> Finding | None:
    """A connection that the list lacks is explained in the notes."""
    return unexplained(node, "data_interface", DataInterface.OTHER.value)
