"""Submitting, joining with a colleague's revision, withdrawing."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries.errors import MergeConflict, ReasonMissing, StaleDraft
from metadata_portal.entries.forms import ReasonForm
from metadata_portal.entries.marked import groups_of
from metadata_portal.entries.merge import Conflict as FieldConflict
from metadata_portal.entries.merge import Side
from metadata_portal.entries.models import Draft, Revision
from metadata_portal.entries.provenance import marks_of
from metadata_portal.entries.serials import serials_elsewhere
from metadata_portal.entries.services import draft_rebase, record_submit, revision_withdraw, submission_prepare
from metadata_portal.entries.services.drafts import merged_with
from metadata_portal.entries.services.submitting import reason_begun
from metadata_portal.entries.views.fetching import (
    SeeOther,
    crumbs,
    me,
    own_draft,
    page,
    posted_op,
    posted_version,
    visible_record,
)
from metadata_portal.entries.wording import described, label_of
from metadata_portal.errors import Conflict, NotSubmittable
from metadata_portal.schemaforms.documents import ABSENT, Document
from schema_core.errors import Problem

_CHOICE = "choice."


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_submit_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what submitting would keep, ask the reason, and do it."""
    if request.method == "POST":
        return _submit(request, pk)
    return _submit_page(request, own_draft(request, pk))


def _submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    op, version, reason = posted_op(request), posted_version(request), request.POST.get("reason", "")
    known = Revision.objects.filter(record_id=pk, op=op, author=me(request)).select_related("record").first()
    # the answer to the first sending may have been lost: the draft is gone, the revision is the answer
    draft = Draft(record=known.record, editor=me(request)) if known else own_draft(request, pk)
    try:
        revision = record_submit(draft=draft, by=me(request), reason=reason, op=op, version=version)
    except ReasonMissing as error:
        return _submit_page(request, draft, HTTPStatus.UNPROCESSABLE_ENTITY, reason_error=error.message)
    except MergeConflict as error:
        return _merge_page(request, draft, error, HTTPStatus.CONFLICT)
    except NotSubmittable:
        return _submit_page(request, draft, HTTPStatus.UNPROCESSABLE_ENTITY)
    except StaleDraft as error:
        messages.warning(request, error.message)
        return _submit_page(request, own_draft(request, pk), HTTPStatus.CONFLICT)
    messages.success(request, f"{revision.record} is submitted as revision {revision.number}.")
    return SeeOther(revision.record.get_absolute_url())


def _submit_page(
    request: HttpRequest, draft: Draft, status: HTTPStatus = HTTPStatus.OK, *, reason_error: str = ""
) -> HttpResponse:
    record = draft.record
    context: dict[str, Any] = {
        **page(record, draft=draft, crumbs=crumbs(record, ("Submit", ""))),
        "op": uuid4(),
        "form": ReasonForm({"reason": request.POST.get("reason", reason_begun(draft) if draft.pk else "")}),
        "reason_error": reason_error,
        "edit_url": reverse("entries:record-edit", args=[record.pk]),
    }
    try:
        prepared = submission_prepare(draft=draft)
    except MergeConflict:
        return SeeOther(reverse("entries:record-merge", args=[record.pk]))
    except NotSubmittable as error:
        blocking = [problem for problem in error.problems if problem.severity != "warning"]
        context["blocking"] = _labelled(draft, draft.data, blocking)
        context["message"] = error.message
        context["groups"] = groups_of(record.kind, draft.data, marks_of(draft).found.values())
    else:
        context |= {
            "prepared": prepared,
            "warnings": _labelled(draft, prepared.document, prepared.warnings),
            "serials": serials_elsewhere(record, prepared.document, me(request)),
            "serials_at": f"{context['edit_url']}?at=",
        }
    return render(request, "entries/record_submit.html", context, status=status)


