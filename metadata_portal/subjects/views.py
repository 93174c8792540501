"""The page of one subject."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from metadata_portal.accounts.permissions import can_enter_records, can_read_records, role_required
from metadata_portal.subjects.panels import panels
from metadata_portal.subjects.summary import summary_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from metadata_portal.accounts.requests import PersonRequest


@require_safe
@role_required(can_read_records)
def subject_detail(request: PersonRequest, subject_id: str) -> HttpResponse:
    """An animal's records, what was done to it in the order of time, and what other apps know of it."""
    summary = summary_of(subject_id, request.user)
    if not summary.records:
        raise Http404
    context = {
        "summary": summary,
        "crumbs": [("Records", reverse("entries:record-list")), (f"Subject {subject_id}", "")],
        "subject_query": f"?{urlencode({'key': subject_id})}",
        "may_enter": can_enter_records(request.user),
        "panels": [{"template": panel.template, **panel.fill(request.user, summary.records)} for panel in panels()],
    }
    return render(request, "subjects/subject_detail.html", context)
