"""Opening, saving, rebasing and discarding a draft."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import QueryDict
from django.utils import timezone

import schema_core
from metadata_portal.accounts.services import audit
from metadata_portal.entries import judging
from metadata_portal.entries.errors import MergeConflict, OperationReused, StaleDraft
from metadata_portal.entries.identity import carried_ids
from metadata_portal.entries.keys import start_document
from metadata_portal.entries.merge import Merged, Side, Version, merge
from metadata_portal.entries.models import Draft, DraftOperation, Record, Revision
from metadata_portal.entries.services.permission import require_entry, require_own
from metadata_portal.errors import NotFound
from metadata_portal.registries.devices import device_document
from metadata_portal.schemaforms.documents import ensure_ids
from metadata_portal.schemaforms.posting import apply
from schema_core.errors import InvalidDocument, Problem

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

# Under this many colleagues' saves at one moment every save gets through.
ATTEMPTS: Final = 40
KEPT_OPERATIONS: Final = 100
# Parts of a posted form that say nothing of its content.
_ENVELOPE: Final = frozenset({"csrfmiddlewaretoken", "op"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft after a save, and what the save did."""

    draft: Draft
    at: str
    changed: tuple[str, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    document: dict[str, Any]
    item_ids: dict[str, list[str]]
    at: str = ""
    changed: tuple[str, ...] = ()


def draft_open(
    *,
    record: Record,
    by: "User",
    document: Mapping[str, Any] | None = None,
    item_ids: Mapping[str, list[str]] | None = None,
) -> Draft:
    """The person's draft of the record: the one there is, else a new one from the last revision or the document."""
    require_entry(by, record.project)
    known: Draft | None = Draft.objects.filter(record=record, editor=by).first()
    if known is not None:
        return known
    last = record.last_revision()
    if document is None:
        document = last.data if last else start_document(record.kind, record.key, judging.lab_zone())
    if item_ids is None:
        ids = carried_ids(last.data if last else {}, last.item_ids if last else {}, document)
    else:
        ids = ensure_ids(document, item_ids)
    problems = judging.judge(record.kind, record.key, document)
    fresh = {
        **_columns(_Change(dict(document), ids), problems),
        "base": last,
    }
    draft: Draft
    with transaction.atomic():
        draft, made = Draft.objects.get_or_create(record=record, editor=by, defaults=fresh)
        if made:
            audit(by=by, action="draft.open", obj=record, after={"base": last.number if last else None})
    return draft


def draft_problems(draft: Draft) -> list[Problem]:
    """What is wrong with the draft now: as kept, unless the registries or the day have changed since."""
    if draft.problems_under != judging.judged_under():
        problems = judging.judge(draft.record.kind, draft.record.key, draft.data)
        verdict = _verdict(problems)
        # the document is as it was: no new version, and nothing when it was saved meanwhile
        Draft.objects.filter(pk=draft.pk, version=draft.version).update(**verdict)
        for name, value in verdict.items():
            setattr(draft, name, value)
    return judging.from_rows(draft.problems)


def draft_save(
    *,
    draft: Draft,
    by: "User",
    op: UUID,
    post: QueryDict | None = None,
    document: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Saved:
    """Write one posted node, or a whole document, into the draft; saved whatever the schema says of it.

    A repeated operation gets the first answer. A save of another node in between is kept: the change is made again on
    top of it. Raises OperationReused, StaleDraft, and what reading the form raises.
    """
    require_own(draft, by)
    body = _body_hash(post, document)
    for _ in range(ATTEMPTS):
        # the draft is read before its operations: whoever sees the new version also sees the operation that made it
        fresh = Draft.objects.select_related("record").filter(pk=draft.pk).first()
        if fresh is None:
            raise NotFound("This draft was submitted or discarded meanwhile.")
        if known := DraftOperation.objects.filter(draft=fresh, op=op).first():
            return _first_answer(fresh, known, body)
        change = _changed(fresh, post, document, version)
        problems = judging.judge(fresh.record.kind, fresh.record.key, change.document)
        if _write(fresh, change, problems, op=op, body=body):
            return Saved(fresh, change.at, change.changed)
    raise StaleDraft("The draft is being saved from many places at once: wait a moment and save again.")


def draft_rebase(*, draft: Draft, by: "User", version: int, choices: Mapping[str, Side] | None = None) -> Draft:
    """Bring what colleagues submitted since into the draft; raises MergeConflict where a choice is needed."""
    require_own(draft, by)
    last = draft.record.last_revision()
    if last is None or last.pk == draft.base_id:
        return draft
    merged = merged_with(draft, last, choices)
    if merged.conflicts:
        raise MergeConflict(merged.conflicts, last)
    problems = judging.judge(draft.record.kind, draft.record.key, merged.document)
    columns = _columns(_Change(merged.document, merged.item_ids), problems)
    with transaction.atomic():
        if not _compare_and_set(draft, version, {**columns, "base": last}):
            raise StaleDraft("The draft was saved elsewhere meanwhile: load the page again.")
        audit(by=by, action="draft.rebase", obj=draft.record, after={"base": last.number})
    draft.refresh_from_db()
    return draft


def merged_with(draft: Draft, last: Revision, choices: Mapping[str, Side] | None = None) -> Merged:
    """The draft joined with the last revision."""
    base = Version(draft.base.data, draft.base.item_ids) if draft.base else Version({})
    mine = Version(written_out(draft.record.kind, draft.data), draft.item_ids)
    return merge(base, mine, Version(last.data, last.item_ids), choices)


def written_out(kind: str, document: dict[str, Any]) -> dict[str, Any]:
    """A valid document as revisions are written, so that a default left out is no change; any other as it is."""
    try:
        written: dict[str, Any] = json.loads(schema_core.load(document, kind).model_dump_json())
    except InvalidDocument:
        return document
    return written


def draft_discard(*, draft: Draft, by: "User") -> None:
    """Delete the draft, and the record too when nothing else was ever entered for it."""
    require_own(draft, by)
    record = draft.record
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).delete()
        audit(by=by, action="draft.discard", obj=record, before={"version": draft.version})
        if not record.revisions.exists() and not record.drafts.exists():
            _delete_empty(record)


def _delete_empty(record: Record) -> None:
    try:
        with transaction.atomic():
            record.delete()
    except ProtectedError:
        _log.info("record %s stays without content: something refers to it", record.pk)


def _changed(draft: Draft, post: QueryDict | None, document: Mapping[str, Any] | None, version: int | None) -> _Change:
    if post is not None:
        edited = apply(draft.record.kind, draft.data, draft.item_ids, post, device=device_document)
        changed = tuple(edited.changed_paths)
        return _Change(edited.document, edited.item_ids, edited.at, changed)
    if document is None:
        raise TypeError("give a posted node or a document")
    if version != draft.version:
        raise StaleDraft(
            "The draft was saved elsewhere meanwhile: nothing was overwritten.",
            mine=dict(document),
            theirs=draft.data,
        )
    return _Change(dict(document), carried_ids(draft.data, draft.item_ids, document))


def _write(draft: Draft, change: _Change, problems: list[Problem], *, op: UUID, body: str) -> bool:
    """Whether the change was written on top of the version it was made from; the instance then holds it."""
    columns = _columns(change, problems)
    after = draft.version + 1
    answer = {"at": change.at, "changed": list(change.changed), "version": after}
    try:
        with transaction.atomic():
            if not _compare_and_set(draft, draft.version, columns):
                return False
            DraftOperation.objects.create(draft=draft, op=op, body=body, answer=answer)
            if after % KEPT_OPERATIONS == 0:
                _prune(draft)
    except IntegrityError:
        return False
    for name, value in columns.items():
        setattr(draft, name, value)
    draft.version += 1
    return True


def _compare_and_set(draft: Draft, version: int, columns: Mapping[str, Any]) -> bool:
    """The one way a draft is written: a save made from an older version changes nothing."""
    return bool(Draft.objects.filter(pk=draft.pk, version=version).update(**columns, version=version + 1))


def _columns(change: _Change, problems: list[Problem]) -> dict[str, Any]:
    return {
        "document": judging.dump(change.document),
        "item_ids": change.item_ids,
        "updated_at": timezone.now(),
        **_verdict(problems),
    }


def _verdict(problems: list[Problem]) -> dict[str, Any]:
    return {
        "problems": judging.as_rows(problems),
        "problems_under": judging.judged_under(),
        "blocking_count": judging.count(problems).blocking,
    }


def _prune(draft: Draft) -> None:
    kept = DraftOperation.objects.filter(draft=draft).order_by("-pk").values("pk")[KEPT_OPERATIONS:]
    DraftOperation.objects.filter(pk__in=[row["pk"] for row in kept]).delete()


def _first_answer(draft: Draft, known: DraftOperation, body: str) -> Saved:
    if known.body != body:
        raise OperationReused
    answer = known.answer
    # the draft may have been read just before the save that made the answer was finished
    now = Draft.objects.select_related("record").filter(pk=draft.pk).first() or draft
    return Saved(now, answer["at"], tuple(answer["changed"]), repeated=True)


def _body_hash(post: QueryDict | None, document: Mapping[str, Any] | None) -> str:
    content: Any = document
    if post is not None:
        content = sorted((name, values) for name, values in post.lists() if name not in _ENVELOPE)
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
