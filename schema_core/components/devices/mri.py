"""Magnetic resonance."""

from pydantic import Field

from schema_core.components.devices.base import Device
from schema_core.registries.units import MagneticFieldUnit


class Scanner(Device):
    """A scanner for magnetic resonance images."""

    magnetic_strength: float = Field(title="Field strength", description="Strength of its magnetic field")
    magnetic_strength_unit: MagneticFieldUnit = Field(title="Unit of the field strength")
