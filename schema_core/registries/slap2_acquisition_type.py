"""How a SLAP2 microscope scans."""

from enum import Enum


class Slap2AcquisitionType(str, Enum):
    """Scan mode of a SLAP2 microscope."""

    INTEGRATION = "integration"
    RASTER = "raster"
