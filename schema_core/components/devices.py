"""Devices that subjects carry: what they are, and how they sit."""

import enum
from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from schema_core.base import DataModel, GenericModel
from schema_core.components.coordinates import TRANSFORM_TYPES, CoordinateSystem
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.registries.coordinates import AnatomicalRelative
from schema_core.registries.devices import FerruleMaterial, MyomatrixArrayType, ProbeModel
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.organizations import Organization
from schema_core.registries.units import SizeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule


class CatheterMaterial(str, enum.Enum):
    """What a catheter is made of."""

    NAKED = "Naked"
    SILICONE = "VAB silicone"
    MESH = "VAB mesh"


class CatheterPort(str, enum.Enum):
    """How many ways lead into a catheter."""

    SINGLE = "Single"
    DOUBLE = "Double"


class CatheterDesign(str, enum.Enum):
    """How a catheter's button closes."""

    MAGNETIC = "Magnetic"
    NONMAGNETIC = "Non-magnetic"
    NA = "N/A"


class Device(DataModel):
    """Any device."""

    name: str = Field(description="Name of the device, unique in this lab; configurations refer to it")
    serial_number: str | None = Field(default=None, description="Number on the device itself")
    manufacturer: Organization.ONE_OF | None = Field(
        default=None, description="Who made it; for Other say who in notes"
    )
    model: str | None = Field(default=None, description="Model name or part number")
    additional_settings: GenericModel | None = Field(
        default=None, description="Anything else about the device, as names and values"
    )
    notes: str | None = Field(default=None, description="Anything else that others should know")


@rule(Device, reads=("manufacturer", "notes"), code="manufacturer-other")
def other_manufacturer_is_named(node: Device) -> Iterator[Finding]:
    """A manufacturer that the registry lacks is named in the notes."""
    maker = node.manufacturer
    if maker is not None and maker.name == "Other" and maker == Organization.OTHER and not node.notes:
        yield Finding("The manufacturer is Other: say in notes who made the device", at="notes", also=("manufacturer",))


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
def placement_has_both_parts(node: DevicePosition) -> Iterator[Finding]:
    """A placement is a system and the steps in it, or neither."""
    if node.transform is None and node.local_coordinate_system is not None:
        yield Finding(
            "local_coordinate_system is given without transform: give both, or neither",
            at="transform",
            also=("local_coordinate_system",),
        )
    elif node.transform is not None and node.local_coordinate_system is None:
        yield Finding(
            "transform is given without local_coordinate_system: give both, or neither",
            at="local_coordinate_system",
            also=("transform",),
        )


class Catheter(Device):
    """A catheter."""

    catheter_material: CatheterMaterial = Field(title="Material", description="What the catheter is made of")
    catheter_design: CatheterDesign = Field(title="Design", description="How its button closes")
    catheter_port: CatheterPort = Field(title="Port", description="One way in, or two")


class EphysProbe(Device):
    """A probe that records electrical activity."""

    probe_model: ProbeModel = Field(description="Model of the probe")
    headstage: Device | None = Field(default=None, description="The headstage it is plugged into")


class FiberProbe(Device):
    """An optical fiber for implanting."""

    core_diameter: Decimal = Field(description="Diameter of the fiber's core")
    core_diameter_unit: SizeUnit = Field(default=SizeUnit.UM)
    numerical_aperture: Decimal = Field(description="Numerical aperture of the fiber")
    ferrule_material: FerruleMaterial | None = Field(default=None, description="What the ferrule is made of")
    active_length: Decimal | None = Field(default=None, description="Length of the part that emits or collects light")
    total_length: Decimal = Field(description="Length of the whole fiber")
    length_unit: SizeUnit = Field(default=SizeUnit.MM, description="Unit of both lengths")


class MyomatrixContact(DataModel):
    """Where one contact of a thread ended up."""

    body_part: MouseAnatomyModel = Field(description="The part of the body")
    relative_position: AnatomicalRelative = Field(title="Side", description="On which side of the animal")
    muscle: MouseAnatomyModel = Field(description="The muscle it records")
    in_muscle: bool = Field(description="Whether the contact lies inside the muscle")


class MyomatrixThread(DataModel):
    """One thread of an array."""

    ground_electrode_location: MouseAnatomyModel = Field(title="Ground", description="Where the ground electrode lies")
    contacts: list[MyomatrixContact] = Field(description="The thread's contacts, in order")


class MyomatrixArray(Device):
    """An electrode array for muscles."""

    array_type: MyomatrixArrayType = Field(description="Layout of the array")
    threads: list[MyomatrixThread] = Field(description="The array's threads")