def _labelled(draft: Draft, document: Mapping[str, Any], problems: list[Problem]) -> list[dict[str, Any]]:
    kind = draft.record.kind
    return [{"problem": problem, "label": label_of(kind, document, problem.path)} for problem in problems]


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a colleague's revision into the draft, field by field where both changed one."""
    draft = own_draft(request, pk)
    last = draft.record.last_revision()
    if last is None or last.pk == draft.base_id:
        messages.info(request, "Your draft stands on the last revision already.")
        return SeeOther(reverse("entries:record-edit", args=[pk]))
    if request.method != "POST":
        return _merge_page(request, draft, MergeConflict(merged_with(draft, last).conflicts, last))
    version = posted_version(request)
    try:
        draft_rebase(draft=draft, by=me(request), version=version, choices=_choices(request))
    except MergeConflict as error:
        messages.error(request, "Choose a side for every field below.")
        return _merge_page(request, draft, error, HTTPStatus.CONFLICT)
    except StaleDraft as error:
        messages.warning(request, error.message)
        return _merge_page(request, own_draft(request, pk), MergeConflict((), last), HTTPStatus.CONFLICT)
    messages.success(request, f"Your draft now holds revision {last.number} by {last.author_name} and your changes.")
    return SeeOther(reverse("entries:record-edit", args=[pk]))


def _choices(request: HttpRequest) -> dict[str, Side]:
    chosen: dict[str, Side] = {}
    for name, value in request.POST.items():
        if name.startswith(_CHOICE) and value in ("mine", "theirs"):
            chosen[name.removeprefix(_CHOICE)] = "mine" if value == "mine" else "theirs"
    return chosen


def _merge_page(
    request: HttpRequest, draft: Draft, conflict: MergeConflict, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    last = conflict.revision
    conflicts = merged_with(draft, last).conflicts
    chosen = _choices(request)
    context = {
        **page(draft.record, draft=draft, crumbs=crumbs(draft.record, ("Join", ""))),
        "last": last,
        "rows": [_conflict_row(draft, last, entry, chosen) for entry in conflicts],
        "message": MergeConflict(conflicts, last).message if conflicts else "",
    }
    return render(request, "entries/record_merge.html", context, status=status)


def _conflict_row(draft: Draft, last: Revision, conflict: FieldConflict, chosen: Mapping[str, Side]) -> dict[str, Any]:
    """One field with both sides, in words."""
    mine, theirs = Document(draft.data, draft.item_ids), Document(last.data, last.item_ids)
    label = conflict.key
    for side in (mine, theirs):
        path = side.path_of(conflict.key)
        if path is not None:
            label = label_of(draft.record.kind, side.json, path)
            break
    return {
        "name": f"{_CHOICE}{conflict.key}",
        "label": label,
        "base": _side(conflict.base, conflict),
        "mine": _side(conflict.mine, conflict),
        "theirs": _side(conflict.theirs, conflict),
        "chosen": chosen.get(conflict.key, ""),
    }


def _side(value: Any, conflict: FieldConflict) -> str:
    if conflict.what == "order":
        return "this order of the items"
    if value is ABSENT:
        return "removed" if conflict.what == "removed" and conflict.base is not ABSENT else "not given"
    return described(value)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the last revision back, with a reason."""
    record = visible_record(request, pk)
    last = record.current_revision()
    if last is None and request.method != "POST":
        raise Http404
    error, status = "", HTTPStatus.OK
    if request.method == "POST":
        number = posted_version(request)
        try:
            revision_withdraw(record=record, reason=request.POST.get("reason", ""), by=me(request), number=number)
        except ReasonMissing as refused:
            error, status = refused.message, HTTPStatus.UNPROCESSABLE_ENTITY
        except Conflict as refused:
            error, status = refused.message, HTTPStatus.CONFLICT
        else:
            messages.success(request, f"Revision {number} of {record} is withdrawn.")
            return SeeOther(record.get_absolute_url())
    context = {
        **page(record, revision=last, crumbs=crumbs(record, ("Withdraw", ""))),
        "form": ReasonForm({"reason": request.POST.get("reason", "")}),
        "reason_error": error,
    }
    return render(request, "entries/record_withdraw.html", context, status=status)
