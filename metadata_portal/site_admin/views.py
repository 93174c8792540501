"""The dashboard, the search box, and the short way to a new surgery."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from metadata_portal.accounts.models import User
from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.site_admin.dashboard import dashboard_of
from metadata_portal.site_admin.search import search

LONGEST_SEARCH = 200


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person and what happened in their projects."""
    return render(request, "site_admin/dashboard.html", {"dashboard": dashboard_of(_me(request))})


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Show what fits a subject id, an asset's name or a device."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = search(text=text, user=_me(request)) if text else None
    return render(request, "site_admin/search.html", {"q": text, "found": found})


@require_safe
@role_required(can_enter_records)
def surgery_new(request: HttpRequest) -> HttpResponse:
    """Begin to log a surgery: a procedures record."""
    del request
    return redirect("entries:record-new", kind="procedures")


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the middleware let signed-in people through only
    return request.user
