"""What was typed and not saved: beside what was saved elsewhere meanwhile, or kept by a browser that crashed."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries.models import Draft
from metadata_portal.entries.stale import changed_fields, typed_only
from metadata_portal.entries.views.fetching import crumbs, own_draft, page
from metadata_portal.entries.wording import label_of
from metadata_portal.schemaforms.comparing import Typed, compare
from metadata_portal.schemaforms.posting import StaleNode
from metadata_portal.schemaforms.sections import prefix_of


def stale_page(request: HttpRequest, draft: Draft, stale: StaleNode) -> HttpResponse:
    """Show what was typed beside what was saved elsewhere meanwhile; the person says for each field which stands."""
    draft.refresh_from_db()
    post = typed_only(request.POST)
    is_htmx = request.headers.get("HX-Request") == "true"
    context = {
        **page(draft.record, draft=draft, crumbs=crumbs(draft.record, ("Draft", ""))),
        **(_choice(draft, post) if stale.mine is not None else _left_over(post)),
        **_envelope(draft, post),
        "message": stale.message,
    }
    template = "entries/_stale.html" if is_htmx else "entries/record_stale.html"
    response = render(request, template, context, status=HTTPStatus.CONFLICT)
    if is_htmx:
        response["HX-Reswap"] = "none"
    return response


@require_POST
@role_required(can_enter_records)
def record_kept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a browser had kept of a form beside the draft; nothing where the draft has it all."""
    draft = own_draft(request, pk)
    post = typed_only(request.POST)
    op = post.get("op", "")
    if _is_uuid(op) and draft.operations.filter(op=op).exists():
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    choice = _choice(draft, post)
    if not choice["rows"]:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = {"record": draft.record, **choice, **_envelope(draft, post), "is_kept": True}
    return render(request, "entries/_kept.html", context | {"typed_at": request.POST.get("typed_at", "")})


def _choice(draft: Draft, post: QueryDict) -> dict[str, Any]:
    """The fields that differ, and what their form has to bring back so that a third change is noticed."""
    found = compare(draft.record.kind, draft.data, draft.item_ids, post)
    return {
        "rows": list(_rows(draft, found.typed)),
        "kept": [field for typed in found.typed for field in typed.fields],
        "digest": found.digest,
        "seen": json.dumps(found.shown, ensure_ascii=False),
    }


def _rows(draft: Draft, typed: tuple[Typed, ...]) -> Iterator[dict[str, Any]]:
    for entry in typed:
        yield {
            "name": entry.name,
            "label": label_of(draft.record.kind, draft.data, entry.path),
            "mine": "\n".join(entry.mine),
            "theirs": "\n".join(entry.theirs),
            "is_conflict": entry.is_conflict,
        }


def _left_over(post: QueryDict) -> dict[str, Any]:
    """What was typed into an item that is gone, to be copied."""
    prefix = f"{prefix_of(post.get('at', ''))}-"
    lost = [
        (name.removeprefix(prefix).replace("_", " "), "\n".join(texts)) for name, texts in changed_fields(post).items()
    ]
    return {"rows": [], "kept": [], "lost": lost}


def _envelope(draft: Draft, post: QueryDict) -> dict[str, Any]:
    return {
        "at": post.get("at", ""),
        "node": post.get("node", ""),
        "page_at": post.get("page", ""),
        "op": uuid4(),
        "edit_url": reverse("entries:record-edit", args=[draft.record_id]),
    }


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
