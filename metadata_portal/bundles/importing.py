"""Core files and whole metadata documents -> records and assets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db.models import Max

from metadata_portal.bundles.models import Asset
from metadata_portal.bundles.names import validate_asset_name
from metadata_portal.bundles.services import asset_create, asset_describe
from metadata_portal.entries.keys import key_of
from metadata_portal.entries.models import Draft, Kind, Record, Revision
from metadata_portal.entries.provenance import imported
from metadata_portal.entries.services import draft_problems, draft_save, record_import
from metadata_portal.errors import PortalError
from metadata_portal.schemaforms.reader import parse_json
from schema_core import kind_of
from schema_core.bundle import CORE_KINDS
from schema_core.errors import Problem, SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from metadata_portal.accounts.models import Project, User

Outcome = Literal["submitted", "unchanged", "draft", "asset", "refused"]
# Their key is what they say of the animal, or nothing is.
_OF_ANIMALS = frozenset({Kind.SUBJECT, Kind.PROCEDURES})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the documents go, who brings them, why, in which file, and whether what is valid is submitted.

    `within` is the address in the file of the document that is imported; None where the file says it otherwise.
    """

    project: Project
    by: User
    reason: str
    submit: bool = True
    file: str = ""
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one core file, or of the whole."""

    outcome: Outcome
    what: str
    problems: list[Problem] = field(default_factory=list)
    record: Record | None = None


def import_file(content: bytes, filename: str, origin: Origin, folder: str = "") -> Iterator[Imported]:
    """Import one file and say, one by one, what became of what it holds.

    Core files that do not say whose they are belong to the asset that the file's name begins with, as the standard
    writes them, else to that of the folder's name.
    """
    origin = replace(origin, file=filename, within="")
    try:
        document = parse_json(content)
        kind = kind_of(document, filename)
    except (PortalError, SchemaError) as error:
        yield Imported("refused", str(error))
        return
    if kind == "metadata":
        yield from _import_metadata(document, origin)
    else:
        yield import_core(document, kind, origin, asset=asset_of(filename, kind) or folder)


def asset_of(filename: str, kind: str) -> str:
    """The prefix of a file's name: `730945_2026-11-20_14-05-00_processing.json`."""
    stem = filename.partition(".")[0]
    return stem.removesuffix(f"_{kind}") if stem.endswith(f"_{kind}") else ""


def _import_metadata(document: Mapping[str, Any], origin: Origin) -> Iterator[Imported]:
    """Import the core files of a metadata document, then make or change its asset."""
    name = document.get("name")
    records: dict[str, Record | None] = {}
    for kind in CORE_KINDS:
        core = document.get(kind)
        if not isinstance(core, dict):
            continue
        made = import_core(core, kind, replace(origin, within=kind), asset=name if isinstance(name, str) else "")
        yield made
        if made.record is not None:
            records[kind] = made.record
    yield import_asset(document, records, origin)


def key_given(document: Mapping[str, Any], kind: str, asset: str) -> str:
    """The asset as the key of a document that does not say whose it is; empty where it has to say."""
    return "" if kind in _OF_ANIMALS or key_of(kind, document) else asset


def import_core(document: Mapping[str, Any], kind: str, origin: Origin, asset: str) -> Imported:
    """Import one core file; what is refused is told, not raised."""
    title = kind.replace("_", " ")
    key = key_given(document, kind, asset)
    newest = Revision.objects.aggregate(newest=Max("pk"))["newest"] or 0
    try:
        record, made = record_import(
            document=document,
            kind=kind,
            project=origin.project,
            by=origin.by,
            reason=origin.reason,
            key=key,
            submit=origin.submit,
            source=origin.file,
            within=origin.within,
        )
    except PortalError as error:
        return Imported("refused", f"{title}: {error.message}", list(getattr(error, "problems", ())))
    if isinstance(made, Draft):
        return Imported("draft", f"{title} {record.key}", draft_problems(made), record)
    problems = [Problem.from_json(problem) for problem in made.problems]
    outcome: Outcome = "unchanged" if made.pk <= newest else "submitted"
    return Imported(outcome, f"{title} {record.key}, revision {made.number}", problems, record)


def import_over(document: Mapping[str, Any], draft: Draft, origin: Origin) -> Imported:
    """Put one core file in the place of what the person's draft says, unless the draft was saved meanwhile."""
    record = draft.record
    try:
        saved = draft_save(
            draft=draft,
            by=origin.by,
            op=uuid4(),
            document=document,
            version=draft.version,
            origin=imported(origin.file, origin.by, origin.within),
        )
    except PortalError as error:
        return Imported("refused", f"{record}: {error.message}")
    return Imported("draft", f"{record.kind.replace('_', ' ')} {record.key}", draft_problems(saved.draft), record)


def import_asset(document: Mapping[str, Any], records: Mapping[str, Record | None], origin: Origin) -> Imported:
    """Make or change the asset that a metadata document is about."""
    name, location = document.get("name"), document.get("location")
    identifiers = document.get("other_identifiers")
    if not isinstance(name, str) or not isinstance(location, str | None) or not isinstance(identifiers, dict | None):
        return Imported("refused", "asset: name and location are texts, other identifiers an object")
    try:
        validate_asset_name(name)
        asset = Asset.objects.filter(name=name).first()
        if asset is not None and asset.project_id != origin.project.pk:
            return Imported("refused", f"asset: {name} belongs to another project")
        asset = asset or asset_create(name=name, project=origin.project, by=origin.by, location=location or "")
        asset_describe(
            asset=asset, location=location or "", other_identifiers=identifiers, records=records, by=origin.by
        )
    except ValidationError as error:
        return Imported("refused", f"asset: {' '.join(error.messages)}")
    except PortalError as error:
        return Imported("refused", f"asset: {error.message}")
    return Imported("asset", f"asset {name}")
