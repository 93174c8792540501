"""What is done with devices of the lab: building instruments from them, replacing one in an instrument."""

from metadata_portal.equipment.services.building import instrument_build
from metadata_portal.equipment.services.replacing import Replaced, device_replace
from metadata_portal.equipment.services.rows import row_keep

__all__ = ["Replaced", "device_replace", "instrument_build", "row_keep"]
