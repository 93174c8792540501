"""What importing files would do, before anything is written: records, drafts, problems, what has no place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from metadata_portal.bundles.importing import asset_of, key_given
from metadata_portal.bundles.models import Asset
from metadata_portal.entries import judging
from metadata_portal.entries.histories import problems_upon
from metadata_portal.entries.identity import carried_ids
from metadata_portal.entries.instruments import said_already
from metadata_portal.entries.kinds import KINDS
from metadata_portal.entries.merge import Version, same
from metadata_portal.entries.models import Draft, Kind, Record, Revision
from metadata_portal.entries.services import import_key
from metadata_portal.entries.services.submitting import seal
from metadata_portal.entries.telling import Told, tell
from metadata_portal.entries.wording import label_of, text_of
from metadata_portal.errors import NotSubmittable, PortalError, TooLarge
from metadata_portal.schemaforms.reader import parse_json
from schema_core import kind_of
from schema_core.bundle import CORE_KINDS
from schema_core.core.metadata import Metadata
from schema_core.errors import Problem, SchemaError, UnknownKind
from schema_core.together import problems_between
from schema_core.upgrade import Change, upgrade
from schema_core.upgrade.generations import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from metadata_portal.accounts.models import Project, User
    from metadata_portal.entries.judging import Counts

MOST: Final = 9_500_000
"""The most bytes that are carried from the dry run to the import; what a record keeps has the reader's own limit."""
_SHOWN: Final = 160


@dataclass(frozen=True, slots=True)
class Labelled:
    """A problem with the place that it is about, in words."""

    problem: Problem
    label: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as it came; its number stays from page to page.

    `asset` is whose it is, where the person had to say; `home` is the record on whose page it was dropped; `typed` is
    the text itself where it was pasted.
    """

    number: int
    name: str
    content: bytes
    asset: str = ""
    home: Record | None = None
    typed: str = ""


@dataclass(slots=True)
class Part:
    """One core file, and the record that it would go into."""

    name: str
    kind: Kind
    document: dict[str, Any]
    asset: str
    key: str = ""
    record: Record | None = None
    last: Revision | None = None
    draft: Draft | None = None
    outcome: str = "refused"
    message: str = ""
    needs_asset: bool = False
    valid: bool = False
    problems: list[Labelled] = field(default_factory=list)
    unplaced: list[Labelled] = field(default_factory=list)
    told: Told | None = None

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return KINDS[self.kind].icon

    @property
    def counts(self) -> Counts:
        """Its problems by severity."""
        return judging.count([entry.problem for entry in (*self.problems, *self.unplaced)])

    @property
    def can_go(self) -> bool:
        """Whether importing would write it, or may: `over` takes the place of the person's draft, when they say so."""
        return self.outcome in {"new", "revision", "over"}

    @property
    def can_be_submitted(self) -> bool:
        """Whether it could become a revision at once; what takes the place of a draft stays one."""
        return self.valid and self.outcome in {"new", "revision"}


@dataclass(slots=True)
class File:
    """One file: what it is, and its core files; or why it cannot be read."""

    number: int
    name: str
    refusals: list[str] = field(default_factory=list)
    kind: str = ""
    source: str = ""
    document: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    asset: str = ""
    makes_asset: bool = False
    knows_asset: bool = False
    changes: Sequence[Change] = ()
    losses: Sequence[Problem] = ()
    ignored: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    typed: str = ""

    def address_of(self, part: Part) -> str | None:
        """Where a core file stands in this one; None when it was carried over from another version."""
        if self.changes or self.losses:
            return None
        return str(part.kind) if self.kind == "metadata" else ""

    @property
    def asset_name(self) -> str:
        """What the asset is called in the form of the dry run."""
        return f"{self.number}.asset"


