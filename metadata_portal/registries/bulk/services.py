"""What is done with a table: brought, checked, applied all or nothing, taken back all or nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from metadata_portal.accounts.models import User
from metadata_portal.accounts.permissions import can_curate_registries
from metadata_portal.accounts.services import audit
from metadata_portal.errors import Conflict, NotAllowed
from metadata_portal.foundation.sheets.apart import read_apart
from metadata_portal.foundation.sheets.checks import BadFile, check_file
from metadata_portal.registries import overlay
from metadata_portal.registries.bulk.comparing import Compared, compare, counts
from metadata_portal.registries.bulk.models import Batch, BatchRow
from metadata_portal.registries.declaring import Declaration, declaration
from metadata_portal.registries.models import RegistryVersion, Term, TermUse
from metadata_portal.registries.services.changes import change_columns, changes_write, term_state
from metadata_portal.registries.services.checking import entry_of, fill, open_registry
from metadata_portal.registries.services.terms import hold_terms
from metadata_portal.registries.services.uses import uses_forget
from metadata_portal.registries.services.versions import version_bump

Step = Callable[[str, int, int], None]
State = Batch.State
AT_ONCE = 500
NAMED = 5
CELL_SHOWN = 500


def no_step(what: str, done: int, total: int) -> None:
    """Nobody watches."""
    del what, done, total


def batch_bring(*, vocabulary: str, file_name: str, content: bytes, by: User) -> Batch:
    """Keep a table to be checked; raises BadFile for one that must not be read."""
    if not can_curate_registries(by):
        raise NotAllowed("Only a registry manager changes the registries.")
    declared = declaration(vocabulary)
    if declared.closed:
        raise NotAllowed(declared.closed_reason)
    check_file(content)
    return Batch.objects.create(vocabulary=vocabulary, file_name=file_name[-200:], content=content, by=by)


def batch_check(batch: Batch, step: Step = no_step) -> None:
    """Say of each row what it would do; a file that cannot be read is refused with the reason."""
    declared = declaration(batch.vocabulary)
    step("Reading the file", 0, 0)
    try:
        table = read_apart(bytes(batch.content or b""))
        overlay.refresh()
        version = _version()
        total = len(table.rows)
        found = list(compare(declared, table, lambda done: step("Checking rows", done, total)))
    except BadFile as refusal:
        Batch.objects.filter(pk=batch.pk).update(state=State.REFUSED, message=refusal.message, content=None, claim=None)
        return
    with transaction.atomic():
        batch.rows.all().delete()
        BatchRow.objects.bulk_create((_row(batch, one) for one in found), batch_size=AT_ONCE)
        Batch.objects.filter(pk=batch.pk).update(**counts(found), state=State.CHECKED, version=version, claim=None)


def batch_apply_later(*, batch: Batch, reason: str, by: User) -> None:
    """Ask for a checked table to be applied; raises Conflict where it no longer can be."""
    _ask(batch, State.CHECKED, State.APPLYING, by, reason=reason, by=by)


def batch_undo_later(*, batch: Batch, by: User) -> None:
    """Ask for an applied table to be taken back; raises Conflict where it no longer can be."""
    _ask(batch, State.APPLIED, State.UNDOING, by, by=by)


def _ask(batch: Batch, wanted: str, state: str, person: User, **columns: Any) -> None:
    if not can_curate_registries(person):
        raise NotAllowed("Only a registry manager changes the registries.")
    if wanted == State.CHECKED and not batch.can_apply:
        raise Conflict("No row of this table can be applied, or one of them is refused: mend the file first.")
    if not Batch.objects.filter(pk=batch.pk, state=wanted).update(state=state, claim=None, message="", **columns):
        raise Conflict("Somebody was faster: look at the table again.")


def batch_apply(batch: Batch, step: Step = no_step) -> None:
    """Write all rows in one transaction; a registry that changed since the check is compared again instead."""
    step("Waiting for others to finish", 0, 0)
    with transaction.atomic():
        declared = open_registry(batch.vocabulary, batch.by)
        overlay.refresh()
        changing = batch.rows.filter(state__in=(BatchRow.State.NEW, BatchRow.State.CHANGED))
        rows = list(changing)
        if _version() == batch.version or _unchanged(declared, batch, step):
            _write(declared, batch, rows, step)
            return
    Batch.objects.filter(pk=batch.pk).update(
        state=State.CHECKING,
        claim=None,
        message="Somebody changed this registry since the table was checked, so nothing was applied."
        " This is what it would do now.",
    )


def batch_undo(batch: Batch, step: Step = no_step) -> None:
    """Bring back all terms as they were in one transaction; refused as a whole where one was changed or used since."""
    with transaction.atomic():
        declared = open_registry(batch.vocabulary, batch.by)
        changed = (BatchRow.State.NEW, BatchRow.State.CHANGED)
        rows = {row.key: row for row in batch.rows.filter(state__in=changed)}
        terms = {term.key: term for term in Term.objects.of(batch.vocabulary).filter(pk__in=_touched(batch))}
        refused = _cannot_undo(rows, terms)
        if refused:
            Batch.objects.filter(pk=batch.pk).update(state=State.APPLIED, message=refused, claim=None)
            return
        _put_back(declared, batch, rows, terms, step)
        Batch.objects.filter(pk=batch.pk).update(state=State.UNDONE, message="", claim=None)
        audit(by=batch.by, action="batch.undo", obj=batch, after={"terms": len(rows)})
        version_bump(declared)


def _write(declared: Declaration, batch: Batch, rows: list[BatchRow], step: Step) -> None:
    known = {term.key: term for term in Term.objects.of(batch.vocabulary).select_for_update()} if rows else {}
    new, old, changes = [], [], []
    for done, row in enumerate(rows):
        step("Writing terms", done, len(rows))
        term = known.get(row.key)
        if term is None:
            term = Term(vocabulary=batch.vocabulary, source="local", status=Term.Status.LOCAL, created_by=batch.by)
            new.append(term)
        else:
            old.append(term)
        _become(declared, term, row.after or {}, batch.reason)
        changes.append((term, row))
    Term.objects.bulk_create(new, batch_size=AT_ONCE)
    _update(old)
    changes_write(
        [
            change_columns(
                term,
                "import",
                by=batch.by,
                why=batch.reason,
                before=row.before,
                after=row.after,
                batch=batch.pk,
            )
            for term, row in changes
        ]
    )
    _hold(declared, [*new, *old], step)
    Batch.objects.filter(pk=batch.pk).update(state=State.APPLIED, applied_at=timezone.now(), content=None, claim=None)
    told = {"vocabulary": batch.vocabulary, "new": len(new), "changed": len(old), "file": batch.file_name}
    audit(by=batch.by, action="batch.apply", obj=batch, why=batch.reason, after=told)
    version_bump(declared)


def _put_back(
    declared: Declaration, batch: Batch, rows: Mapping[str, BatchRow], terms: Mapping[str, Term], step: Step
) -> None:
    why = f"{batch.file_name} taken back"
    changes, gone, old = [], [], []
    for done, (key, row) in enumerate(rows.items()):
        step("Putting terms back", done, len(rows))
        term = terms[key]
        changes.append(
            change_columns(term, "undo", by=batch.by, why=why, before=row.after, after=row.before, batch=batch.pk)
        )
        if row.before is None:
            gone.append(term)
        else:
            _become(declared, term, row.before, why)
            old.append(term)
    changes_write(changes)
    _update(old)
    _hold(declared, old, step)
    for term in gone if declared.terms_of else ():
        uses_forget(holder=TermUse.Holder.TERM, holder_id=term.pk)
    Term.objects.filter(pk__in=[term.pk for term in gone]).delete()


def _cannot_undo(rows: Mapping[str, BatchRow], terms: Mapping[str, Term]) -> str:
    """Why a table cannot be taken back; empty where it can."""
    moved = [key for key, row in rows.items() if key not in terms or term_state(terms[key]) != row.after]
    if moved:
        return f"Changed since, so nothing was taken back: {_named(moved)}."
    added = [terms[key].pk for key, row in rows.items() if row.before is None]
    used = TermUse.objects.filter(term__in=added).values_list("term__name", flat=True).distinct()
    followed = Term.objects.filter(replaced_by__in=added).values_list("name", flat=True)
    if found := sorted({*used, *followed}):
        return f"In use, so nothing was taken back: {_named(found)}. Retire these, or change what uses them."
    return ""


def _touched(batch: Batch) -> Any:
    from metadata_portal.registries.models import TermChange  # noqa: PLC0415 - used here only

    return TermChange.objects.filter(batch=batch.pk, action="import", term__isnull=False).values("term")


def _unchanged(declared: Declaration, batch: Batch, step: Step) -> bool:
    """Whether the table would still do exactly what was shown."""
    table = read_apart(bytes(batch.content or b""))
    total = len(table.rows)
    now = compare(declared, table, lambda done: step("Checking again", done, total))
    shown = list(batch.rows.values_list("number", "state", "before", "after"))
    return [(one.number, one.state, one.before, one.after) for one in now] == shown


def _become(declared: Declaration, term: Term, state: Mapping[str, Any], reason: str) -> None:
    # what was checked is written as it was shown
    fill(term, entry_of(declared, state["data"], state["aliases"]))
    term.status, term.reason = state["status"], reason


def _update(terms: list[Term]) -> None:
    now = timezone.now()
    for term in terms:
        term.updated_at = now
    columns = ("name", "data", "aliases", "identifier", "search", "status", "reason", "updated_at")
    Term.objects.bulk_update(terms, columns, batch_size=AT_ONCE)


def _hold(declared: Declaration, terms: list[Term], step: Step) -> None:
    for done, term in enumerate(terms if declared.terms_of else ()):
        step("Linking to other registries", done, len(terms))
        hold_terms(declared, term)


def _version() -> str:
    found = RegistryVersion.objects.values_list("number", "digest", "lab").first() or (0, "", 0)
    return "{}.{}.{}".format(*found)


def _row(batch: Batch, one: Compared) -> BatchRow:
    return BatchRow(
        batch=batch,
        number=one.number,
        state=one.state,
        key=one.key,
        cells={name: text[:CELL_SHOWN] for name, text in one.cells.items()},
        before=one.before,
        after=one.after,
        field=one.field,
        message=one.message,
    )


def _named(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
