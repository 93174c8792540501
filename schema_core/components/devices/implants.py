"""Devices that subjects carry."""

import enum
from decimal import Decimal

from pydantic import Field

from schema_core.base import DataModel
from schema_core.components.devices.base import Device
from schema_core.registries.coordinates import AnatomicalRelative
from schema_core.registries.devices import FerruleMaterial, MyomatrixArrayType, ProbeModel
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.units import SizeUnit


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
