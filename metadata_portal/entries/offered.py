"""Names that a record may refer to and that stand in other records: devices, their ports, trainings, instruments."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from metadata_portal.accounts.models import User
from metadata_portal.entries.models import Kind, Record
from metadata_portal.registries.lab.ethics_protocols import ethics_offered
from metadata_portal.registries.lab.people import people_offered
from metadata_portal.schemaforms.documents import get
from metadata_portal.schemaforms.markup import Offered
from metadata_portal.schemaforms.scope import names_said

MOST = 200


def names_for(record: Record, document: Mapping[str, Any], by: User) -> dict[str, Callable[[], Iterable[Offered]]]:
    """What to offer in the forms of a record, by what their fields refer to; asked for only when it is drawn."""
    found: dict[str, Callable[[], Iterable[Offered]]] = {
        named: partial(_linked, record, document, named) for named in ("device", "port", "training_protocol")
    }
    found |= {"ethics_protocol": ethics_offered, "person": partial(_people, by)}
    found["species"] = partial(_species, record, document)
    if record.kind != Kind.INSTRUMENT:  # its own id names no other
        found["instrument"] = lambda: _instruments(record)
    return found


def _linked(record: Record, document: Mapping[str, Any], named: str) -> list[str]:
    """What the rig that a document names, as it is now, and its animal's procedures hold."""
    said = {Kind.INSTRUMENT: document.get("instrument_id"), Kind.PROCEDURES: document.get("subject_id")}
    found: list[str] = []
    for kind, key in said.items():
        if isinstance(key, str) and key and kind != record.kind:
            other = Record.objects.filter(project=record.project_id, kind=kind, key=key).first()
            revision = other.current_revision() if other else None
            found += names_said(revision.data, named) if revision else []
    return found


def _species(record: Record, document: Mapping[str, Any]) -> list[str]:
    """The species of the animal that a document is about, as its subject record says; nothing while there is none."""
    key = document.get("subject_id")
    if not isinstance(key, str) or not key:
        return []
    subject = Record.objects.filter(project=record.project_id, kind=Kind.SUBJECT, key=key).first()
    revision = subject.current_revision() if subject else None
    name = get(revision.data, "subject_details.species.name") if revision else None
    return [name] if isinstance(name, str) else []


def _people(by: User) -> list[Offered]:
    """The person at the keyboard first, then the people of the lab."""
    return [by.name or by.get_username(), *people_offered()]


def _instruments(record: Record) -> list[str]:
    """The instruments of the project, the newest first."""
    rigs = Record.objects.filter(project=record.project_id, kind=Kind.INSTRUMENT, revisions__isnull=False)
    return list(rigs.distinct().order_by("-created_at").values_list("key", flat=True)[:MOST])
