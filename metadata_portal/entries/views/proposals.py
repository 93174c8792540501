"""The queue of proposed terms, and the page on which a registry manager decides on one."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from metadata_portal.accounts.permissions import can_curate_registries, role_required
from metadata_portal.entries.services.proposals import proposal_correct, proposal_merge
from metadata_portal.entries.views.fetching import SeeOther, me
from metadata_portal.errors import FormError, PortalError
from metadata_portal.foundation.pagination import page_of
from metadata_portal.registries import users
from metadata_portal.registries.forms import MergeForm, ReasonForm, TermForm
from metadata_portal.registries.models import Term
from metadata_portal.registries.services.proposing import proposal_approve, proposal_refuse
from metadata_portal.registries.telling import fields_shown

PAGE = 50


@require_safe
@role_required(can_curate_registries)
def proposal_list(request: HttpRequest) -> HttpResponse:
    """List the terms that wait for a decision, the oldest first."""
    waiting = Term.objects.filter(status=Term.Status.PROPOSED).select_related("created_by").defer("search")
    page = page_of(request, waiting.annotate(held=Count("uses")).order_by("created_at", "pk"), size=PAGE)
    return render(request, "entries/proposal_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_curate_registries)
def proposal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proposal with who uses it and what it resembles; approve, correct, merge or refuse it."""
    term = get_object_or_404(Term.objects.select_related("created_by"), pk=pk)
    if term.status != Term.Status.PROPOSED:
        messages.info(request, f"{term.name} waits for no decision: it is {term.get_status_display().lower()}.")
        return redirect(term)
    forms = _forms(request, term)
    word = request.POST.get("do", "") if request.method == "POST" else ""
    decide = _DEEDS.get(word)
    if decide is not None and forms[word].is_valid():
        try:
            said = decide(request, term, forms[word])
        except FormError as error:
            form = forms[word]
            form.add_error(error.field if error.field in form.fields else None, error.message)
        except PortalError as error:
            messages.error(request, error.message)
            return SeeOther(term.get_absolute_url())
        else:
            messages.success(request, said)
            return SeeOther("/registries/proposals/")
    declared = term.declared
    names = [entry for name in declared.vocabulary.close_to(term.name) if (entry := declared.vocabulary.lookup(name))]
    context = {
        "term": term,
        "declared": declared,
        "fields": fields_shown(declared, term.data),
        "users": users.users_of(term, me(request)),
        "similar": [entry.label for entry in names if entry.key != term.key],
        "warning": declared.warn(term.data),
        **forms,
        "asked": word,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "entries/proposal_detail.html", context, status=status)


def _forms(request: HttpRequest, term: Term) -> dict[str, Any]:
    """The form of each deed; the one that was posted is bound."""

    def posted(word: str) -> Any:
        return request.POST if request.method == "POST" and request.POST.get("do") == word else None

    approve, refuse = (ReasonForm(posted(word), auto_id=f"{word}_%s") for word in ("approve", "refuse"))
    approve.fields["reason"].required = False
    approve.fields["reason"].label = "Note (optional)"
    initial = {**term.data, "aliases": term.aliases}
    correct = TermForm(posted("correct"), declared=term.declared, initial=initial, auto_id="correct_%s")
    correct.fields["reason"].required = True
    merge = MergeForm(posted("merge"), auto_id="merge_%s")
    merge.fields.pop("follow", None)  # drafts always follow a decision
    merge.fields["into"].widget.attrs |= {
        "list": f"{term.vocabulary}-terms",
        "autocomplete": "off",
        "data-terms": f"/registries/{term.vocabulary}/options/",
    }
    return {"approve": approve, "correct": correct, "merge": merge, "refuse": refuse}


def _approve(request: HttpRequest, term: Term, form: Any) -> str:
    return f"{proposal_approve(term=term, reason=form.cleaned_data['reason'], by=me(request)).name} is approved."


def _correct(request: HttpRequest, term: Term, form: Any) -> str:
    reason, aliases = form.cleaned_data["reason"], form.alias_lines()
    done = proposal_correct(term=term, data=form.data_fields(), aliases=aliases, reason=reason, by=me(request))
    return f"{done.term.name} is approved as corrected.{done.said}"


def _merge(request: HttpRequest, term: Term, form: Any) -> str:
    name = form.cleaned_data["into"]
    entry = term.declared.vocabulary.lookup(name)
    into = Term.objects.of(term.vocabulary).filter(key=entry.key).first() if entry else None
    if into is None:
        raise FormError(f"There is no term called {name} among the {term.declared.title.lower()}.", field="into")
    done = proposal_merge(term=term, into=into, reason=form.cleaned_data["reason"], by=me(request))
    return f"{done.term.name} takes the place of {term.name}.{done.said}"


def _refuse(request: HttpRequest, term: Term, form: Any) -> str:
    refused = proposal_refuse(term=term, reason=form.cleaned_data["reason"], by=me(request))
    return f"{refused.name} is refused; whoever proposed it is told why."


_DEEDS: dict[str, Callable[[HttpRequest, Term, Any], str]] = {
    "approve": _approve,
    "correct": _correct,
    "merge": _merge,
    "refuse": _refuse,
}
