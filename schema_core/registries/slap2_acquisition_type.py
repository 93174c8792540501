"""How a SLAP2 microscope scans."""

from schema_core.registries.words import OpenWords


class Slap2AcquisitionType(OpenWords):
    """Scan mode of a SLAP2 microscope."""

    INTEGRATION = "integration"
    RASTER = "raster"
