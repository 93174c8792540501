"""Working out the titers of an injection's materials, and writing them once a person confirms them."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries.errors import StaleDraft
from metadata_portal.entries.models import Draft
from metadata_portal.entries.provenance import signed
from metadata_portal.entries.services import draft_save
from metadata_portal.entries.titers import MATERIALS, Mix, mix_at, with_titers, work_out
from metadata_portal.entries.views.fetching import SeeOther, crumbs, me, own_draft, page, posted_op, posted_version
from metadata_portal.schemaforms.origins import Origin
from schema_core import paths


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_titers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for dilutions and amounts, show each titer with its formula, and write what was confirmed."""
    draft = own_draft(request, pk)
    mix = mix_at(draft.data, request.POST.get("at", "") or request.GET.get("at", ""))
    if request.method != "POST":
        return _page(request, draft, mix)
    work_out(mix, request.POST.dict())
    if request.POST.get("do") != "write" or not mix.is_worked_out:
        return _page(request, draft, mix, HTTPStatus.UNPROCESSABLE_ENTITY if mix.has_errors else HTTPStatus.OK)
    if request.POST.get("seen") != mix.seen:
        messages.warning(request, "Something was changed after the titers were worked out: look at them again.")
        return _page(request, draft, mix, HTTPStatus.CONFLICT)
    return _write(request, draft, mix)


def _write(request: HttpRequest, draft: Draft, mix: Mix) -> HttpResponse:
    origin = signed(Origin("titer", what=mix.formula), me(request))
    document = with_titers(draft.data, mix)
    op, version = posted_op(request), posted_version(request)
    try:
        draft_save(draft=draft, by=me(request), op=op, document=document, version=version, origin=origin)
    except StaleDraft:
        messages.warning(request, "The draft was saved elsewhere meanwhile: look at the titers again.")
        return _page(request, draft, mix, HTTPStatus.CONFLICT)
    messages.success(request, f"Written as confirmed. {mix.formula}")
    at = paths.child(mix.at, MATERIALS)
    return SeeOther(f"{reverse('entries:record-edit', args=[draft.record_id])}?{urlencode({'at': at})}")


def _page(request: HttpRequest, draft: Draft, mix: Mix, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    back = f"{reverse('entries:record-edit', args=[draft.record_id])}?{urlencode({'at': mix.at})}"
    context = {
        **page(draft.record, draft=draft, crumbs=crumbs(draft.record, ("Draft", back), ("Titers", ""))),
        "mix": mix,
        "op": uuid4(),
        "back": back,
    }
    return render(request, "entries/record_titers.html", context, status=status)
