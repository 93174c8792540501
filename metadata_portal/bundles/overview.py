"""What an asset's page shows: the files the standard expects, what each lacks, and where to mend it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urlencode

from django.urls import reverse

from metadata_portal.accounts.permissions import can_assemble, can_enter_records
from metadata_portal.bundles.services import core_files, current_revisions, frame_of
from metadata_portal.entries.models import Draft, Record
from schema_core import bundle as joining
from schema_core.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from metadata_portal.accounts.models import User
    from metadata_portal.bundles.models import Asset, Bundle
    from metadata_portal.entries.models import Revision

State = Literal["ready", "problems", "draft", "withdrawn", "missing"]


@dataclass(frozen=True, slots=True)
class LinkedProblem:
    """A problem of the whole document, and the address of the field to mend."""

    problem: Problem
    kind: str
    url: str


@dataclass(slots=True)
class FileRow:
    """One core file that the standard expects, and how far it is."""

    kind: str
    title: str
    state: State
    record: Record | None = None
    revision: Revision | None = None
    has_draft: bool = False
    is_visible: bool = False
    problems: list[LinkedProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a finished bundle's page shows."""

    files: list[dict[str, Any]]
    absent: list[str]
    problems: list[LinkedProblem]
    local: list[dict[str, str]]
    withdrawn: list[Revision]


@dataclass(frozen=True, slots=True)
class Overview:
    """All that stands between an asset and its next bundle."""

    rows: list[FileRow]
    whole: list[LinkedProblem]
    blocking: int
    warnings: int
    subject_id: str
    local: list[dict[str, str]]

    @property
    def can_assemble(self) -> bool:
        """Whether assembling would succeed now."""
        return not self.blocking


def kind_title(kind: str) -> str:
    """Return a kind of core file as people write it."""
    return kind.replace("_", " ").capitalize()


def overview(asset: Asset, user: User) -> Overview:
    """Return the state of every expected file, each problem with its link."""
    links = {link.kind: link.record for link in asset.asset_records.select_related("record")}
    current = sorted(current_revisions(asset), key=lambda revision: joining.CORE_KINDS.index(revision.record.kind))
    revisions = {revision.record.kind: revision for revision in current}
    files = core_files(revisions.values())
    problems = linked(joining.judge(frame_of(asset), files)[1], asset, links, user)
    shown = set(
        Record.objects.visible_to(user).filter(pk__in=[r.pk for r in links.values()]).values_list("pk", flat=True)
    )
    drafts = set(Draft.objects.editable_by(user).filter(record__in=links.values()).values_list("record_id", flat=True))
    rows = [
        _row(kind, links.get(kind), revisions.get(kind), [found for found in problems if found.kind == kind])
        for kind in joining.expected_kinds(links)
    ]
    for row in rows:
        row.is_visible = row.record is not None and row.record.pk in shown
        row.has_draft = row.record is not None and row.record.pk in drafts
    whole = [found for found in problems if not found.kind]
    shown_problems = [*whole, *(found for row in rows for found in row.problems)]
    return Overview(
        rows=rows,
        whole=whole,
        blocking=sum(found.problem.severity != "warning" for found in problems),
        warnings=sum(found.problem.severity == "warning" for found in shown_problems),
        subject_id=next((record.subject_id for record in links.values() if record.subject_id), ""),
        local=joining.local_json(joining.local_names(files)),
    )


def contents(bundle: Bundle, user: User) -> Contents:
    """Return the files of a bundle with their revisions, and what its report says."""
    pins = bundle.pins.select_related("revision__record", "revision__withdrawal")
    revisions = {pin.kind: pin.revision for pin in pins}
    report, manifest = json.loads(bundle.report), json.loads(bundle.manifest)
    problems = [Problem.from_json(problem) for problem in report["problems"]]
    records = {kind: revision.record for kind, revision in revisions.items()}
    return Contents(
        files=[{**entry, "pinned": revisions.get(entry["kind"])} for entry in manifest["files"]],
        absent=[kind_title(entry["kind"]) for entry in report["files"] if entry["state"] == "absent"],
        problems=linked(problems, bundle.asset, records, user),
        local=report["local_terms"],
        withdrawn=[revision for revision in revisions.values() if revision.is_withdrawn],
    )


def linked(problems: Iterable[Problem], asset: Asset, records: Mapping[str, Record], user: User) -> list[LinkedProblem]:
    """Return each problem with the address where the person can see or mend it."""
    return [_linked(problem, asset, records, user) for problem in problems]


def _linked(problem: Problem, asset: Asset, records: Mapping[str, Record], user: User) -> LinkedProblem:
    kind, _, path = problem.path.partition(".")
    record = records.get(kind)
    if record is not None and can_enter_records(user):
        url = reverse("entries:record-edit", args=[record.pk]) + (f"?{urlencode({'at': path})}" if path else "")
    elif record is not None:
        # Who may not enter records reads them: the page has an anchor for each value.
        url = record.get_absolute_url() + (f"#{quote(path)}" if path else "")
    elif can_assemble(user):
        url = reverse("bundles:asset-edit", args=[asset.name])
    else:
        url = ""
    return LinkedProblem(problem, kind if kind in joining.CORE_KINDS else "", url)


def _row(kind: str, record: Record | None, revision: Revision | None, problems: list[LinkedProblem]) -> FileRow:
    row = FileRow(kind, kind_title(kind), "missing", record, revision, problems=problems)
    if revision is not None:
        row.state = "problems" if any(p.problem.severity != "warning" for p in problems) else "ready"
    elif record is not None:
        row.state = "withdrawn" if record.revisions.exists() else "draft"
    return row
