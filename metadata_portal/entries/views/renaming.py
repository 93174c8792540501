"""Giving a record another key."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries.forms import RenameForm
from metadata_portal.entries.services import record_rename
from metadata_portal.entries.views.fetching import SeeOther, crumbs, me, page, visible_record
from metadata_portal.errors import Conflict, FormError


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_rename_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the new key and the reason, and rename."""
    record = visible_record(request, pk)
    before = str(record)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"key": record.key})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            renamed = record_rename(record=record, by=me(request), **form.cleaned_data)
        except FormError as error:
            form.add_error(error.field or None, error.message)
        except Conflict as error:
            form.add_error("key", error.message)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, f"{before} is {renamed} now. Its document must say so too: correct it.")
            return SeeOther(renamed.get_absolute_url())
    context = page(record, form=form, crumbs=crumbs(record, ("Rename", "")))
    return render(request, "entries/record_rename.html", context, status=status)
