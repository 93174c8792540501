"""One serial number in two living animals: a device is in one of them only, or the other's end is not recorded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q

from metadata_portal.accounts.models import User
from metadata_portal.entries.models import Kind, Record, Revision

_DEVICE: Final = "implanted_device"
_END: Final = "Perfusion"
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A serial number of this animal that another living animal has, too."""

    serial: str
    device: str
    path: str
    subject_id: str
    record: Record
    other_path: str


def serials_elsewhere(record: Record, document: Mapping[str, Any], by: User) -> list[Elsewhere]:
    """Where else, among the animals that this person may see, the serial numbers of a document are implanted."""
    if record.kind != Kind.PROCEDURES or is_over(document):
        return []
    mine = {serial: (path, name) for path, serial, name in implants(document)}
    if not mine:
        return []
    named = (Q(document__contains=json.dumps(serial, ensure_ascii=False)) for serial in mine)
    others = Revision.objects.visible_to(by).current().filter(record__kind=Kind.PROCEDURES)
    others = others.filter(reduce(or_, named)).exclude(record=record).select_related("record").order_by("-created_at")
    found: list[Elsewhere] = []
    for revision in others[:MOST]:
        theirs = revision.data
        # the same animal may have a record in another project
        if is_over(theirs) or theirs.get("subject_id") == document.get("subject_id"):
            continue
        for other_path, serial, _ in implants(theirs):
            if serial in mine:
                path, name = mine[serial]
                subject = str(theirs.get("subject_id", revision.record.key))
                found.append(Elsewhere(serial, name, path, subject, revision.record, other_path))
    return found


def implants(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The address of each implanted device with a serial number, the number, and the name."""
    for index, surgery in enumerate(_items(document.get("subject_procedures"))):
        for step, procedure in enumerate(_items(surgery.get("procedures"))):
            device = procedure.get(_DEVICE)
            serial = device.get("serial_number") if isinstance(device, dict) else None
            if isinstance(device, dict) and isinstance(serial, str) and serial.strip():
                path = f"subject_procedures.{index}.procedures.{step}.{_DEVICE}"
                yield path, serial, str(device.get("name") or "")


def is_over(document: Mapping[str, Any]) -> bool:
    """Whether the animal's end is recorded: a perfusion, or work on its tissue."""
    if _items(document.get("specimen_procedures")):
        return True
    surgeries = _items(document.get("subject_procedures"))
    return any(step.get("object_type") == _END for surgery in surgeries for step in _items(surgery.get("procedures")))


def _items(value: Any) -> list[dict[str, Any]]:
    return [item if isinstance(item, dict) else {} for item in value] if isinstance(value, list) else []
