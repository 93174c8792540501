"""Pages of assets and bundles."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metadata_portal.accounts.permissions import can_assemble, can_read_records, role_required
from metadata_portal.bundles import services
from metadata_portal.bundles.errors import NotAssemblable
from metadata_portal.bundles.forms import AssetEditForm, AssetForm, DescriptionForm
from metadata_portal.bundles.models import Asset, Bundle
from metadata_portal.bundles.overview import contents, linked, overview
from metadata_portal.entries.models import Record
from metadata_portal.foundation.pagination import page_of

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from metadata_portal.accounts.requests import PersonRequest

UNPROCESSABLE = 422
# Submitted data descriptions without an asset, offered as one click each.
WAITING_SHOWN = 8
LIST_CRUMB = ("Assets", reverse_lazy("bundles:asset-list"))


@require_safe
@role_required(can_read_records)
def asset_list(request: PersonRequest) -> HttpResponse:
    """The assets a person may see, newest first, searched by name or subject."""
    text = request.GET.get("q", "").strip()
    assets = Asset.objects.visible_to(request.user).matching(text).for_list()
    context = {"page": page_of(request, assets), "q": text, "crumbs": [("Assets", "")]}
    return render(request, "bundles/asset_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_assemble)
def asset_new(request: PersonRequest) -> HttpResponseBase:
    """Make an asset: from a data description, or by hand."""
    described = "record" in request.POST
    initial = {"record": _proposed(request)}
    described_by = DescriptionForm(request.POST if described else None, user=request.user, initial=initial)
    by_hand = AssetForm(request.POST if request.method == "POST" and not described else None, user=request.user)
    try:
        if described_by.is_valid():
            record = described_by.cleaned_data["record"]
            return redirect(services.asset_from_description(record=record, by=request.user))
        if by_hand.is_valid():
            return redirect(services.asset_create(**by_hand.cleaned_data, by=request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {
        "described_by": described_by,
        "by_hand": by_hand,
        "waiting": described_by.without_asset()[:WAITING_SHOWN],
        "crumbs": [LIST_CRUMB, ("New", "")],
    }
    return render(request, "bundles/asset_new.html", context, status=status)


@require_safe
@role_required(can_read_records)
def asset_detail(request: PersonRequest, name: str) -> HttpResponse:
    """The files of an asset, what each lacks, and its bundles."""
    asset = _asset(request, name)
    bundles = asset.bundles.select_related("created_by").order_by("-number")
    context = {"asset": asset, "overview": overview(asset, request.user), "bundles": bundles, "crumbs": _crumbs(asset)}
    return render(request, "bundles/asset_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_assemble)
def asset_edit(request: PersonRequest, name: str) -> HttpResponseBase:
    """Change the location, identifiers and records of an asset."""
    asset = _asset(request, name)
    form = AssetEditForm(request.POST if request.method == "POST" else None, asset=asset, user=request.user)
    if form.is_valid():
        messages.success(request, "Saved.")
        return redirect(services.asset_describe(asset=asset, by=request.user, **form.description()))
    status = UNPROCESSABLE if form.errors else 200
    context = {"asset": asset, "form": form, "crumbs": _crumbs(asset, "Edit")}
    return render(request, "bundles/asset_edit.html", context, status=status)


@require_POST
@role_required(can_assemble)
def asset_assemble(request: PersonRequest, name: str) -> HttpResponseBase:
    """Pin the current revisions as a bundle, or say what is in the way."""
    asset = _asset(request, name)
    known = asset.bundles.count()
    try:
        bundle = services.bundle_assemble(asset=asset, by=request.user)
    except NotAssemblable as error:
        records = {link.kind: link.record for link in asset.asset_records.select_related("record")}
        context = {
            "asset": asset,
            "error": error,
            "problems": linked(error.problems, asset, records, request.user),
            "crumbs": _crumbs(asset, "Assemble"),
        }
        return render(request, "bundles/asset_refused.html", context, status=error.status)
    if bundle.number <= known:
        messages.info(request, f"Nothing has changed: this is bundle {bundle.number}, the same bytes as before.")
    else:
        messages.success(request, f"Bundle {bundle.number} is ready.")
    return redirect("bundles:bundle-detail", bundle.pk)


@require_safe
@role_required(can_read_records)
def bundle_detail(request: PersonRequest, bundle_id: UUID) -> HttpResponse:
    """What lies in a bundle, and what was found when it was made."""
    bundles = Bundle.objects.visible_to(request.user).select_related("asset__project", "created_by")
    bundle = get_object_or_404(bundles, pk=bundle_id)
    context = {
        "bundle": bundle,
        "asset": bundle.asset,
        "contents": contents(bundle, request.user),
        "stock_copy": None if bundle.stock_valid else services.bundle_stock_copy(bundle),
        "can_propose": not bundle.stock_valid and bool(services.upstream_files(bundle)),
        "crumbs": _crumbs(bundle.asset, f"Bundle {bundle.number}"),
    }
    return render(request, "bundles/bundle_detail.html", context)


def _proposed(request: PersonRequest) -> str:
    """Return the key of the data description that the link to this page came from."""
    asked = request.GET.get("record", "")
    try:
        found = Record.objects.visible_to(request.user).filter(pk=UUID(asked)).first()
    except ValueError:
        found = None
    return found.key if found else ""


def _asset(request: PersonRequest, name: str) -> Asset:
    return get_object_or_404(Asset.objects.visible_to(request.user).select_related("project"), name=name)


def _crumbs(asset: Asset, *here: str) -> list[tuple[str, object]]:
    """Return the way to a page of an asset: the list, the asset, the page below it."""
    return [LIST_CRUMB, (asset.name, asset.get_absolute_url()), *((text, "") for text in here)]
