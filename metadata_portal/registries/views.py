"""Pages of the vocabularies and their terms."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Model, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from metadata_portal.accounts.models import AuditEvent, User
from metadata_portal.accounts.permissions import can_curate_registries, role_required
from metadata_portal.errors import FormError, PortalError
from metadata_portal.foundation.pagination import page_of
from metadata_portal.registries import services
from metadata_portal.registries.forms import MergeForm, ReasonForm, RenameForm, TermForm
from metadata_portal.registries.models import DeviceModel, Term
from metadata_portal.registries.screens import screen_of
from metadata_portal.registries.unknown import UNKNOWN, said_last
from schema_core.registries import Vocabulary, vocabularies

OPTIONS = 30
MOST_COUNTED = 10_000
CROSS_HITS = 50
ACTIONS = {
    "add": "Added",
    "edit": "Changed",
    "rename": "Renamed",
    "retire": "Retired",
    "restore": "Offered again",
    "merge": "Merged into another",
    "take-over": "Took over another's names",
}
STATUSES = {"": "All", "stock": "Standard", "local": "Local", "retired": "Retired"}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the vocabularies with their counts; with ?q=, terms of all of them."""
    asked = request.GET.get("q", "").strip()
    rows = Term.objects.values("vocabulary").annotate(
        offered=Count("pk", filter=~Q(status="retired")),
        local=Count("pk", filter=Q(status="local")),
        retired=Count("pk", filter=Q(status="retired")),
    )
    counts = {row["vocabulary"]: row for row in rows}
    listed: list[dict[str, Any]] = [
        {"declared": declared, "screen": screen_of(name), "counts": counts.get(name, {"offered": len(declared.stock)})}
        for name, declared in vocabularies().items()
    ]
    hits = list(Term.objects.matching(asked).order_by("name")[:CROSS_HITS]) if asked else []
    context = {
        "open": [row for row in listed if not row["declared"].closed],
        "closed": [row for row in listed if row["declared"].closed],
        "devices": DeviceModel.objects.offered().count(),
        "asked": asked,
        "hits": hits,
    }
    return render(request, "registries/vocabulary_list.html", context)


