"""The page of a draft: one node of the document at a time."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries import judging
from metadata_portal.entries.models import Draft, Revision
from metadata_portal.entries.services import draft_discard, draft_open, draft_problems, draft_save
from metadata_portal.entries.views.fetching import (
    SeeOther,
    crumbs,
    json_response,
    missing_subject_url,
    own_draft,
    page,
    posted_op,
    posted_version,
    visible_record,
)
from metadata_portal.schemaforms.editor import Editor, FormContext


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one node of this person's draft, or save it."""
    if request.method == "POST":
        return _save(request, own_draft(request, pk))
    record = visible_record(request, pk)
    draft = (
        Draft.objects.editable_by(request.user).select_related("record__project", "base").filter(record=record).first()
    )
    if draft is None:
        return render(request, "entries/record_start.html", page(record))
    return _edit_page(request, draft, request.GET.get("at", ""))


def _edit_page(request: HttpRequest, draft: Draft, at: str, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    editor = _editor(request, draft, at)
    if request.headers.get("HX-Request") == "true" and request.GET.get("fragment") == "node":
        return render(request, "schemaforms/_node.html", {"editor": editor}, status=status)
    return render(request, "entries/record_edit.html", _context(request, draft, editor), status=status)


def _save(request: HttpRequest, draft: Draft) -> HttpResponse:
    op = posted_op(request)
    saved = draft_save(draft=draft, by=request.user, op=op, post=request.POST)
    if request.headers.get("HX-Request") != "true":
        query = urlencode({"at": saved.at})
        anchor = f"#{saved.focus}" if saved.focus else ""
        return SeeOther(f"{reverse('entries:record-edit', args=[draft.record_id])}?{query}{anchor}")
    editor = _editor(request, saved.draft, saved.at)
    return render(request, "entries/_saved.html", _context(request, saved.draft, editor))


def _editor(request: HttpRequest, draft: Draft, at: str) -> Editor:
    url = reverse("entries:record-edit", args=[draft.record_id])
    context = FormContext(save_url=url, node_url=url, csrf=get_token(request), zone=judging.lab_zone())
    return Editor(draft.record.kind, draft.data, draft.item_ids, draft_problems(draft), at, context)


def _context(request: HttpRequest, draft: Draft, editor: Editor) -> dict[str, Any]:
    record = draft.record
    newer = Revision.objects.filter(record=record).order_by("-number").defer("document", "item_ids").first()
    return {
        **page(record, draft=draft, crumbs=crumbs(record, ("Draft", ""))),
        "editor": editor,
        "counts": judging.count(draft_problems(draft)),
        "newer": newer if newer is not None and newer.pk != draft.base_id else None,
        "missing_subject": missing_subject_url(request, record),
        "today": judging.lab_today(),
    }


@require_POST
@role_required(can_enter_records)
def draft_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a draft from the last revision, or go on with the one there is."""
    draft = draft_open(record=visible_record(request, pk), by=request.user)
    return SeeOther(reverse("entries:record-edit", args=[draft.record_id]))


@require_safe
@role_required(can_enter_records)
def draft_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This person's draft as a file."""
    draft = own_draft(request, pk)
    return json_response(draft.document, f"{draft.record.kind}-{draft.record.key}-draft.json")


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete this person's draft."""
    draft = own_draft(request, pk)
    record = draft.record
    has_revision = record.revisions.exists()
    status = HTTPStatus.OK
    if request.method == "POST":
        if posted_version(request) == draft.version:
            draft_discard(draft=draft, by=request.user)
            messages.success(request, f"Your draft of {record} is discarded.")
            return SeeOther(record.get_absolute_url() if has_revision else reverse("entries:record-list"))
        messages.warning(request, "The draft was saved after this page was opened: look at it before you discard it.")
        status = HTTPStatus.CONFLICT
    context = page(record, draft=draft, has_revision=has_revision, crumbs=crumbs(record, ("Discard", "")))
    return render(request, "entries/record_discard.html", context, status=status)
