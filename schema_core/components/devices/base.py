"""What all devices have in common, and how a device sits."""

from typing import Any

from pydantic import Field

from schema_core.base import DataModel, GenericModel
from schema_core.components.coordinates import TRANSFORM_TYPES, CoordinateSystem
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.registries.coordinates import AnatomicalRelative
from schema_core.registries.organizations import Organization
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule

MAKER = "Who made it; for Other say who in notes"


class Device(DataModel):
    """Any device."""

    name: str = Field(description="Name of the device, unique in this lab; configurations refer to it")
    serial_number: str | None = Field(default=None, description="Number on the device itself")
    manufacturer: Organization.ONE_OF | None = Field(default=None, description=MAKER)
    model: str | None = Field(default=None, description="Model name or part number")
    additional_settings: GenericModel | None = Field(
        default=None, description="Anything else about the device, as names and values"
    )
    notes: str | None = Field(default=None, description="Anything else that others should know")


@rule(Device, reads=("manufacturer", "notes"), code="manufacturer-other")
def other_manufacturer_is_named(node: Device) -> Finding | None:
    """A manufacturer that the registry lacks is named in the notes."""
    values = node.__dict__  # half of all nodes are devices, and attributes cost more
    maker = values["manufacturer"]
    if maker is not None and maker.name == "Other" and maker == Organization.OTHER and not values["notes"]:
        return Finding(
            "The manufacturer is Other: say in notes who made the device", at="notes", also=("manufacturer",)
        )
    return None


def unexplained(node: Any, name: str, other: str) -> Finding | None:
    """A choice of Other that the notes should explain, where there are no notes."""
    if getattr(node, name) == other and not node.notes:
        return Finding(f"{name} is {other!r}: say in notes what it is", at="notes", also=(name,))
    return None


class DevicePosition(DataModel):
    """Where a device sits."""

    relative_position: list[AnatomicalRelative] = Field(
        description="Where it sits, in words relative to the subject or the origin"
    )
    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("local"))
    local_coordinate_system: CoordinateSystem | None = Field(
        default=None, title="Device's own axes", description="Coordinate system attached to the device"
    )
    transform: TRANSFORM_TYPES | None = Field(
        default=None,
        title="Placement",
        description="Steps that carry the device from the origin to its place, in order",
    )


renamed_system(DevicePosition, "local_coordinate_system")


@rule(DevicePosition, reads=("transform", "local_coordinate_system"), code="placement-incomplete")
def placement_has_both_parts(node: DevicePosition) -> Finding | None:
    """A placement is a system and the steps in it, or neither."""
    if node.transform is None and node.local_coordinate_system is not None:
        return Finding(
            "local_coordinate_system is given without transform: give both, or neither",
            at="transform",
            also=("local_coordinate_system",),
        )
    if node.transform is not None and node.local_coordinate_system is None:
        return Finding(
            "transform is given without local_coordinate_system: give both, or neither",
            at="local_coordinate_system",
            also=("transform",),
        )
    return None
