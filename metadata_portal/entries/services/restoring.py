"""Bringing an earlier revision back: as a new revision, or as a draft to go on from."""

import hashlib
import json
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from metadata_portal.accounts.services import audit
from metadata_portal.entries import provenance
from metadata_portal.entries.errors import DraftInTheWay, ReasonMissing
from metadata_portal.entries.histories import put_back
from metadata_portal.entries.merge import same
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services.drafts import draft_open
from metadata_portal.entries.services.permission import require_entry
from metadata_portal.entries.services.submitting import read_reason, revision_write, seal, submitted_before
from metadata_portal.errors import Conflict
from metadata_portal.schemaforms.documents import ensure_ids

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User


def revision_restore(*, revision: Revision, by: "User", reason: str, last: int, op: UUID | None = None) -> Revision:
    """A new revision that says what an earlier one said; a repeated operation gets the first one's revision.

    `last` is the number of the last revision that the person saw. Raises ReasonMissing, Conflict when another one was
    submitted meanwhile or nothing would change, NotSubmittable when the text is not accepted any more.
    """
    record = revision.record
    require_entry(by, record.project)
    reason = _required(reason)
    body = hashlib.sha256(json.dumps(["restore", revision.number, reason, last]).encode()).hexdigest()
    if known := submitted_before(record, op, body):
        return known
    # histories go on growing: what was submitted of them since stays in them
    again = put_back(record.last_revision(), record, revision.data, revision.item_ids)
    text, problems = seal(record, again.json)
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=record.pk)
        newest = _seen(record, last)
        if not newest.is_withdrawn and newest.document == text:
            raise Conflict(f"Revision {newest.number} says the same already: there is nothing to restore.")
        return revision_write(
            record=record,
            text=text,
            # the items are the ones they were: drafts that others have begun join with them
            item_ids=ensure_ids(json.loads(text), again.item_ids),
            origins=provenance.origins_of(revision),
            problems=problems,
            last=newest,
            by=by,
            reason=f"Restored from revision {revision.number}: {reason}",
            op=op,
            body=body,
        )


def draft_restore(*, revision: Revision, by: "User", reason: str, last: int) -> Draft:
    """A draft that says what an earlier revision said, on top of the last one; nothing is submitted.

    Raises ReasonMissing, Conflict, and DraftInTheWay when the person has another draft, which stays as it is.
    """
    record = revision.record
    require_entry(by, record.project)
    reason = _required(reason)
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=record.pk)
        again = put_back(_seen(record, last), record, revision.data, revision.item_ids)
        draft = draft_open(
            record=record,
            by=by,
            document=again.json,
            item_ids=again.item_ids,
            origins=provenance.origins_of(revision),
        )
        if not same(draft.data, again.json):
            raise DraftInTheWay(
                f"You have another draft of {record}: submit or discard it, then restore revision {revision.number}.",
                mine=draft.data,
                theirs=revision.data,
            )
        audit(by=by, action="draft.restore", obj=record, why=reason, after={"from": revision.number})
    return draft


def _required(reason: str) -> str:
    found = read_reason(reason)
    if not found:
        raise ReasonMissing("Say why it is restored: revisions are kept, and people will read this.")
    return found


def _seen(record: Record, last: int) -> Revision:
    newest = record.last_revision()
    if newest is None or newest.number != last:
        number = newest.number if newest else 0
        raise Conflict(f"Revision {number} was submitted meanwhile: look at it before you restore another.")
    return newest
