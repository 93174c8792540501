"""Importing JSON files in the browser: a dry run first, then one press."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.models import Project
from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.bundles.importing import Imported, Origin, import_asset, import_core, import_over
from metadata_portal.bundles.models import Asset
from metadata_portal.bundles.rehearsal import MOST, Rehearsal, Sent, rehearse
from metadata_portal.entries.models import Record
from metadata_portal.errors import BadRequest, TooLarge
from metadata_portal.foundation.text import FORBIDDEN, reads_any_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse, HttpResponseBase

    from metadata_portal.accounts.requests import PersonRequest

MAX_FILES = 20
MAX_NAME = 120
PASTED = "pasted text"
MAX_REASON = 2000
# More would not fit into the cookie that carries messages to the next page.
TOLD = 8
CRUMBS = [("Records", reverse_lazy("entries:record-list")), ("Import JSON", "")]
CHANGED = "The records have changed since this page was made: look at it again, then import."


class _Undone(Exception):
    """One of the core files could not be imported, so none is."""

    def __init__(self, made: Imported) -> None:
        super().__init__(made.what)
        self.made = made


@reads_any_text("pasted")
@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def record_import_page(request: PersonRequest) -> HttpResponseBase:
    """Take files, show what importing them would do, and do it."""
    projects = list(Project.objects.visible_to(request.user))
    home = _home(request)
    context: dict[str, Any] = {"projects": projects, "crumbs": CRUMBS, "home": home}
    if request.method != "POST" or not projects:
        return render(request, "bundles/import.html", context)
    project = _project(request, projects, home)
    sent = _sent(request, home)
    if not sent:
        context["error"] = (
            "Choose a file, drop one here, or paste its text: a core file such as procedures.json, or a metadata.json."
        )
        return render(request, "bundles/import.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    rehearsal = rehearse(sent, project, request.user)
    context |= {"project": project, "rehearsal": rehearsal, "reason": request.POST.get("reason", "")}
    do = request.POST.get("do", "")
    if do in {"draft", "submit"}:
        return _import(request, rehearsal, project, context)
    is_refused = all(file.refusals for file in rehearsal.files)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return _page(request, context, status)


def _page(request: PersonRequest, context: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    # what the page before did not offer is ticked at first
    context["taken"] = set(request.POST.getlist("take"))
    context["left_out"] = set(request.POST.getlist("offered")) - context["taken"]
    return render(request, "bundles/import_rehearsal.html", context, status=status)


def _import(
    request: PersonRequest, rehearsal: Rehearsal, project: Project, context: dict[str, Any]
) -> HttpResponseBase:
    """Write what was chosen, all of it or nothing."""
    taken = set(request.POST.getlist("take"))
    if request.POST.get("plan") != rehearsal.digest:
        context["error"] = CHANGED
        return _page(request, context, HTTPStatus.CONFLICT)
    reason = request.POST.get("reason", "").strip() or _reason(rehearsal)
    if len(reason) > MAX_REASON:
        context["error"] = f"The reason has {len(reason)} characters: say it in at most {MAX_REASON}."
        return _page(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    origin = Origin(project, request.user, reason, submit=request.POST["do"] == "submit")
    if not any(part.name in taken for part in rehearsal.ready):
        context["error"] = "Nothing is chosen: tick what is to be imported."
        return _page(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction.atomic():
            made = _written(rehearsal, origin, taken)
    except _Undone as error:
        context["error"] = f"Nothing was imported. {error.made.what}"
        return _page(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    _tell(request, made)
    return redirect(_next(made, rehearsal))


def _written(rehearsal: Rehearsal, origin: Origin, taken: set[str]) -> list[Imported]:
    made: list[Imported] = []
    for file in rehearsal.files:
        own = replace(origin, file=file.name)
        records: dict[str, Record | None] = {}
        for part in file.parts:
            if part.can_go and part.name in taken:
                here = replace(own, within=file.address_of(part))
                over = part.draft if part.outcome == "over" else None
                one = (
                    import_core(part.document, part.kind, here, part.asset)
                    if over is None
                    else import_over(part.document, over, here)
                )
                made.append(_or_undone(one))
                records[part.kind] = made[-1].record
            elif part.record is not None and part.outcome in {"unchanged", "drafted"}:
                records[part.kind] = part.record
        if file.makes_asset and file.asset_name in taken:
            made.append(_or_undone(import_asset(file.document, records, own)))
    return made


def _or_undone(made: Imported) -> Imported:
    if made.outcome == "refused":
        raise _Undone(made)
    return made


def _tell(request: PersonRequest, made: Sequence[Imported]) -> None:
    words = {"submitted": "Submitted", "draft": "Draft made", "asset": "Asset", "unchanged": "Unchanged"}
    for one in made[:TOLD]:
        what = one.what.removeprefix("asset ") if one.outcome == "asset" else one.what
        messages.success(request, f"{words[one.outcome]}: {what}.")
    if len(made) > TOLD:
        messages.success(request, f"… and {len(made) - TOLD} more.")


def _next(made: Sequence[Imported], rehearsal: Rehearsal) -> str:
    """Where to go on: the one record, the asset, else the list."""
    assets = [one for one in made if one.outcome == "asset"]
    if assets:
        name = next(file.document["name"] for file in rehearsal.files if file.makes_asset)
        return Asset.objects.get(name=name).get_absolute_url()
    if len(made) == 1 and made[0].record is not None:
        record = made[0].record
        return (
            reverse("entries:record-edit", args=[record.pk])
            if made[0].outcome == "draft"
            else record.get_absolute_url()
        )
    return reverse("entries:record-list")


def _reason(rehearsal: Rehearsal) -> str:
    return f"Imported from {', '.join(file.name for file in rehearsal.files if not file.refusals)}"[:MAX_REASON]


def _project(request: PersonRequest, projects: Sequence[Project], home: Record | None) -> Project:
    """The project that was chosen, else that of the record on whose page the files were dropped, else the first."""
    asked = request.POST.get("project", "")
    if not asked:
        return projects[0] if home is None else home.project
    found = next((project for project in projects if str(project.pk) == asked), None)
    if found is None:
        raise BadRequest("There is no such project among yours: load the page again.")
    return found


def _sent(request: PersonRequest, home: Record | None) -> list[Sent]:
    """The files that were sent with the page before, those that come now, and the text that was pasted."""
    carried = _carried(request)
    first = max((one.number for one in carried), default=-1) + 1
    files = [(_shown(file.name or ""), file.read(MOST + 1), "") for file in request.FILES.getlist("file")]
    text = request.POST.get("pasted", "")
    if text.strip():
        files.append((PASTED, text.encode("utf-8", "surrogatepass"), text))
    if len(carried) + len(files) > MAX_FILES:
        raise TooLarge(f"{len(carried) + len(files)} files at once are too many: send at most {MAX_FILES}.")
    return carried + [
        Sent(number, name, content, home=home, typed=typed)
        for number, (name, content, typed) in enumerate(files, first)
    ]


def _home(request: PersonRequest) -> Record | None:
    """The record on whose page the files were dropped: its key is theirs where they do not say one."""
    try:
        asked = UUID(request.POST.get("home") or request.GET.get("home", ""))
    except ValueError:
        return None
    return Record.objects.visible_to(request.user).select_related("project").filter(pk=asked).first()


def _carried(request: PersonRequest) -> list[Sent]:
    """The files that were sent with the page before, in their order."""
    found = []
    for number in range(MAX_FILES):
        if f"document-{number}" in request.POST:
            name = _shown(request.POST.get(f"name-{number}", ""))
            content = request.POST[f"document-{number}"].encode("utf-8", "replace")
            found.append(Sent(number, name, content, request.POST.get(f"asset-{number}", "").strip()))
    return found


def _shown(name: str) -> str:
    """A file's name as it can be shown and kept."""
    return (
        FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", name)[-MAX_NAME:].replace("\N{REPLACEMENT CHARACTER}", "?")
        or "file.json"
    )
