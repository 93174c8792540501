"""The dashboard."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from metadata_portal.accounts.permissions import can_enter_records, role_required


def dashboard_context(user: Any) -> dict[str, Any]:
    """Return what the dashboard shows a person."""
    del user
    return {}


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person."""
    return render(request, "site_admin/dashboard.html", dashboard_context(request.user))


@require_safe
@role_required(can_enter_records)
def surgery_new(request: HttpRequest) -> HttpResponse:
    """Begin to log a surgery: a procedures record."""
    del request
    return redirect("/records/procedures/new/")
