"""One term in the place of another, in drafts: those there are, and new ones of the records that were submitted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django.db import transaction

from metadata_portal.accounts.services import audit
from metadata_portal.entries import provenance
from metadata_portal.entries.errors import StaleDraft
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services.drafts import draft_open, draft_save
from metadata_portal.entries.services.permission import require_entry
from metadata_portal.entries.terms_used import places_of_terms
from metadata_portal.errors import NotAllowed, NotFound
from metadata_portal.registries.models import Term, TermUse
from metadata_portal.schemaforms.documents import Document, get
from metadata_portal.schemaforms.origins import Origin

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

ATTEMPTS: Final = 5


@dataclass(slots=True)
class Replaced:
    """What was done: drafts that were changed, drafts that were opened, records that nobody can correct now."""

    changed: list[Record] = field(default_factory=list)
    opened: list[Record] = field(default_factory=list)
    left: list[Record] = field(default_factory=list)


def term_replace(*, vocabulary: str, old: str, new: str, reason: str, by: "User") -> Replaced:
    """Write one term where another stood, in drafts only: no submitted revision changes.

    A draft stays its person's; a new one, from the last revision, is opened for the person who replaces if they enter
    records there, else for the author of that revision. Each record gets an audit event with the reason.
    """
    done = Replaced()
    term = Term.objects.of(vocabulary).get(key=new)
    uses = TermUse.objects.filter(term__vocabulary=vocabulary, term__key=old)
    change = _Change(vocabulary, old, term, reason, by)
    for draft in _held(uses, Draft, TermUse.Holder.DRAFT):
        (done.changed if _in_draft(draft, change) else done.left).append(draft.record)
    for revision in _held(uses, Revision, TermUse.Holder.REVISION):
        if revision.pk != _current(revision) or revision.record in done.changed:
            continue
        (done.opened if _in_new_draft(revision, change) else done.left).append(revision.record)
    return done


@dataclass(frozen=True, slots=True)
class _Change:
    vocabulary: str
    old: str
    new: Term
    reason: str
    by: "User"

    def document(self, kind: str, document: dict[str, Any]) -> dict[str, Any]:
        """The document with the new term wherever the old one stands."""
        state = Document(document)
        for path, registry, key in list(places_of_terms(kind, document)):
            if (registry, key) == (self.vocabulary, self.old):
                is_object = isinstance(get(document, path), dict)
                state = state.put(path, self.new.data if is_object else self.new.key)
        changed: dict[str, Any] = state.json
        return changed

    @property
    def origin(self) -> Origin:
        """What the changed values say of themselves."""
        return provenance.signed(Origin("term", what=f"{self.new.key} for {self.old}: {self.reason}"), self.by)

    def write_down(self, record: Record) -> None:
        """Keep who did it and why with the record."""
        audit(
            by=self.by,
            action="term.replace",
            obj=record,
            why=self.reason,
            before={"vocabulary": self.vocabulary, "key": self.old},
            after={"vocabulary": self.vocabulary, "key": self.new.key},
        )


def _held(uses: Any, model: Any, holder: str) -> Iterator[Any]:
    ids = list(uses.filter(holder=holder).values_list("holder_id", flat=True))
    yield from model.objects.filter(pk__in=ids).select_related("record__project").order_by("record__key", "pk")


def _current(revision: Revision) -> Any:
    last = revision.record.last_revision()
    return None if last is None or last.is_withdrawn else last.pk


def _in_draft(draft: Draft, change: _Change) -> bool:
    """Whether the draft could be changed: not when its person may not enter records any more."""
    if not _may_enter(draft.editor, draft.record):
        return False
    for _ in range(ATTEMPTS):
        fresh = Draft.objects.select_related("record", "editor", "base").filter(pk=draft.pk).first()
        if fresh is None:
            return False
        document = change.document(fresh.record.kind, fresh.data)
        try:
            with transaction.atomic():
                draft_save(
                    draft=fresh,
                    by=fresh.editor,
                    op=uuid4(),
                    document=document,
                    version=fresh.version,
                    origin=change.origin,
                )
                change.write_down(fresh.record)
        except StaleDraft:
            continue  # saved meanwhile: once more on top of that
        else:
            return True
    return False


def _in_new_draft(revision: Revision, change: _Change) -> bool:
    """Whether a draft holds the new term now: a new one, or the one that somebody is correcting it in."""
    record = revision.record
    editor = next((person for person in (change.by, revision.author) if person and _may_enter(person, record)), None)
    if editor is None:
        return False
    with transaction.atomic():
        draft_open(
            record=record,
            by=editor,
            document=change.document(record.kind, revision.data),
            item_ids=revision.item_ids,
            origin=change.origin,
            opened_by=change.by,
            why=change.reason,
        )
        change.write_down(record)
    return True


def _may_enter(person: "User", record: Record) -> bool:
    try:
        require_entry(person, record.project)
    except (NotAllowed, NotFound):
        return False
    return True
