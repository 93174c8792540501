"""What is done to device models: each in one transaction, with its audit event."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from metadata_portal.accounts.models import User
from metadata_portal.accounts.permissions import can_curate_registries
from metadata_portal.accounts.services import audit
from metadata_portal.errors import FormError, NotAllowed
from metadata_portal.registries.devices import check
from metadata_portal.registries.models import DeviceModel


@transaction.atomic
def device_model_add(
    *,
    kind: str,
    name: str,
    manufacturer: str = "",
    model: str = "",
    part_number: str = "",
    defaults: Mapping[str, Any] | None = None,
    reason: str = "",
    by: User | None,
) -> DeviceModel:
    """Add a device model, offered from the next request on."""
    _must_curate(by)
    device = DeviceModel(
        kind=kind,
        name=name.strip(),
        manufacturer=manufacturer,
        model=model.strip(),
        part_number=part_number.strip(),
        defaults=dict(defaults or {}),
        reason=reason,
        created_by=by,
    )
    _save_checked(device)
    audit(by=by, action="device-model.add", obj=device, why=reason, after=device_state(device))
    return device


@transaction.atomic
def device_model_edit(*, device: DeviceModel, changes: Mapping[str, Any], reason: str, by: User | None) -> DeviceModel:
    """Change a device model; records filled from it keep what they were given."""
    _must_curate(by)
    device = DeviceModel.objects.select_for_update().get(pk=device.pk)
    before = device_state(device)
    for field in ("name", "manufacturer", "model", "part_number", "defaults"):
        if field in changes:
            setattr(device, field, changes[field])
    return _changed(device, before, "device-model.edit", reason, by)


@transaction.atomic
def device_model_retire(*, device: DeviceModel, reason: str, by: User | None) -> DeviceModel:
    """Offer a device model no longer."""
    return _set_status(device, DeviceModel.Status.RETIRED, "device-model.retire", reason, by)


@transaction.atomic
def device_model_restore(*, device: DeviceModel, reason: str, by: User | None) -> DeviceModel:
    """Offer a retired device model again."""
    return _set_status(device, DeviceModel.Status.LOCAL, "device-model.restore", reason, by)


def device_state(device: DeviceModel) -> dict[str, Any]:
    """Return what the audit trail keeps of a device model."""
    kept = ("kind", "name", "manufacturer", "model", "part_number", "defaults", "status")
    return {field: getattr(device, field) for field in kept}


def _must_curate(by: User | None) -> None:
    if by is not None and not can_curate_registries(by):
        raise NotAllowed("Only a registry manager changes device models.")


def _set_status(device: DeviceModel, status: str, action: str, reason: str, by: User | None) -> DeviceModel:
    _must_curate(by)
    device = DeviceModel.objects.select_for_update().get(pk=device.pk)
    before = device_state(device)
    device.status = status
    return _changed(device, before, action, reason, by)


def _changed(device: DeviceModel, before: dict[str, Any], action: str, reason: str, by: User | None) -> DeviceModel:
    after = device_state(device)
    if after == before:
        return device
    device.reason = reason
    _save_checked(device)
    audit(by=by, action=action, obj=device, why=reason, before=before, after=after)
    return device


def _save_checked(device: DeviceModel) -> None:
    try:
        device.full_clean(exclude=["created_by"])
    except ValidationError as error:
        field, texts = next(iter(error.message_dict.items()))
        if field == "__all__":
            raise FormError("Another device model has this name.", field="name") from error
        raise FormError(" ".join(texts), field=field) from error
    check(device)
    device.save()
