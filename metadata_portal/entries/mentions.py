"""Where records name a device: in the document that holds it, and in the acquisitions that the standard links to it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

import schema_core
from metadata_portal.entries.models import Draft, Kind, Record, Revision
from metadata_portal.schemaforms import scope
from metadata_portal.schemaforms.documents import Document, get
from schema_core import paths
from schema_core.introspect import describe

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that names the device: the person's own draft of it, else its last revision, and the addresses."""

    record: Record
    source: Draft | Revision
    document: dict[str, Any]
    paths: tuple[str, ...]
    earlier: str = ""

    @property
    def draft(self) -> Draft | None:
        """The draft that would be changed; None where one would be opened."""
        return self.source if isinstance(self.source, Draft) else None

    @property
    def version(self) -> str:
        """What the document was like when it was read."""
        return str(self.source.version) if isinstance(self.source, Draft) else self.source.sha256


@dataclass(frozen=True)
class Mentions:
    """Everything that says the old name of one device of a draft."""

    draft: Draft
    at: str
    old: str
    own: tuple[str, ...]
    linked: tuple[Mention, ...]
    of_colleagues: int

    @property
    def count(self) -> int:
        """How many places say it."""
        return len(self.own) + sum(len(mention.paths) for mention in self.linked)

    @cached_property
    def digest(self) -> str:
        """Changes whenever any of it does."""
        seen = [[str(entry.record.pk), entry.version, entry.paths] for entry in self.linked]
        content = [self.at, self.old, self.draft.version, self.own, seen]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def mentions_of(draft: Draft, at: str, old: str, by: "User") -> Mentions:
    """Who says the name of the device at an address; of other records those of the same rig or animal."""
    own = named_in(draft.record.kind, draft.data, old)
    linked = tuple(_linked(draft, old, by)) if old else ()
    others = _with_name(_drafts(draft.record).exclude(editor=by), old).count() if old else 0
    return Mentions(draft, at, old, own, linked, others)


def named_in(kind: str, document: Any, name: str) -> tuple[str, ...]:
    """The addresses at which a document refers to a device of this name."""
    shape = describe(schema_core.KINDS[kind])
    return tuple(path for path, said in scope.mentions(shape, document, "device") if said == name)


def renamed(document: Any, addresses: tuple[str, ...], new: str) -> dict[str, Any]:
    """The document with another name at these addresses."""
    state = Document(document)
    for address in addresses:
        state = state.put(address, new)
    changed: dict[str, Any] = state.json
    return changed


def _linked(draft: Draft, old: str, by: "User") -> Iterator[Mention]:
    """Acquisitions on the same rig or of the same animal: the person's draft speaks for a record, else its revision."""
    mine = {entry.record_id: entry for entry in _with_name(_drafts(draft.record).filter(editor=by), old)}
    drafted = set(_drafts(draft.record).filter(editor=by).values_list("record_id", flat=True))
    submitted = _with_name(_revisions(draft.record).exclude(record_id__in=drafted), old)
    for source in sorted((*mine.values(), *submitted), key=lambda entry: entry.record.key):
        document = source.data
        if not _is_of(draft.record, document):
            continue
        if found := named_in(source.record.kind, document, old):
            yield Mention(source.record, source, document, found, _earlier(draft, document))


def _drafts(record: Record) -> QuerySet[Draft]:
    drafts = Draft.objects.filter(record__project=record.project_id, record__kind=Kind.ACQUISITION)
    return drafts.select_related("record__project", "base", "editor")


def _revisions(record: Record) -> QuerySet[Revision]:
    revisions = Revision.objects.current().filter(record__project=record.project_id, record__kind=Kind.ACQUISITION)
    return revisions.select_related("record__project")


def _with_name(rows: Any, name: str) -> Any:
    """Those whose text holds the name, as JSON writes it."""
    return rows.filter(document__contains=json.dumps(name, ensure_ascii=False))


def _is_of(record: Record, document: Any) -> bool:
    """Whether an acquisition was made with this rig, or on this animal."""
    field = {Kind.INSTRUMENT: "instrument_id", Kind.PROCEDURES: "subject_id"}.get(Kind(record.kind))
    return field is not None and document.get(field) == record.key


def _earlier(draft: Draft, document: Any) -> str:
    """The day since which the rig is as the draft says, where the acquisition is older and meets an older state."""
    since, began = draft.data.get("modification_date"), document.get("acquisition_start_time")
    if draft.record.kind != Kind.INSTRUMENT or not isinstance(since, str) or not isinstance(began, str):
        return ""
    return since if began[:10] < since[:10] else ""


def device_at(draft: Draft, at: str) -> str:
    """The name of the device at an address; empty where there is none."""
    node = get(draft.data, at)
    return str(node["name"]) if at and scope.is_device(node) else ""


def has_name(draft: Draft, name: str, *, besides: str) -> bool:
    """Whether another device of the draft is called so."""
    return any(said == name and path != besides for path, said in scope.named_devices(draft.data))


def name_path(at: str) -> str:
    """The address of the name of the device at an address."""
    return paths.child(at, "name")
