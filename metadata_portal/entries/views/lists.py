"""The list of records, and the page that begins one."""

from http import HTTPStatus

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from metadata_portal.accounts.permissions import can_enter_records, can_read_records, role_required
from metadata_portal.entries.brought import brought, starts_of
from metadata_portal.entries.forms import NewRecordForm, RecordFilter
from metadata_portal.entries.kinds import KINDS
from metadata_portal.entries.models import Draft, Kind, Record
from metadata_portal.entries.querysets import RecordQuerySet
from metadata_portal.entries.services import record_begin, record_create
from metadata_portal.entries.views.fetching import SeeOther, me
from metadata_portal.errors import FormError
from metadata_portal.foundation.pagination import page_of


@require_safe
@role_required(can_read_records)
def record_list(request: HttpRequest) -> HttpResponse:
    """The records this person sees, narrowed by the filter, the last touched first."""
    form = RecordFilter(request.GET)
    rows = Record.objects.visible_to(me(request)).with_state(me(request)).select_related("project")
    rows = _narrowed(rows, request, form).latest_first()
    context = {
        "form": form,
        "page": page_of(request, rows),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "kinds": [(kind.value, kind.label, KINDS[kind].icon) for kind in Kind],
        "crumbs": [("Records", "")],
    }
    return render(request, "entries/record_list.html", context)


def _narrowed(rows: RecordQuerySet, request: HttpRequest, form: RecordFilter) -> RecordQuerySet:
    form.is_valid()
    asked = form.cleaned_data
    if text := str(asked.get("q") or "").strip():
        rows = rows.filter(Q(key__icontains=text) | Q(subject_id__icontains=text))
    for name in ("kind", "state"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    if asked.get("mine"):
        drafts = Draft.objects.filter(editor=me(request)).values("record")
        rows = rows.filter(Q(created_by=me(request)) | Q(pk__in=drafts))
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask whose record it is, then open it; a known key opens the record there is."""
    if kind not in Kind:
        raise Http404
    form = NewRecordForm(kind, me(request), request.POST if request.method == "POST" else None, request.GET)
    start = (request.POST if form.is_bound else request.GET).get("start", "")
    if form.is_bound and form.is_valid():
        try:
            return SeeOther(reverse("entries:record-edit", args=[_begun(request, kind, form, start).pk]))
        except FormError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {
        "form": form,
        "starts": starts_of(me(request), kind, start),
        "start": start,
        "kind": Kind(kind),
        "about": KINDS[kind].about,
        "crumbs": [("Records", reverse("entries:record-list")), (f"New {Kind(kind).label.lower()}", "")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "entries/record_new.html", context, status=status)


def _begun(request: HttpRequest, kind: str, form: NewRecordForm, start: str) -> Record:
    """The record that was asked for, with the structure that it begins from."""
    key, project, by = form.key(), form.cleaned_data["project"], me(request)
    if not start:
        return record_create(kind=kind, key=key, project=project, by=by)
    found = brought(by, start)
    record, is_new = record_begin(kind=kind, key=key, project=project, by=by, found=found)
    if is_new:
        messages.info(
            request,
            f"Begun from {found.title}. What came along is marked: change or confirm each value before you submit.",
        )
    else:
        messages.warning(request, f"{record} is there already: it was opened as it is, and {found.title} was not used.")
    return record
