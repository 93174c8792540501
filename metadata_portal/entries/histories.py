"""Which entries of a record's histories were submitted and stay as they are, and what a document does to them."""

from collections.abc import Iterator, Mapping
from typing import Any

import schema_core
from metadata_portal.entries import judging, provenance
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.errors import NotSubmittable
from metadata_portal.schemaforms import histories
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.origins import Origins
from metadata_portal.schemaforms.summaries import summary_of
from metadata_portal.schemaforms.undoing import PlaceChanged
from schema_core.errors import Problem
from schema_core.introspect import List, Struct, describe, places

BREACH = "portal-history"


def kept_entries(draft: Draft) -> frozenset[str]:
    """The ids of the entries that the revision under the draft holds."""
    root = _root(draft.record.kind)
    if root is None or draft.base is None:
        return frozenset()
    return histories.kept_ids(root, _document(draft.base))


def judge_upon(
    last: Revision | None, record: Record, document: Mapping[str, Any], item_ids: Mapping[str, list[str]]
) -> list[Problem]:
    """Every problem of a record's document, also what it does to histories that a revision holds."""
    found = judging.judge(record.kind, record.key, document)
    return [*found, *problems_upon(last, record, document, item_ids)]


def draft_judged(
    draft: Draft, document: Mapping[str, Any], item_ids: Mapping[str, list[str]], origins: Origins | None = None
) -> list[Problem]:
    """Every problem of what a draft would say: upon the revision under it, and what nobody has answered yet.

    The revision is read for kinds with histories only; the origins are the draft's where none are given.
    """
    last = draft.base if _root(draft.record.kind) is not None else None
    came = provenance.origins_of(draft) if origins is None else origins
    asked = provenance.sides_asked(came, Document(document, item_ids))
    return [*judge_upon(last, draft.record, document, item_ids), *asked]


def problems_upon(
    last: Revision | None, record: Record, document: Mapping[str, Any], item_ids: Mapping[str, list[str]]
) -> Iterator[Problem]:
    """The submitted entries of histories that a document changes, leaves out or moves."""
    root = _root(record.kind)
    if root is None or last is None:
        return
    submitted, now = _document(last), Document(dict(document), item_ids)
    for breach in histories.breaches(root, submitted, now):
        said = summary_of(_shape(root, now, breach), breach.entry)
        which = f"Entry {breach.number} of this history" + (f" ({said})" if said else "")
        message = (
            f"{which} was submitted in revision {last.number} and is {breach.what} here. A history only grows: "
            "put the entry back, and add one that says how it is now."
        )
        yield Problem(breach.path, BREACH, message)


def require_kept(
    last: Revision | None, record: Record, document: Mapping[str, Any], item_ids: Mapping[str, list[str]]
) -> None:
    """Raise NotSubmittable where a document breaks a history that a revision holds."""
    if found := list(problems_upon(last, record, document, item_ids)):
        raise NotSubmittable("A history that was submitted would change.", problems=found)


def put_back(
    last: Revision | None, record: Record, document: Mapping[str, Any], item_ids: Mapping[str, list[str]]
) -> Document:
    """A document in which the histories begin with what a revision holds of them."""
    root, now = _root(record.kind), Document(dict(document), item_ids)
    if root is None or last is None:
        return now
    return histories.put_back(root, _document(last), now)


def require_no_breach(draft: Draft, before: Document, after: Document) -> None:
    """Refuse to take a step back that would change an entry which was submitted after the step was made."""
    root = _root(draft.record.kind)
    if root is None or draft.base is None:
        return
    submitted = _document(draft.base)
    there = {(breach.path, breach.number) for breach in histories.breaches(root, submitted, before)}
    if any((breach.path, breach.number) not in there for breach in histories.breaches(root, submitted, after)):
        raise PlaceChanged(
            "An entry of a history was submitted meanwhile, and histories only grow: nothing was changed."
        )


def _root(kind: str) -> Struct | None:
    """The description of a kind of record that can hold histories."""
    root = describe(schema_core.KINDS[kind])
    return root if histories.holds_histories(root) else None


def _document(revision: Revision) -> Document:
    return Document(revision.data, revision.item_ids)


def _shape(root: Struct, now: Document, breach: histories.Breach) -> Any:
    shape = places(root, now.json, breach.path)[-1].shape
    return shape.item if isinstance(shape, List) else shape
