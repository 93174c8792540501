"""The history of each term: who did what, when and why, with how it was before and after."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Max

from metadata_portal.accounts.models import User
from metadata_portal.accounts.services import audit
from metadata_portal.registries.models import Term, TermChange


def term_state(term: Term) -> dict[str, Any]:
    """Return what the history keeps of a term."""
    return {
        "vocabulary": term.vocabulary,
        "key": term.key,
        "data": term.data,
        "aliases": term.alias_list,
        "status": term.status,
    }


def change_write(
    *,
    term: Term,
    action: str,
    by: User | None,
    why: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
) -> TermChange:
    """Write down what was done to a term, in the transaction that does it.

    `batch` is the id of a change of many terms; whoever makes one writes its audit event.
    """
    if batch is None:
        audit(by=by, action=f"term.{action}", obj=term, why=why, before=before, after=after)
    last = term.changes.aggregate(last=Max("number"))["last"] or 0
    return TermChange.objects.create(
        **change_columns(term, action, by=by, why=why, before=before, after=after, batch=batch), number=last + 1
    )


def changes_write(changes: list[dict[str, Any]]) -> None:
    """Write down many changes at once: each as made by `change_columns`, of one batch."""
    keys = [change["term"].pk for change in changes]
    last = dict(
        TermChange.objects.filter(term__in=keys).values_list("term").annotate(last=Max("number")).order_by("term")
    )
    rows = []
    for change in changes:
        number = last.get(change["term"].pk, 0) + 1
        last[change["term"].pk] = number
        rows.append(TermChange(**change, number=number))
    TermChange.objects.bulk_create(rows, batch_size=500)


def change_columns(
    term: Term,
    action: str,
    *,
    by: User | None,
    why: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
) -> dict[str, Any]:
    """The columns of a row of history."""
    return {
        "term": term,
        "vocabulary": term.vocabulary,
        "key": term.key,
        "action": action,
        "by": by,
        "why": why,
        "before": before,
        "after": after,
        "batch": batch,
    }
