"""Assemblies of probes, and the boards they are plugged into."""

from typing import Literal

from pydantic import Field

from schema_core.base import DataModel
from schema_core.components.devices.base import MAKER, Device
from schema_core.components.devices.daq import DAQDevice
from schema_core.components.devices.implants import EphysProbe, FiberProbe
from schema_core.components.devices.stages import Manipulator
from schema_core.registries.devices import DataInterface
from schema_core.registries.organizations import Organization

_NAME = "Name of the assembly, unique in this lab; configurations refer to it"
_CONNECTION = "How it is connected to the computer"


class ProbePort(DataModel):
    """A port, and what is plugged into it."""

    index: int = Field(title="Port", description="Number of the port, counted from one")
    probes: list[str] = Field(description="Names of the probes on this port, as they are described")


class NeuropixelsBasestation(DAQDevice):
    """A Neuropixels card in a PXI chassis."""

    manufacturer: Organization.ONE_OF = Field(default=Organization.IMEC, description=MAKER)
    data_interface: DataInterface = Field(default=DataInterface.PXI, title="Connection", description=_CONNECTION)
    basestation_firmware_version: str = Field(title="Basestation firmware", description="Version on the basestation")
    bsc_firmware_version: str = Field(
        title="Connect board firmware", description="Version on the basestation connect board"
    )
    slot: int = Field(description="Slot of the chassis that it sits in")
    ports: list[ProbePort] = Field(description="Its ports that are in use")


class OpenEphysAcquisitionBoard(DAQDevice):
    """An Open Ephys acquisition board."""

    manufacturer: Organization.ONE_OF = Field(default=Organization.OEPS, description=MAKER)
    data_interface: Literal[DataInterface.USB] = Field(
        default=DataInterface.USB, title="Connection", description=_CONNECTION
    )
    ports: list[ProbePort] = Field(description="Its ports that are in use")


class EphysAssembly(DataModel):
    """Probes that one manipulator moves together."""

    name: str = Field(description=_NAME)
    manipulator: Manipulator = Field(description="What moves them")
    probes: list[EphysProbe] = Field(description="The probes it holds")


class FiberAssembly(DataModel):
    """Optical fibers that one manipulator moves together."""

    name: str = Field(description=_NAME)
    manipulator: Manipulator = Field(description="What moves them")
    fibers: list[FiberProbe] = Field(description="The fibers it holds")


class PatchClampEphysAssembly(DataModel):
    """A headstage for patch clamp on its manipulator."""

    name: str = Field(description=_NAME)
    manipulator: Manipulator = Field(description="What moves it")
    headstage: Device = Field(description="The headstage it holds")
