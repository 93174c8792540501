"""The page of a sheet: the same form engine as records, around one document that is not a record."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

from metadata_portal.accounts.carrying import PERSON
from metadata_portal.entries import judging
from metadata_portal.entries.stale import read_as_typed
from metadata_portal.entries.views.fetching import SeeOther, me
from metadata_portal.equipment.sheets import Subject, sheet_drop, sheet_keep, sheet_of, sheet_post, start_of
from metadata_portal.errors import FormError, PortalError
from metadata_portal.schemaforms.context import FormContext
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.editor import Editor
from metadata_portal.schemaforms.posting import StaleNode

PAGE = "page"
FRAGMENTS = {"node": "schemaforms/_fragment.html", "kinds": "schemaforms/_kinds.html"}
Keep = Callable[[dict[str, Any], str], object]
Context = Callable[[Mapping[str, Any]], dict[str, Any]]


def sheet_page(
    request: HttpRequest,
    subject: Subject,
    *,
    url: str,
    template: str,
    context: Context,
    keep: Keep | None,
    is_writable: bool = True,
) -> HttpResponse:
    """Show the person's sheet of something, write to it, keep it or drop it.

    `context` gives what the template needs beside the form, of the document as it stands; `keep` writes it where it
    belongs, with a reason. Who may not write sees what is kept.
    """
    if request.method == "POST":
        if not is_writable:
            raise PermissionDenied
        act = request.POST.get("act", "")
        if act == "keep" and keep is not None:
            return _kept(request, subject, url, keep)
        if act == "drop":
            sheet_drop(person=me(request), key=subject.key)
            messages.success(request, "Your changes are dropped.")
            return SeeOther(url)
        return _posted(request, subject, url, context, has_keep=keep is not None)
    editor, is_changed = _editor(request, subject, url, request.GET.get("at", ""), is_writable=is_writable)
    if (verb := request.GET.get("kinds", "")) in ("add", "choose"):
        editor.choosing = (verb, editor.at)
    fragment = request.GET.get("fragment", "") if _is_htmx(request) else ""
    if fragment in FRAGMENTS:
        editor.host = request.GET.get("page")
        return render(request, FRAGMENTS[fragment], {"editor": editor})
    more = {"has_keep": keep is not None, **context(editor.document)}
    return render(
        request,
        "equipment/_shown.html" if fragment == PAGE else template,
        {"editor": editor, "is_changed": is_changed, "is_writable": is_writable, "sheet_url": url, **more},
    )


def _editor(request: HttpRequest, subject: Subject, url: str, at: str, *, is_writable: bool) -> tuple[Editor, bool]:
    """The form of the person's sheet, or of what is kept; and whether the sheet says anything else."""
    if is_writable:
        sheet = sheet_of(me(request), subject)
        document, ids, is_changed = sheet.data, sheet.item_ids, sheet.pk is not None
    else:
        state = Document(start_of(subject.model, subject.kept)).with_ids()
        document, ids, is_changed = state.json, dict(state.item_ids), False
    context = FormContext(
        save_url=url,
        node_url=url,
        csrf=get_token(request),
        read_only=not is_writable,
        devices_url="",
        hidden={PERSON: str(me(request).pk)},
        zone=judging.lab_zone(),
    )
    return Editor(subject.root, document, ids, subject.problems(document), at, context), is_changed


def _posted(request: HttpRequest, subject: Subject, url: str, context: Context, *, has_keep: bool) -> HttpResponse:
    was_changed = sheet_of(me(request), subject).pk is not None
    try:
        _, edit = sheet_post(person=me(request), subject=subject, post=read_as_typed(request))
    except StaleNode:
        messages.warning(request, "This was changed in another tab meanwhile: look at it, and type your change again.")
        return _gone(request, f"{url}?{urlencode({'at': request.POST.get('at', '')})}", HTTPStatus.CONFLICT)
    there = f"{url}?{urlencode({'at': edit.at})}"
    if not _is_htmx(request):
        return SeeOther(there)
    editor, _ = _editor(request, subject, url, edit.at, is_writable=True)
    editor.opened = request.POST.getlist("open")
    editor.readings = edit.readings
    said = {"editor": editor, "is_changed": True, "has_keep": has_keep, "was_changed": was_changed}
    shown = {**context(editor.document), **said, "is_writable": True}
    if request.POST.get("do", "save") == "save" and not edit.said:
        return render(request, "equipment/_saved.html", shown)
    response = render(request, "equipment/_shown.html", shown)
    response["HX-Push-Url"] = there
    return response


def _gone(request: HttpRequest, there: str, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """Go to a page, by script or without."""
    if _is_htmx(request):
        return HttpResponse(status=status, headers={"HX-Redirect": there})
    return SeeOther(there)


def _kept(request: HttpRequest, subject: Subject, url: str, keep: Keep) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    try:
        if not reason:
            raise FormError("Say why: the history keeps it.", field="reason")
        sheet_keep(person=me(request), subject=subject, write=lambda document: keep(document, reason))
    except PortalError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "It is kept, and offered from now on.")
    return SeeOther(url)


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
