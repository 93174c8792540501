"""Submitting a draft as an immutable revision, and taking a revision back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

import schema_core
from metadata_portal.accounts.models import AuditEvent
from metadata_portal.accounts.services import audit
from metadata_portal.entries import judging, provenance
from metadata_portal.entries.errors import MergeConflict, OperationReused, ReasonMissing, StaleDraft, Unconfirmed
from metadata_portal.entries.histories import draft_judged, require_kept
from metadata_portal.entries.keys import subject_of
from metadata_portal.entries.models import Draft, Record, Revision, Withdrawal
from metadata_portal.entries.services.drafts import merged_with
from metadata_portal.entries.services.permission import require_entry, require_own
from metadata_portal.entries.terms_used import TermGone, keep_revision
from metadata_portal.errors import Conflict, NotFound, NotSubmittable
from metadata_portal.schemaforms.documents import Document, ensure_ids
from metadata_portal.schemaforms.origins import Origins
from schema_core import registries
from schema_core.errors import InvalidDocument, Problem

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

ATTEMPTS: Final = 8
MAX_REASON: Final = 2000


@dataclass(frozen=True, slots=True)
class Prepared:
    """The exact text that submitting would keep, and what is to be said about it."""

    text: str
    item_ids: dict[str, list[str]]
    origins: Origins
    problems: list[Problem]
    last: Revision | None
    merged: bool

    @property
    def is_unchanged(self) -> bool:
        """Whether it says exactly what the last revision says."""
        return self.last is not None and not self.last.is_withdrawn and self.last.document == self.text

    @property
    def document(self) -> dict[str, Any]:
        """The text as values."""
        document: dict[str, Any] = json.loads(self.text)
        return document

    @property
    def warnings(self) -> list[Problem]:
        """What is listed and does not block."""
        return [problem for problem in self.problems if problem.severity == "warning"]


def submission_prepare(*, draft: Draft) -> Prepared:
    """What submitting the draft now would keep; raises NotSubmittable or MergeConflict, writes nothing.

    Unconfirmed, a NotSubmittable, when a template or a clone brought values that nobody has looked at.
    """
    record = draft.record
    last = record.last_revision()
    _require_submittable(draft_judged(draft, draft.data, draft.item_ids))
    if marks := provenance.marks_of(draft):
        raise Unconfirmed(len(marks.found))
    document, ids, merged = draft.data, draft.item_ids, False
    origins = provenance.origins_of(draft)
    if last is not None and draft.base_id != last.pk:
        joined = merged_with(draft, last)
        if joined.conflicts:
            raise MergeConflict(joined.conflicts, last)
        document, ids, merged = joined.document, joined.item_ids, True
        origins = provenance.joined(draft, last, Document(document, ids))
    text, problems = seal(record, document)
    kept = ensure_ids(json.loads(text), ids)
    require_kept(last, record, json.loads(text), kept)
    return Prepared(text, kept, origins.kept_for(Document(json.loads(text), kept)), problems, last, merged)


def record_submit(
    *, draft: Draft, by: "User", reason: str = "", op: UUID | None = None, version: int | None = None
) -> Revision:
    """The revision made of the draft, which is then gone; a repeated operation gets the first one's revision.

    Raises NotSubmittable with the problems, MergeConflict with the fields, StaleDraft when the draft is no longer at
    `version`, ReasonMissing for a correction without a reason.
    """
    require_own(draft, by)
    reason = read_reason(reason)
    body = hashlib.sha256(json.dumps([reason, version]).encode()).hexdigest()
    for _ in range(ATTEMPTS):
        # as for saves: the draft first, so that whoever finds it gone also finds the revision that took it
        fresh = Draft.objects.select_related("record", "base").filter(pk=draft.pk).first()
        if known := submitted_before(draft.record, op, body):
            return known
        if fresh is None:
            raise NotFound("This draft was submitted or discarded meanwhile.")
        if version is not None and fresh.version != version:
            raise StaleDraft("The draft was saved elsewhere after this page was opened: look at it again, then submit.")
        try:
            prepared = submission_prepare(draft=fresh)
            _require_reason(prepared, reason)
        except (NotSubmittable, MergeConflict, ReasonMissing):
            # read beside a submission of this very draft, which another request has finished meanwhile
            if Draft.objects.filter(pk=fresh.pk, version=fresh.version).exists():
                raise
            continue
        if revision := _write(fresh, prepared, by=by, reason=reason, op=op, body=body):
            return revision
    raise Conflict("The record is being submitted from several places at once: wait a moment and submit again.")


def revision_withdraw(*, record: Record, reason: str, by: "User", number: int | None = None) -> Revision:
    """The last revision, taken back with a reason; it stays readable and is used for nothing new."""
    require_entry(by, record.project)
    reason = read_reason(reason)
    if not reason:
        raise ReasonMissing("Say why it is withdrawn: people who hold it will read this.")
    with transaction.atomic():
        Record.objects.select_for_update().get(pk=record.pk)
        last = record.last_revision()
        if last is None:
            raise NotFound("Nothing was submitted for this record yet.")
        if number is not None and number != last.number:
            raise Conflict(f"Revision {last.number} was submitted meanwhile: look at it before you withdraw.")
        if last.is_withdrawn:
            raise Conflict(f"Revision {last.number} was withdrawn already.")
        Withdrawal.objects.create(revision=last, by=by, reason=reason)
        audit(by=by, action="revision.withdraw", obj=last, why=reason)
    return Revision.objects.select_related("withdrawal").get(pk=last.pk)


def revision_write(
    *,
    record: Record,
    text: str,
    item_ids: Mapping[str, list[str]],
    origins: Origins,
    problems: list[Problem],
    last: Revision | None,
    by: "User",
    reason: str,
    op: UUID | None = None,
    body: str = "",
) -> Revision:
    """The next revision of a record; to be called inside the transaction that locked the record."""
    document = json.loads(text)
    now = timezone.now()
    digest = hashlib.sha256(text.encode()).hexdigest()
    local = [list(term) for term in local_terms(document)]
    revision = Revision.objects.create(
        record=record,
        number=last.number + 1 if last else 1,
        document=text,
        item_ids=dict(item_ids),
        sources=origins.as_json(),
        sha256=digest,
        chain=chained(last.chain if last else "", digest, by.get_username(), now),
        author=by,
        author_name=by.get_username(),
        reason=reason,
        schema_version=str(document.get("schema_version", "")),
        problems=judging.as_rows(problems),
        warning_count=judging.count(problems).warnings,
        stock_valid=not local,
        local_terms=local,
        op=op,
        op_body=body,
        created_at=now,
    )
    keep_revision(revision.pk, record.kind, document)
    subject = subject_of(record.kind, record.key, document)
    if subject != record.subject_id:
        Record.objects.filter(pk=record.pk).update(subject_id=subject)
    audit(
        by=by, action="revision.submit", obj=revision, why=reason, after={"number": revision.number, "sha256": digest}
    )
    return revision


def chained(previous: str, digest: str, author: str, at: datetime) -> str:
    """The link of a revision: changing any earlier text, author or time changes it."""
    return hashlib.sha256("\n".join((previous, digest, author, at.astimezone(UTC).isoformat())).encode()).hexdigest()


def local_terms(document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The lab's own terms in a document: path, vocabulary, name."""
    return list(registries.local_terms(dict(document)))


