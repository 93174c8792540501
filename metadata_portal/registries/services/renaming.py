"""Another name for a term, and one term in the place of two: documents that hold the old name stay valid."""

from typing import Any

from django.db import transaction

from metadata_portal.accounts.models import User
from metadata_portal.errors import FormError, NotAllowed
from metadata_portal.registries.declaring import Declaration, declaration
from metadata_portal.registries.models import Term, TermUse
from metadata_portal.registries.services.changes import change_write, term_state
from metadata_portal.registries.services.checking import checked, entry_of, fill, locked, open_registry
from metadata_portal.registries.services.terms import hold_terms
from metadata_portal.registries.services.versions import version_bump


@transaction.atomic
def term_rename(*, term: Term, name: str, reason: str, by: User | None) -> Term:
    """Give a local term a new name: the old one becomes an alias, and documents that hold it stay valid."""
    declared = open_registry(term.vocabulary, by)
    term = locked(term)
    _require_in_use(term, "renamed")
    before = term_state(term)
    status = term.status
    fields = {**term.data, declared.vocabulary.key: name}
    aliases = dict.fromkeys((*term.alias_list, term.key))
    term.aliases, term.status = "", Term.Status.RETIRED
    fill(term, entry_of(declared, term.data, ()))
    term.save()
    new = Term(vocabulary=term.vocabulary, source="local", status=status, reason=reason, created_by=by)
    fill(new, checked(declared, fields, aliases, own=(term.key,)))
    new.save()
    term.replaced_by, term.reason = new, reason
    term.save()
    hold_terms(declared, new)
    change_write(term=new, action="rename", by=by, why=reason, before=before, after=term_state(new))
    change_write(term=term, action="renamed", by=by, why=reason, before=before, after=term_state(term))
    _rows_follow(declared, term, new, reason, by)
    version_bump(declared)
    return new


@transaction.atomic
def term_merge(*, term: Term, into: Term, reason: str, by: User | None) -> Term:
    """Retire a local term in favour of another, which takes over its names; documents that hold it stay valid."""
    declared = open_registry(term.vocabulary, by)
    # always in the same order, so that two merges cannot wait for each other
    term, into = sorted((locked(row) for row in sorted((term, into), key=_number)), key=lambda row: row.pk != term.pk)
    _require_in_use(term, "merged")
    if into.vocabulary != term.vocabulary or into.pk == term.pk or into.is_retired:
        raise FormError("Choose another term of the same registry that is in use.", field="into")
    before = term_state(term)
    names = (*into.alias_list, *(name for name in (term.key, *term.alias_list) if name != into.key))
    term.status, term.replaced_by, term.reason = Term.Status.RETIRED, into, reason
    fill(term, entry_of(declared, term.data, ()))
    term.save()
    into_before = term_state(into)
    fill(into, checked(declared, into.data, names, own=(term.key, into.key)))
    into.save()
    change_write(term=term, action="merge", by=by, why=reason, before=before, after=term_state(term))
    change_write(term=into, action="take-over", by=by, why=reason, before=into_before, after=term_state(into))
    _rows_follow(declared, term, into, reason, by)
    version_bump(declared)
    return into


def _rows_follow(declared: Declaration, old: Term, new: Term, reason: str, by: User | None) -> None:
    """Rows of other registries that hold the old key get the new one: they are the lab's own, and in no document."""
    for use in old.uses.filter(holder=TermUse.Holder.TERM):
        row = Term.objects.select_for_update().filter(pk=use.holder_id).first()
        if row is None or row.stock:
            continue
        holder = declaration(row.vocabulary)
        fields = [field for field, registry in holder.terms_of.items() if registry == declared.name]
        before = term_state(row)
        row.data = {**row.data, **{field: _replaced(row.data.get(field), old.key, new.key) for field in fields}}
        row.save()
        hold_terms(holder, row)
        change_write(term=row, action="follow", by=by, why=reason, before=before, after=term_state(row))
        version_bump(holder)


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, list):
        return [_replaced(item, old, new) for item in value]
    return new if value == old else value


def _require_in_use(term: Term, what: str) -> None:
    if term.stock or term.is_retired:
        raise NotAllowed(f"{term.name} is not a local term in use: it cannot be {what}.")


def _number(term: Term) -> int:
    return term.pk
