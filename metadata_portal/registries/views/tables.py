"""Tables of terms: a registry as a file, a file as a dry run, applying it and taking it back."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from metadata_portal.accounts.permissions import can_curate_registries, role_required
from metadata_portal.errors import PortalError
from metadata_portal.foundation.pagination import page_of
from metadata_portal.foundation.sheets.checks import LIMITS, MB, BadFile
from metadata_portal.foundation.sheets.writing import FORMATS, table_response
from metadata_portal.registries.bulk import work
from metadata_portal.registries.bulk.columns import ALIASES, field_names
from metadata_portal.registries.bulk.exporting import UPSTREAM, hints_of, rows_of, upstream_rows
from metadata_portal.registries.bulk.models import Batch, BatchRow
from metadata_portal.registries.bulk.services import batch_apply_later, batch_bring, batch_undo_later
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.forms import ReasonForm
from metadata_portal.registries.models import Term
from metadata_portal.registries.pages import declared_or_404, person, told
from metadata_portal.registries.telling import title_of
from metadata_portal.registries.telling import told as differences_told

SHOWN = 50
RECENT = 10
# while somebody waits the page is asked for again every so many seconds, with scripts or without
LOOK_AGAIN = "2"


@require_GET
def table_export(request: HttpRequest, vocabulary: str, form: str) -> HttpResponseBase:
    """The whole registry as a file; `?empty=1` is a table to fill in."""
    declared = declared_or_404(vocabulary)
    if form not in FORMATS:
        raise Http404
    terms = Term.objects.of(vocabulary).defer("search")
    if request.GET.get("empty"):
        terms = terms.none()
    rows = rows_of(declared, terms.iterator(1000) if form == "csv" else terms)
    return table_response(f"{vocabulary}-{timezone.localdate():%Y-%m-%d}", form, rows, hints_of(declared))


@require_GET
def upstream_export(request: HttpRequest, vocabulary: str) -> HttpResponseBase:
    """The lab's own terms in the form in which the standard's package takes them."""
    del request
    declared_or_404(vocabulary)
    if vocabulary not in UPSTREAM:
        raise Http404
    local = Term.objects.of(vocabulary).filter(stock=False, status__in=(Term.Status.LOCAL, Term.Status.PROPOSED))
    rows = upstream_rows(vocabulary, (term.data for term in local))
    return table_response(f"{UPSTREAM[vocabulary][0]}-to-propose", "csv", rows)


@role_required(can_curate_registries)
@require_http_methods(["GET", "POST"])
def table_new(request: HttpRequest, vocabulary: str) -> HttpResponseBase:
    """Take a file and have it checked."""
    declared = declared_or_404(vocabulary)
    if declared.closed:
        return render(request, "registries/closed.html", {"declared": declared}, status=HTTPStatus.FORBIDDEN)
    context = {
        "declared": declared,
        "recent": Batch.objects.filter(vocabulary=vocabulary).select_related("by").defer("content")[:RECENT],
        "columns": [*field_names(declared), ALIASES],
        "megabytes": LIMITS.size // MB,
        "rows": LIMITS.rows,
    }
    if request.method != "POST":
        return render(request, "registries/table_new.html", context)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise BadFile("Choose a .csv or .xlsx file first.")  # noqa: TRY301 - said like every other fault of a file
        batch = batch_bring(
            vocabulary=vocabulary, file_name=file.name or "table", content=file.read(), by=person(request)
        )
    except BadFile as refusal:
        return render(
            request, "registries/table_new.html", {**context, "error": refusal.message}, status=refusal.status
        )
    work.see_to_it()
    return redirect(batch)


@role_required(can_curate_registries)
@require_http_methods(["GET", "POST"])
def table_detail(request: HttpRequest, vocabulary: str, batch: UUID) -> HttpResponseBase:
    """What a table would do or did, row by row; applies it or takes it back."""
    declared = declared_or_404(vocabulary)
    table = get_object_or_404(Batch.objects.select_related("by").defer("content"), vocabulary=vocabulary, pk=batch)
    if request.method == "POST":
        return _asked(request, table)
    if table.is_working:
        work.see_to_it()
        response = render(
            request,
            "registries/table_working.html",
            {"declared": declared, "batch": table, "far": work.progress(table)},
        )
        response["Refresh"] = LOOK_AGAIN
        return response
    return _rows_page(request, declared, table)


def _asked(request: HttpRequest, table: Batch) -> HttpResponseBase:
    try:
        if request.POST.get("do") == "undo":
            batch_undo_later(batch=table, by=person(request))
        else:
            form = ReasonForm(request.POST)
            if not form.is_valid():
                return told(request, "Say why: the history of each term keeps it.", table)
            batch_apply_later(batch=table, reason=form.cleaned_data["reason"], by=person(request))
    except PortalError as error:
        messages.error(request, error.message)
    work.see_to_it()
    return redirect(table)


def _rows_page(request: HttpRequest, declared: Declaration, table: Batch) -> HttpResponse:
    counted = [(state, BatchRow.State(state).label, getattr(table, state)) for state in BatchRow.State.values]
    asked = request.GET.get("state", "")
    if asked not in BatchRow.State.values:
        # what keeps a table from being applied comes first, then what it changes
        asked = next((state for state in ("refused", "changed", "new") if getattr(table, state)), "same")
    page = page_of(request, table.rows.filter(state=asked), size=SHOWN)
    rows = [
        {
            "row": row,
            "differences": one.differences,
            "title": title_of(declared, row.field) if row.field else "",
            "typed": row.cells.get(row.field, ""),
        }
        # a row has what it was and what it would be, as a change of the history has
        for row, one in zip(page, differences_told(declared, page), strict=True)
    ]
    context = {
        "declared": declared,
        "batch": table,
        "page": page,
        "rows": rows,
        "asked": asked,
        "counted": counted,
        "reason": ReasonForm(),
    }
    return render(request, "registries/table_detail.html", context)
