"""The page of a draft: one node of the document at a time."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries import judging
from metadata_portal.entries.models import Draft
from metadata_portal.entries.offered import names_for
from metadata_portal.entries.reading import label_of
from metadata_portal.entries.services import draft_discard, draft_open, draft_problems, draft_save
from metadata_portal.entries.stale import changed_fields
from metadata_portal.entries.views.fetching import (
    SeeOther,
    crumbs,
    json_response,
    me,
    missing_subject_url,
    own_draft,
    page,
    posted_op,
    posted_version,
    visible_record,
)
from metadata_portal.errors import MissingVersion
from metadata_portal.schemaforms.context import FormContext
from metadata_portal.schemaforms.editor import Editor
from metadata_portal.schemaforms.posting import ENVELOPE, StaleNode


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one node of this person's draft, or save it."""
    if request.method == "POST":
        return _save(request, own_draft(request, pk))
    record = visible_record(request, pk)
    draft = (
        Draft.objects.editable_by(me(request)).select_related("record__project", "base").filter(record=record).first()
    )
    if draft is None:
        return render(request, "entries/record_start.html", page(record))
    return _edit_page(request, draft, request.GET.get("at", ""))


def _edit_page(request: HttpRequest, draft: Draft, at: str) -> HttpResponse:
    editor = _editor(draft, at, get_token(request))
    if _is_htmx(request) and request.GET.get("fragment") == "node":
        editor.host = request.GET.get("page")
        return render(request, "schemaforms/_fragment.html", {"editor": editor})
    return render(request, "entries/record_edit.html", _context(request, draft, editor))


def _save(request: HttpRequest, draft: Draft) -> HttpResponse:
    op = posted_op(request)
    # an action alone (add, choose, remove) shows no fields that could be out of date
    if "digest" not in request.POST and not request.POST.keys() <= ENVELOPE:
        raise MissingVersion("The form does not say what it showed (digest): load the page again.")
    try:
        saved = draft_save(draft=draft, by=me(request), op=op, post=request.POST)
    except StaleNode as error:
        return _stale_page(request, draft, error)
    if not _is_htmx(request):
        if request.POST.get("next") == "submit":
            return SeeOther(reverse("entries:record-submit", args=[draft.record_id]))
        return SeeOther(f"{_edit_url(draft)}?{urlencode({'at': saved.at})}")
    editor = _editor(saved.draft, saved.at, get_token(request))
    editor.opened = request.POST.getlist("open")
    return render(request, "entries/_saved.html", _context(request, saved.draft, editor))


def _stale_page(request: HttpRequest, draft: Draft, stale: StaleNode) -> HttpResponse:
    """Show what was typed beside what was saved elsewhere meanwhile; the person says which of them stands."""
    draft.refresh_from_db()
    kept = changed_fields(request.POST)
    rows = [
        {
            "label": label_of(draft.record.kind, draft.data, path),
            "mine": "\n".join(texts),
            "theirs": "\n".join((stale.theirs or {}).get(path, [])),
        }
        for path, texts in (stale.mine or {}).items()
    ]
    context = {
        **page(draft.record, draft=draft, crumbs=crumbs(draft.record, ("Draft", ""))),
        "message": stale.message,
        "rows": rows,
        "kept": [(name, value) for name, values in kept.items() for value in values],
        "at": request.POST.get("at", ""),
        "node": request.POST.get("node", ""),
        "page_at": request.POST.get("page", ""),
        "op": uuid4(),
        "edit_url": _edit_url(draft),
    }
    template = "entries/_stale.html" if _is_htmx(request) else "entries/record_stale.html"
    response = render(request, template, context, status=HTTPStatus.CONFLICT)
    if _is_htmx(request):
        response["HX-Reswap"] = "none"
    return response


def _editor(draft: Draft, at: str, csrf: str) -> Editor:
    url = _edit_url(draft)
    document = draft.data
    names = names_for(draft.record, document)
    context = FormContext(save_url=url, node_url=url, csrf=csrf, zone=judging.lab_zone(), names=names)
    return Editor(draft.record.kind, document, draft.item_ids, draft_problems(draft), at, context)


def _edit_url(draft: Draft) -> str:
    return reverse("entries:record-edit", args=[draft.record_id])


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _context(request: HttpRequest, draft: Draft, editor: Editor) -> dict[str, Any]:
    record = draft.record
    last = record.revisions.select_related("author").order_by("-number").defer("document", "item_ids").first()
    return {
        **page(record, draft=draft, crumbs=crumbs(record, ("Draft", ""))),
        "editor": editor,
        "counts": judging.count(draft_problems(draft)),
        "last": last,
        "newer": last if last is not None and last.pk != draft.base_id else None,
        "missing_subject": missing_subject_url(request, record),
    }


@require_POST
@role_required(can_enter_records)
def draft_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a draft from the last revision, or go on with the one there is."""
    draft = draft_open(record=visible_record(request, pk), by=me(request))
    at = request.POST.get("at", "")
    return SeeOther(_edit_url(draft) + (f"?{urlencode({'at': at})}" if at else ""))


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
            draft_discard(draft=draft, by=me(request))
            messages.success(request, f"Your draft of {record} is discarded.")
            return SeeOther(record.get_absolute_url() if has_revision else reverse("entries:record-list"))
        messages.warning(request, "The draft was saved after this page was opened: look at it before you discard it.")
        status = HTTPStatus.CONFLICT
    context = page(record, draft=draft, has_revision=has_revision, crumbs=crumbs(record, ("Discard", "")))
    return render(request, "entries/record_discard.html", context, status=status)
