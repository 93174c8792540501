"""The page of a term, and what a manager does to it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from metadata_portal.accounts.permissions import can_curate_registries, role_required
from metadata_portal.errors import FormError, PortalError
from metadata_portal.registries import following, remarks, services, users
from metadata_portal.registries.alike import suggestions
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.forms import MergeForm, ReasonForm, RenameForm, TermForm
from metadata_portal.registries.models import Term
from metadata_portal.registries.pages import declared_or_404, person, posted, saved_or_shown, term_or_404, told
from metadata_portal.registries.services.checking import judged
from metadata_portal.registries.services.deleting import TermInUse
from metadata_portal.registries.telling import fields_shown
from metadata_portal.registries.telling import told as history_told


@require_GET
def term_detail(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponse:
    """Show a term, what it replaces, who uses it, and its history."""
    return _term_page(request, term_or_404(vocabulary, pk))


@role_required(can_curate_registries)
@require_http_methods(["GET", "POST"])
def term_new(request: HttpRequest, vocabulary: str) -> HttpResponseBase:
    """Add a local term."""
    declared = declared_or_404(vocabulary)
    if declared.closed:
        return _closed(request, declared)
    form = TermForm(posted(request), declared=declared, initial={"name": request.GET.get("name", "")})

    def save() -> Term:
        return services.term_add(
            vocabulary=vocabulary,
            data=form.data_fields(),
            aliases=form.alias_lines(),
            reason=form.cleaned_data["reason"],
            by=person(request),
        )

    context = {"form": form, "declared": declared}
    if near := _near(request, declared, form):
        # asked once: whoever saves again means another term
        return render(
            request, "registries/term_form.html", {**context, "near": near}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    return saved_or_shown(request, form, save, "registries/term_form.html", context)


@role_required(can_curate_registries)
@require_http_methods(["GET", "POST"])
def term_edit(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponseBase:
    """Change a term."""
    term = term_or_404(vocabulary, pk)
    declared = term.declared
    if declared.closed:
        return _closed(request, declared)
    form = TermForm(posted(request), declared=declared, term=term)

    def save() -> Term:
        return services.term_edit(
            term=term,
            data=None if term.stock else form.data_fields(),
            aliases=form.alias_lines(),
            reason=form.cleaned_data["reason"],
            by=person(request),
        )

    context = {"form": form, "declared": declared, "term": term}
    return saved_or_shown(request, form, save, "registries/term_form.html", context)


@role_required(can_curate_registries)
@require_POST
def term_rename(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponseBase:
    """Give a local term a new name."""
    term = term_or_404(vocabulary, pk)
    form = RenameForm(request.POST, auto_id="rename_%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            new = services.term_rename(term=term, name=given["name"], reason=given["reason"], by=person(request))
        except PortalError as error:
            form.add_error("name", error.message)
        else:
            messages.success(request, f"It is called {new.name} now; documents with the old name stay valid.")
            return _followed(request, term, new, given)
    return _term_page(request, term, rename=form)


@role_required(can_curate_registries)
@require_POST
def term_merge(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponseBase:
    """Let another term take the place of a duplicate."""
    term = term_or_404(vocabulary, pk)
    form = MergeForm(request.POST, auto_id="merge_%s")
    if form.is_valid():
        given = form.cleaned_data
        entry = term.declared.vocabulary.lookup(given["into"])
        into = Term.objects.of(vocabulary).filter(key=entry.key).first() if entry else None
        if into is None:
            form.add_error("into", f"There is no term called {given['into']} among the {term.title.lower()}.")
            return _term_page(request, term, merge=form)
        try:
            into = services.term_merge(term=term, into=into, reason=given["reason"], by=person(request))
        except PortalError as error:
            form.add_error("into", error.message)
        else:
            messages.success(request, f"{into} takes its place; documents that hold {term} stay valid.")
            return _followed(request, term, into, given)
    return _term_page(request, term, merge=form)


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


@role_required(can_curate_registries)
@require_POST
def term_delete(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponseBase:
    """Delete a local term; one that is in use is refused with those who use it."""
    term = term_or_404(vocabulary, pk)
    form = ReasonForm(request.POST, auto_id="delete_%s")
    if not form.is_valid():
        return _term_page(request, term, delete=form)
    try:
        services.term_delete(term=term, by=person(request), **form.cleaned_data)
    except TermInUse as error:
        return _term_page(request, term, refused=error)
    except PortalError as error:
        return told(request, error.message, term)
    messages.success(request, f"{term.name} is deleted.")
    return redirect("registries:vocabulary-detail", vocabulary)


def _followed(request: HttpRequest, old: Term, new: Term, given: dict[str, Any]) -> HttpResponseBase:
    """Bring the new term into drafts, where that was asked for, and say what was done."""
    if given["follow"]:
        for said in following.bring(old=old, new=new, reason=given["reason"], by=person(request)):
            messages.info(request, said)
    return redirect(new)


def _term_page(request: HttpRequest, term: Term, refused: TermInUse | None = None, **bound: forms.Form) -> HttpResponse:
    """The page of a term; with the forms that could not be accepted as they were sent."""
    declared = term.declared
    context = {
        "term": term,
        "declared": declared,
        "fields": fields_shown(declared, term.data),
        "remarks": remarks.remarks_of(declared, term),
        "links": remarks.links_of(declared, term.data),
        "near": remarks.near(declared, term),
        "history": history_told(declared, term.changes.select_related("by")),
        "replaces": term.replaces.all(),
        "users": users.users_of(term, person(request)),
        "refused": refused,
        "rename": RenameForm(auto_id="rename_%s"),
        "merge": MergeForm(auto_id="merge_%s"),
        "reason": ReasonForm(auto_id="reason_%s"),
        "delete": ReasonForm(auto_id="delete_%s"),
        **bound,
    }
    status = refused.status if refused else HTTPStatus.UNPROCESSABLE_ENTITY if bound else HTTPStatus.OK
    return render(request, "registries/term_detail.html", context, status=status)


def _near(request: HttpRequest, declared: Declaration, form: TermForm) -> list[Any]:
    """Terms that may be the one that somebody is about to add, until they say that it is another."""
    if request.method != "POST" or "another" in request.POST or not form.is_valid():
        return []
    try:
        entry = judged(declared, form.data_fields(), form.alias_lines(), own=())
    except FormError:
        return []
    return remarks.with_rows(declared, suggestions(declared, entry))


def _closed(request: HttpRequest, declared: Declaration) -> HttpResponse:
    return render(request, "registries/closed.html", {"declared": declared}, status=403)


def _switched(
    request: HttpRequest, vocabulary: str, pk: int, service: Callable[..., Term], what: str
) -> HttpResponseBase:
    term = term_or_404(vocabulary, pk)
    form = ReasonForm(request.POST, auto_id="reason_%s")
    if not form.is_valid():
        return _term_page(request, term, reason=form)
    try:
        service(term=term, by=person(request), **form.cleaned_data)
    except PortalError as error:
        return told(request, error.message, term)
    messages.success(request, f"{term.name} {what}.")
    return redirect(term)
