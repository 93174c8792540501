"""The site's terms as schema_core reads them: one immutable snapshot a process, its version checked once a request."""

from collections import defaultdict
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from metadata_portal.registries.models import RegistryVersion, Term
from schema_core.registries import LocalTerm, Snapshot
from schema_core.registries.overlays import Status

Version = tuple[int, str]

_NOTHING = Snapshot()
_held = {"snapshot": _NOTHING}


def snapshot() -> Snapshot:
    """What this process knows; schema_core asks at every lookup, so nothing is read here."""
    return _held["snapshot"]


def refresh() -> Snapshot:
    """Read the terms anew if another version is in the database: at each request, command and job."""
    version = RegistryVersion.objects.values_list("number", "digest").first()
    if version != snapshot().version:
        _held["snapshot"] = _load(version)
    return snapshot()


def forget() -> None:
    """Know packaged terms only, until the next refresh."""
    _held["snapshot"] = _NOTHING


def registry_version() -> str:
    """The version this process works with, to be kept with whatever is made from it: its number and content hash."""
    version = snapshot().version
    return "{}.{:.8}".format(*version) if isinstance(version, tuple) else "0"


def _load(version: Version | None) -> Snapshot:
    if version is None:
        return _NOTHING
    terms: defaultdict[str, list[LocalTerm]] = defaultdict(list)
    for row in Term.objects.overlaying().order_by("vocabulary", "name", "key"):
        terms[row.vocabulary].append(LocalTerm(data=row.data, aliases=tuple(row.alias_list), status=_status(row)))
    return Snapshot(version, {name: tuple(rows) for name, rows in terms.items()})


def _status(row: Term) -> Status:
    return "retired" if row.is_retired else "stock" if row.stock else "local"


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
