"""Records that hold a device of the lab: instruments and animals, as they stand."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metadata_portal.entries.models import Kind, Record, Revision
from metadata_portal.equipment.items import Item
from metadata_portal.schemaforms import scope
from metadata_portal.schemaforms.documents import get

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

MOST = 50


@dataclass(frozen=True, slots=True)
class Holder:
    """A record whose last revision holds the device, and where."""

    record: Record
    at: str
    name: str


def holders_of(item: Item, by: "User") -> list[Holder]:
    """The instruments and procedures, of those that a person may see, whose last revision holds a device.

    It is known by its serial number; without one, by its name.
    """
    serial = item.data.get("serial_number")
    field, text = ("serial_number", serial) if serial else ("name", item.key)
    rows = Revision.objects.current().visible_to(by).filter(record__kind__in=(Kind.INSTRUMENT, Kind.PROCEDURES))
    rows = rows.filter(document__contains=json.dumps(text, ensure_ascii=False)).select_related("record")
    found = []
    for revision in rows.order_by("record__kind", "record__key")[:MOST]:
        document = revision.data
        for path, name in scope.named_devices(document):
            node = get(document, path)
            if node.get(field) == text and node.get("object_type") == item.device_class:
                found.append(Holder(revision.record, path, name))
    return found
