"""Light on its way: sources, detectors, and the channels that join them."""

import enum

from pydantic import Field

from schema_core.base import DataModel, DiscriminatedList
from schema_core.components.configs.device import DeviceConfig
from schema_core.components.identifiers import Code
from schema_core.registries.units import PowerUnit, SizeUnit, TimeUnit

_POWER = "Light power; if set in percent, choose percent as its unit"
_MEASURED_AT = "Where along the light path the power was measured, for example at the objective"
_CROP = "In place of what the instrument says; empty if the sensor was read as described there"


class TriggerType(str, enum.Enum):
    """What starts each exposure."""

    INTERNAL = "Internal"
    EXTERNAL = "External"
    ANALOG = "Analog"


class DetectorConfig(DeviceConfig):
    """How a camera or other detector was set."""

    exposure_time: float | None = Field(default=None, title="Exposure", description="How long each exposure lasted")
    exposure_time_unit: TimeUnit = Field(default=TimeUnit.MS)
    trigger_type: TriggerType = Field(title="Trigger", description="What started each exposure")
    compression: Code | None = Field(default=None, description="Code that compressed the data while they were acquired")
    crop_offset_x: int | None = Field(default=None, title="Crop from left", description=_CROP)
    crop_offset_y: int | None = Field(default=None, title="Crop from top", description=_CROP)
    crop_width: int | None = Field(default=None, description=_CROP)
    crop_height: int | None = Field(default=None, description=_CROP)
    crop_unit: SizeUnit | None = Field(default=SizeUnit.PX, description="Unit of all four crop values")


class LaserConfig(DeviceConfig):
    """How a laser was set."""

    wavelength: int = Field(description="Wavelength it was tuned to")
    wavelength_unit: SizeUnit = Field(default=SizeUnit.NM)
    power: float | None = Field(default=None, description=_POWER)
    power_unit: PowerUnit | None = Field(default=None)
    power_measured_at: str | None = Field(default=None, title="Measured at", description=_MEASURED_AT)


class LightEmittingDiodeConfig(DeviceConfig):
    """How an LED was set."""

    power: float | None = Field(default=None, description=_POWER)
    power_unit: PowerUnit | None = Field(default=None)
    power_measured_at: str | None = Field(default=None, title="Measured at", description=_MEASURED_AT)


LIGHT_CONFIGS = DiscriminatedList[LaserConfig | LightEmittingDiodeConfig]


class Channel(DataModel):
    """One color of light: what excites, what passes, what detects."""

    channel_name: str = Field(title="Channel", description="Name of the channel; images refer to it")
    intended_measurement: str | None = Field(
        default=None, title="Measures", description="The signal it is for, for example calcium or an isosbestic control"
    )
    detector: DetectorConfig = Field(description="The detector and how it was set")
    additional_device_names: list[DeviceConfig] | None = Field(
        default=None, title="Other devices", description="Mirrors, dichroics and the like in the light path"
    )
    light_sources: LIGHT_CONFIGS = Field(default=[], description="Lasers and LEDs that excite, and how they were set")
    variable_power: bool | None = Field(
        default=False,
        title="Power varies",
        description="Whether the power differs between planes; if so, give it in each plane",
    )
    excitation_filters: list[DeviceConfig] | None = Field(default=None, description="Filters before the sample")
    emission_filters: list[DeviceConfig] | None = Field(default=None, description="Filters before the detector")
    emission_wavelength: int | None = Field(default=None, description="Wavelength that is detected")
    emission_wavelength_unit: SizeUnit | None = Field(default=None)


class PatchCordConfig(DeviceConfig):
    """A patch cord and the light it carries."""

    channels: list[Channel] = Field(description="The channels that run through it")