@dataclass(slots=True)
class Rehearsal:
    """All files that were sent, what importing them would do, and what does not fit between them."""

    files: list[File]
    between: list[Labelled] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """Every core file of every file."""
        return [part for file in self.files for part in file.parts]

    @property
    def ready(self) -> list[Part]:
        """Those that would be written."""
        return [part for part in self.parts if part.can_go]

    @property
    def submittable(self) -> list[Part]:
        """Those that could be submitted at once."""
        return [part for part in self.ready if part.can_be_submitted]

    @property
    def digest(self) -> str:
        """What the person was shown: another one means that the records have changed since."""
        told = [
            (
                *(part.name, part.kind, part.key, part.outcome, part.valid),
                *(part.last.number if part.last else 0, part.draft.version if part.draft else 0),
            )
            for part in self.parts
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def rehearse(sent: Sequence[Sent], project: Project, by: User) -> Rehearsal:
    """Say of each file what importing it would do; nothing is written."""
    files = [_read(one) for one in sent]
    if sum(len(file.text) for file in files) > MOST:
        raise TooLarge(f"These files are too much at once: send fewer, {MOST:,} bytes at most.")
    taken: set[tuple[str, str]] = set()
    for file in files:
        for part in file.parts:
            _look(part, project, by)
            if part.can_go and (part.kind, part.key) in taken:
                part.outcome = "waiting"
                part.message = "Another of these files goes into the same record: import this one after it."
            taken.add((part.kind, part.key))
        if file.kind == "metadata":
            file.knows_asset = Asset.objects.filter(name=file.document.get("name"), project=project).exists()
    return Rehearsal(files, list(_between(files)))


def _read(sent: Sent) -> File:
    file = File(sent.number, sent.name, asset=sent.asset, typed=sent.typed)
    try:
        document = parse_json(sent.content, most=MOST)
    except PortalError as error:
        file.refusals = [error.message]
        return file
    if not isinstance(document, dict):
        file.refusals = ["A core file is a JSON object in braces: this is something else."]
        return file
    file.text = json.dumps(document, separators=(",", ":"))
    file.document = _of_this_version(document, file)
    if file.refusals:
        return file
    try:
        file.kind = _kind(file.document, sent)
    except UnknownKind as error:
        file.refusals = [f"{error}."]
        return file
    if sent.home is not None and sent.home.kind == file.kind:
        file.asset = file.asset or sent.home.key
    file.parts = list(_core_files(file) if file.kind == "metadata" else _one_core_file(file))
    if file.kind == "metadata":
        file.makes_asset = isinstance(file.document.get("name"), str)
        file.ignored = list(_ignored(file.document))
    return file


def _kind(document: dict[str, Any], sent: Sent) -> str:
    """Which core file it is: as it says, else a whole record where it holds core files, else that of the page."""
    try:
        return kind_of(document, sent.name)
    except UnknownKind:
        if any(isinstance(document.get(kind), dict) for kind in CORE_KINDS):
            return "metadata"
        if sent.home is None:
            raise
        return str(sent.home.kind)


def _of_this_version(document: dict[str, Any], file: File) -> dict[str, Any]:
    """The document in version 2.9: older ones of version 2 as they are, of 3.0 carried over, others refused."""
    sources = {source_of(document)}
    if "name" in document and "location" in document:
        sources |= {source_of(document[kind]) for kind in CORE_KINDS if isinstance(document.get(kind), dict)}
    file.source = str(document.get("schema_version") or "")
    if sources == {"2.9"}:
        return document
    try:
        kind: str | None = kind_of(document, file.name)
    except SchemaError:
        kind = None
    made = upgrade(document, to="2.9", kind=kind)
    if made.document is None:
        file.refusals = [f"{refusal.message}." for refusal in made.refusals]
        return document
    file.changes, file.losses = made.changes, made.losses
    return made.document


def _one_core_file(file: File) -> Iterator[Part]:
    kind = Kind(file.kind)
    yield Part(f"{file.number}.{kind}", kind, file.document, file.asset or asset_of(file.name, kind))


def _core_files(file: File) -> Iterator[Part]:
    name = file.document.get("name")
    asset = name if isinstance(name, str) else ""
    for kind in CORE_KINDS:
        core = file.document.get(kind)
        if isinstance(core, dict):
            yield Part(f"{file.number}.{kind}", Kind(kind), core, asset)


def _ignored(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What of a metadata document has no place in the portal: keys of no meaning, and core files that are none."""
    for key, value in document.items():
        known = key in Metadata.model_fields
        if not known or (key in CORE_KINDS and value is not None and not isinstance(value, dict)):
            yield key, text_of(value)[:_SHOWN]


def _look(part: Part, project: Project, by: User) -> None:
    """Find the record that a core file belongs to, and judge the file as that record's."""
    said = part.document.get("object_type")
    own = str(part.kind.label).lower()
    if isinstance(said, str) and said.lower().replace("_", " ") != own:
        part.message = f"It stands where {own} belongs, and says that it is “{said[:60]}”: put it under its own name."
        return
    try:
        part.key = import_key(part.kind, part.document, key_given(part.document, part.kind, part.asset))
        judging.dump(part.document)
    except PortalError as error:
        part.needs_asset = not part.key and not KINDS[part.kind].says
        part.message = error.message
        return
    part.record = Record.objects.filter(project=project, kind=part.kind, key=part.key).first()
    part.outcome = "new"
    if part.record is not None:
        part.outcome = "revision"
        part.last = part.record.last_revision()
        part.draft = Draft.objects.filter(record=part.record, editor=by).first()
    part.valid, text = _judge(part)
    if part.record is None:
        return
    if part.draft is not None:
        _beside(part, part.draft)
    elif text and said_already(part.record, text):
        part.outcome = "unchanged"
        part.message = "The record says this already."


def _beside(part: Part, draft: Draft) -> None:
    """What becomes of a file whose record the person is writing a draft of."""
    if same(draft.data, part.document):
        part.outcome, part.message = "drafted", "Your draft says this already."
        return
    part.outcome = "over"
    part.told = tell(part.kind, Version(draft.data, draft.item_ids), Version(part.document))


def _between(files: Sequence[File]) -> Iterator[Labelled]:
    """What does not fit between the core files of one metadata document, or of one asset that are sent together."""
    sets: dict[str, list[Part]] = {}
    for file in files:
        if not file.refusals:
            own = file.name if file.kind == "metadata" else f"asset {file.asset or asset_of(file.name, file.kind)}"
            sets.setdefault(own, []).extend(part for part in file.parts if part.outcome != "refused")
    for parts in sets.values():
        documents = {str(part.kind): part.document for part in parts}
        if len(documents) == len(parts):
            yield from (_labelled_between(problem, documents) for problem in problems_between(documents))


def _labelled_between(problem: Problem, documents: Mapping[str, dict[str, Any]]) -> Labelled:
    kind, _, path = problem.path.partition(".")
    own = f"{Kind(kind).label}: {label_of(kind, documents[kind], path)}" if kind in documents else problem.path
    return Labelled(problem, own)


def _breaks_histories(part: Part) -> Iterator[Problem]:
    """What the document does to histories of the revision that it would come after."""
    if part.last is not None and part.record is not None:
        ids = carried_ids(part.last.data, part.last.item_ids, part.document)
        yield from problems_upon(part.last, part.record, part.document, ids)


def _judge(part: Part) -> tuple[bool, str]:
    """Whether the document could be submitted, and its exact text then; its problems go to the part."""
    try:
        text, problems = seal(Record(kind=part.kind, key=part.key), part.document)
        valid = True
    except NotSubmittable:
        text, problems = "", judging.judge(part.kind, part.key, part.document)
        valid = False
    if broken := list(_breaks_histories(part)):
        problems, valid, text = [*problems, *broken], False, ""
    labelled = [Labelled(problem, label_of(part.kind, part.document, problem.path)) for problem in problems]
    part.unplaced = [entry for entry in labelled if entry.problem.code == "unknown-field"]
    part.problems = [entry for entry in labelled if entry.problem.code != "unknown-field"]
    return valid, text
