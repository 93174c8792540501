"""Device models: what all devices of one kind and maker have in common."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from metadata_portal.errors import FormError
from metadata_portal.registries.declaring import Group, Row, TermOf, declare
from metadata_portal.registries.fillings import MODELS, OWN_FIELDS, device_classes, faults, model_fragment

DeviceClass = StrEnum("DeviceClass", {name: name for name in device_classes()})  # type: ignore[misc]  # those of today


class DeviceModel(Row):
    """What all devices of one model share; choosing it fills a device."""

    name: str = Field(title="Name", description="What people call it: Neuropixels 1.0, long fiber")
    device_class: DeviceClass = Field(
        title="Kind of device", description="As the standard calls it: Camera, Fiber probe"
    )
    manufacturer: Annotated[str, TermOf("organizations")] | None = Field(
        default=None, title="Manufacturer", description="One of the organizations"
    )
    model: str | None = Field(default=None, title="Model", description="As its maker calls it")
    part_number: str | None = Field(default=None, title="Part number", description="As its maker orders it")
    defaults: dict[str, Any] = Field(
        default={}, title="Shared fields", description="Fields that every device of this model shares"
    )


def check(data: Mapping[str, Any]) -> None:
    """Refuse what the standard's class does not take; what a model leaves open is no fault."""
    cls = device_classes().get(data["device_class"])
    if cls is None:
        known = ", ".join(device_classes())
        raise FormError(f"{data['device_class']!r} is no kind of device: write one of {known}.", field="device_class")
    given = data.get("defaults") or {}
    taken = [name for name in given if name in OWN_FIELDS or name not in cls.model_fields]
    if taken:
        raise FormError(f"A {data['device_class']} shares no field {taken[0]!r}.", field="defaults")
    for path, message in faults(cls, model_fragment(data)):
        raise FormError(f"{path}: {message}.", field=path if path in DeviceModel.model_fields else "defaults")


DEVICE_MODELS = declare(
    slug=MODELS,
    title="Device models",
    purpose="What all devices of one model share. Choosing a model fills a device of an instrument or an animal.",
    icon="cable",
    group=Group.DEVICES,
    model=DeviceModel,
    names=("name", "manufacturer", "model", "part_number"),
    check=check,
    columns=("device_class", "manufacturer", "part_number"),
    filters=("device_class", "manufacturer"),
    details_url="equipment:model-fields",
    fills=("Device",),
)
