"""Reading what was submitted: the record, its revisions, on screen, on paper, as a file."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from metadata_portal.accounts.permissions import can_read_records, role_required
from metadata_portal.entries import judging
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.reading import read
from metadata_portal.entries.serials import serials_elsewhere
from metadata_portal.entries.views.fetching import (
    crumbs,
    json_response,
    me,
    missing_subject_url,
    page,
    visible_record,
    visible_revision,
)
from metadata_portal.entries.wording import label_of


@require_safe
@role_required(can_read_records)
def record_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The record as last submitted, and what can be done with it."""
    record = visible_record(request, pk)
    draft = Draft.objects.editable_by(me(request)).filter(record=record).defer("document", "item_ids").first()
    context = {
        **page(record, draft=draft, crumbs=crumbs(record)),
        **_revision_context(record, record.last_revision()),
        "missing_subject": missing_subject_url(request, record),
        "is_last": True,
        "serials_at": "#",
    }
    last = context.get("revision")
    if isinstance(last, Revision) and not last.is_withdrawn:
        context["serials"] = serials_elsewhere(record, last.data, me(request))
    return render(request, "entries/record_detail.html", context)


@require_safe
@role_required(can_read_records)
def revision_detail(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One revision, the last or an earlier one."""
    record = visible_record(request, pk)
    revision = visible_revision(request, record, number)
    last = record.last_revision()
    context = {
        **page(record, crumbs=crumbs(record, (f"Revision {number}", ""))),
        **_revision_context(record, revision),
        "last_number": last.number if last else number,
        "is_last": last is not None and last.number == number,
    }
    return render(request, "entries/revision_detail.html", context)


@require_safe
@role_required(can_read_records)
def record_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last revision laid out for paper."""
    record = visible_record(request, pk)
    last = record.last_revision()
    if last is None:
        raise Http404
    return render(request, "entries/record_print.html", {**page(record), **_revision_context(record, last)})


@require_safe
@role_required(can_read_records)
def record_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last revision's bytes."""
    record = visible_record(request, pk)
    last = record.last_revision()
    if last is None:
        raise Http404
    return json_response(last.document, f"{record.kind}-{record.key}.json")


@require_safe
@role_required(can_read_records)
def revision_json(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One revision's bytes."""
    record = visible_record(request, pk)
    revision = visible_revision(request, record, number)
    return json_response(revision.document, f"{record.kind}-{record.key}-revision-{number}.json")


def _revision_context(record: Record, revision: Revision | None) -> dict[str, object]:
    if revision is None:
        return {"revision": None}
    document = revision.data
    warnings = [
        {"problem": problem, "label": label_of(record.kind, document, problem.path)}
        for problem in judging.from_rows(revision.problems)
    ]
    local = [{"path": path, "vocabulary": vocabulary, "name": name} for path, vocabulary, name in revision.local_terms]
    return {
        "revision": revision,
        "content": read(record.kind, document),
        "warnings": warnings,
        "local_terms": local,
    }