@require_GET
def vocabulary_detail(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """List the terms of a vocabulary, by name, state and page."""
    declared = vocabulary_or_404(vocabulary)
    asked = request.GET.get("q", "").strip()
    status = request.GET.get("status", "")
    terms = Term.objects.of(vocabulary).matching(asked).defer("search")
    if status in Term.Status.values:
        terms = terms.filter(status=status)
    context = {
        "declared": declared,
        "screen": screen_of(vocabulary),
        "page": page_of(request, terms, size=50),
        "asked": asked,
        "status": status,
        "statuses": STATUSES,
    }
    return render(request, "registries/vocabulary_detail.html", context)


@require_GET
def term_options(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """Answer with the options of a datalist: the terms that the typed text may mean."""
    declared, text = vocabulary_or_404(vocabulary), typed_text(request)
    found = declared.search_entries(text, limit=MOST_COUNTED)
    # what is chosen must lead back to the same term: versions of a protocol share their title
    values = ((entry.label if declared.lookup(entry.label) is entry else entry.key, entry) for entry in found[:OPTIONS])
    options = [(value, _beside(entry.hint, value, text)) for value, entry in values]
    if not text or text.casefold() in UNKNOWN.casefold():
        options = _with_unknown(declared, options)
    context = {"options": options, "more": max(0, len(found) - OPTIONS), "text": text}
    return render(request, "registries/_options.html", context)


def _with_unknown(declared: Vocabulary[Any], options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The options with the term for what nobody knows at their end, where the vocabulary has one."""
    if declared.lookup(UNKNOWN) is None:
        return options
    return said_last([*(option for option in options if option[0] != UNKNOWN), (UNKNOWN, "")])


def _beside(hint: str, value: str, text: str) -> str:
    """What stands beside an option; browsers show only options that hold what was typed, word for word."""
    if text.casefold() in f"{value} {hint}".casefold():
        return hint
    return " · ".join(filter(None, (hint, f"found by “{text}”")))


@require_GET
def term_detail(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponse:
    """Show a term, what it replaces, and its history."""
    term = term_or_404(vocabulary, pk)
    model = term.declared.model
    fields = [(info.title, term.data.get(name)) for name, info in getattr(model, "model_fields", {}).items()]
    context = {
        "term": term,
        "declared": term.declared,
        "fields": fields or [("Value", term.name)],
        "warning": screen_of(vocabulary).warn(term.data),
        "history": history_of(term),
        "replaces": term.replaces.all(),
        "rename": RenameForm(auto_id="rename_%s"),
        "merge": MergeForm(auto_id="merge_%s"),
        "reason": ReasonForm(auto_id="reason_%s"),
    }
    return render(request, "registries/term_detail.html", context)


@role_required(can_curate_registries)
@require_http_methods(["GET", "POST"])
def term_new(request: HttpRequest, vocabulary: str) -> HttpResponseBase:
    """Add a local term."""
    declared = vocabulary_or_404(vocabulary)
    if declared.closed:
        return render(request, "registries/closed.html", {"declared": declared}, status=403)
    form = TermForm(posted(request), declared=declared, initial={"name": request.GET.get("name", "")})
    context = {"form": form, "declared": declared, "screen": screen_of(vocabulary)}

    def save() -> Term:
        return services.term_add(
            vocabulary=vocabulary,
            data=form.data_fields(),
            aliases=form.alias_lines(),
            reason=form.cleaned_data["reason"],
            by=person(request),
        )

    return saved_or_shown(request, form, save, "registries/term_form.html", context)


@role_required(can_curate_registries)
@require_http_methods(["GET", "POST"])
def term_edit(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponseBase:
    """Change a term."""
    term = term_or_404(vocabulary, pk)
    if term.declared.closed:
        return render(request, "registries/closed.html", {"declared": term.declared}, status=403)
    form = TermForm(posted(request), declared=term.declared, term=term)
    context = {"form": form, "declared": term.declared, "term": term, "screen": screen_of(vocabulary)}

    def save() -> Term:
        return services.term_edit(
            term=term,
            data=None if term.stock else form.data_fields(),
            aliases=form.alias_lines(),
            reason=form.cleaned_data["reason"],
            by=person(request),
        )

    return saved_or_shown(request, form, save, "registries/term_form.html", context)


@role_required(can_curate_registries)
@require_POST
def term_rename(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponseBase:
    """Give a local term a new name."""
    term = term_or_404(vocabulary, pk)
    form = RenameForm(request.POST)
    if not form.is_valid():
        return told(request, "Give the new name and a reason.", term)
    try:
        term = services.term_rename(term=term, by=person(request), **form.cleaned_data)
    except PortalError as error:
        return told(request, error.message, term)
    messages.success(request, f"It is called {term.name} now; documents with the old name stay valid.")
    return redirect(term)


@role_required(can_curate_registries)
@require_POST
def term_merge(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponseBase:
    """Let another term take the place of a duplicate."""
    term = term_or_404(vocabulary, pk)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return told(request, "Give the term to keep, and a reason.", term)
    name = form.cleaned_data["into"]
    entry = term.declared.lookup(name)
    into = Term.objects.of(vocabulary).filter(key=entry.key).first() if entry else None
    if into is None:
        return told(request, f"There is no term called {name} among the {term.declared.title.lower()}.", term)
    try:
        into = services.term_merge(term=term, into=into, reason=form.cleaned_data["reason"], by=person(request))
    except PortalError as error:
        return told(request, error.message, term)
    messages.success(request, f"{into} takes its place; documents that hold {term} stay valid.")
    return redirect(into)


@role_required(can_curate_registries)
@require_POST
def term_retire(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponseBase:
    """Stop offering a term."""
    return _switched(request, vocabulary, pk, services.term_retire, "is retired: it is offered no longer")


@role_required(can_curate_registries)
@require_POST
def term_restore(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponseBase:
    """Offer a term again."""
    return _switched(request, vocabulary, pk, services.term_restore, "is offered again")


def _switched(
    request: HttpRequest, vocabulary: str, pk: int, service: Callable[..., Term], what: str
) -> HttpResponseBase:
    term = term_or_404(vocabulary, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return told(request, "Say why: the history of the term keeps it.", term)
    try:
        service(term=term, by=person(request), **form.cleaned_data)
    except PortalError as error:
        return told(request, error.message, term)
    messages.success(request, f"{term.name} {what}.")
    return redirect(term)


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


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: the posted fields, even none of them; nothing when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def history_of(row: Model) -> list[AuditEvent]:
    """What was done to a term or device model, each event with its `label`."""
    found = AuditEvent.objects.filter(object_type=row._meta.model_name, object_id=str(row.pk))  # noqa: SLF001 - public
    events = list(found.select_related("by"))
    for event in events:
        event.label = ACTIONS.get(event.action.partition(".")[2], event.action)  # type: ignore[attr-defined]
    return events


def told(request: HttpRequest, message: str, where: Any) -> HttpResponseBase:
    """Go back to a page and say there what went wrong."""
    messages.error(request, message)
    return redirect(where)


def typed_text(request: HttpRequest) -> str:
    """The text that a type-ahead sends: `q`, or the value of the only field there is."""
    values = [value for name, value in request.GET.items() if name not in {"class", "page"}]
    return str(request.GET.get("q", values[0] if values else "")).strip()[:300]


def vocabulary_or_404(name: str) -> Vocabulary[Any]:
    """The vocabulary of that name."""
    declared = vocabularies().get(name)
    if declared is None:
        raise Http404
    return declared


def term_or_404(vocabulary: str, pk: int) -> Term:
    """The term, if it is of that vocabulary."""
    vocabulary_or_404(vocabulary)
    return get_object_or_404(Term.objects.select_related("created_by", "replaced_by"), vocabulary=vocabulary, pk=pk)


def person(request: HttpRequest) -> User:
    """The signed-in person; views below `role_required` always have one."""
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker
    return request.user
