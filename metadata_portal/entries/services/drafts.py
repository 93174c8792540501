"""Opening, saving, rebasing and discarding a draft."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import QueryDict
from django.utils import timezone

import schema_core
from metadata_portal.accounts.services import audit
from metadata_portal.entries import judging, provenance
from metadata_portal.entries.brought import brought, device_brought
from metadata_portal.entries.errors import MergeConflict, OperationReused, StaleDraft
from metadata_portal.entries.histories import draft_judged, judge_upon, kept_entries, put_back, require_no_breach
from metadata_portal.entries.identity import carried_ids
from metadata_portal.entries.keys import start_document
from metadata_portal.entries.merge import Merged, Side, Version, merge
from metadata_portal.entries.models import Draft, DraftOperation, Record, Revision
from metadata_portal.entries.services.permission import require_entry, require_own
from metadata_portal.entries.services.together import take_back_together
from metadata_portal.entries.services.undoing import forget, forget_old_steps, way_back
from metadata_portal.entries.terms_used import keep_draft
from metadata_portal.errors import NotFound
from metadata_portal.schemaforms.changes import touched
from metadata_portal.schemaforms.documents import Document, ensure_ids
from metadata_portal.schemaforms.origins import Origin, Origins
from metadata_portal.schemaforms.posting import apply
from metadata_portal.schemaforms.readings import Said, as_rows, from_rows
from metadata_portal.schemaforms.undoing import undone, ways_back
from schema_core.errors import InvalidDocument, Problem

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

# Under this many colleagues' saves at one moment every save gets through.
ATTEMPTS: Final = 40
PUT_BACK: Final = "put-back"
KEPT_OPERATIONS: Final = 100
# Parts of a posted form that say nothing of its content: a save sent again may be sent with other nodes opened.
_ENVELOPE: Final = frozenset({"typing", "comma", "csrfmiddlewaretoken", "op", "open"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft after a save, and what the save did."""

    draft: Draft
    at: str
    changed: tuple[str, ...]
    repeated: bool = False
    said: str = ""
    readings: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Change:
    document: dict[str, Any]
    item_ids: dict[str, list[str]]
    origins: Origins
    at: str = ""
    changed: tuple[str, ...] = ()
    said: str = ""
    undo: tuple[dict[str, Any], ...] = ()
    readings: Mapping[str, Said] = field(default_factory=dict)
    undid: DraftOperation | None = None


def draft_open(
    *,
    record: Record,
    by: "User",
    document: Mapping[str, Any] | None = None,
    item_ids: Mapping[str, list[str]] | None = None,
    origin: Origin | None = None,
    origins: Origins | None = None,
    opened_by: "User | None" = None,
    why: str = "",
) -> Draft:
    """The person's draft of the record: the one there is, else a new one from the last revision or the document.

    ``origin`` says where a document came from, the person where nothing is said; ``origins`` where each value did.
    ``opened_by`` is who opens it for the person, ``why`` is their reason.
    """
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
    if origins is None:
        origins = provenance.begun(record.kind, last, Document(document, ids), origin or provenance.typed(by))
    problems = judge_upon(last, record, document, ids)
    fresh = {
        **_columns(_Change(dict(document), ids, origins), problems),
        "base": last,
    }
    draft: Draft
    with transaction.atomic():
        draft, made = Draft.objects.get_or_create(record=record, editor=by, defaults=fresh)
        if made:
            keep_draft(draft.pk, record.kind, None, document)
            begun = {"base": last.number if last else None}
            audit(by=opened_by or by, action="draft.open", obj=record, why=why, after=begun)
    return draft


