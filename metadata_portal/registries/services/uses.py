"""Who holds which terms: kept beside every draft, revision and row, so that no term in use can be deleted."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from metadata_portal.registries.models import Term, TermUse

Named = tuple[str, str]
"""Registry and key of a term."""


def uses_write(*, holder: str, holder_id: Any, terms: Iterable[Named]) -> list[Named]:
    """Keep which terms somebody holds now, in the transaction that writes it; those that are gone come back.

    The rows of the terms are locked until its end: who deletes one waits, and then finds that it is in use.
    """
    wanted = set(terms)
    held = {
        (use.term.vocabulary, use.term.key): use
        for use in TermUse.objects.held_by(holder, holder_id).select_related("term")
    }
    new = wanted - held.keys()
    found = _locked(new) if new else {}
    TermUse.objects.bulk_create(
        TermUse(term=found[named], holder=holder, holder_id=str(holder_id)) for named in sorted(found)
    )
    if gone := [use.pk for named, use in held.items() if named not in wanted]:
        TermUse.objects.filter(pk__in=gone).delete()
    return sorted(new - found.keys())


def uses_forget(*, holder: str, holder_id: Any) -> None:
    """Somebody who held terms is gone."""
    TermUse.objects.held_by(holder, holder_id).delete()


def _locked(named: set[Named]) -> dict[Named, Term]:
    """The rows of these terms that are there, locked, always in the same order."""
    by_registry: dict[str, list[str]] = {}
    for vocabulary, key in named:
        by_registry.setdefault(vocabulary, []).append(key)
    asked = Q()
    for vocabulary, keys in by_registry.items():
        asked |= Q(vocabulary=vocabulary, key__in=keys)
    rows = Term.objects.filter(asked).order_by("pk").select_for_update(no_key=True)
    return {(row.vocabulary, row.key): row for row in rows.only("pk", "vocabulary", "key")}
