"""Pages about people and projects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from metadata_portal.accounts.models import User
from metadata_portal.accounts.permissions import can_manage_people, role_required


@role_required(can_manage_people)
def people(request: HttpRequest) -> HttpResponse:
    """List the people."""
    return render(request, "accounts/people.html", {"people": User.objects.all()})