def draft_problems(draft: Draft) -> list[Problem]:
    """What is wrong with the draft now: as kept, unless the registries or the day have changed since."""
    if draft.problems_under != judging.judged_under():
        problems = draft_judged(draft, draft.data, draft.item_ids)
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
    origin: Origin | None = None,
    said: str = "",
) -> Saved:
    """Write one posted node, or a whole document, into the draft; saved whatever the schema says of it.

    ``origin`` says where a whole document came from, if the person did not write it; ``said`` names what was done to
    it, as a step that can be taken back. A repeated operation gets the first answer. A save of another node in between
    is kept: the change is made again on top of it. Raises OperationReused, StaleDraft, and what reading the form
    raises.
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
        if post is not None:
            change = _posted(fresh, by, post)
        else:
            change = _replaced(fresh, document, version, origin or provenance.typed(by), said)
        problems = draft_judged(fresh, change.document, change.item_ids, change.origins)
        if _write(fresh, change, problems, by=by, op=op, body=body):
            return Saved(fresh, change.at, change.changed, said=change.said, readings=change.readings)
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
    origins = provenance.joined(draft, last, Document(merged.document, merged.item_ids))
    asked = provenance.sides_asked(origins, Document(merged.document, merged.item_ids))
    problems = [*judge_upon(last, draft.record, merged.document, merged.item_ids), *asked]
    columns = _columns(_Change(merged.document, merged.item_ids, origins), problems)
    with transaction.atomic():
        if not _compare_and_set(draft, version, {**columns, "base": last}):
            raise StaleDraft("The draft was saved elsewhere meanwhile: load the page again.")
        keep_draft(draft.pk, draft.record.kind, draft.data, merged.document)
        audit(by=by, action="draft.rebase", obj=draft.record, after={"base": last.number})
    draft.refresh_from_db()
    return draft


def draft_confirm(*, draft: Draft, by: "User", version: int, id_paths: Sequence[str]) -> Draft:
    """The draft after its person confirmed copied values; raises StaleDraft when it is not as they saw it."""
    require_own(draft, by)
    origins = provenance.confirmed(provenance.origins_of(draft), id_paths, by)
    columns = {"sources": origins.as_json(), "updated_at": timezone.now()}
    if not _compare_and_set(draft, version, columns):
        raise StaleDraft("The draft was saved elsewhere meanwhile: look at the values again, then confirm them.")
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


def _replaced(
    draft: Draft, document: Mapping[str, Any] | None, version: int | None, origin: Origin, said: str
) -> _Change:
    """The draft with another document in the place of its own."""
    if document is None:
        raise TypeError("give a posted node or a document")
    if version != draft.version:
        raise StaleDraft(
            "The draft was saved elsewhere meanwhile: nothing was overwritten.",
            mine=dict(document),
            theirs=draft.data,
        )
    before = Document(draft.data, draft.item_ids)
    after = Document(dict(document), carried_ids(before.json, before.item_ids, document))
    came = provenance.placed(origin, after)
    origins = provenance.edited(draft, before, after, lambda _: came)
    ways = tuple(way.as_json() for way in ways_back(before.with_ids(), after)) if said else ()
    return _Change(after.json, dict(after.item_ids), origins, said=said, undo=ways)


def _posted(draft: Draft, by: "User", post: QueryDict) -> _Change:
    """A posted node written into the draft; what stays shared with the document before is not compared."""
    if (word := str(post.get("do", ""))).startswith("undo:"):
        return _taken_back(draft, by, word.removeprefix("undo:"))
    if word == PUT_BACK:
        post = post.copy()
        post["do"] = "save"
    before = Document(draft.data, draft.item_ids).with_ids()
    edit = apply(
        draft.record.kind,
        before.json,
        before.item_ids,
        post,
        device=partial(device_brought, draft.record.kind),
        fragments=partial(brought, by),
        kept=kept_entries(draft),
    )
    after = Document(edit.document, edit.item_ids)
    told = provenance.told_by(edit, by, provenance.origins_of(draft))
    pressed = edit.confirmed if word.startswith("confirm:") else ()
    origins = provenance.answered(provenance.edited(draft, before, after, told), edit, by, pressed)
    if edit.confirmed:
        origins = provenance.confirmed(origins, edit.confirmed, by)
    if word == PUT_BACK:
        return _histories_put_back(draft, by, after, edit.at, origins)
    return _Change(
        edit.document,
        edit.item_ids,
        origins,
        edit.at,
        edit.changed_paths,
        said=edit.said,
        undo=edit.undo,
        readings={at: said for at, said in edit.readings.items() if not said.asks},
    )


def _histories_put_back(draft: Draft, by: "User", before: Document, at: str, origins: Origins) -> _Change:
    """The draft with its histories as they were submitted, and its own entries behind them."""
    after = put_back(draft.base, draft.record, before.json, before.item_ids)
    ways = tuple(way.as_json() for way in ways_back(before, after))
    changes = touched(provenance.root_of(draft.record.kind), before, after)
    origins = origins.after(changes, lambda _: provenance.typed(by))
    said = "Put back what was submitted" if ways else ""
    return _Change(after.json, dict(after.item_ids), origins, at, (at,), said=said, undo=ways)


def _taken_back(draft: Draft, by: "User", word: str) -> _Change:
    """The draft as it was before one of its steps; everything else that was done since stays."""
    operation, ways = way_back(draft, word)
    before = Document(draft.data, draft.item_ids).with_ids()
    state, at = undone(before, ways)
    require_no_breach(draft, before, state)
    origins = provenance.taken_back(draft, before, state, operation.answer.get("sources"), by)
    said = f"Undone: {operation.answer['said']}"
    return _Change(state.json, dict(state.item_ids), origins, at, (at,), said=said, undid=operation)


def _write(draft: Draft, change: _Change, problems: list[Problem], *, by: "User", op: UUID, body: str) -> bool:
    """Whether the change was written on top of the version it was made from; the instance then holds it."""
    columns = _columns(change, problems)
    answer = _answer(draft, change)
    try:
        with transaction.atomic():
            if not _compare_and_set(draft, draft.version, columns):
                return False
            keep_draft(draft.pk, draft.record.kind, draft.data, change.document)
            DraftOperation.objects.create(draft=draft, op=op, body=body, answer=answer)
            if change.undo:
                forget_old_steps(draft)
            if change.undid:
                forget(change.undid)
                take_back_together(change.undid, by)
            if answer["version"] % KEPT_OPERATIONS == 0:
                _prune(draft)
    except IntegrityError:
        return False
    for name, value in columns.items():
        setattr(draft, name, value)
    draft.version += 1
    return True


def _answer(draft: Draft, change: _Change) -> dict[str, Any]:
    """What is kept of a save: where it led, what it did, and what takes it back."""
    answer: dict[str, Any] = {"at": change.at, "changed": list(change.changed), "version": draft.version + 1}
    if change.said:
        answer["said"] = change.said
    if change.undo or (change.said and change.undid is None):
        answer["undo"] = json.dumps(change.undo)  # as text: a database may sort the keys of what comes back
        if provenance.origins_of(draft).open_paths:
            answer["sources"] = draft.sources  # what comes back is as unconfirmed as it was
    if change.readings:
        answer["readings"] = as_rows(change.readings)
    return answer


def _compare_and_set(draft: Draft, version: int, columns: Mapping[str, Any]) -> bool:
    """The one way a draft is written: a save made from an older version changes nothing."""
    return bool(Draft.objects.filter(pk=draft.pk, version=version).update(**columns, version=version + 1))


def _columns(change: _Change, problems: list[Problem]) -> dict[str, Any]:
    return {
        "document": judging.dump(change.document),
        "item_ids": change.item_ids,
        "sources": change.origins.as_json(),
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
    readings = dict(from_rows(answer.get("readings", {})))
    return Saved(
        now, answer["at"], tuple(answer["changed"]), repeated=True, said=answer.get("said", ""), readings=readings
    )


def _body_hash(post: QueryDict | None, document: Mapping[str, Any] | None) -> str:
    content: Any = document
    if post is not None:
        content = sorted((name, values) for name, values in post.lists() if name not in _ENVELOPE)
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