def seal(record: Record, document: Mapping[str, Any]) -> tuple[str, list[Problem]]:
    """The exact text of a document and what is wrong with that very text; raises NotSubmittable when it blocks."""
    try:
        text = schema_core.load(dict(document), record.kind).model_dump_json()
    except InvalidDocument as error:
        raise _not_submittable(list(error.problems)) from error
    problems = judging.judge(record.kind, record.key, json.loads(text))
    _require_submittable(problems)
    return text, problems


def submitted_before(record: Record, op: UUID | None, body: str) -> Revision | None:
    """The revision that an operation made when it was first sent; raises OperationReused for another body."""
    if op is None:
        return None
    known = Revision.objects.filter(record=record, op=op).first()
    if known is not None and known.op_body != body:
        raise OperationReused
    return known


def reason_begun(draft: Draft) -> str:
    """Why devices were renamed or replaced in a draft: what its person may say again when submitting."""
    events = AuditEvent.objects.filter(object_type="record", object_id=str(draft.record_id), by=draft.editor)
    since = events.filter(action__in=("device.replace", "device.rename"), at__gte=draft.created_at).order_by("pk")
    return "; ".join(dict.fromkeys(since.values_list("why", flat=True)))[:MAX_REASON]


def read_reason(text: str) -> str:
    """A reason as it is kept; raises ReasonMissing for one that is too long."""
    reason = text.strip()
    if len(reason) > MAX_REASON:
        raise ReasonMissing(f"The reason has {len(reason)} characters: say it in at most {MAX_REASON}.")
    return reason


def _write(draft: Draft, prepared: Prepared, *, by: "User", reason: str, op: UUID | None, body: str) -> Revision | None:
    """The revision, or None when somebody was faster since it was prepared."""
    try:
        with transaction.atomic():
            record = Record.objects.select_for_update().get(pk=draft.record_id)
            last = record.last_revision()
            if (last and last.pk) != (prepared.last and prepared.last.pk):
                return None
            deleted, _ = Draft.objects.filter(pk=draft.pk, version=draft.version).delete()
            if not deleted:
                return None
            return revision_write(
                record=record,
                text=prepared.text,
                item_ids=prepared.item_ids,
                origins=prepared.origins,
                problems=prepared.problems,
                last=last,
                by=by,
                reason=reason,
                op=op,
                body=body,
            )
    except (IntegrityError, TermGone):
        return None


def _require_reason(prepared: Prepared, reason: str) -> None:
    if prepared.last is not None and not reason:
        raise ReasonMissing("Say what is corrected and why: revisions are kept, and people will read this.")


def _require_submittable(problems: list[Problem]) -> None:
    if judging.blocking(problems):
        raise _not_submittable(problems)


def _not_submittable(problems: list[Problem]) -> NotSubmittable:
    counts = judging.count(problems)
    parts = [f"{counts.missing} missing"] if counts.missing else []
    parts += [f"{counts.errors} wrong"] if counts.errors else []
    return NotSubmittable(f"The draft is not ready: {' and '.join(parts)}.", problems=problems)
