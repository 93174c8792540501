"""Names that a record may refer to and that stand in other records: devices, their ports, trainings, instruments."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from metadata_portal.entries.models import Kind, Record
from metadata_portal.schemaforms.scope import names_said

MOST = 200


def names_for(record: Record, document: Mapping[str, Any]) -> Mapping[str, Callable[[], list[str]]]:
    """What to offer in the forms of a record, by what their fields refer to; asked for only when it is drawn."""
    found: dict[str, Callable[[], list[str]]] = {
        named: partial(_linked, record, document, named) for named in ("device", "port", "training_protocol")
    }
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


def _instruments(record: Record) -> list[str]:
    """The instruments of the project, the newest first."""
    rigs = Record.objects.filter(project=record.project_id, kind=Kind.INSTRUMENT, revisions__isnull=False)
    return list(rigs.distinct().order_by("-created_at").values_list("key", flat=True)[:MOST])
