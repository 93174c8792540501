"""What is asked of every change: may this person do it, does the model take the row, is the name free."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from metadata_portal.accounts.models import User
from metadata_portal.accounts.permissions import can_curate_registries
from metadata_portal.errors import FormError, NotAllowed, NotFound
from metadata_portal.registries import overlay
from metadata_portal.registries.alike import alike_of
from metadata_portal.registries.declaring import Declaration, declaration, declarations
from metadata_portal.registries.models import RegistryVersion, Term
from metadata_portal.registries.naming import mixed_script, name_clean, name_fault, skeletons
from schema_core.registries.entries import Entry, fold
from schema_core.registries.identifiers import BadIdentifier, identifier_read

LONGEST = 300


def open_registry(name: str, by: User | None) -> Declaration:
    """The registry, if this person (None: the system) may change it; one change at a time from here on."""
    if by is not None and not can_curate_registries(by):
        raise NotAllowed("Only a registry manager changes the registries.")
    return changing(name)


def changing(name: str) -> Declaration:
    """The registry, locked until the end of the transaction; refused where it is closed."""
    # one change at a time: what is checked against the terms of now must still hold when it is written
    RegistryVersion.objects.select_for_update().first()
    declared = declarations().get(name)
    if declared is None:
        raise NotFound(f"There is no vocabulary called {name}.")
    if declared.closed:
        raise NotAllowed(declared.closed_reason)
    return declared


def locked(term: Term) -> Term:
    """The row as it is now, nobody else's to change until the end of the transaction."""
    found = Term.objects.select_for_update(of=("self",)).select_related("replaced_by").filter(pk=term.pk).first()
    if found is None:
        raise NotFound(f"{term.name} was deleted meanwhile.")
    return found


def fill(term: Term, entry: Entry) -> None:
    """Write what was checked into the row."""
    term.key, term.name, term.data = entry.key, entry.label, dict(entry.data)
    term.identifier = entry.identifier or ""
    term.aliases = "\n".join(entry.aliases)
    term.search = entry.haystack


def checked(declared: Declaration, data: Mapping[str, Any], aliases: Iterable[str], *, own: tuple[str, ...]) -> Entry:
    """The entry for these fields, if the registry's model takes them and no other term has its names.

    `own` are keys whose names may be taken over: the term itself, and the one that it replaces.
    """
    overlay.refresh()
    return judged(declared, data, aliases, own=own)


def judged(declared: Declaration, data: Mapping[str, Any], aliases: Iterable[str], *, own: tuple[str, ...]) -> Entry:
    """As `checked`, against the terms that this process knows already: for whoever checks many."""
    written = cleaned(declared, _with_terms(declared, data), own)
    entry = entry_of(declared, written, [clean_name(alias, "aliases") for alias in aliases])
    declared.check(entry.data)
    refuse_taken(declared, declared.vocabulary.key, entry.key, own)
    for alias in entry.aliases:
        refuse_taken(declared, "aliases", alias, own)
    return entry


def cleaned(declared: Declaration, data: Mapping[str, Any], own: tuple[str, ...] = ()) -> dict[str, Any]:
    """The row with its names as they are kept, and its identifier as its authority writes it.

    What is in the row already stays as it is: nobody typed it now, and packaged terms are the standard's.
    """
    vocabulary, found = declared.vocabulary, dict(data)
    was: Mapping[str, Any] = next((known.data for known in map(vocabulary.find, own) if known is not None), {})
    for name in dict.fromkeys((vocabulary.key, vocabulary.label, *vocabulary.names)):
        if isinstance(found.get(name), str) and found[name] != was.get(name):
            found[name] = clean_name(found[name], name)
    field = vocabulary.identifier or ""
    typed = found.get(field)
    if "registry" in declared.fields and isinstance(typed, str) and typed and typed != was.get(field):
        if not found.get("registry"):
            raise FormError("Say whose identifier this is: choose the registry, or leave both empty.", field="registry")
        try:
            found[field] = identifier_read(found["registry"], typed)
        except BadIdentifier as error:
            raise FormError(str(error), field=field) from error
    return found


