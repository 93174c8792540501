"""Plain shapes, for the floor plan of an arena or enclosure."""

from pydantic import Field

from schema_core.base import DataModel
from schema_core.registries.units import SizeUnit


class Rectangle(DataModel):
    """A rectangle."""

    width: float = Field(description="One side, inside the walls")
    height: float = Field(description="The other side, inside the walls")
    size_unit: SizeUnit = Field(title="Unit", description="Unit of both sides")


class Circle(DataModel):
    """A circle."""

    radius: float = Field(description="From the middle to the wall")
    radius_unit: SizeUnit = Field()
