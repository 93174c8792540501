"""What the pages of the registries have in common."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from metadata_portal.accounts.models import AuditEvent, User
from metadata_portal.errors import FormError
from metadata_portal.registries.declaring import Declaration, declarations
from metadata_portal.registries.models import Term
from metadata_portal.registries.telling import ACTIONS

OPTIONS = 30


def declared_or_404(name: str) -> Declaration:
    """The registry of that name."""
    declared = declarations().get(name)
    if declared is None:
        raise Http404
    return declared


def term_or_404(vocabulary: str, pk: int) -> Term:
    """The term, if it is of that registry."""
    declared_or_404(vocabulary)
    rows = Term.objects.select_related("created_by", "approved_by", "replaced_by")
    return get_object_or_404(rows, vocabulary=vocabulary, pk=pk)


def person(request: HttpRequest) -> User:
    """The signed-in person; views below `role_required` always have one."""
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker
    return request.user


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: the posted fields, even none of them; nothing when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def told(request: HttpRequest, message: str, where: Any) -> HttpResponseBase:
    """Go back to a page and say there what went wrong."""
    messages.error(request, message)
    return redirect(where)


def typed_text(request: HttpRequest) -> str:
    """The text that a type-ahead sends: `q`, or the value of the only field there is."""
    values = [value for name, value in request.GET.items() if name not in {"class", "page"}]
    return str(request.GET.get("q", values[0] if values else "")).strip()[:300]


def saved_or_shown(
    request: HttpRequest, form: forms.Form, save: Callable[[], Any], template: str, context: dict[str, Any]
) -> HttpResponseBase:
    """Save a valid form and go to what it made; else show it with its errors."""
    if request.method == "POST" and form.is_valid():
        try:
            made = save()
        except FormError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, f"{made} is saved and offered from now on.")
            return redirect(made)
    return render(request, template, context, status=422 if form.errors else 200)


def history_of(row: Model) -> list[AuditEvent]:
    """What was done to a device model, each event with its `label`."""
    found = AuditEvent.objects.filter(object_type=row._meta.model_name, object_id=str(row.pk))  # noqa: SLF001 - public
    events = list(found.select_related("by"))
    for event in events:
        event.label = ACTIONS.get(event.action.partition(".")[2], event.action)  # type: ignore[attr-defined]
    return events
