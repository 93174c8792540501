"""Pages of device models."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from metadata_portal.accounts.permissions import can_curate_registries, role_required
from metadata_portal.errors import FormError
from metadata_portal.foundation.pagination import page_of
from metadata_portal.registries import device_services as services
from metadata_portal.registries.device_forms import DeviceModelForm
from metadata_portal.registries.devices import fragment
from metadata_portal.registries.forms import ReasonForm
from metadata_portal.registries.models import DeviceModel
from metadata_portal.registries.pages import OPTIONS, history_of, person, posted, told, typed_text
from schema_core.registries import vocabulary


@require_GET
def device_list(request: HttpRequest) -> HttpResponse:
    """List the device models, by kind and text."""
    asked, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    found = DeviceModel.objects.matching(asked)
    if kind in DeviceModel.Kind.values:
        found = found.of_kind(kind)
    context = {"page": page_of(request, found), "asked": asked, "kind": kind, "kinds": DeviceModel.Kind.choices}
    return render(request, "registries/device_list.html", context)


@require_GET
def device_options(request: HttpRequest) -> HttpResponse:
    """Answer with the options of a datalist: the device models of one class that the typed text may mean."""
    found = DeviceModel.objects.offered().matching(typed_text(request))
    if "class" in request.GET:
        found = found.of_kind(request.GET["class"])
    return render(request, "registries/_device_options.html", {"devices": found[:OPTIONS]})


@role_required(can_curate_registries)
@require_http_methods(["GET", "POST"])
def device_new(request: HttpRequest) -> HttpResponseBase:
    """Add a device model of the kind that the address names."""
    kind = request.GET.get("kind", "")
    if kind not in DeviceModel.Kind.values:
        return render(request, "registries/device_kind.html", {"kinds": DeviceModel.Kind.choices})
    form = DeviceModelForm(posted(request), kind=kind)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            device = services.device_model_add(kind=kind, **form.values(), reason=reason, by=person(request))
        except FormError as error:
            form.refuse(error.field, error.message)
        else:
            messages.success(request, f"{device} is saved and offered from now on.")
            return redirect("registries:device-list")
    return _form_page(request, form, {"kind": kind})


@require_http_methods(["GET", "POST"])
def device_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a device model; curators change it."""
    device = get_object_or_404(DeviceModel.objects.select_related("created_by"), pk=pk)
    if request.method == "POST" or can_curate_registries(request.user):
        return _device_edit(request, device)
    return render(request, "registries/device_detail.html", {"device": device, "fields": _described(device)})


@role_required(can_curate_registries)
def _device_edit(request: HttpRequest, device: DeviceModel) -> HttpResponseBase:
    form = DeviceModelForm(posted(request), kind=device.kind, device=device)
    if form.is_valid():
        try:
            services.device_model_edit(
                device=device, changes=form.values(), reason=form.cleaned_data["reason"], by=person(request)
            )
        except FormError as error:
            form.refuse(error.field, error.message)
        else:
            messages.success(request, f"{form.cleaned_data['name']} is saved.")
            return redirect("registries:device-list")
    context = {
        "kind": device.kind,
        "device": device,
        "history": history_of(device),
        "reason": ReasonForm(auto_id="reason_%s"),
    }
    return _form_page(request, form, context)


@role_required(can_curate_registries)
@require_POST
def device_retire(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Stop offering a device model."""
    return _switched(request, pk, services.device_model_retire, "is retired: it is offered no longer")


@role_required(can_curate_registries)
@require_POST
def device_restore(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Offer a device model again."""
    return _switched(request, pk, services.device_model_restore, "is offered again")


def _switched(request: HttpRequest, pk: int, service: Any, what: str) -> HttpResponseBase:
    device = get_object_or_404(DeviceModel, pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return told(request, "Say why: the history keeps it.", device)
    service(device=device, by=person(request), **form.cleaned_data)
    messages.success(request, f"{device} {what}.")
    return redirect(device)


def _form_page(request: HttpRequest, form: DeviceModelForm, context: dict[str, Any]) -> HttpResponse:
    makers = vocabulary("organizations").entries()
    status = 422 if form.errors else 200
    return render(request, "registries/device_form.html", {**context, "form": form, "makers": makers}, status=status)


def _described(device: DeviceModel) -> list[tuple[str, Any]]:
    """Titles and values of what the device model fills."""
    return [(name.replace("_", " ").capitalize(), value) for name, value in fragment(device).items()]
