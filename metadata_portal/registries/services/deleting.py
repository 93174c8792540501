"""Taking a local term away for good, which only one that nobody holds can be."""

from collections import Counter

from django.db import transaction

from metadata_portal.accounts.models import User
from metadata_portal.errors import Conflict, NotAllowed
from metadata_portal.registries.models import Term, TermUse
from metadata_portal.registries.services.changes import change_write, term_state
from metadata_portal.registries.services.checking import locked, open_registry
from metadata_portal.registries.services.uses import uses_forget
from metadata_portal.registries.services.versions import version_bump

_WORDS = {"draft": "draft", "revision": "submitted revision", "term": "term of another registry"}


class TermInUse(Conflict):
    """Somebody holds the term."""

    title = "The term is in use"


@transaction.atomic
def term_delete(*, term: Term, reason: str, by: User | None) -> None:
    """Delete a local term that no draft, revision or other term holds; its history stays.

    Raises TermInUse where one does, NotAllowed for a term of the standard.
    """
    declared = open_registry(term.vocabulary, by)
    term = locked(term)
    if term.stock or term.source != "local":
        raise NotAllowed(f"{term.name} comes with the standard: it can be retired, not deleted.")
    holders = Counter(term.uses.values_list("holder", flat=True))
    if older := term.replaces.count():
        raise TermInUse(f"{term.name} took the place of {older} other term(s), which lead here: retire it instead.")
    if holders:
        told = ", ".join(f"{number} {_WORDS[holder]}{'s' * (number > 1)}" for holder, number in holders.items())
        raise TermInUse(f"{term.name} is in use by {told}: retire it instead, then it is offered no longer.")
    change_write(term=term, action="delete", by=by, why=reason, before=term_state(term))
    uses_forget(holder=TermUse.Holder.TERM, holder_id=term.pk)
    term.delete()
    version_bump(declared)
