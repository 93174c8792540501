"""Proposing a term: a page, and the same as a fragment for the window that a record's form opens."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.permissions import can_propose_terms, role_required
from metadata_portal.errors import FormError
from metadata_portal.registries.forms import TermForm
from metadata_portal.registries.models import Term
from metadata_portal.registries.pages import declared_or_404, person, posted
from metadata_portal.registries.services.proposing import term_propose


class ProposalForm(TermForm):
    """Fields of a term, and why it is needed."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, auto_id="propose_%s", **kwargs)  # type: ignore[arg-type] # as its base
        del self.fields["aliases"]
        self.fields["reason"].label = "Why it is needed"
        self.fields["reason"].help_text = "For the registry manager who looks at it. You may leave this empty."


@role_required(can_propose_terms)
@require_http_methods(["GET", "POST"])
def term_propose_page(request: HttpRequest, vocabulary: str) -> HttpResponseBase:
    """Ask for what is known of the term, and keep it as a proposal."""
    declared = declared_or_404(vocabulary)
    if declared.closed:
        return render(request, "registries/closed.html", {"declared": declared}, status=HTTPStatus.FORBIDDEN)
    asked = {declared.vocabulary.label: request.GET.get("name", "")[:300]}
    form = ProposalForm(posted(request), declared=declared, initial=asked)
    back = _back(request)
    is_fragment = "fragment" in request.GET
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            term = term_propose(vocabulary=vocabulary, data=form.data_fields(), reason=reason, by=person(request))
        except FormError as error:
            form.refuse(error)
        else:
            return _proposed(request, term, back, is_fragment=is_fragment)
    context = {"form": form, "declared": declared, "back": back}
    template = "registries/_propose.html" if is_fragment else "registries/propose.html"
    return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)


def _proposed(request: HttpRequest, term: Term, back: str, *, is_fragment: bool) -> HttpResponse:
    if is_fragment:
        return JsonResponse({"name": term.name}, status=HTTPStatus.CREATED)
    messages.success(request, f"{term.name} is proposed: you can use it now. You will be told what became of it.")
    return redirect(back or term.get_absolute_url())


def _back(request: HttpRequest) -> str:
    """The page to come back to, if it is one of ours."""
    asked = request.POST.get("back") or request.GET.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure())
    return asked if is_ours else ""
