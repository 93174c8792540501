"""Which device is wired to which."""

from pydantic import Field

from schema_core.base import DataModel

ENDS = ("source_device", "target_device")
"""The fields of a connection that name a device."""


class Connection(DataModel):
    """A cable, fiber or tube from one device to another."""

    source_device: str = Field(title="From", description="Name of the device that sends, as it is described")
    source_port: str | None = Field(default=None, title="From port", description="Label or number of its port")
    target_device: str = Field(title="To", description="Name of the device that receives, as it is described")
    target_port: str | None = Field(default=None, title="To port", description="Label or number of its port")
    send_and_receive: bool = Field(default=False, title="Both ways", description="Whether signals also come back")
