"""The dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from metadata_portal.accounts.permissions import can_enter_records, role_required


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person."""
    return render(request, "site_admin/dashboard.html")


@require_safe
@role_required(can_enter_records)
def surgery_new(request: HttpRequest) -> HttpResponse:
    """Begin to log a surgery: a procedures record."""
    del request
    return redirect("/records/procedures/new/")
