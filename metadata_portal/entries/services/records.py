"""Making, importing and renaming records."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

import schema_core
from metadata_portal.accounts.services import audit
from metadata_portal.entries import judging, provenance
from metadata_portal.entries.errors import DraftInTheWay, ReasonMissing
from metadata_portal.entries.histories import require_kept
from metadata_portal.entries.identity import carried_ids
from metadata_portal.entries.instruments import said_already
from metadata_portal.entries.keys import key_of, new_key, safe_key, start_document, subject_of
from metadata_portal.entries.merge import same
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services.drafts import draft_open
from metadata_portal.entries.services.permission import require_entry
from metadata_portal.entries.services.submitting import revision_write, seal
from metadata_portal.errors import Conflict, NotSubmittable
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.origins import Origin, Origins
from schema_core.errors import InvalidDocument, Problem

if TYPE_CHECKING:
    from metadata_portal.accounts.models import Project, User


def record_create(
    *,
    kind: str,
    key: str,
    project: "Project",
    by: "User",
    document: Mapping[str, Any] | None = None,
    item_ids: Mapping[str, list[str]] | None = None,
    origins: Origins | None = None,
) -> Record:
    """The record of that key, with the person's draft in it: the one there is, else a new one.

    `origins` say where the values of a given document came from, if not from the person, by its `item_ids`.
    """
    require_entry(by, project)
    if found := Record.objects.filter(project=project, kind=kind, key=safe_key(key)).first():
        draft_open(record=found, by=by, document=document)
        return found
    key = new_key(kind, key)
    first = start_document(kind, key, judging.lab_zone()) if document is None else document
    record = _record_get_or_create(kind=kind, key=key, project=project, by=by, document=first)
    if record.created_by_id == by.pk:
        document = first
    draft_open(record=record, by=by, document=document, item_ids=item_ids, origins=origins)
    return record


def record_import(
    *,
    document: Mapping[str, Any],
    kind: str,
    project: "Project",
    by: "User",
    reason: str = "Imported",
    key: str = "",
    submit: bool = True,
    source: str = "",
    within: str | None = None,
) -> tuple[Record, Revision | Draft]:
    """The record of an imported document, and its new revision, or a draft when the document is not valid here.

    Without `submit` it is a draft in any case. `source` names the file that its values come from, `within` the address
    of the document in it. The same document again makes nothing new. Raises KeyRefused when the document does not say
    whose it is, DraftInTheWay when the person's own draft of the record would be lost.
    """
    require_entry(by, project)
    key = import_key(kind, document, key)
    record = _record_get_or_create(kind=kind, key=key, project=project, by=by, document=document)
    origin = provenance.imported(source, by, within)
    if not submit:
        return record, _import_draft(record, document, by, origin)
    try:
        text, problems = seal(record, document)
    except NotSubmittable:
        return record, _import_draft(record, document, by, origin)
    try:
        return record, _import_revision(record, text, problems, by=by, reason=reason, origin=origin)
    except NotSubmittable:
        return record, _import_draft(record, document, by, origin)


def import_key(kind: str, document: Mapping[str, Any], key: str = "") -> str:
    """The key that an imported document goes under: the one given, else what it says; raises KeyRefused for none."""
    return safe_key(key or key_of(kind, document) or _built_key(kind, document))


def record_rename(*, record: Record, key: str, by: "User", reason: str) -> Record:
    """The record under another key; its documents must say the new one before they can be submitted."""
    require_entry(by, record.project)
    key = new_key(record.kind, key)
    if not reason.strip():
        raise ReasonMissing("Say why the record is renamed.")
    before = record.key
    try:
        with transaction.atomic():
            record = Record.objects.select_for_update().get(pk=record.pk)
            record.key = key
            record.subject_id = subject_of(record.kind, key, {"subject_id": record.subject_id})
            record.save(update_fields=["key", "subject_id"])
            # kept verdicts speak of the old key
            record.drafts.update(problems_under="")
            audit(
                by=by,
                action="record.rename",
                obj=record,
                why=reason.strip(),
                before={"key": before},
                after={"key": key},
            )
    except IntegrityError as error:
        raise Conflict(f"There is another {record.get_kind_display().lower()} record with the key “{key}”.") from error
    return record


def _record_get_or_create(
    *, kind: str, key: str, project: "Project", by: "User", document: Mapping[str, Any]
) -> Record:
    defaults = {"created_by": by, "subject_id": subject_of(kind, key, document)}
    with transaction.atomic():
        record, made = Record.objects.get_or_create(project=project, kind=kind, key=key, defaults=defaults)
        if made:
            audit(by=by, action="record.create", obj=record, after={"kind": kind, "key": key})
    return record


def _import_revision(
    record: Record, text: str, problems: list[Problem], *, by: "User", reason: str, origin: Origin
) -> Revision:
    """The revision that says an imported text; NotSubmittable when it breaks a history of the last one."""
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=record.pk)
        if known := said_already(record, text):
            return known
        last = record.last_revision()
        written = json.loads(text)
        ids = carried_ids(last.data if last else {}, last.item_ids if last else {}, written)
        require_kept(last, record, written, ids)
        origins = provenance.begun(record.kind, last, Document(written, ids), origin)
        return revision_write(
            record=record, text=text, item_ids=ids, origins=origins, problems=problems, last=last, by=by, reason=reason
        )


def _import_draft(record: Record, document: Mapping[str, Any], by: "User", origin: Origin) -> Draft:
    draft = draft_open(record=record, by=by, document=document, origin=origin)
    if not same(draft.data, dict(document)):
        raise DraftInTheWay(
            f"You have another draft of {record}: submit or discard it, then import again.",
            mine=draft.data,
            theirs=dict(document),
        )
    return draft


def _built_key(kind: str, document: Mapping[str, Any]) -> str:
    """The name that the standard builds for a raw asset without one."""
    try:
        return key_of(kind, json.loads(schema_core.load(dict(document), kind).model_dump_json()))
    except InvalidDocument:
        return ""
