"""Pages of a device model's shared fields, and of one device of the lab."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from pydantic import Field

from metadata_portal.accounts.permissions import can_curate_registries, can_read_records, role_required
from metadata_portal.entries.views.fetching import me
from metadata_portal.equipment.holders import holders_of
from metadata_portal.equipment.items import Item
from metadata_portal.equipment.services import row_keep
from metadata_portal.equipment.sheets import Subject, bare
from metadata_portal.equipment.views.sheets import sheet_page
from metadata_portal.registries.fillings import INVENTORY, MODELS, OWN_FIELDS, device_classes, model_fragment
from metadata_portal.registries.models import Term
from schema_core.base import DataModel, DiscriminatedList
from schema_core.components.measurements import Calibration, PowerCalibration, VolumeCalibration


class Calibrations(DataModel):
    """What was measured on a device."""

    calibrations: DiscriminatedList[Calibration | VolumeCalibration | PowerCalibration] = Field(
        default=[], title="Calibrations", description="The newest last; an instrument takes them along"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_read_records)
def model_fields(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change the fields that all devices of a model share, by the form of their class."""
    term = _row(MODELS, pk)
    model = device_classes()[term.data["device_class"]]
    said = model_fragment({**term.data, "defaults": {}})
    subject = Subject(
        key=f"{MODELS}/{pk}",
        model=model,
        kept=term.data.get("defaults") or {},
        without=OWN_FIELDS,
        given={"name": term.name, "notes": term.data.get("defaults", {}).get("notes") or "as delivered", **said},
        may_lack=True,
    )

    def keep(document: dict[str, Any], reason: str) -> Term:
        return row_keep(term=term, changes={"defaults": document}, reason=reason, by=me(request))

    return sheet_page(
        request,
        subject,
        url=reverse("equipment:model-fields", args=[pk]),
        template="equipment/model_fields.html",
        context=lambda document: {
            "term": term,
            "crumbs": _crumbs(term, "Shared fields"),
            "filled": len(bare(document)),
        },
        keep=keep,
        is_writable=can_curate_registries(request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_read_records)
def item_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one device of the lab: its state, who holds it, its calibrations, which a curator changes here."""
    term = _row(INVENTORY, pk)
    subject = Subject(
        key=f"{INVENTORY}/{pk}",
        model=Calibrations,
        kept={"calibrations": term.data.get("calibrations") or []},
        filled_in=frozenset({"device_name"}),
    )

    def keep(document: dict[str, Any], reason: str) -> Term:
        return row_keep(term=term, changes=document, reason=reason, by=me(request))

    def context(_: Mapping[str, Any]) -> dict[str, Any]:
        item = Item(term.key, term.data)
        model = Term.objects.of(MODELS).filter(key=term.data["device_model"]).first()
        return {
            "term": term,
            "item": item,
            "model": model,
            "holders": holders_of(item, me(request)),
            "crumbs": _crumbs(term, "Device"),
        }

    return sheet_page(
        request,
        subject,
        url=reverse("equipment:item-detail", args=[pk]),
        template="equipment/item_detail.html",
        context=context,
        keep=keep,
        is_writable=can_curate_registries(request.user),
    )


def _row(registry: str, pk: int) -> Term:
    return get_object_or_404(Term.objects.of(registry), pk=pk)


def _crumbs(term: Term, last: str) -> list[tuple[str, str]]:
    return [
        ("Registries", reverse("registries:vocabulary-list")),
        (term.title, reverse("registries:vocabulary-detail", args=[term.vocabulary])),
        (term.name, term.get_absolute_url()),
        (last, ""),
    ]
