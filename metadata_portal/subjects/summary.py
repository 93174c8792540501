"""One subject as its records tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from metadata_portal.entries.models import Draft, Kind, Record
from metadata_portal.subjects.history import Event, events

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

# What one makes of every animal.
_EXPECTED = (Kind.SUBJECT, Kind.PROCEDURES, Kind.DATA_DESCRIPTION, Kind.ACQUISITION)
# What this page tells from records; the others are only listed.
_TOLD = (Kind.SUBJECT, Kind.PROCEDURES)
_FACTS = (
    ("Species", ("subject_details", "species", "name")),
    ("Strain", ("subject_details", "strain", "name")),
    ("Sex", ("subject_details", "sex")),
    ("Date of birth", ("subject_details", "date_of_birth")),
    ("Genotype", ("subject_details", "genotype")),
    ("Source", ("subject_details", "source", "name")),
    ("Housing", ("subject_details", "housing", "cage_id")),
    ("Notes", ("notes",)),
)


@dataclass(slots=True)
class Told:
    """One record with what it says: its current revision, else the person's own draft."""

    record: Record
    document: dict[str, Any]
    is_draft: bool

    @property
    def address(self) -> str:
        """Return where a path of the document is shown, up to the path."""
        if self.is_draft:
            return reverse("entries:record-edit", args=[self.record.pk]) + "?at="
        return f"{self.record.get_absolute_url()}#"


@dataclass(slots=True)
class Summary:
    """All that the person may see of one subject."""

    subject_id: str
    records: list[Record]
    facts: list[tuple[str, str]] = field(default_factory=list)
    histories: list[tuple[Told, list[Event]]] = field(default_factory=list)
    missing: list[tuple[str, str, str]] = field(default_factory=list)


def summary_of(subject_id: str, user: User) -> Summary:
    """Return what the records of a subject say that the person may see."""
    visible = Record.objects.visible_to(user).with_state(user).select_related("project")
    records = sorted(visible.filter(subject_id=subject_id), key=_reading_order)
    told = [_told(record, user) for record in records]
    summary = Summary(subject_id, records)
    for entry in told:
        if entry.record.kind == Kind.SUBJECT and not summary.facts:
            summary.facts = _facts(entry.document)
        if entry.record.kind == Kind.PROCEDURES:
            summary.histories.append((entry, events(entry.document)))
    present = {record.kind for record in records}
    # The key of a raw asset begins with its subject.
    begun = {**dict.fromkeys(_EXPECTED, subject_id), Kind.DATA_DESCRIPTION: f"{subject_id}_"}
    summary.missing = [
        (kind.value, kind.label, urlencode({"key": begun[kind]})) for kind in _EXPECTED if kind not in present
    ]
    return summary


def _reading_order(record: Record) -> tuple[int, str]:
    return (list(Kind).index(Kind(record.kind)), record.key)


def _told(record: Record, user: User) -> Told:
    if record.kind not in _TOLD:
        return Told(record, {}, is_draft=False)
    revision = record.current_revision()
    if revision is not None:
        return Told(record, revision.data, is_draft=False)
    draft = Draft.objects.editable_by(user).filter(record=record).first()
    return Told(record, draft.data if draft else {}, is_draft=draft is not None)


def _facts(document: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for label, path in _FACTS:
        value: Any = document
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str) and value:
            found.append((label, value))
    return found
