"""The site's terms as schema_core reads them: one immutable snapshot a process, its version checked once a request."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from pydantic import BaseModel

from metadata_portal.registries.models import RegistryVersion, Term
from schema_core import compiled
from schema_core.registries import LocalTerm, Snapshot, vocabularies
from schema_core.registries.overlays import Status

Version = tuple[int, str]
Rows = tuple[LocalTerm, ...]

_NOTHING = Snapshot()
_held: dict[str, Snapshot] = {"snapshot": _NOTHING}
_lab: dict[str, Snapshot] = {"snapshot": Snapshot(0, {})}


def snapshot() -> Snapshot:
    """What this process knows; schema_core asks at every lookup, so nothing is read here."""
    return _held["snapshot"]


def lab_terms(name: str) -> Rows:
    """The rows of one of the lab's own registries, read when they are first asked for after a change."""
    held = _lab["snapshot"]
    if not held.version:  # no row was ever written, or nobody has looked yet
        return ()
    rows = held.terms.get(name)
    if rows is None:
        rows = _rows(Term.objects.of(name).overlaying())
        # a new mapping, so that whoever holds the old one goes on with it
        _lab["snapshot"] = Snapshot(held.version, {**held.terms, name: rows})
    return rows


def read_ahead(names: Iterable[str]) -> None:
    """Read the rows of several of the lab's own registries at once, for pages that ask them all."""
    held = _lab["snapshot"]
    missing: dict[str, list[Term]] = {name: [] for name in names if name not in held.terms}
    for row in Term.objects.of_any(missing).overlaying() if missing else ():
        missing[row.vocabulary].append(row)
    _lab["snapshot"] = Snapshot(held.version, {**held.terms, **{name: _rows(rows) for name, rows in missing.items()}})


def refresh() -> Snapshot:
    """Read the terms anew if another version is in the database: at each request, command and job."""
    found = RegistryVersion.objects.values_list("number", "digest", "lab").first()
    version, lab = (found[:2], found[2]) if found else (None, 0)
    if version != snapshot().version:
        before, _held["snapshot"] = snapshot(), _load(version)
        if _words(before) != _words(snapshot()):
            # forms are made from classes once, with the words that their fields take
            compiled.forget()
    if lab != _lab["snapshot"].version:
        _lab["snapshot"] = Snapshot(lab, {})
    return snapshot()


def forget() -> None:
    """Know packaged terms only, until the next refresh."""
    if _words(snapshot()):
        compiled.forget()
    _held["snapshot"] = _NOTHING
    _lab["snapshot"] = Snapshot(None, {})


def registry_version() -> str:
    """The version this process works with, to be kept with whatever is made from it: its number and content hash."""
    version = snapshot().version
    return "{}.{:.8}".format(*version) if isinstance(version, tuple) else "0"


def lab_version() -> str:
    """The version of the lab's own registries that this process works with: warnings of the portal depend on it."""
    return str(_lab["snapshot"].version or 0)


def _load(version: Version | None) -> Snapshot:
    if version is None:
        return _NOTHING
    terms: defaultdict[str, list[Term]] = defaultdict(list)
    for row in Term.objects.of_any(vocabularies()).overlaying().order_by("vocabulary", "name", "key"):
        terms[row.vocabulary].append(row)
    return Snapshot(version, {name: _rows(rows) for name, rows in terms.items()})


def _words(held: Snapshot) -> dict[str, Rows]:
    """What the site adds to words of the standard, by their list."""
    return {name: rows for name, rows in held.terms.items() if not issubclass(vocabularies()[name].model, BaseModel)}


def _rows(terms: Iterable[Term]) -> Rows:
    return tuple(LocalTerm(data=row.data, aliases=tuple(row.alias_list), status=_status(row)) for row in terms)


def _status(row: Term) -> Status:
    if row.is_retired:
        return "retired"
    if row.stock:
        return "stock"
    return "proposed" if row.status == Term.Status.PROPOSED else "local"


class FreshTerms:
    """Before each request, see to it that the process knows the terms of now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refresh and pass on; a database that does not answer is for the page to report."""
        try:
            refresh()
        except DatabaseError:
            forget()
        return self.get_response(request)
