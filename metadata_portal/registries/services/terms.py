"""Adding, changing, retiring and offering terms again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from metadata_portal.accounts.models import User
from metadata_portal.errors import FormError, NotAllowed
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.models import Term, TermUse
from metadata_portal.registries.services.changes import change_write, term_state
from metadata_portal.registries.services.checking import checked, fill, locked, open_registry, terms_named
from metadata_portal.registries.services.uses import uses_write
from metadata_portal.registries.services.versions import version_bump


@transaction.atomic
def term_add(
    *, vocabulary: str, data: Mapping[str, Any], aliases: Iterable[str] = (), reason: str = "", by: User | None
) -> Term:
    """Add a local term, offered and valid from the next request on in every process."""
    declared = open_registry(vocabulary, by)
    return term_create(declared, data, aliases, status=Term.Status.LOCAL, action="add", reason=reason, by=by)


def term_create(
    declared: Declaration,
    data: Mapping[str, Any],
    aliases: Iterable[str],
    *,
    status: str,
    action: str,
    reason: str,
    by: User | None,
) -> Term:
    """A new row with its history, for a service that has asked for permission and locked the registries."""
    term = Term(vocabulary=declared.name, source="local", status=status, reason=reason, created_by=by)
    fill(term, checked(declared, data, aliases, own=()))
    term.save()
    hold_terms(declared, term)
    change_write(term=term, action=action, by=by, why=reason, after=term_state(term))
    version_bump(declared)
    return term


@transaction.atomic
def term_edit(
    *, term: Term, data: Mapping[str, Any] | None = None, aliases: Iterable[str], reason: str, by: User | None
) -> Term:
    """Change a local term's fields or any term's aliases; a packaged term's fields never change."""
    declared = open_registry(term.vocabulary, by)
    term = locked(term)
    before = term_state(term)
    fields = term.data if data is None else dict(data)
    if term.stock and fields != term.data:
        raise NotAllowed(f"{term.name} comes with the standard: only its other names can be changed.")
    key = declared.vocabulary.key
    if str(fields.get(key)) != term.key:
        raise FormError("Rename the term instead: documents that hold the old name stay valid then.", field=key)
    fill(term, checked(declared, fields, aliases, own=(term.key,)))
    return term_changed(declared, term, before, "edit", reason, by)


@transaction.atomic
def term_retire(*, term: Term, reason: str, by: User | None) -> Term:
    """Offer a term no longer; documents that hold it stay valid."""
    declared = open_registry(term.vocabulary, by)
    term = locked(term)
    before = term_state(term)
    term.status = Term.Status.RETIRED
    return term_changed(declared, term, before, "retire", reason, by)


@transaction.atomic
def term_restore(*, term: Term, reason: str, by: User | None) -> Term:
    """Offer a retired term again."""
    declared = open_registry(term.vocabulary, by)
    term = locked(term)
    if term.replaced_by is not None:
        raise NotAllowed(f"{term.name} is now called {term.replaced_by.name}: rename that one back.")
    before = term_state(term)
    term.status = Term.Status.STOCK if term.stock else Term.Status.LOCAL
    return term_changed(declared, term, before, "restore", reason, by)


def term_changed(
    declared: Declaration, term: Term, before: dict[str, Any], action: str, reason: str, by: User | None
) -> Term:
    """Write a changed row with its history; nothing where nothing changed."""
    after = term_state(term)
    if after == before:
        return term
    term.reason = reason
    term.save()
    hold_terms(declared, term)
    change_write(term=term, action=action, by=by, why=reason, before=before, after=after)
    version_bump(declared)
    return term


def hold_terms(declared: Declaration, term: Term) -> None:
    """Keep which terms of other registries a row holds."""
    if declared.terms_of:
        uses_write(holder=TermUse.Holder.TERM, holder_id=term.pk, terms=terms_named(declared, term.data))
