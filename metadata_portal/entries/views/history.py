"""The history of a record: its revisions, what differs between any two, bringing one back."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from metadata_portal.accounts.permissions import can_enter_records, can_read_records, role_required
from metadata_portal.entries.chain import Break, chain_breaks
from metadata_portal.entries.errors import DraftInTheWay, ReasonMissing
from metadata_portal.entries.forms import ReasonForm
from metadata_portal.entries.merge import Version
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services import draft_restore, revision_restore
from metadata_portal.entries.services.drafts import written_out
from metadata_portal.entries.telling import tell
from metadata_portal.entries.views.fetching import (
    MAX_VERSION_DIGITS,
    SeeOther,
    crumbs,
    me,
    own_draft,
    page,
    posted_op,
    posted_version,
    visible_record,
    visible_revision,
)
from metadata_portal.entries.wording import label_of
from metadata_portal.errors import Conflict, NotSubmittable

DRAFT = "draft"


@require_safe
@role_required(can_read_records)
def record_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every revision: who, when, why; on request, whether each is as it was submitted."""
    record = visible_record(request, pk)
    revisions = list(
        record.revisions.select_related("author", "withdrawal__by").defer("document", "item_ids").order_by("-number")
    )
    breaks: list[Break] = []
    if "verify" in request.GET:
        whole = record.revisions.select_related("record").order_by("number")
        breaks = list(chain_breaks(whole.iterator(chunk_size=100)))
    context = page(
        record,
        revisions=revisions,
        draft=_draft_of(request, record),
        is_verified="verify" in request.GET,
        breaks=breaks,
        broken={entry.revision.number for entry in breaks},
        crumbs=crumbs(record, ("History", "")),
    )
    return render(request, "entries/record_history.html", context)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts that are compared."""

    name: str
    title: str
    version: Version
    revision: Revision | None = None


@require_safe
@role_required(can_read_records)
def record_compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What differs between two revisions, or between the last one and the person's draft."""
    record = visible_record(request, pk)
    numbers = list(record.revisions.order_by("number").values_list("number", flat=True))
    if not numbers:
        raise Http404
    chosen = request.GET.get("new") or str(numbers[-1])
    new = _side(request, record, chosen)
    earlier = [number for number in numbers if new.revision is None or number < new.revision.number]
    old = _side(request, record, request.GET.get("old") or str((earlier or numbers)[-1]))
    context = page(
        record,
        old=old,
        new=new,
        numbers=numbers,
        has_draft=_draft_of(request, record) is not None,
        told=tell(record.kind, old.version, new.version, whole="whole" in request.GET),
        crumbs=crumbs(record, ("History", reverse("entries:record-history", args=[pk])), ("Compare", "")),
    )
    return render(request, "entries/record_compare.html", context)


def _side(request: HttpRequest, record: Record, name: str) -> _Side:
    if name == DRAFT:
        draft = own_draft(request, record.pk)
        return _Side(name, "your draft", Version(written_out(record.kind, draft.data), draft.item_ids))
    if not (name.isascii() and name.isdecimal() and len(name) <= MAX_VERSION_DIGITS):
        raise Http404
    revision = visible_revision(request, record, int(name))
    return _Side(name, f"revision {revision.number}", Version(revision.data, revision.item_ids), revision)


def _draft_of(request: HttpRequest, record: Record) -> Draft | None:
    return Draft.objects.editable_by(me(request)).filter(record=record).defer("document", "item_ids").first()


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_restore(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what would change, ask the reason, and bring the revision back."""
    record = visible_record(request, pk)
    revision = visible_revision(request, record, number)
    if request.method != "POST":
        return _restore_page(request, record, revision)
    try:
        address = _restore(request, revision)
    except ReasonMissing as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _restore_page(request, record, revision, status, reason_error=error.message)
    except NotSubmittable as error:
        return _restore_page(request, record, revision, HTTPStatus.UNPROCESSABLE_ENTITY, refused=error)
    except DraftInTheWay as error:
        return _restore_page(request, record, revision, HTTPStatus.CONFLICT, draft_error=error.message)
    except Conflict as error:
        messages.warning(request, error.message)
        return _restore_page(request, record, revision, HTTPStatus.CONFLICT)
    return SeeOther(address)


def _restore(request: HttpRequest, revision: Revision) -> str:
    """Do what the form says, and give the address of what was made."""
    op, last, reason = posted_op(request), posted_version(request), request.POST.get("reason", "")
    record, number = revision.record, revision.number
    if request.POST.get("as") == DRAFT:
        draft_restore(revision=revision, by=me(request), reason=reason, last=last)
        messages.success(request, f"Your draft says what revision {number} said. Nothing is submitted yet.")
        return reverse("entries:record-edit", args=[record.pk])
    restored = revision_restore(revision=revision, by=me(request), reason=reason, last=last, op=op)
    messages.success(request, f"{record} says again what revision {number} said: it is revision {restored.number} now.")
    return record.get_absolute_url()


def _restore_page(
    request: HttpRequest,
    record: Record,
    revision: Revision,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    reason_error: str = "",
    draft_error: str = "",
    refused: NotSubmittable | None = None,
) -> HttpResponse:
    last = record.last_revision() or revision
    blocking = [problem for problem in refused.problems if problem.severity != "warning"] if refused else []
    document = revision.data
    context = page(
        record,
        revision=revision,
        last=last,
        op=uuid4(),
        form=ReasonForm({"reason": request.POST.get("reason", "")}),
        reason_error=reason_error,
        draft_error=draft_error,
        refused=refused,
        blocking=[{"problem": entry, "label": label_of(record.kind, document, entry.path)} for entry in blocking],
        whole_query=f"?old={last.number}&new={revision.number}&whole=1",
        told=tell(record.kind, Version(last.data, last.item_ids), Version(document, revision.item_ids)),
        crumbs=crumbs(
            record,
            ("History", reverse("entries:record-history", args=[record.pk])),
            (f"Restore revision {revision.number}", ""),
        ),
    )
    return render(request, "entries/record_restore.html", context, status=status)
