"""Sources of light, and the fibers that bring it along."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import Field

from schema_core.base import DataModel, Discriminated
from schema_core.components.devices.base import MAKER, Device
from schema_core.components.devices.optics import Filter, Lens
from schema_core.components.devices.stages import Manipulator
from schema_core.registries.devices import Coupling
from schema_core.registries.organizations import Organization
from schema_core.registries.units import SizeUnit, TemperatureUnit


class Laser(Device):
    """A laser of one wavelength."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)
    wavelength: int = Field(description="Wavelength; of a tunable laser, the one it is used at")
    wavelength_unit: SizeUnit = Field(default=SizeUnit.NM)
    coupling: Coupling | None = Field(default=None, description="How the light is led on")
    coupling_efficiency: Decimal | None = Field(
        default=None, ge=0, le=100, description="Light that is led on, 0 to 100"
    )
    coupling_efficiency_unit: Literal["percent"] = Field(default="percent")


class LightEmittingDiode(Device):
    """A light emitting diode."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)
    wavelength: int = Field(description="Wavelength at its peak")
    wavelength_unit: SizeUnit = Field(default=SizeUnit.NM)
    bandwidth: int | None = Field(default=None, description="Full width at half maximum")
    bandwidth_unit: SizeUnit | None = Field(default=None)


class Lamp(Device):
    """A lamp."""

    wavelength_min: int | None = Field(default=None, title="Shortest wavelength", description="Where its light begins")
    wavelength_max: int | None = Field(default=None, title="Longest wavelength", description="Where its light ends")
    wavelength_unit: SizeUnit = Field(default=SizeUnit.NM, description="Unit of both wavelengths")
    temperature: int | None = Field(default=None, title="Color temperature", description="Color temperature")
    temperature_unit: TemperatureUnit | None = Field(default=None, title="Unit of the color temperature")


class LightAssembly(DataModel):
    """A source of light with its lens."""

    name: str = Field(description="Name of the assembly, unique in this lab; configurations refer to it")
    light: Discriminated[Laser | LightEmittingDiode | Lamp] = Field(description="The source")
    lens: Lens = Field(description="The lens in front of it")
    filter: Filter | None = Field(default=None, description="The filter in front of it")


class FiberPatchCord(Device):
    """A fiber that leads light from one device to another."""

    core_diameter: Decimal = Field(description="Diameter of the fiber's core, in micrometers")
    numerical_aperture: Decimal = Field(description="Numerical aperture of the fiber")
    photobleaching_date: dt.date | None = Field(
        default=None, title="Photobleached on", description="Day it was last photobleached"
    )


class LaserAssembly(DataModel):
    """Lasers on a manipulator, with collimator and fiber."""

    name: str = Field(description="Name of the assembly, unique in this lab; configurations refer to it")
    manipulator: Manipulator = Field(description="What moves it")
    lasers: list[Laser] = Field(description="The lasers that feed it")
    collimator: Device = Field(description="What makes the light parallel")
    fiber: FiberPatchCord = Field(description="The fiber that brings the light")
