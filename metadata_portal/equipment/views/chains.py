"""The builder for chains of transforms: steps in, the place of the tip out, and into a record if it is wanted."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries.models import Draft
from metadata_portal.entries.provenance import root_of
from metadata_portal.entries.services import draft_save
from metadata_portal.entries.views.fetching import SeeOther, me, own_draft
from metadata_portal.equipment.chain_picture import draw_chain
from metadata_portal.equipment.chains import Chain, follow
from metadata_portal.equipment.sheets import Subject, sheet_drop, sheet_of, sheet_put, worst
from metadata_portal.equipment.views.sheets import sheet_page
from metadata_portal.errors import FormError
from metadata_portal.schemaforms import scope, tree
from metadata_portal.schemaforms.documents import Document, get
from metadata_portal.schemaforms.whereabouts import where
from schema_core import paths
from schema_core.introspect import Struct

MOST_DRAFTS = 10
MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a draft that holds a device's own axes and the steps to its place."""

    draft: Draft
    at: str
    label: str
    is_filled: bool

    @property
    def token(self) -> str:
        """The word that names it in forms."""
        return f"{self.draft.record_id}/{self.at}"


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def chain_builder(request: HttpRequest) -> HttpResponse:
    """Show where a chain leads as it is built; take it from a place of a draft, and over into one."""
    subject = Subject(key="chain", model=Chain, kept={})
    url = reverse("equipment:chain-builder")
    if request.method == "POST" and request.POST.get("act") == "take":
        return _taken_over(request, subject)
    if request.method == "POST" and request.POST.get("act") == "begin":
        return _begun(request, subject, url)

    def context(document: Mapping[str, Any]) -> dict[str, Any]:
        followed = follow(document)
        return {
            "followed": followed,
            "picture": draw_chain(followed),
            "copied": json.dumps(document.get("transform") or [], indent=2, ensure_ascii=False),
            "places": list(_places(request)),
            "crumbs": [("Registries", reverse("registries:vocabulary-list")), ("Chain of transforms", "")],
        }

    return sheet_page(request, subject, url=url, template="equipment/chain_builder.html", context=context, keep=None)


def _places(request: HttpRequest) -> Iterator[Place]:
    """The nodes of the person's drafts that a chain fits into, the draft saved last first."""
    drafts = Draft.objects.editable_by(me(request)).select_related("record").order_by("-updated_at")[:MOST_DRAFTS]
    count = 0
    for draft in drafts:
        root, document = root_of(draft.record.kind), draft.data
        waiting = [tree.place_at(root, document, "")]
        while waiting and count < MOST_PLACES:
            place = waiting.pop(0)
            if _is_placed(place.shape) and isinstance(place.value, dict):
                count += 1
                yield Place(draft, place.path, where(root, document, place.path), bool(place.value.get("transform")))
            waiting += [child for child in tree.children(place) if child.present and child.value is not None]


def _is_placed(shape: Any) -> bool:
    return isinstance(shape, Struct) and {"transform", "local_coordinate_system"} <= shape.by_name.keys()


def _chosen(request: HttpRequest) -> tuple[Draft, str, dict[str, Any]]:
    """The draft, address and node that a form names."""
    record, _, at = request.POST.get("place", "").partition("/")
    try:
        draft = own_draft(request, UUID(record))
    except ValueError as error:
        raise FormError("Choose a place of one of your drafts.", field="place") from error
    node = get(draft.data, at)
    if not isinstance(node, dict) or not _is_placed(tree.nearest(root_of(draft.record.kind), draft.data, at)[-1].shape):
        raise FormError("That place of the draft is gone: choose another.", field="place")
    return draft, at, node


def _begun(request: HttpRequest, subject: Subject, url: str) -> HttpResponse:
    """Begin with the systems and steps of a place of a draft."""
    draft, at, node = _chosen(request)
    own = node.get("local_coordinate_system")
    around = [system for system in scope.systems_at(draft.data, at) if system is not own and system != own]
    named = node.get("coordinate_system_name")
    fits = [system for system in around if named in (None, system.get("name"))] or around
    document = {
        "object_type": "Chain",
        **({"coordinate_system": fits[0]} if fits else {}),
        **({"local_coordinate_system": own} if own else {}),
        "transform": node.get("transform") or [],
    }
    sheet_put(person=me(request), subject=subject, document=document)
    return SeeOther(url)


def _taken_over(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Write the steps and the device's own axes into a place of a draft."""
    draft, at, node = _chosen(request)
    document = sheet_of(me(request), subject).data
    if worst(subject.problems(document)):
        raise FormError("The chain is not complete yet: mend its problems first.", field="place")
    steps, own = document.get("transform") or [], document.get("local_coordinate_system")
    own = own or document.get("coordinate_system")
    after = {**node, "local_coordinate_system": own, "transform": steps}
    state = Document(draft.data, draft.item_ids).put(at, after)
    draft_save(draft=draft, by=me(request), op=uuid4(), document=state.json, version=draft.version)
    sheet_drop(person=me(request), key=subject.key)
    messages.success(request, f"The chain stands in {draft.record} now.")
    query = urlencode({"at": paths.child(at, "transform")})
    return SeeOther(f"{reverse('entries:record-edit', args=[draft.record_id])}?{query}")
