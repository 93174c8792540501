"""The inventory: each single device that the lab owns."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from metadata_portal.errors import FormError
from metadata_portal.registries.declaring import Group, Row, TermOf, declare
from metadata_portal.registries.fillings import INVENTORY, MODELS, OUT, PLANNED, state_on
from schema_core.components.measurements import Calibration, PowerCalibration, VolumeCalibration
from schema_core.judging import Judge

CALIBRATIONS = {
    cls.model_fields["object_type"].default: cls for cls in (Calibration, PowerCalibration, VolumeCalibration)
}


class InventoryItem(Row):
    """One device of the lab; choosing it fills a device."""

    name: str = Field(title="Name", description="What the lab calls it; no two devices share a name")
    device_model: Annotated[str, TermOf(MODELS)] = Field(title="Device model", description="What kind of device it is")
    serial_number: str | None = Field(default=None, title="Serial number", description="Number on the device itself")
    location: str | None = Field(default=None, title="Where it is", description="Room, rig, cabinet")
    in_service_from: dt.date | None = Field(default=None, title="In service from", description="First day of use")
    in_service_to: dt.date | None = Field(default=None, title="In service to", description="Last day of use")
    notes: str | None = Field(default=None, title="Notes", description="Anything else that others should know")
    calibrations: list[dict[str, Any]] = Field(
        default=[], title="Calibrations", description="What was measured on it, as the standard writes it"
    )


def check(data: Mapping[str, Any]) -> None:
    """Refuse a last day before the first, and calibrations that the standard does not take."""
    first, last = data.get("in_service_from"), data.get("in_service_to")
    if first and last and str(last) < str(first):
        raise FormError(f"It went out of service on {last}, before it went in on {first}.", field="in_service_to")
    for number, found in enumerate(data.get("calibrations") or [], 1):
        cls = CALIBRATIONS.get(found.get("object_type"))
        if cls is None:
            raise FormError(f"Calibration {number} is none of {', '.join(CALIBRATIONS)}.", field="calibrations")
        court = Judge()
        court.node(cls, {**found, "device_name": data["name"]}, "")
        for problem in court.problems:
            if problem.severity != "warning":
                raise FormError(f"Calibration {number}, {problem.path}: {problem.message}.", field="calibrations")


def warn(data: Mapping[str, Any]) -> str:
    """Say when a device is not in service."""
    state = state_on(data)
    if state == OUT:
        return f"Out of service since {data['in_service_to']}: it is offered no longer."
    return f"Planned: in service from {data['in_service_from']} on." if state == PLANNED else ""


THE_INVENTORY = declare(
    slug=INVENTORY,
    title="Inventory",
    purpose="Each device of the lab: serial number, place, calibrations, and from when to when it is in service.",
    icon="package",
    group=Group.DEVICES,
    model=InventoryItem,
    names=("name", "serial_number", "device_model", "location"),
    check=check,
    warn=warn,
    columns=("device_model", "serial_number", "location", "in_service_from", "in_service_to"),
    filters=("device_model", "location"),
    details_url="equipment:item-detail",
    fills=("Device",),
)