def clean_name(text: str, field: str) -> str:
    """A name as it is kept; refused with characters that nobody sees."""
    if fault := name_fault(text.strip()):
        raise FormError(fault, field=field)
    return name_clean(text)


def entry_of(declared: Declaration, data: Mapping[str, Any], aliases: Iterable[str]) -> Entry:
    """The entry for these fields, as the registry's model writes them."""
    try:
        fields = declared.row_model.model_validate(dict(data)).model_dump(mode="json")
    except ValidationError as error:
        raise _refusal(error) from error
    for field, value in fields.items():
        if isinstance(value, str) and _is_name(declared, field) and (not value.strip() or len(value) > LONGEST):
            raise FormError(f"Give between 1 and {LONGEST} characters.", field=field)
    names = tuple(dict.fromkeys(alias.strip() for alias in aliases if alias.strip()))
    if any(len(alias) > LONGEST for alias in names):
        raise FormError(f"Give names of at most {LONGEST} characters.", field="aliases")
    return declared.vocabulary.entry(fields, aliases=names, status="local", stock=False)


def refuse_taken(declared: Declaration, field: str, name: str, own: tuple[str, ...]) -> None:
    """Refuse a name by which people already find another term, or that looks like one of its names.

    An alias may take the name of a retired one.
    """
    known = declared.vocabulary.find(name)
    if field == "aliases" and known is not None and known.status == "retired":
        known = None
    other = known or declared.vocabulary.lookup(name)
    mine = other is None or other.key in own or (field == "aliases" and other.status == "retired")
    if other is not None and not mine and fold(name) in {fold(text) for text in _called(other)}:
        word = "retired term" if other.status == "retired" else "term"
        raise FormError(f"{name} already names the {word} {other.label}.", field=field)
    if declared.vocabulary.stock_entry(name) is None:
        _refuse_lookalike(declared, field, name, own)


def _refuse_lookalike(declared: Declaration, field: str, name: str, own: tuple[str, ...]) -> None:
    """Refuse a name that nobody can tell from one of another term in use."""
    looks = set(skeletons(name))
    for other in alike_of(declared).looking_like(name):
        if other.key in own or other.status == "retired":
            continue
        if any(looks.intersection(skeletons(text)) for text in _called(other)):
            told = f"{name} looks like {other.label}, which is another term: nobody could tell them apart."
            raise FormError(f"{told} {mixed_script(name)}".strip(), field=field)


def _called(entry: Entry) -> tuple[str, ...]:
    return (entry.key, entry.label, *entry.aliases)


def terms_named(declared: Declaration, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(registry, key) of each term of another registry that a row holds."""
    return [(registry, key) for field, registry in declared.terms_of.items() for key in _texts(data.get(field))]


def _with_terms(declared: Declaration, data: Mapping[str, Any]) -> dict[str, Any]:
    """The row with the keys of the terms that it names, however they were typed."""
    found = dict(data)
    for field, registry in declared.terms_of.items():
        if isinstance(found.get(field), list | tuple):
            found[field] = [_key(registry, field, text) for text in found[field]]
        elif found.get(field):
            found[field] = _key(registry, field, found[field])
    return found


def _key(registry: str, field: str, text: Any) -> str:
    other = declaration(registry)
    entry = other.vocabulary.find(text) or (other.vocabulary.lookup(text) if isinstance(text, str) else None)
    if entry is None:
        raise FormError(f"{text} is not among the {other.title.lower()}: add it there first.", field=field)
    return entry.key


def _texts(value: Any) -> list[str]:
    found = value if isinstance(value, list | tuple) else [value]
    return [text for text in found if isinstance(text, str) and text]


def _is_name(declared: Declaration, field: str) -> bool:
    """Whether a text has to be short: every one of the standard's terms, what tells rows apart of the lab's own."""
    return not declared.is_lab or field in {declared.vocabulary.key, declared.vocabulary.label}


def _refusal(error: ValidationError) -> FormError:
    """The first fault beside its field; of a nested one with the way to it."""
    first = error.errors()[0]
    field, *way = [str(part) for part in first["loc"]] or [""]
    message = first["msg"].removeprefix("Value error, ")
    return FormError(f"{' '.join(way)}: {message}" if way else message, field=field)
