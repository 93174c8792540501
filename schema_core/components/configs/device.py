"""What the settings of every device have in common."""

from pydantic import Field

from schema_core.base import DataModel


class DeviceConfig(DataModel):
    """The settings of one device."""

    device_name: str = Field(description="Name of the device, spelled as where the device is described")
