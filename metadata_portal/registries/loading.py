"""Rows for the packaged terms, so that pages can search, sort and count all terms in one table.

A new release of the standard is first a plan: what comes, what changes, what goes, which of the lab's own terms are the
standard's from now on, and which of these say something else. The last are held until a manager settles them: the
validator takes the standard's word at once, so records that hold the lab's may be refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction

from metadata_portal.accounts.models import User
from metadata_portal.accounts.services import audit
from metadata_portal.registries.declaring import Declaration, declarations
from metadata_portal.registries.models import Term
from metadata_portal.registries.services.changes import change_columns, changes_write, term_state
from metadata_portal.registries.services.versions import version_bump
from schema_core.registries.entries import Entry

BATCH = 1000
FIELDS = ("name", "data", "identifier", "source", "stock", "status", "search")


@dataclass
class Loaded:
    """What a run did."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    held: int = 0

    @property
    def anything(self) -> bool:
        """Whether the table is another one now."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class Moved:
    """A row before, and as the standard has it."""

    row: Term
    fresh: Term

    action = "release"

    @property
    def before(self) -> dict[str, Any]:
        """What the history keeps of it."""
        return term_state(self.row)

    @property
    def after(self) -> dict[str, Any]:
        """What the history keeps of it then."""
        return term_state(self.fresh)


@dataclass
class Plan:
    """What a release would do to one registry."""

    declared: Declaration
    new: list[Term] = field(default_factory=list)
    changed: list[Moved] = field(default_factory=list)
    adopted: list[Moved] = field(default_factory=list)
    held: list[Moved] = field(default_factory=list)
    gone: list[Term] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.adopted or self.held or self.gone)


def stock_plan() -> Iterator[Plan]:
    """What loading would do, registry by registry; nothing is written."""
    rows: dict[str, dict[str, Term]] = {name: {} for name in declarations()}
    for row in Term.objects.of_any(rows):
        rows[row.vocabulary][row.key] = row
    for declared in declarations().values():
        plan = _plan(declared, rows[declared.name])
        if plan:
            yield plan


@transaction.atomic
def stock_load(*, settle: bool = False, by: User | None = None) -> Loaded:
    """Bring the rows of packaged terms to what the packaged tables say; local terms and aliases stay.

    A term of the lab that the standard now has with other fields is held, unless `settle` says to take the standard's.
    """
    done = Loaded()
    for plan in stock_plan():
        moved = [*plan.changed, *plan.adopted, *(plan.held if settle else ())]
        done.held += 0 if settle else len(plan.held)
        if not (plan.new or moved or plan.gone):
            continue
        _write(plan, moved, by)
        version_bump(plan.declared)
        done.added += len(plan.new)
        done.changed += len(moved)
        done.removed += len(plan.gone)
    return done


def _write(plan: Plan, moved: list[Moved], by: User | None) -> None:
    why = f"Release of the standard: {plan.declared.vocabulary.source}"
    batch = uuid4()
    changes = [
        change_columns(one.row, "release", by=by, why=why, before=one.before, after=one.after, batch=batch)
        for one in moved
        if one.before != one.after
    ]
    for row in plan.gone:
        # a word that the standard dropped stays known here: documents hold it
        before = term_state(row)
        row.stock, row.status, row.source = False, Term.Status.RETIRED, "dropped from the standard"
        changes.append(
            change_columns(row, "release", by=by, why=why, before=before, after=term_state(row), batch=batch)
        )
    Term.objects.bulk_create(plan.new, batch_size=BATCH)
    Term.objects.bulk_update([one.fresh for one in moved], FIELDS, batch_size=BATCH)
    Term.objects.bulk_update(plan.gone, FIELDS, batch_size=BATCH)
    if changes:
        changes_write(changes)
        told = {"vocabulary": plan.declared.name, "new": len(plan.new), "changed": len(moved), "gone": len(plan.gone)}
        audit(by=by, action="release.load", object_type="registry", object_id=plan.declared.name, why=why, after=told)


def _plan(declared: Declaration, rows: dict[str, Term]) -> Plan:
    plan = Plan(declared)
    stock = declared.vocabulary.stock
    for entry in stock:
        row = rows.get(entry.key)
        fresh = _row(declared, entry, row)
        if row is None:
            plan.new.append(fresh)
        elif _state(fresh) != _state(row):
            fresh.pk, fresh.created_at, fresh.created_by = row.pk, row.created_at, row.created_by
            fresh.replaced_by, fresh.reason, fresh.aliases = row.replaced_by, row.reason, row.aliases
            moved = Moved(row, fresh)
            if row.stock or row.source != "local":
                plan.changed.append(moved)
            else:
                (plan.adopted if row.data == fresh.data else plan.held).append(moved)
    known = {entry.key for entry in stock}
    plan.gone = [row for key, row in rows.items() if row.stock and key not in known]
    return plan


def _row(declared: Declaration, entry: Entry, row: Term | None) -> Term:
    retired = row is not None and row.stock and row.is_retired
    aliases = tuple(row.alias_list) if row else ()
    known = declared.vocabulary.entry(entry.data, aliases=aliases)
    return Term(
        vocabulary=declared.name,
        key=entry.key,
        name=entry.label,
        data=entry.data,
        identifier=entry.identifier or "",
        source=declared.vocabulary.source,
        stock=True,
        status=Term.Status.RETIRED if retired else Term.Status.STOCK,
        search=known.haystack,
    )


def _state(row: Term) -> tuple[Any, ...]:
    return tuple(getattr(row, field) for field in FIELDS)
