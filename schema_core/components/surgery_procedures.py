"""What is done in a surgery."""

import enum
from typing import Annotated

from pydantic import BeforeValidator, Field

from schema_core.base import AwareDatetimeWithDefault, DataModel
from schema_core.components.configs import CatheterConfig, ProbeConfig
from schema_core.components.coordinates import TRANSFORM_TYPES, Translation
from schema_core.components.devices import Catheter, Device, DevicePosition, EphysProbe, FiberProbe, MyomatrixArray
from schema_core.components.identifiers import ProtocolMixin
from schema_core.components.injection_procedures import Injection
from schema_core.registries.brain_atlas import BrainStructureModel
from schema_core.registries.coordinates import AnatomicalRelative
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.organizations import Organization
from schema_core.registries.units import SizeUnit, TimeUnit, VolumeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule


class ProtectiveMaterial(str, enum.Enum):
    """What covers a craniotomy."""

    AGAROSE = "Agarose"
    DURAGEL = "Duragel"
    KWIK_CAST = "Kwik-Cast"
    SORTA_CLEAR = "SORTA-clear"
    OTHER = "Other - see notes"


class SampleType(str, enum.Enum):
    """What was taken from the animal."""

    BLOOD = "Blood"
    OTHER = "Other"


class GroundWireMaterial(str, enum.Enum):
    """What a ground wire is made of."""

    SILVER = "Silver"
    PLATINUM_IRIDIUM = "Platinum iridium"


class CraniotomyType(str, enum.Enum):
    """The shape of an opening in the skull."""

    DHC = "Dual hemisphere craniotomy"
    WHC = "Whole hemisphere craniotomy"
    CIRCLE = "Circle"
    SQUARE = "Square"
    OTHER = "Other"


class HeadframeMaterial(str, enum.Enum):
    """What a headframe is made of."""

    STEEL = "Steel"
    TITANIUM = "Titanium"
    WHITE_ZIRCONIA = "White Zirconia"


class CatheterImplant(DataModel):
    """Implanting a catheter."""

    where_performed: Organization.ONE_OF = Field(description="Who implanted it: your institute, or the supplier")
    implanted_device: Catheter = Field(title="Catheter", description="The catheter itself")
    device_config: CatheterConfig = Field(title="Placement", description="Where it ends")


class Anaesthetic(DataModel):
    """The anaesthesia of a surgery."""

    anaesthetic_type: str = Field(title="Anaesthetic", description="What was given, for example isoflurane")
    duration: float = Field(description="How long the animal was under")
    duration_unit: TimeUnit = Field(default=TimeUnit.M)
    level: float | None = Field(default=None, ge=1, le=5, description="Level of the vaporizer in percent, 1 to 5")


class GenericSurgeryProcedure(ProtocolMixin, DataModel):
    """Anything in a surgery that has no form of its own."""

    description: str = Field(description="What was done")
    notes: str | None = Field(default=None, description="Anything else that others should know")


class Craniotomy(ProtocolMixin, DataModel):
    """An opening in the skull."""

    craniotomy_type: CraniotomyType = Field(title="Shape", description="Shape of the opening")
    coordinate_system_name: str | None = Field(
        default=None, title="Coordinate system", description="Name of the system the position is given in"
    )
    position: Translation | list[AnatomicalRelative] | None = Field(
        default=None, description="Centre of the opening as coordinates, or the side in words"
    )
    size: float | None = Field(default=None, description="Diameter of a circle, or side of a square")
    size_unit: SizeUnit | None = Field(default=None)
    protective_material: ProtectiveMaterial | None = Field(
        default=None, description="What the opening was covered with"
    )
    implant_part_number: str | None = Field(default=None, description="Part number of what was set into the opening")
    dura_removed: bool | None = Field(default=None, description="Whether the dura was taken off")


@rule(Craniotomy, reads=("position", "coordinate_system_name"), code="position-system")
def position_names_its_system(node: Craniotomy) -> Finding | None:
    """A position means nothing without its system."""
    if node.position and not node.coordinate_system_name:
        return Finding(
            "A position is given, but not the coordinate system it is in: name the system",
            at="coordinate_system_name",
            also=("position",),
        )
    return None


_PLACED = {CraniotomyType.CIRCLE.value, CraniotomyType.SQUARE.value, CraniotomyType.WHC.value}
_SIZED = {CraniotomyType.CIRCLE.value, CraniotomyType.SQUARE.value}


