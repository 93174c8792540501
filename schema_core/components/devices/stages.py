"""What moves other devices."""

from decimal import Decimal

from pydantic import Field

from schema_core.components.devices.base import MAKER, Device
from schema_core.components.identifiers import Software
from schema_core.registries.coordinates import AxisName
from schema_core.registries.devices import StageAxisDirection
from schema_core.registries.organizations import Organization
from schema_core.registries.units import SizeUnit


class MotorizedStage(Device):
    """A stage with a motor."""

    travel: Decimal = Field(description="How far it can move")
    travel_unit: SizeUnit = Field(default=SizeUnit.MM)
    firmware: Software | None = Field(default=None, description="Software on its controller")


class ScanningStage(MotorizedStage):
    """A stage that moves the sample through the light."""

    stage_axis_direction: StageAxisDirection = Field(title="Direction", description="The way it moves")
    stage_axis_name: AxisName = Field(title="Axis", description="Axis of the images that it moves along")


class Manipulator(Device):
    """What holds and moves a probe or fiber."""

    manufacturer: Organization.ONE_OF = Field(description=MAKER)
