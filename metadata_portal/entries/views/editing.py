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

from metadata_portal.accounts.carrying import PERSON
from metadata_portal.accounts.permissions import can_enter_records, can_propose_terms, role_required
from metadata_portal.entries import judging, provenance
from metadata_portal.entries.histories import kept_entries
from metadata_portal.entries.models import Draft
from metadata_portal.entries.offered import names_for
from metadata_portal.entries.serials import serials_elsewhere
from metadata_portal.entries.services import draft_discard, draft_open, draft_problems, draft_save
from metadata_portal.entries.services.drafts import Saved
from metadata_portal.entries.services.undoing import readings_of
from metadata_portal.entries.stale import read_as_typed, typed_only
from metadata_portal.entries.views.device_renaming import Offer, offer_after, offer_of
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
from metadata_portal.entries.views.pasting import rows_refused
from metadata_portal.entries.views.undoing import undo_bar
from metadata_portal.entries.views.unsaved import stale_page
from metadata_portal.errors import Conflict, FormError, MissingVersion
from metadata_portal.schemaforms.context import FormContext, ReuseUrls
from metadata_portal.schemaforms.editor import Editor
from metadata_portal.schemaforms.posting import ENVELOPE, StaleNode
from metadata_portal.schemaforms.scope import is_device
from metadata_portal.schemaforms.undoing import PlaceChanged

MOST_SEARCHED = 200
PAGE = "page"
"""The fragment that holds all of the page that depends on its address and on what the draft says."""
FRAGMENTS = {
    "node": "schemaforms/_fragment.html",
    "found": "schemaforms/_found.html",
    "kinds": "schemaforms/_kinds.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one node of this person's draft, or save it."""
    if request.method == "POST":
        return _save(request, own_draft(request, pk))
    own = Draft.objects.editable_by(me(request)).select_related("record__project", "base")
    if (draft := own.filter(record_id=pk).first()) is None:
        return render(request, "entries/record_start.html", page(visible_record(request, pk)))
    return _edit_page(request, draft, request.GET.get("at", ""))


def _edit_page(request: HttpRequest, draft: Draft, at: str, *, refused: str = "") -> HttpResponse:
    editor = _editor(request, draft, at)
    if (verb := request.GET.get("kinds", "")) in ("add", "choose"):
        editor.choosing = (verb, at)
    editor.readings = readings_of(draft, request.GET.get("read", ""))
    found = editor.find(request.GET.get("find", "")[:MOST_SEARCHED])
    fragment = request.GET.get("fragment", "") if _is_htmx(request) else ""
    if fragment in FRAGMENTS:
        editor.host = request.GET.get("page")
        return render(request, FRAGMENTS[fragment], {"editor": editor, "found": found})
    context = {**_context(request, draft, editor), "found": found, "refused": refused}
    if "did" in request.GET or "undo" in request.GET:
        context["undo"] = undo_bar(draft, request.GET.get("did", ""))
    if was := request.GET.get("was"):
        context["offer"] = offer_of(draft, at, was, me(request))
    if fragment == PAGE:
        return render(request, "entries/_shown.html", context)
    return render(request, "entries/record_edit.html", context, status=HTTPStatus.CONFLICT if refused else None)


def _save(request: HttpRequest, draft: Draft) -> HttpResponse:
    op = posted_op(request)
    # an action alone (add, choose, remove) shows no fields that could be out of date
    if "digest" not in request.POST and not typed_only(request.POST).keys() <= ENVELOPE:
        raise MissingVersion("The form does not say what it showed (digest): load the page again.")
    try:
        saved = draft_save(draft=draft, by=me(request), op=op, post=read_as_typed(request))
    except (FormError, Conflict) as error:
        return _not_saved(request, draft, error)
    if not _is_htmx(request):
        if request.POST.get("next") == "submit":
            return SeeOther(reverse("entries:record-submit", args=[draft.record_id]))
        return SeeOther(_url_after(draft, saved, op, offer_after(draft, saved, me(request))))
    editor = _editor(request, saved.draft, saved.at)
    editor.opened = request.POST.getlist("open")
    editor.readings = saved.readings
    offer = offer_after(draft, saved, me(request))
    context = {**_context(request, saved.draft, editor), "offer": offer}
    if request.POST.get("do", "save") == "save" and not saved.said:
        return render(request, "entries/_saved.html", context)
    if saved.said:  # a button did something, or typed depths became rows
        context["undo"] = undo_bar(saved.draft, str(op))
    response = render(request, "entries/_shown.html", context)
    response["HX-Push-Url"] = _url_after(draft, saved, op, offer)
    return response


def _not_saved(request: HttpRequest, draft: Draft, error: FormError | Conflict) -> HttpResponse:
    """Show what was refused beside what there is, so that nothing typed is lost; what has no such page is raised."""
    if request.POST.get("do") == "paste":
        return rows_refused(request, draft, error)
    if isinstance(error, PlaceChanged):
        return _edit_page(request, draft, request.POST.get("at", ""), refused=error.message)
    if isinstance(error, StaleNode):
        return stale_page(request, draft, error)
    raise error


def _url_after(draft: Draft, saved: Saved, op: UUID, offer: Offer | None) -> str:
    """Where a save led, with what the page says of it."""
    told = {"did": str(op)} if saved.said else {}
    if saved.readings:
        told["read"] = str(op)
    if offer and offer.count:
        told["was"] = offer.old
    return f"{_edit_url(draft)}?{urlencode({'at': saved.at, **told})}"


def _editor(request: HttpRequest, draft: Draft, at: str) -> Editor:
    url = _edit_url(draft)
    document = draft.data
    context = FormContext(
        save_url=url,
        node_url=url,
        csrf=get_token(request),
        hidden={PERSON: str(me(request).pk)},
        zone=judging.lab_zone(),
        names=names_for(draft.record, document, me(request)),
        kept=kept_entries(draft),
        reuse=_reuse_urls(draft),
        propose_url="/registries/{}/propose/" if can_propose_terms(request.user) else "",
        titers_url=reverse("entries:record-titers", args=[draft.record_id]),
    )
    origins = provenance.origins_of(draft)
    return Editor(draft.record.kind, document, draft.item_ids, draft_problems(draft), at, context, origins=origins)


def _reuse_urls(draft: Draft) -> ReuseUrls:
    sources, reuse, offers = (
        reverse(f"entries:{name}", args=[draft.record_id]) for name in ("draft-sources", "record-reuse", "node-offers")
    )
    return ReuseUrls(sources, f"{reuse}?revision=draft", offers)


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
        "device": is_device(editor.page.value),
        "serials": serials_elsewhere(record, draft.data, me(request)),
        "serials_at": f"{_edit_url(draft)}?at=",
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