@rule(Craniotomy, reads=("craniotomy_type", "position"), code="craniotomy-position")
def opening_has_position(node: Craniotomy) -> Finding | None:
    """Openings of these shapes have a position."""
    if node.craniotomy_type in _PLACED and not node.position:
        return Finding(
            f"A {node.craniotomy_type} craniotomy needs its position: give it", at="position", also=("craniotomy_type",)
        )
    return None


@rule(Craniotomy, reads=("craniotomy_type", "size"), code="craniotomy-size")
def opening_has_size(node: Craniotomy) -> Finding | None:
    """Openings of these shapes have a size."""
    if node.craniotomy_type in _SIZED and not node.size:
        return Finding(
            f"A {node.craniotomy_type} craniotomy needs a size above zero: give it",
            at="size",
            also=("craniotomy_type",),
        )
    return None


class DeviceImplant(ProtocolMixin, DevicePosition, DataModel):
    """Implanting any device."""

    implanted_device: Device = Field(title="Device", description="The device itself")


class ProbeImplant(ProtocolMixin, DataModel):
    """Implanting a probe or a fiber."""

    implanted_device: EphysProbe | FiberProbe = Field(title="Probe", description="The probe or fiber itself")
    device_config: ProbeConfig = Field(title="Placement", description="Where it was put and what it aims at")


class Headframe(ProtocolMixin, DataModel):
    """Fixing a headframe to the skull."""

    headframe_type: str = Field(title="Type", description="Name of the headframe's design")
    headframe_part_number: str | None = Field(
        default=None, title="Part number", description="Part number of the headframe"
    )
    headframe_material: HeadframeMaterial | None = Field(
        default=None, title="Material", description="What the headframe is made of"
    )
    well_part_number: str | None = Field(default=None, description="Part number of the well on the headframe")
    well_type: str | None = Field(default=None, description="Name of the well's design")


class GroundWireImplant(DataModel):
    """A ground wire and where it was put."""

    ground_electrode_location: MouseAnatomyModel = Field(title="Location", description="Where the wire ends")
    ground_wire_hole: int | None = Field(default=None, title="Hole", description="Number of the implant's hole used")
    ground_wire_material: GroundWireMaterial | None = Field(
        default=None, title="Material", description="What the wire is made of"
    )
    ground_wire_diameter: float | None = Field(default=None, title="Diameter", description="Diameter of the wire")
    ground_wire_diameter_unit: SizeUnit | None = Field(default=None, title="Diameter unit")


class BrainInjection(Injection):
    """Injections into the brain along one track."""

    targeted_structure: BrainStructureModel | None = Field(  # type: ignore[assignment]
        default=None, title="Target", description="Brain structure injected into"
    )
    coordinate_system_name: str = Field(
        title="Coordinate system", description="Name of the system the coordinates are given in"
    )
    coordinates: list[TRANSFORM_TYPES] = Field(description="Where each delivery was made, in the order of delivery")


@rule(BrainInjection, reads=("dynamics", "coordinates"), code="injection-depths")
def one_delivery_per_coordinate(node: BrainInjection) -> Finding | None:
    """Each depth has its coordinates and its delivery."""
    deliveries, places = len(node.dynamics), len(node.coordinates)
    if deliveries != places:
        return Finding(
            f"{places} coordinate{'' if places == 1 else 's'} but {deliveries} "
            f"deliver{'y' if deliveries == 1 else 'ies'} in dynamics: give one of each per depth",
            at="dynamics",
            also=("coordinates",),
        )
    return None


class SampleCollection(DataModel):
    """Taking a sample from the animal."""

    sample_type: SampleType = Field(title="Sample", description="What was taken")
    time: AwareDatetimeWithDefault = Field(description="When it was taken")
    collection_volume: float = Field(title="Volume", description="How much was taken")
    collection_volume_unit: VolumeUnit = Field(title="Volume unit")
    collection_method: str | None = Field(default=None, title="Method", description="How it was taken")


class MyomatrixInsertion(ProtocolMixin, DataModel):
    """Implanting an electrode array into muscles."""

    ground_electrode: GroundWireImplant = Field(description="The ground wire")
    implanted_device: MyomatrixArray = Field(title="Array", description="The array itself")


def _in_order(value: object) -> object:
    return sorted(value) if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value) else value


class Perfusion(ProtocolMixin, DataModel):
    """Perfusing the animal, which ends its life and yields specimens."""

    output_specimen_ids: Annotated[list[str], BeforeValidator(_in_order)] = Field(
        title="Specimens", description="Names of the specimens it yields, kept in alphabetical order"
    )
