"""One device of an instrument taken out, another put in: a draft of the instrument's next state."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction

from metadata_portal.accounts.permissions import can_curate_registries
from metadata_portal.accounts.services import audit
from metadata_portal.entries import provenance
from metadata_portal.entries.errors import ReasonMissing
from metadata_portal.entries.models import Draft, Kind, Record
from metadata_portal.entries.services import draft_open, draft_save
from metadata_portal.entries.services.submitting import read_reason
from metadata_portal.equipment.affected import Affected, affected_by
from metadata_portal.equipment.items import Item, item_of
from metadata_portal.equipment.services.rows import row_keep
from metadata_portal.errors import FormError
from metadata_portal.registries.fillings import INVENTORY, OUT, OWN_FIELDS, state_on
from metadata_portal.registries.models import Term
from metadata_portal.schemaforms import scope
from metadata_portal.schemaforms.documents import Document, get
from metadata_portal.schemaforms.origins import Origin

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Replaced:
    """The draft with the new device, what the old one was in the inventory, and the acquisitions concerned."""

    draft: Draft
    old: Item | None
    affected: list[Affected]


@transaction.atomic
def device_replace(
    *, record: Record, by: "User", at: str, item: Item, day: dt.date, reason: str, tell_inventory: bool = False
) -> Replaced:
    """The person's draft of an instrument with another device at an address, from a day on.

    The device keeps its name, by which acquisitions mean it. What the inventory does not say of the new one is as it
    was and has to be confirmed. Raises FormError and ReasonMissing.
    """
    reason = read_reason(reason)
    if not reason:
        raise ReasonMissing("Say why the device is replaced.")
    if record.kind != Kind.INSTRUMENT:
        raise FormError("Devices are replaced in instruments.", field="at")
    draft = draft_open(record=record, by=by)
    held = get(draft.data, at)
    if not scope.is_device(held):
        raise FormError("There is no such device in the instrument.", field="at")
    _check(item, held, day)
    old = item_of(held)
    draft = _written(draft, by, at, held, item, day)
    if tell_inventory and can_curate_registries(by):
        _tell_inventory(old, item, day, reason, by)
    audit(
        by=by,
        action="device.replace",
        obj=record,
        why=reason,
        before={"device": held["name"], "serial_number": held.get("serial_number")},
        after={"inventory": item.key, "serial_number": item.data.get("serial_number"), "from": day.isoformat()},
    )
    return Replaced(draft, old, affected_by(record, day, held["name"], by))


def _check(item: Item, held: Mapping[str, Any], day: dt.date) -> None:
    if item.device_class != held["object_type"]:
        raise FormError(
            f"{item.key} is of the kind {item.device_class}, and {held['name']} is of the kind {held['object_type']}.",
            field="item",
        )
    if item.data.get("serial_number") and item.data["serial_number"] == held.get("serial_number"):
        raise FormError(f"{item.key} is the very device that stands there.", field="item")
    if state_on(item.data, day) == OUT:
        raise FormError(f"{item.key} is out of service since {item.data['in_service_to']}.", field="item")


def _written(draft: Draft, by: "User", at: str, held: Mapping[str, Any], item: Item, day: dt.date) -> Draft:
    """Two saves: what is kept of the old device is marked as copied, the rest came from the inventory."""
    new = {name: value for name, value in item.component.items() if name != "name"}
    kept = {name: value for name, value in held.items() if name == "name" or name not in {*OWN_FIELDS, *new}}
    kept["object_type"] = held["object_type"]
    document = Document(draft.data, draft.item_ids).put(at, {"object_type": held["object_type"], "name": held["name"]})
    draft = _save(draft, by, document.json, Origin("typed"))
    draft = _save(draft, by, document.put(at, kept).json, Origin("copy", what="the device before"))
    document = document.put(at, {**kept, **new}).put("modification_date", day.isoformat())
    own = [entry for entry in draft.data.get("calibrations") or [] if entry.get("device_name") != held["name"]]
    fresh = [{**entry, "device_name": held["name"]} for entry in item.calibrations]
    if own or fresh or draft.data.get("calibrations"):
        document = document.put("calibrations", [*own, *fresh])
    return _save(draft, by, document.json, Origin("inventory", what=item.key))


def _save(draft: Draft, by: "User", document: Mapping[str, Any], origin: Origin) -> Draft:
    signed = provenance.signed(origin, by)
    return draft_save(draft=draft, by=by, op=uuid4(), document=document, version=draft.version, origin=signed).draft


def _tell_inventory(old: Item | None, new: Item, day: dt.date, reason: str, by: "User") -> None:
    """The old device goes out of service on the day before, the new one in on the day, where neither says so yet."""
    changes = [(new, "in_service_from", day)] if not new.data.get("in_service_from") else []
    if old is not None and not old.data.get("in_service_to"):
        changes.append((old, "in_service_to", day - dt.timedelta(days=1)))
    for item, field, value in changes:
        term = Term.objects.of(INVENTORY).get(key=item.key)
        row_keep(term=term, changes={field: value.isoformat()}, reason=reason, by=by)
