"""What light falls on: detectors and cameras."""

from decimal import Decimal

from pydantic import Field

from schema_core.components.devices.base import MAKER, Device, DevicePosition
from schema_core.components.devices.optics import Filter, Lens
from schema_core.components.identifiers import Software
from schema_core.registries.devices import (
    BinMode,
    CameraChroma,
    CameraTarget,
    Cooling,
    DataInterface,
    DetectorType,
    DeviceDriver,
    ImmersionMedium,
)
from schema_core.registries.organizations import Organization
from schema_core.registries.units import FrequencyUnit, SizeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule


class Detector(Device):
    """Anything that detects light: a camera, a photomultiplier."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)
    detector_type: DetectorType = Field(description="Kind of detector; for Other say which in notes")
    data_interface: DataInterface = Field(
        title="Connection", description="How it is connected to the computer; for Other say how in notes"
    )
    cooling: Cooling = Field(default=Cooling.NO_COOLING, description="What cools the sensor")
    frame_rate: Decimal | None = Field(default=None, description="Images per second, as it was used")
    frame_rate_unit: FrequencyUnit | None = Field(default=None)
    immersion: ImmersionMedium | None = Field(
        default=None, description="What lies between detector and sample; for other say what in notes"
    )
    chroma: CameraChroma | None = Field(default=None, title="Color", description="Whether the sensor sees colors")
    sensor_width: int | None = Field(default=None, description="Width of the whole sensor")
    sensor_height: int | None = Field(default=None, description="Height of the whole sensor")
    size_unit: SizeUnit = Field(default=SizeUnit.PX, title="Unit of the sensor's size")
    sensor_format: str | None = Field(default=None, description="Size of the sensor as lenses name it, such as 1/1.8")
    sensor_format_unit: str | None = Field(default=None, description="Unit of the format, as a rule inches")
    bit_depth: int | None = Field(default=None, description="Bits per pixel")
    bin_mode: BinMode = Field(default=BinMode.NO_BINNING, title="Binning", description="How pixels are joined into one")
    bin_width: int | None = Field(default=None, description="Joined pixels, across")
    bin_height: int | None = Field(default=None, description="Joined pixels, down")
    bin_unit: SizeUnit = Field(default=SizeUnit.PX, title="Unit of the bins")
    gain: Decimal | None = Field(default=None, description="Gain, as the detector states it")
    crop_offset_x: int | None = Field(default=None, title="Crop from the left", description="Columns left out before")
    crop_offset_y: int | None = Field(default=None, title="Crop from the top", description="Rows left out before")
    crop_width: int | None = Field(default=None, description="Columns that are kept")
    crop_height: int | None = Field(default=None, description="Rows that are kept")
    crop_unit: SizeUnit = Field(default=SizeUnit.PX, title="Unit of the crop")
    recording_software: Software | None = Field(default=None, description="Software that saves what it detects")
    driver: DeviceDriver | None = Field(default=None, description="Driver that the computer uses")
    driver_version: str | None = Field(default=None, description="Version of that driver")


_OTHERS = {
    "immersion": ImmersionMedium.OTHER.value,
    "detector_type": DetectorType.OTHER.value,
    "data_interface": DataInterface.OTHER.value,
}


@rule(Detector, reads=("notes", *_OTHERS), code="device-other")
def other_detector_is_explained(node: Detector) -> list[Finding] | None:
    """A choice that the lists lack is explained in the notes; here the standard is content with empty ones."""
    values = node.__dict__
    if values["notes"] is not None:
        return None
    return [
        Finding(f"{name} is {other!r}: say in notes what it is", at="notes", also=(name,))
        for name, other in _OTHERS.items()
        if values[name] == other
    ]


class Camera(Detector):
    """A camera."""

    detector_type: DetectorType = Field(default=DetectorType.CAMERA, description="Kind of detector")


class CameraAssembly(DevicePosition):
    """A camera with its lens, and where it sits."""

    name: str = Field(description="Name of the assembly, unique in this lab; configurations refer to it")
    target: CameraTarget = Field(description="What it looks at; for Other say what in the instrument's notes")
    camera: Camera = Field(description="The camera")
    lens: Lens = Field(description="The lens in front of it")
    filter: Filter | None = Field(default=None, description="The filter in front of it")
