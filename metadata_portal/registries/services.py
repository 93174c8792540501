"""What is done to terms: each in one transaction, with its audit event and a new version of the registries."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from pydantic import ValidationError

from metadata_portal.accounts.models import User
from metadata_portal.accounts.permissions import can_curate_registries
from metadata_portal.accounts.services import audit
from metadata_portal.errors import FormError, NotAllowed, NotFound
from metadata_portal.registries import overlay
from metadata_portal.registries.models import RegistryVersion, Term
from schema_core.registries import Vocabulary, vocabularies
from schema_core.registries.entries import Entry, fold

LONGEST = 300


@transaction.atomic
def term_add(
    *, vocabulary: str, data: Mapping[str, Any], aliases: Iterable[str] = (), reason: str = "", by: User | None
) -> Term:
    """Add a local term, offered and valid from the next request on in every process."""
    declared = _open_vocabulary(vocabulary, by)
    entry = _checked(declared, data, aliases, own=())
    term = Term(vocabulary=vocabulary, source="local", status=Term.Status.LOCAL, reason=reason, created_by=by)
    _fill(term, entry)
    term.save()
    audit(by=by, action="term.add", obj=term, why=reason, after=term_state(term))
    version_bump()
    return term


@transaction.atomic
def term_edit(
    *, term: Term, data: Mapping[str, Any] | None = None, aliases: Iterable[str], reason: str, by: User | None
) -> Term:
    """Change a local term's fields or any term's aliases; a packaged term's fields never change."""
    declared = _open_vocabulary(term.vocabulary, by)
    term = _locked(term)
    before = term_state(term)
    fields = term.data if data is None else dict(data)
    if term.stock and fields != term.data:
        raise NotAllowed(f"{term.name} comes with the standard: only its other names can be changed.")
    if str(fields.get(declared.key)) != term.key:
        raise FormError(
            "Rename the term instead: documents that hold the old name stay valid then.", field=declared.key
        )
    _fill(term, _checked(declared, fields, aliases, own=(term.key,)))
    return _changed(term, before, "term.edit", reason, by)


@transaction.atomic
def term_rename(*, term: Term, name: str, reason: str, by: User | None) -> Term:
    """Give a local term a new name: the old one becomes an alias, and documents that hold it stay valid."""
    declared = _open_vocabulary(term.vocabulary, by)
    term = _locked(term)
    if term.stock or term.is_retired:
        raise NotAllowed(f"{term.name} is not a local term in use: it cannot be renamed.")
    before = term_state(term)
    fields = {**term.data, declared.key: name}
    aliases = dict.fromkeys((*term.alias_list, term.key))
    term.aliases, term.status = "", Term.Status.RETIRED
    _fill(term, _entry(declared, term.data, ()))
    term.save()
    new = Term(vocabulary=term.vocabulary, source="local", status=Term.Status.LOCAL, reason=reason, created_by=by)
    _fill(new, _checked(declared, fields, aliases, own=(term.key,)))
    new.save()
    term.replaced_by = new
    term.save()
    audit(by=by, action="term.rename", obj=new, why=reason, before=before, after=term_state(new))
    version_bump()
    return new


@transaction.atomic
def term_merge(*, term: Term, into: Term, reason: str, by: User | None) -> Term:
    """Retire a local term in favour of another, which takes over its names; documents that hold it stay valid."""
    declared = _open_vocabulary(term.vocabulary, by)
    term, into = _locked(term), _locked(into)
    if term.stock or term.is_retired:
        raise NotAllowed(f"{term.name} is not a local term in use: it cannot be merged.")
    if into.vocabulary != term.vocabulary or into.pk == term.pk or into.is_retired:
        raise FormError("Choose another term of the same registry that is in use.", field="into")
    before = term_state(term)
    names = (*into.alias_list, *(name for name in (term.key, *term.alias_list) if name != into.key))
    term.status, term.replaced_by, term.reason = Term.Status.RETIRED, into, reason
    _fill(term, _entry(declared, term.data, ()))
    term.save()
    into_before = term_state(into)
    _fill(into, _checked(declared, into.data, names, own=(term.key, into.key)))
    into.save()
    audit(by=by, action="term.merge", obj=term, why=reason, before=before, after=term_state(term))
    audit(by=by, action="term.take-over", obj=into, why=reason, before=into_before, after=term_state(into))
    version_bump()
    return into


@transaction.atomic
def term_retire(*, term: Term, reason: str, by: User | None) -> Term:
    """Offer a term no longer; documents that hold it stay valid."""
    _open_vocabulary(term.vocabulary, by)
    term = _locked(term)
    before = term_state(term)
    term.status = Term.Status.RETIRED
    return _changed(term, before, "term.retire", reason, by)


