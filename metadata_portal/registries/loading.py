"""Rows for the packaged terms, so that pages can search, sort and count all terms in one table."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from metadata_portal.registries.declaring import declarations
from metadata_portal.registries.models import Term
from metadata_portal.registries.services.versions import version_bump
from schema_core.registries import Vocabulary
from schema_core.registries.entries import Entry

BATCH = 1000
FIELDS = ("name", "data", "identifier", "source", "stock", "status", "search")


@dataclass
class Loaded:
    """What a run did."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def anything(self) -> bool:
        """Whether the table is another one now."""
        return bool(self.added or self.changed or self.removed)


@transaction.atomic
def stock_load() -> Loaded:
    """Bring the rows of packaged terms to what the packaged tables say; local terms and aliases stay."""
    done = Loaded()
    for lab in (False, True):
        changes = Loaded()
        for declared in declarations().values():
            if declared.is_lab is lab:
                _load_vocabulary(declared.vocabulary, changes)
                known = declared
        if changes.anything:
            version_bump(known)
        done.added += changes.added
        done.changed += changes.changed
        done.removed += changes.removed
    return done


def _load_vocabulary(declared: Vocabulary[Any], done: Loaded) -> None:
    rows = {row.key: row for row in Term.objects.of(declared.name)}
    new, changed = [], []
    for entry in declared.stock:
        row = rows.get(entry.key)
        fresh = _row(declared, entry, row)
        if row is None:
            new.append(fresh)
        elif _state(fresh) != _state(row):
            fresh.pk, fresh.created_at, fresh.created_by = row.pk, row.created_at, row.created_by
            fresh.replaced_by, fresh.reason, fresh.aliases = row.replaced_by, row.reason, row.aliases
            changed.append(fresh)
    gone = {key for key, row in rows.items() if row.stock} - {entry.key for entry in declared.stock}
    Term.objects.bulk_create(new, batch_size=BATCH)
    Term.objects.bulk_update(changed, FIELDS, batch_size=BATCH)
    # a word that the standard dropped stays known here: documents hold it
    Term.objects.of(declared.name).filter(key__in=gone).update(
        stock=False, status=Term.Status.RETIRED, source="dropped from the standard"
    )
    done.added += len(new)
    done.changed += len(changed)
    done.removed += len(gone)


def _row(declared: Vocabulary[Any], entry: Entry, row: Term | None) -> Term:
    retired = row is not None and row.stock and row.is_retired
    aliases = tuple(row.alias_list) if row else ()
    known = declared.entry(entry.data, aliases=aliases)
    return Term(
        vocabulary=declared.name,
        key=entry.key,
        name=entry.label,
        data=entry.data,
        identifier=entry.identifier or "",
        source=declared.source,
        stock=True,
        status=Term.Status.RETIRED if retired else Term.Status.STOCK,
        search=known.haystack,
    )


def _state(row: Term) -> tuple[Any, ...]:
    return tuple(getattr(row, field) for field in FIELDS)
