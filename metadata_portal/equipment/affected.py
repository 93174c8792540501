"""Acquisitions that refer to an instrument since a day: those that a change of it concerns."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metadata_portal.entries.mentions import named_in
from metadata_portal.entries.models import Draft, Kind, Record, Revision

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

MOST = 200


@dataclass(frozen=True, slots=True)
class Affected:
    """An acquisition on an instrument: when it began, whether it is a draft, in how many places it names the device."""

    record: Record
    began: str
    is_draft: bool
    places: int


def affected_by(record: Record, since: dt.date, device: str, by: "User") -> list[Affected]:
    """The acquisitions on an instrument from a day on, the newest first, of those that a person may see."""
    found: dict[Any, Affected] = {}
    for source, document in _sources(record, by):
        began = document.get("acquisition_start_time")
        if document.get("instrument_id") != record.key or not isinstance(began, str) or began[:10] < since.isoformat():
            continue
        named = len(named_in(Kind.ACQUISITION, document, device)) if device else 0
        found[source.record_id] = Affected(source.record, began, isinstance(source, Draft), named)
    return sorted(found.values(), key=lambda entry: entry.began, reverse=True)[:MOST]


def _sources(record: Record, by: "User") -> Iterator[tuple[Revision | Draft, dict[str, Any]]]:
    """Last revisions, then the person's own drafts, which speak for their record."""
    said = json.dumps(record.key, ensure_ascii=False)
    where = {
        "record__project": record.project_id,
        "record__kind": Kind.ACQUISITION,
        "document__contains": said,
    }
    for revision in Revision.objects.current().filter(**where).select_related("record"):
        yield revision, revision.data
    for draft in Draft.objects.filter(editor=by, **where).select_related("record"):
        yield draft, draft.data
