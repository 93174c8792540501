"""The page that shows who names a device, and renames it everywhere."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.models import User
from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries.forms import DeviceRenameForm
from metadata_portal.entries.mentions import Mentions, device_at, has_name, mentions_of
from metadata_portal.entries.models import Draft
from metadata_portal.entries.services.device_renaming import Renamed, device_rename
from metadata_portal.entries.services.drafts import Saved
from metadata_portal.entries.views.fetching import SeeOther, crumbs, me, own_draft, page
from metadata_portal.entries.wording import label_of
from metadata_portal.errors import Conflict, FormError
from metadata_portal.schemaforms.documents import get
from schema_core import paths


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def device_rename_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List every place that names the device, ask for the name and the reason, and change them together."""
    draft = own_draft(request, pk)
    given = request.POST if request.method == "POST" else request.GET
    at = given.get("at", "")
    now = device_at(draft, at)
    if not now:
        raise Http404("There is no device at this address.")
    old = given.get("old") or now
    form = DeviceRenameForm(request.POST if request.method == "POST" else None, initial={"name": now})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            done = device_rename(
                draft=draft,
                by=me(request),
                at=at,
                old=old,
                new=form.cleaned_data["name"],
                reason=form.cleaned_data["reason"],
                records=_chosen(request),
                seen=request.POST.get("seen", ""),
            )
        except FormError as error:
            form.add_error(error.field if error.field in form.fields else "reason", error.message)
        except Conflict as error:
            form.add_error(None, error.message)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, told(done, old, form.cleaned_data["name"]))
            return SeeOther(f"{_edit_url(draft)}?{urlencode({'at': at, 'did': str(done.op)})}")
    found = mentions_of(draft, at, old, me(request))
    return render(request, "entries/device_rename.html", _context(found, form, now), status=status)


@dataclass(frozen=True, slots=True)
class Offer:
    """What still says the name that a device had, and where to change it; nothing when ``count`` is 0."""

    old: str
    count: int
    records: int
    url: str


def offer_after(draft: Draft, saved: Saved, by: User) -> Offer | None:
    """What to offer after a save of the draft; None when it gave no device another name."""
    for path in saved.changed:
        at = paths.parent(path)
        if paths.split(path)[-1:] == ("name",) and device_at(saved.draft, at):
            old = get(draft.data, path)
            return offer_of(saved.draft, at, old if isinstance(old, str) else "", by)
    return None


def offer_of(draft: Draft, at: str, old: str, by: User) -> Offer:
    """What still names the device at an address by its old name."""
    if not old or old == device_at(draft, at) or has_name(draft, old, besides=at):
        return Offer(old, 0, 0, "")
    found = mentions_of(draft, at, old, by)
    records = len(found.linked) + bool(found.own)
    url = f"{reverse('entries:device-rename', args=[draft.record_id])}?{urlencode({'at': at, 'old': old})}"
    return Offer(old, found.count, records, url)


def told(done: Renamed, old: str, new: str) -> str:
    """Say what was changed, and what is left to do."""
    places = "1 place that named it" if done.places == 1 else f"{done.places} places that named it"
    said = f"{old} is called {new.strip()} now, with {places}."
    if done.opened:
        said += f" Drafts were opened for it and wait to be submitted: {', '.join(map(str, done.opened))}."
    return said


def _chosen(request: HttpRequest) -> set[UUID]:
    try:
        return {UUID(text) for text in request.POST.getlist("record")}
    except ValueError as error:
        raise FormError("record: this is no record.", field="record") from error


def _context(found: Mentions, form: DeviceRenameForm, now: str) -> dict[str, Any]:
    draft = found.draft
    linked = [
        {
            "mention": mention,
            "places": [(path, label_of(mention.record.kind, mention.document, path)) for path in mention.paths],
            "is_chosen": _is_chosen(form, mention.record.pk) if form.is_bound else not mention.earlier,
        }
        for mention in found.linked
    ]
    return {
        **page(draft.record, crumbs=crumbs(draft.record, ("Draft", _edit_url(draft)), ("Rename a device", ""))),
        "found": found,
        "form": form,
        "is_renamed": now != found.old,
        "own": [(path, label_of(draft.record.kind, draft.data, path)) for path in found.own],
        "linked": linked,
        "back_url": f"{_edit_url(draft)}?{urlencode({'at': found.at})}",
    }


def _is_chosen(form: DeviceRenameForm, pk: UUID) -> bool:
    data: Any = form.data
    return str(pk) in data.getlist("record")


def _edit_url(draft: Draft) -> str:
    return reverse("entries:record-edit", args=[draft.record_id])