@transaction.atomic
def term_restore(*, term: Term, reason: str, by: User | None) -> Term:
    """Offer a retired term again."""
    _open_vocabulary(term.vocabulary, by)
    term = _locked(term)
    if term.replaced_by is not None:
        raise NotAllowed(f"{term.name} is now called {term.replaced_by.name}: rename that one back.")
    before = term_state(term)
    term.status = Term.Status.STOCK if term.stock else Term.Status.LOCAL
    return _changed(term, before, "term.restore", reason, by)


def version_bump() -> None:
    """Count a change; every process reads the terms anew at its next request, this one now."""
    digest = _digest()
    if not RegistryVersion.objects.update(number=F("number") + 1, digest=digest):
        RegistryVersion.objects.create(number=1, digest=digest)
    overlay.refresh()


def _digest() -> str:
    """Hash of the terms that the packaged tables lack: the same terms have the same hash everywhere."""
    rows = Term.objects.overlaying().order_by("vocabulary", "key")
    state = list(rows.values_list("vocabulary", "key", "data", "aliases", "status"))
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def term_state(term: Term) -> dict[str, Any]:
    """Return what the audit trail keeps of a term."""
    return {
        "vocabulary": term.vocabulary,
        "key": term.key,
        "data": term.data,
        "aliases": term.alias_list,
        "status": term.status,
    }


def _open_vocabulary(name: str, by: User | None) -> Vocabulary[Any]:
    """The vocabulary, if this person (None: the system) may change it."""
    if by is not None and not can_curate_registries(by):
        raise NotAllowed("Only a registry manager changes the registries.")
    # one change at a time: what is checked against the terms of now must still hold when it is written
    RegistryVersion.objects.select_for_update().first()
    declared = vocabularies().get(name)
    if declared is None:
        raise NotFound(f"There is no vocabulary called {name}.")
    if declared.closed:
        raise NotAllowed(declared.closed_reason)
    return declared


def _locked(term: Term) -> Term:
    return Term.objects.select_for_update(of=("self",)).select_related("replaced_by").get(pk=term.pk)


def _changed(term: Term, before: dict[str, Any], action: str, reason: str, by: User | None) -> Term:
    after = term_state(term)
    if after == before:
        return term
    term.reason = reason
    term.save()
    audit(by=by, action=action, obj=term, why=reason, before=before, after=after)
    version_bump()
    return term


def _fill(term: Term, entry: Entry) -> None:
    term.key, term.name, term.data = entry.key, entry.label, dict(entry.data)
    term.identifier = entry.identifier or ""
    term.aliases = "\n".join(entry.aliases)
    term.search = entry.haystack


def _checked(
    declared: Vocabulary[Any], data: Mapping[str, Any], aliases: Iterable[str], *, own: tuple[str, ...]
) -> Entry:
    """The entry for these fields, if the vocabulary's model takes them and no other term has its names."""
    entry = _entry(declared, data, aliases)
    overlay.refresh()
    _refuse_taken(declared, declared.key, entry.key, own)
    for alias in entry.aliases:
        _refuse_taken(declared, "aliases", alias, own)
    return entry


def _entry(declared: Vocabulary[Any], data: Mapping[str, Any], aliases: Iterable[str]) -> Entry:
    try:
        fields = declared.build(dict(data)).model_dump(mode="json")
    except ValidationError as error:
        first = error.errors()[0]
        raise FormError(first["msg"], field=str(first["loc"][0]) if first["loc"] else "") from error
    for field, value in fields.items():
        if isinstance(value, str) and (not value.strip() or len(value) > LONGEST):
            raise FormError(f"Give between 1 and {LONGEST} characters.", field=field)
    names = tuple(dict.fromkeys(alias.strip() for alias in aliases if alias.strip()))
    if any(len(alias) > LONGEST for alias in names):
        raise FormError(f"Give names of at most {LONGEST} characters.", field="aliases")
    return declared.entry(fields, aliases=names, status="local", stock=False)


def _refuse_taken(declared: Vocabulary[Any], field: str, name: str, own: tuple[str, ...]) -> None:
    """Refuse a name by which people already find another term; an alias may take the name of a retired one."""
    known = declared.find(name)
    if field == "aliases" and known is not None and known.status == "retired":
        known = None
    other = known or declared.lookup(name)
    if other is None or other.key in own or (field == "aliases" and other.status == "retired"):
        return
    if fold(name) in {fold(text) for text in (other.key, other.label, *other.aliases)}:
        word = "retired term" if other.status == "retired" else "term"
        raise FormError(f"{name} already names the {word} {other.label}.", field=field)
