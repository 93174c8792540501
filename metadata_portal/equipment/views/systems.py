"""Pages of coordinate systems and atlases: all of them in pictures, and one with its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from metadata_portal.accounts.permissions import can_curate_registries, can_read_records, role_required
from metadata_portal.entries.views.fetching import me
from metadata_portal.equipment.services import row_keep
from metadata_portal.equipment.sheets import Subject
from metadata_portal.equipment.views.sheets import sheet_page
from metadata_portal.registries.models import Term, TermChange
from metadata_portal.registries.systems import ATLASES, SYSTEMS, system_of
from metadata_portal.schemaforms.frame_picture import Frame, draw_axes, draw_frame, frame_of
from schema_core.components.coordinates import Atlas, CoordinateSystem

CLASSES: Mapping[str, type[CoordinateSystem]] = {SYSTEMS: CoordinateSystem, ATLASES: Atlas}


@dataclass(frozen=True, slots=True)
class Card:
    """A system in the gallery."""

    term: Term
    frame: Frame | None
    picture: SafeString


@dataclass(frozen=True, slots=True)
class Version:
    """What a system said at a time, and who had made it so."""

    number: int
    at: datetime
    by: str
    why: str
    picture: SafeString


@require_safe
@role_required(can_read_records)
def system_list(request: HttpRequest) -> HttpResponse:
    """Show every coordinate system and atlas on offer with its picture, the lab's own first."""
    asked = request.GET.get("q", "").strip()[:200]
    rows = Term.objects.filter(vocabulary__in=CLASSES).exclude(status=Term.Status.RETIRED).matching(asked)
    cards = [_card(term) for term in rows.order_by("vocabulary", "stock", "name")[:200]]
    groups = [(name, [card for card in cards if card.term.vocabulary == name]) for name in (SYSTEMS, ATLASES)]
    context = {
        "groups": [(group[0].term.declared, group) for _, group in groups if group],
        "asked": asked,
        "crumbs": [("Registries", reverse("registries:vocabulary-list")), ("Coordinate systems in pictures", "")],
    }
    return render(request, "equipment/system_list.html", context)


def _card(term: Term) -> Card:
    frame = frame_of(said_by(term))
    return Card(term, frame, draw_axes(frame) if frame else SafeString(""))


def said_by(term: Term) -> dict[str, Any]:
    """The system of a row as a document holds it."""
    return system_of(term.vocabulary, term.key, term.data)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_read_records)
def system_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a coordinate system or atlas with picture and versions; a curator describes and changes the lab's own."""
    term = get_object_or_404(Term.objects.filter(vocabulary__in=CLASSES), pk=pk)
    if not isinstance(term.data, dict):
        raise Http404
    is_system = term.vocabulary == SYSTEMS
    own = frozenset({"name"}) if is_system else frozenset()
    subject = Subject(
        key=f"{term.vocabulary}/{pk}",
        model=CLASSES[term.vocabulary],
        kept={name: value for name, value in (term.data.get("system") or {}).items() if name not in own},
        without=own,
        given={"name": term.key} if is_system else None,
    )

    def keep(document: dict[str, Any], reason: str) -> Term:
        tag = CLASSES[term.vocabulary].model_fields["object_type"].default
        system = {"object_type": tag, **({"name": term.key} if is_system else {}), **document}
        before = term.data.get("system") or {}
        version = term.data.get("version", 1) + bool(before and before != system)
        return row_keep(term=term, changes={"system": system, "version": version}, reason=reason, by=me(request))

    return sheet_page(
        request,
        subject,
        url=reverse("equipment:system-detail", args=[pk]),
        template="equipment/system_detail.html",
        context=lambda document: {
            "term": term,
            "picture": draw_frame({**document, "name": term.key} if is_system else document),
            "versions": versions_of(term),
            "crumbs": [
                ("Registries", reverse("registries:vocabulary-list")),
                (term.title, reverse("registries:vocabulary-detail", args=[term.vocabulary])),
                (term.name, ""),
            ],
        },
        keep=keep,
        is_writable=can_curate_registries(request.user) and not term.stock,
    )


def versions_of(term: Term) -> list[Version]:
    """What a system said before, the newest first; the version of now is left out."""
    seen: dict[int, Version] = {}
    changes = TermChange.objects.filter(term=term).select_related("by").order_by("number")
    for change in changes:
        data = (change.after or {}).get("data", {})
        number, system = data.get("version", 1), data.get("system")
        if system and number != term.data.get("version", 1):
            picture = draw_frame(system_of(term.vocabulary, term.key, data))
            seen[number] = Version(number, change.at, str(change.by or ""), change.why, picture)
    return sorted(seen.values(), key=lambda version: version.number, reverse=True)
