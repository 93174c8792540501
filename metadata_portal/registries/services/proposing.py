"""Terms that people propose from a form: they count at once, marked, until a registry manager approves or refuses."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from metadata_portal.accounts.models import User
from metadata_portal.accounts.notices import notice_send
from metadata_portal.accounts.permissions import can_propose_terms
from metadata_portal.errors import Conflict, FormError, NotAllowed
from metadata_portal.registries.models import Term
from metadata_portal.registries.services.changes import term_state
from metadata_portal.registries.services.checking import changing, locked, open_registry
from metadata_portal.registries.services.terms import term_changed, term_create

MOST_OPEN: Final = 50
"""Proposals that one person may have waiting: a stuck key or a script does not fill the queue."""


@transaction.atomic
def term_propose(*, vocabulary: str, data: Mapping[str, Any], reason: str = "", by: User) -> Term:
    """Add a term that is offered and valid from the next request on, marked as proposed."""
    if not can_propose_terms(by):
        raise NotAllowed("Proposing terms needs the role surgeon or registry manager.")
    declared = changing(vocabulary)
    if Term.objects.filter(status=Term.Status.PROPOSED, created_by=by).count() >= MOST_OPEN:
        raise FormError(f"You have {MOST_OPEN} proposals waiting: ask a registry manager to look at them first.")
    return term_create(
        declared, data, (), status=Term.Status.PROPOSED, action="propose", reason=reason or "Needed in a record", by=by
    )


@transaction.atomic
def proposal_approve(*, term: Term, reason: str = "", by: User, said: str = "") -> Term:
    """Make a proposed term an ordinary one; ``said`` is what the proposer is told, if more is to be said."""
    declared = open_registry(term.vocabulary, by)
    term = open_proposal(term)
    before = term_state(term)
    term.status, term.approved_by, term.approved_at = Term.Status.LOCAL, by, timezone.now()
    term = term_changed(declared, term, before, "approve", reason or term.reason, by)
    tell_proposer(term, said or f"{term.name} is approved: it is a term of the {declared.title.lower()} now.", by)
    return term


@transaction.atomic
def proposal_refuse(*, term: Term, reason: str, by: User) -> Term:
    """Offer a proposed term no longer; what holds it already stays valid, and the proposer is told why."""
    declared = open_registry(term.vocabulary, by)
    term = open_proposal(term)
    if not reason.strip():
        raise FormError("Say why: the person who proposed it will read this.", field="reason")
    before = term_state(term)
    term.status = Term.Status.RETIRED
    term = term_changed(declared, term, before, "refuse", reason, by)
    tell_proposer(term, f"{term.name} is not taken up among the {declared.title.lower()}: {reason}", by)
    return term


def open_proposal(term: Term) -> Term:
    """The row, locked, while nobody has decided on it."""
    term = locked(term)
    if term.status != Term.Status.PROPOSED:
        raise Conflict(f"Somebody has decided on {term.name} meanwhile: it is {term.get_status_display().lower()}.")
    return term


def tell_proposer(term: Term, text: str, by: User, *, to: User | None = None) -> None:
    """Tell the person who proposed a term what became of it, unless they did it themselves."""
    person = to or term.created_by
    if person is not None and person.pk != by.pk:
        notice_send(to=person, text=text, address=term.get_absolute_url())
