"""Pages that build an instrument from devices of the lab, and replace one in it."""

import datetime as dt
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries import judging
from metadata_portal.entries.models import Draft, Kind, Record
from metadata_portal.entries.views.fetching import SeeOther, crumbs, me, page, visible_record
from metadata_portal.equipment.affected import affected_by
from metadata_portal.equipment.forms import BuildForm, ReplaceForm
from metadata_portal.equipment.items import component_classes, item_of, items_called, items_matching, locations
from metadata_portal.equipment.services import device_replace, instrument_build
from metadata_portal.errors import FormError
from metadata_portal.foundation.pagination import page_of
from metadata_portal.schemaforms import scope
from metadata_portal.schemaforms.documents import get

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def instrument_new(request: HttpRequest) -> HttpResponse:
    """Choose devices of the lab and make an instrument of them."""
    given = request.POST if request.method == "POST" else request.GET
    chosen = list(items_called(given.getlist("item")))
    form = BuildForm(me(request), request.POST if request.POST.get("act") == "build" else None, initial=given.dict())
    if form.is_bound and form.is_valid():
        try:
            record = instrument_build(items=chosen, by=me(request), **form.cleaned_data)
        except FormError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, f"{record} is a draft with {len(chosen)} components. Add what is missing.")
            return SeeOther(reverse("entries:record-edit", args=[record.pk]))
    asked = {name: given.get(name, "").strip()[:200] for name in ("q", "kind", "place")}
    found = [
        item
        for item in items_matching(asked["q"], asked["kind"], asked["place"])
        if item.device_class in component_classes() and item not in chosen
    ]
    context = {
        **asked,
        "form": form,
        "chosen": chosen,
        "page": page_of(request, found, size=PAGE),
        "kinds": sorted({item.device_class for item in items_matching() if item.device_class in component_classes()}),
        "places": locations(),
        "keep": urlencode(
            [(name, value) for name, value in asked.items() if value] + [("item", item.key) for item in chosen]
        ),
        "crumbs": [("Records", reverse("entries:record-list")), ("Instrument from the inventory", "")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "equipment/instrument_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def device_replace_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose what takes the place of a device of an instrument, and see which acquisitions that concerns."""
    record, document = _instrument(request, pk)
    given = request.POST if request.method == "POST" else request.GET
    at = given.get("at", "")
    if not at:
        listed = [
            (path, get(document, path), item_of(get(document, path))) for path, _ in scope.named_devices(document)
        ]
        context = page(record, devices=listed, crumbs=crumbs(record, ("Replace a device", "")))
        return render(request, "equipment/device_choose.html", context)
    held = get(document, at)
    if not scope.is_device(held):
        raise Http404("There is no such device in the instrument.")
    fits = [item for item in items_matching("", held["object_type"]) if item != item_of(held)]
    form = ReplaceForm(fits, given if request.method == "POST" else None, initial=given.dict())
    if form.is_bound and form.is_valid():
        try:
            done = device_replace(record=record, by=me(request), at=at, **form.values())
        except FormError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(
                request, f"{held['name']} is {form.cleaned_data['item']} from {form.values()['day']} on, in your draft."
            )
            query = urlencode({"at": at, "since": form.values()["day"].isoformat()})
            return SeeOther(f"{reverse('equipment:instrument-affected', args=[done.draft.record_id])}?{query}")
    chooser = reverse("equipment:device-replace", args=[pk])
    context = page(
        record,
        crumbs=crumbs(record, ("Replace a device", chooser), (held["name"], "")),
        at=at,
        held=held,
        old=item_of(held),
        fits=fits,
        form=form,
        affected=affected_by(record, form.since, held["name"], me(request)),
        day=form.since,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "equipment/device_replace.html", context, status=status)


@require_safe
@role_required(can_enter_records)
def instrument_affected(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List the acquisitions that refer to an instrument since a day, and name one of its devices."""
    record, document = _instrument(request, pk)
    at = request.GET.get("at", "")
    held = get(document, at) if at else None
    try:
        since = dt.date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        since = judging.lab_today()
    device = held["name"] if isinstance(held, dict) and scope.is_device(held) else ""
    context = page(
        record,
        crumbs=crumbs(record, ("Acquisitions that a change concerns", "")),
        affected=affected_by(record, since, device, me(request)),
        since=since,
        device=device,
        draft=Draft.objects.filter(record=record, editor=me(request)).first(),
        edit_url=f"{reverse('entries:record-edit', args=[pk])}?{urlencode({'at': at})}",
    )
    return render(request, "equipment/instrument_affected.html", context)


def _instrument(request: HttpRequest, pk: UUID) -> tuple[Record, dict[str, Any]]:
    """The instrument, and what it says: in the person's own draft, else in its last revision."""
    record = visible_record(request, pk)
    if record.kind != Kind.INSTRUMENT:
        raise Http404("Only instruments have devices to replace.")
    draft = Draft.objects.filter(record=record, editor=me(request)).first()
    source = draft or record.last_revision()
    return record, source.data if source else {}
