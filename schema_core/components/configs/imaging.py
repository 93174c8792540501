"""Microscopes: what was imaged, in which channels and where it lies."""

import enum
from collections.abc import Iterator

from pydantic import Field

from schema_core.asset_paths import AssetPath
from schema_core.base import AwareDatetimeWithDefault, DataModel, Discriminated, DiscriminatedList
from schema_core.components.configs.device import DeviceConfig
from schema_core.components.configs.light import Channel
from schema_core.components.configs.planes import CoupledPlane, Plane, Slap2Plane
from schema_core.components.coordinates import TRANSFORM_TYPES, CoordinateSystem, Scale
from schema_core.components.geometry import Rectangle
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.registries.devices import ImmersionMedium
from schema_core.registries.units import AngleUnit, FrequencyUnit, SizeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule
from schema_core.rules.spans import span


class PowerFunction(str, enum.Enum):
    """How light power changes with depth."""

    CONSTANT = "Constant"
    LINEAR = "Linear"
    EXPONENTIAL = "Exponential"
    OTHER = "Other"


class Immersion(DataModel):
    """A liquid and how it bends light."""

    medium: ImmersionMedium = Field(description="The liquid")
    refractive_index: float = Field(description="Its refractive index, for example 1.33 for water")


class SampleChamberConfig(DeviceConfig):
    """What a sample chamber was filled with."""

    chamber_immersion: Immersion = Field(title="In the chamber", description="What filled the chamber")
    sample_immersion: Immersion | None = Field(
        default=None, title="In the sample", description="What the sample was soaked in, if something else"
    )


class Image(DataModel):
    """An image."""

    channel_name: str = Field(title="Channel", description="Name of the channel it was taken in")
    dimensions_unit: SizeUnit = Field(default=SizeUnit.PX, description="Unit of its dimensions")
    image_to_acquisition_transform: TRANSFORM_TYPES = Field(
        title="Placement",
        description="Steps that carry the image into the coordinate system of the acquisition, in order; "
        "depths belong to the planes",
    )
    dimensions: Discriminated[Scale | Rectangle] | None = Field(
        default=None, description="Size of the image along each axis"
    )


class ImageSPIM(Image):
    """An image of a light sheet microscope."""

    file_name: AssetPath = Field(title="File", description="The image's file, relative to the folder of the metadata")
    imaging_angle: int = Field(
        default=0, description="Angle between the detector and the perpendicular of the image plane"
    )
    imaging_angle_unit: AngleUnit = Field(default=AngleUnit.DEG)
    image_start_time: AwareDatetimeWithDefault | None = Field(
        default=None, title="Started", description="Day and time the image was begun"
    )
    image_end_time: AwareDatetimeWithDefault | None = Field(
        default=None, title="Ended", description="Day and time the image was finished"
    )


span(ImageSPIM, "image_start_time", "image_end_time")


class PlanarImage(Image):
    """An image of one plane, or of planes that are imaged together."""

    planes: DiscriminatedList[Plane | CoupledPlane | Slap2Plane] = Field(
        description="The plane; several only if all of them are coupled"
    )


@rule(PlanarImage, reads=("planes",), code="planes-uncoupled")
def several_planes_are_coupled(node: PlanarImage) -> Iterator[Finding]:
    """Only coupled planes share an image."""
    if len(node.planes) <= 1:
        return
    for index, plane in enumerate(node.planes):
        if not isinstance(plane, CoupledPlane):
            yield Finding(
                f"An image of {len(node.planes)} planes holds coupled planes only, and this is none: give it an image "
                "of its own",
                at=f"planes.{index}",
            )


class PlanarImageStack(PlanarImage):
    """A stack of images through depth."""

    power_function: PowerFunction = Field(title="Power over depth", description="How the power changed with depth")
    depth_start: float = Field(title="First depth", description="Depth of the first image")
    depth_end: float = Field(title="Last depth", description="Depth of the last image")
    depth_step: float = Field(title="Step", description="Distance from one image to the next")
    depth_unit: SizeUnit = Field(description="Unit of all three depths")


class SamplingStrategy(DataModel):
    """The order in which images were taken."""

    frame_rate: float = Field(description="Images per second, over all planes")
    frame_rate_unit: FrequencyUnit = Field(default=FrequencyUnit.HZ)


class InterleavedStrategy(SamplingStrategy):
    """Images taken by turns."""

    image_index_sequence: list[int] = Field(title="Order", description="Numbers of the images, in the order of a turn")


class StackStrategy(SamplingStrategy):
    """A stack taken again and again."""

    image_repeats: int = Field(description="How often each image was taken before the next depth")
    stack_repeats: int = Field(description="How often the whole stack was taken")


class ImagingConfig(DeviceConfig):
    """How a microscope was set and what it imaged."""

    channels: DiscriminatedList[Channel] = Field(description="The channels it imaged in")
    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("local"))
    local_coordinate_system: CoordinateSystem | None = Field(
        default=None,
        title="Microscope's own axes",
        description="Coordinate system of the images, if not that of the acquisition; always for light sheets",
    )
    images: DiscriminatedList[PlanarImage | PlanarImageStack | ImageSPIM] = Field(description="What was imaged")
    sampling_strategy: SamplingStrategy | None = Field(
        default=None, title="Sampling", description="How fast and in which order the images were taken"
    )


renamed_system(ImagingConfig, "local_coordinate_system")


@rule(ImagingConfig, reads=("channels", "images"), code="image-channel")
def images_name_a_channel(node: ImagingConfig) -> Iterator[Finding]:
    """Every image was taken in one of the channels."""
    names = {channel.channel_name for channel in node.channels}
    for index, image in enumerate(node.images):
        if image.channel_name not in names:
            known = ", ".join(map(repr, sorted(names))) or "none"
            yield Finding(
                f"There is no channel {image.channel_name!r} (there are: {known}): correct it, or add the channel",
                at=f"images.{index}.channel_name",
                also=("channels",),
            )


@rule(ImagingConfig, reads=("images", "local_coordinate_system"), code="light-sheet-system")
def light_sheets_have_their_system(node: ImagingConfig) -> Finding | None:
    """Images of a light sheet are placed in a coordinate system of their own."""
    if node.local_coordinate_system is None and any(isinstance(image, ImageSPIM) for image in node.images):
        return Finding(
            "Light sheet images need the coordinate system they are placed in: give local_coordinate_system",
            at="local_coordinate_system",
            also=("images",),
        )
    return None
