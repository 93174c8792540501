"""Where values came from, on demand; confirming what was copied, group by group."""

from itertools import islice
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from metadata_portal.accounts.permissions import can_enter_records, can_read_records, role_required
from metadata_portal.entries.errors import StaleDraft
from metadata_portal.entries.marked import groups_of
from metadata_portal.entries.models import Draft, Revision
from metadata_portal.entries.provenance import marks_of, origins_of, root_of
from metadata_portal.entries.services import draft_confirm
from metadata_portal.entries.views.fetching import (
    SeeOther,
    crumbs,
    me,
    own_draft,
    page,
    posted_version,
    visible_record,
    visible_revision,
)
from metadata_portal.schemaforms import tree
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.marks import sourced
from metadata_portal.schemaforms.whereabouts import where

MOST = 500


@require_safe
@role_required(can_enter_records)
def draft_sources(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where each value at and below one place of this person's draft came from."""
    draft = own_draft(request, pk)
    return _page(request, draft, reverse("entries:record-edit", args=[pk]), "Draft: where from")


@require_safe
@role_required(can_read_records)
def revision_sources(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Where each value of a revision came from."""
    revision = visible_revision(request, visible_record(request, pk), number)
    address = reverse("entries:revision-detail", args=[pk, number])
    return _page(request, revision, address, f"Revision {number}: where from")


def _page(request: HttpRequest, held: Draft | Revision, address: str, title: str) -> HttpResponse:
    root, state = root_of(held.record.kind), Document(held.data, held.item_ids)
    place = tree.nearest(root, state.json, request.GET.get("at", ""))[-1]
    found = list(islice(sourced(root, state, origins_of(held), place.path), MOST + 1))
    context = page(
        held.record,
        crumbs=crumbs(held.record, (title, "")),
        groups=groups_of(held.record.kind, state.json, found[:MOST]),
        cut=len(found) > MOST,
        title=where(root, state.json, place.path),
        back_url=address,
        links="#" if isinstance(held, Revision) else "?at=",
    )
    is_part = request.headers.get("HX-Request") == "true"
    if is_part:  # in the form: what the open page shows, and the way to the rest
        below = [group for group in context["groups"] if group.path != place.path]
        context |= {
            "groups": [group for group in context["groups"] if group.path == place.path],
            "below": sum(len(group.values) for group in below),
            "all_url": request.get_full_path(),
            "is_part": True,
        }
    return render(request, "entries/_sources.html" if is_part else "entries/sources.html", context)


@require_POST
@role_required(can_enter_records)
def draft_confirm_group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm what one part of this person's draft was shown to hold."""
    draft, group = own_draft(request, pk), request.POST.get("group", "")
    version = posted_version(request)
    marks = list(marks_of(draft).found.values())
    groups = groups_of(draft.record.kind, draft.data, marks)
    shown = {value.path for entry in groups if entry.id_path == group for value in entry.values}
    try:
        id_paths = [mark.id_path for mark in marks if mark.address in shown]
        draft_confirm(draft=draft, by=me(request), version=version, id_paths=id_paths)
    except StaleDraft as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, f"{len(shown):,} {'value is' if len(shown) == 1 else 'values are'} confirmed.")
    return SeeOther(reverse("entries:record-submit", args=[pk]))
