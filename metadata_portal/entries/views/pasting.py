"""A block of cells that somebody pasted into a table of the record form, and that was refused."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from metadata_portal.accounts.carrying import PERSON
from metadata_portal.entries.models import Draft
from metadata_portal.entries.views.fetching import crumbs, page
from metadata_portal.errors import Conflict, PortalError
from metadata_portal.schemaforms.posting import ENVELOPE

_OWN = frozenset({PERSON, "block", "op", "do", "csrfmiddlewaretoken", "open"})


def rows_refused(request: HttpRequest, draft: Draft, error: PortalError) -> HttpResponse:
    """Show the block again with what is wrong with it, to be corrected; what else the form said goes along."""
    at = request.POST.get("at", "")
    rest = ((name, value) for name, values in request.POST.lists() if name not in _OWN for value in values)
    if isinstance(error, Conflict):  # what the table showed is out of date: only the block goes along
        rest = ((name, value) for name, value in rest if name in ENVELOPE - {"digest", "seen"})
    context = {
        **page(draft.record, draft=draft, crumbs=crumbs(draft.record, ("Draft", _edit_url(draft)), ("Paste", ""))),
        "message": error.message,
        "pasted": request.POST.get("block", ""),
        "kept": list(rest),
        "op": uuid4(),
        "edit_url": _edit_url(draft),
        "back_url": f"{_edit_url(draft)}?{urlencode({'at': at})}",
    }
    return render(request, "entries/record_paste.html", context, status=error.status)


def _edit_url(draft: Draft) -> str:
    return reverse("entries:record-edit", args=[draft.record_id])
