"""Copying: what of a record can be copied where, and what fits into an open place of a draft."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries.brought import Source, begin_url, source
from metadata_portal.entries.models import Draft, Template
from metadata_portal.entries.provenance import root_of
from metadata_portal.entries.views.fetching import crumbs, me, own_draft, page, visible_record
from metadata_portal.errors import NotFound
from metadata_portal.schemaforms import depths, fitting, summaries, tree
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.whereabouts import label_of, where

if TYPE_CHECKING:
    from schema_core.introspect import Place

MOST_DRAFTS = 20
MOST_PLACES = 40
MOST_NODES = 300


@dataclass(frozen=True, slots=True)
class Target:
    """One place of a draft that takes what is copied."""

    label: str
    at: str
    node: str
    edit_url: str


@require_safe
@role_required(can_enter_records)
def record_reuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What can be made of a record, or of one node of it: another record, a template, a copy in another place."""
    record = visible_record(request, pk)
    number, at = request.GET.get("revision", ""), request.GET.get("at", "")
    found = source(me(request), pk, number, at)
    context: dict[str, Any] = {
        **page(record, crumbs=crumbs(record, ("Reuse", ""))),
        "source": found,
        "at": at,
        "title": where(root_of(record.kind), found.held.data, at) if at else str(record),
        "template_url": f"{reverse('entries:template-new', args=[pk])}?{urlencode({'revision': number, 'at': at})}",
        "op": uuid4(),
    }
    if at:
        context["is_empty"] = not found.has_structure
        context["drafts"] = _targets(request, found) if found.has_structure else []
        context["whole_url"] = f"{reverse('entries:record-reuse', args=[pk])}?{urlencode({'revision': number})}"
    else:
        context["begin_url"] = begin_url(record.kind, found.token)
        context["nodes"] = _nodes(found, number)
    return render(request, "entries/record_reuse.html", context)


def _nodes(found: Source, number: str) -> list[dict[str, Any]]:
    """The nodes of a record that can be copied, each with its depth and address."""
    rows: list[dict[str, Any]] = []
    waiting: list[tuple[Place, int]] = [(found.place, -1)]
    address = reverse("entries:record-reuse", args=[found.record.pk])
    while waiting and len(rows) < MOST_NODES:
        place, depth = waiting.pop()
        is_node = tree.is_page(place) and fitting.type_of(place.shape) and place.path
        if is_node:
            query = urlencode({"revision": number, "at": place.path})
            icon = summaries.icon_for(place.shape)
            rows.append({"label": label_of(place), "depth": depth, "url": f"{address}?{query}", "icon": icon})
        if depths.is_depth_list(place.shape):
            continue  # the numbers of a needle are reused with what it delivers
        below = [child for child in tree.children(place) if child.present and child.value is not None]
        waiting += [(child, depth + bool(is_node or not place.path)) for child in reversed(below)]
    return rows


def _targets(request: HttpRequest, found: Source) -> list[dict[str, Any]]:
    """This person's drafts with the places in each that take the node."""
    word = found.brought().type
    drafts = Draft.objects.editable_by(me(request)).select_related("record").order_by("-updated_at")[:MOST_DRAFTS]
    rows = []
    for draft in drafts:
        root, state = root_of(draft.record.kind), Document(draft.data, draft.item_ids)
        edit_url = reverse("entries:record-edit", args=[draft.record_id])
        places = [
            Target(where(root, state.json, place.path), place.path, state.id_path(place.path), edit_url)
            for place, _ in zip(fitting.taking(root, state.json, word), range(MOST_PLACES), strict=False)
        ]
        if places:
            rows.append({"draft": draft, "places": places})
    return rows


@require_safe
@role_required(can_enter_records)
def node_offers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The templates that fit into one place of this person's draft."""
    draft, at = own_draft(request, pk), request.GET.get("at", "")
    root, state = root_of(draft.record.kind), Document(draft.data, draft.item_ids)
    place = tree.nearest(root, state.json, at)[-1]
    if place.path != at:
        raise NotFound("There is no such place in the draft.")
    fits = Template.objects.visible_to(me(request)).offered().filter(node_type__in=fitting.wanted(place))
    context = page(
        draft.record,
        crumbs=crumbs(draft.record, ("From a template", "")),
        templates=fits.select_related("project").defer("document").order_by("name")[:MOST_PLACES],
        at=at,
        node=state.id_path(at),
        title=where(root, state.json, at),
        op=uuid4(),
        edit_url=reverse("entries:record-edit", args=[pk]),
        back_url=f"{reverse('entries:record-edit', args=[pk])}?at={quote(at)}",
    )
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "entries/_node_offers.html" if is_part else "entries/node_offers.html", context)
