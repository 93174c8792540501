"""What light passes on its way: filters, lenses, objectives, scanners and the microscope around them."""

from decimal import Decimal

from pydantic import Field

from schema_core.components.devices.base import MAKER, Device, unexplained
from schema_core.registries.devices import FilterType, ImagingDeviceType, ImmersionMedium, ObjectiveType
from schema_core.registries.organizations import Organization
from schema_core.registries.units import SizeUnit, SpeedUnit, UnitlessUnit, VoltageUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule


class Filter(Device):
    """An optical filter."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)
    filter_type: FilterType = Field(description="What the filter lets through")
    cut_off_wavelength: int | None = Field(default=None, description="Where its transmission ends")
    cut_on_wavelength: int | None = Field(default=None, description="Where its transmission begins")
    center_wavelength: int | list[int] | None = Field(
        default=None, description="Middle of the band; a list for multiband and multi notch filters"
    )
    wavelength_unit: SizeUnit = Field(default=SizeUnit.NM, description="Unit of all its wavelengths")


_SEVERAL_BANDS = frozenset({FilterType.MULTIBAND, FilterType.MULTI_NOTCH})


@rule(Filter, reads=("filter_type", "center_wavelength"), code="filter-bands")
def filter_lists_its_bands(node: Filter) -> Finding | None:
    """Filters of several bands list their centers, all others have one."""
    several, listed = node.filter_type in _SEVERAL_BANDS, isinstance(node.center_wavelength, list)
    if several != listed:
        wanted = "a list of the centers of its bands" if several else "one number, or nothing"
        return Finding(
            f"center_wavelength of a {FilterType(node.filter_type).value} filter is {wanted}; "
            f"{_said(node.center_wavelength)}",
            at="center_wavelength",
            also=("filter_type",),
        )
    return None


def _said(given: int | list[int] | None) -> str:
    return "nothing is given" if given is None else f"{given} is given"


class Lens(Device):
    """A lens."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)


class Objective(Device):
    """The objective of a microscope."""

    numerical_aperture: Decimal = Field(description="Numerical aperture, as engraved")
    magnification: Decimal = Field(description="Magnification, as engraved")
    immersion: ImmersionMedium = Field(
        description="What lies between objective and sample; for other say what in notes"
    )
    objective_type: ObjectiveType | None = Field(
        default=None, title="Role", description="Its role in a SLAP2 microscope"
    )


@rule(Objective, reads=("immersion", "notes"), code="device-other")
def other_immersion_is_explained(node: Objective) -> Finding | None:
    """An immersion that the list lacks is explained in the notes."""
    return unexplained(node, "immersion", ImmersionMedium.OTHER.value)


class AdditionalImagingDevice(Device):
    """A part of a light path that has no class of its own."""

    imaging_device_type: ImagingDeviceType = Field(
        title="Kind", description="What kind of part; for Other say which in notes"
    )


@rule(AdditionalImagingDevice, reads=("imaging_device_type", "notes"), code="device-other")
def other_imaging_device_is_explained(node: AdditionalImagingDevice) -> Finding | None:
    """A kind of part that the list lacks is explained in the notes."""
    return unexplained(node, "imaging_device_type", ImagingDeviceType.OTHER.value)


class DigitalMicromirrorDevice(Device):
    """An array of mirrors that shapes light."""

    max_dmd_patterns: int = Field(title="Most patterns", description="How many patterns it can hold")
    invert_pixel_values: bool = Field(title="Inverted", description="Whether light and dark are swapped")
    motion_padding_x: int = Field(title="Margin across", description="Margin for movement, along x")
    motion_padding_y: int = Field(title="Margin down", description="Margin for movement, along y")
    padding_unit: SizeUnit = Field(default=SizeUnit.PX, title="Unit of the margins")
    pixel_size: float = Field(description="Size of a pixel, as a fraction of the line scan period")
    start_phase: float = Field(description="Phase of the start, as a fraction of the line scan period")
    dmd_curtain: list[float] = Field(title="Curtain", description="Curtain, as fractions of the mirrors' scan period")
    line_shear_anchors: list[float] = Field(
        title="Line shear", description="Anchors of the shear at the top and the bottom of the field of view"
    )
    line_shear_anchors_unit: SizeUnit = Field(default=SizeUnit.PX, title="Unit of the line shear")


class PolygonalScanner(Device):
    """A spinning polygon of mirrors."""

    speed: int = Field(description="How fast it turns")
    speed_unit: SpeedUnit = Field(default=SpeedUnit.RPM)
    number_faces: int = Field(title="Faces", description="How many mirrors it has")


class PockelsCell(Device):
    """A cell that switches a beam."""

    polygonal_scanner: str | None = Field(
        default=None, description="Name of the polygonal scanner it follows, as it is described"
    )
    on_time: Decimal | None = Field(default=None, description="When in a cycle the beam is let through")
    off_time: Decimal | None = Field(default=None, description="When in a cycle the beam is blocked")
    time_setting_unit: UnitlessUnit = Field(default=UnitlessUnit.FC, title="Unit of both times")
    beam_modulation: Decimal | None = Field(default=None, description="Voltage that modulates the beam")
    beam_modulation_unit: VoltageUnit | None = Field(default=None)


class Microscope(Device):
    """A microscope as a whole."""
