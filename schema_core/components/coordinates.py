"""Coordinate systems, points in them, and the steps that carry one into another."""

import enum
from operator import attrgetter
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from schema_core.asset_paths import AssetPath
from schema_core.base import DataModel, DiscriminatedList
from schema_core.components import matrices
from schema_core.registries.atlas import AtlasName
from schema_core.registries.coordinates import AxisName, Direction, Origin
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.units import AngleUnit, SizeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule


class ReferenceCoordinateSystem(str, enum.Enum):
    """The frame that a step is expressed in."""

    GLOBAL = "global"
    LOCAL = "local"


class RotationDirection(str, enum.Enum):
    """The hand whose curled fingers show the positive sense of rotation."""

    RIGHT_HAND = "right_hand"
    LEFT_HAND = "left_hand"


class Handedness(str, enum.Enum):
    """Whether the three axes form a right-handed or a left-handed frame."""

    RIGHT = "right"
    LEFT = "left"


class Axis(DataModel):
    """One axis: its name and the way it points."""

    name: AxisName = Field(description="What the axis is called")
    direction: Direction = Field(description="The way in which its values grow")


class Scale(DataModel):
    """A stretch along each axis."""

    scale: list[float] = Field(title="Factors", description="One factor for each axis, in the order of the axes")
    pivot: ReferenceCoordinateSystem = Field(
        default=ReferenceCoordinateSystem.GLOBAL, description="Whether the origin or the object stays in place"
    )

    def to_matrix(self) -> list[list[float]]:
        """The stretch as a homogeneous matrix, (n+1) by (n+1)."""
        matrices.remark("to_matrix()")
        return matrices.diagonal(self.scale)


class Translation(DataModel):
    """A shift along each axis."""

    translation: list[float] = Field(
        title="Distances", description="One distance for each axis, in the order and unit of the coordinate system"
    )
    reference_coordinate_system: ReferenceCoordinateSystem = Field(
        default=ReferenceCoordinateSystem.GLOBAL,
        title="Along",
        description="Whether to move along the fixed axes or along those of the moved object",
    )

    def to_matrix(self) -> list[list[float]]:
        """The shift as a homogeneous matrix, (n+1) by (n+1)."""
        matrices.remark("to_matrix()")
        return matrices.shift(self.translation)


def _axis_letters(value: str) -> str:
    if not value or set(value) - set("xyzXYZ"):
        raise PydanticCustomError(
            "axis-order",
            "The order of rotation is {given}: write the letters x, y and z in the order to turn about them",
            {"given": repr(value)},
        )
    return value.lower()


class Rotation(DataModel):
    """Turns about the axes, one after the other."""

    angles: list[float] = Field(description="One angle for each turn, positive as the chosen hand's fingers curl")
    angles_unit: AngleUnit = Field(default=AngleUnit.DEG)
    axis_order: Annotated[str, AfterValidator(_axis_letters)] = Field(
        default="xyz", title="Order", description="Axes to turn about, in order, as letters x, y, z"
    )
    reference_coordinate_system: ReferenceCoordinateSystem = Field(
        default=ReferenceCoordinateSystem.GLOBAL,
        title="About",
        description="Whether to turn about the fixed axes or about those of the turned object",
    )
    rotation_direction: RotationDirection = Field(
        default=RotationDirection.RIGHT_HAND, title="Hand", description="The hand that tells the positive sense"
    )
    pivot: ReferenceCoordinateSystem = Field(
        default=ReferenceCoordinateSystem.GLOBAL, description="Whether the origin or the object stays in place"
    )

    def to_matrix(self) -> list[list[float]]:
        """The turns as one homogeneous matrix."""
        matrices.remark("to_matrix()")
        sign = -1.0 if self.rotation_direction == RotationDirection.LEFT_HAND else 1.0
        return matrices.turns(
            [sign * angle for angle in self.angles],
            self.axis_order,
            degrees=self.angles_unit != AngleUnit.RAD,
            intrinsic=self.reference_coordinate_system == ReferenceCoordinateSystem.LOCAL,
        )


class Affine(DataModel):
    """Any affine step as its matrix."""

    affine_transform: list[list[float]] = Field(title="Matrix", description="Rows of the matrix, the shift last")

    def to_matrix(self) -> list[list[float]]:
        """The matrix as it was given."""
        matrices.remark("to_matrix()")
        return self.affine_transform

    @classmethod
    def compose(cls, transform: "list[Translation | Rotation | Scale | Affine]") -> "Affine":
        """One step that does what these do, multiplied from left to right; ValueError where sizes differ."""
        matrices.remark("compose()")
        return Affine(affine_transform=matrices.product([matrices.quietly(step.to_matrix) for step in transform]))


class NonlinearTransform(DataModel):
    """A warp that is kept in a file."""

    path: AssetPath = Field(title="File", description="The warp's file, relative to the folder of the metadata")


TRANSFORM_TYPES = DiscriminatedList[Translation | Rotation | Scale | Affine]
TRANSFORM_TYPES_NONLINEAR = DiscriminatedList[Translation | Rotation | Scale | Affine | NonlinearTransform]


class CoordinateSystem(DataModel):
    """An origin and axes to give positions in."""

    name: str = Field(description="Name by which coordinates refer to this system")
    origin: Origin | MouseAnatomyModel = Field(description="The landmark where all axes are zero")
    axes: list[Axis] = Field(description="The axes, in the order in which coordinates are written")
    axis_unit: SizeUnit = Field(title="Unit", description="Unit of all coordinates in this system")
    handedness: Handedness | None = Field(default=None, description="Hand of the frame, where it is known")


class Atlas(CoordinateSystem):
    """A published atlas as a coordinate system."""

    name: AtlasName = Field(title="Atlas", description="Which atlas")
    version: str = Field(description="Version of the atlas")
    size: list[float] = Field(description="Extent along each axis")
    size_unit: SizeUnit = Field(default=SizeUnit.PX)
    resolution: list[float] = Field(description="Size of a voxel along each axis")
    resolution_unit: SizeUnit = Field()


class AtlasCoordinate(Translation):
    """A point of an atlas."""

    coordinate_system: Atlas = Field(title="Atlas", description="The atlas that the point is given in")


_DEPTH = AxisName.DEPTH.value
_named = attrgetter("name")


@rule(CoordinateSystem, reads=("name", "axes"), code="depth-axis", category=DeprecationWarning)
def depth_is_no_axis(node: CoordinateSystem) -> Finding | None:
    """A fourth axis for depth is on its way out of the standard."""
    if _DEPTH not in map(_named, node.axes):
        return None
    place = next(place for place, axis in enumerate(node.axes) if axis.name == _DEPTH)
    return Finding(
        f"Coordinate system {node.name!r} has a Depth axis, which the standard gives up: use three axes",
        at=f"axes.{place}.name",
        severity="warning",
    )


def __getattr__(name: str) -> object:
    """The libraries, loaded when first asked for: they need the models above."""
    if name in {"CoordinateSystemLibrary", "AtlasLibrary"}:
        from schema_core.components import coordinate_library  # noqa: PLC0415

        return getattr(coordinate_library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
