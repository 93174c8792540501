"""A draft as the JSON that it is: problems at their lines, and the text itself for those who like to write it."""

import difflib
import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries import judging
from metadata_portal.entries.errors import StaleDraft
from metadata_portal.entries.models import Draft, Record
from metadata_portal.entries.services import draft_problems, draft_save
from metadata_portal.entries.views.fetching import (
    SeeOther,
    crumbs,
    me,
    own_draft,
    page,
    posted_op,
    posted_version,
)
from metadata_portal.entries.wording import label_of
from metadata_portal.errors import FormError, NotFound, TooLarge
from metadata_portal.foundation.text import FORBIDDEN, describe_character, reads_any_text
from metadata_portal.schemaforms.json_places import Lines
from metadata_portal.schemaforms.reader import parse_json

# The text of a document that is kept may be longer than what is kept, by its spaces.
MOST: Final = 9_500_000
# A longer text is shown around its problems only.
WHOLE: Final = 1_500
AROUND: Final = 3
COMPARED: Final = 20_000
# Saves by which a browser knows that a text which it kept has arrived.
REMEMBERED: Final = 20


@reads_any_text("text")
@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def draft_text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show this person's draft as text, or save the text."""
    if request.method == "POST":
        return _save(request, pk)
    draft = own_draft(request, pk)
    return _page(request, draft, text=written(draft.data))


def written(document: Mapping[str, Any]) -> str:
    """A document as people read it."""
    return json.dumps(document, indent=2, ensure_ascii=False)


def _save(request: HttpRequest, pk: UUID) -> HttpResponse:
    text = request.POST.get("text", "").replace("\r\n", "\n")
    found = Draft.objects.editable_by(me(request)).filter(record_id=pk).exists()
    if text and not found:
        return _gone(request, pk, text)
    draft = own_draft(request, pk)
    op, version = posted_op(request), posted_version(request)
    try:
        draft_save(draft=draft, by=me(request), op=op, document=_read(text), version=version)
    except (FormError, TooLarge) as error:
        return _page(request, draft, text=text, status=error.status, error=error.message, version=version)
    except StaleDraft as error:
        draft.refresh_from_db()
        return _page(request, draft, text=text, status=error.status, changes=_changes(written(draft.data), text))
    except NotFound:
        return _gone(request, pk, text)
    messages.success(request, "Saved.")
    return SeeOther(reverse("entries:draft-text", args=[pk]))


def _read(text: str) -> dict[str, Any]:
    """The document that was typed; raises FormError or TooLarge with the line where it cannot be read."""
    found = FORBIDDEN.search(text)
    if found is not None:
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        character = describe_character(found[0])
        raise FormError(f"Line {line} column {column} holds a character that cannot be stored: {character}.")
    document = parse_json(text, most=MOST)
    if not isinstance(document, dict):
        raise FormError("A record is a JSON object: the text begins with { and ends with }.")
    return document


def _gone(request: HttpRequest, pk: UUID, text: str) -> HttpResponse:
    """Keep what was typed on the page when there is no draft any more that could take it."""
    record = Record.objects.visible_to(me(request)).filter(pk=pk).first()
    way = crumbs(record) if record else [("Records", reverse("entries:record-list"))]
    context = {"record": record, "crumbs": [*way, ("Draft as JSON", "")], "text": FORBIDDEN.sub("?", text)}
    status = HTTPStatus.CONFLICT if record else HTTPStatus.NOT_FOUND
    return render(request, "entries/draft_text_gone.html", context, status=status)


def _page(
    request: HttpRequest,
    draft: Draft,
    *,
    text: str,
    status: HTTPStatus = HTTPStatus.OK,
    error: str = "",
    version: int = 0,
    changes: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    record, saved, problems = draft.record, written(draft.data), draft_problems(draft)
    lines = Lines(saved)
    marked = [
        {"line": lines.of(problem.path), "problem": problem, "label": label_of(record.kind, draft.data, problem.path)}
        for problem in problems
    ]
    marked.sort(key=lambda entry: entry["line"])  # type: ignore[arg-type,return-value]
    context = {
        **page(record, draft=draft, crumbs=crumbs(record, ("Draft as JSON", ""))),
        "text": text,
        "error": error,
        "changes": changes,
        "version": version or draft.version,
        "op": uuid4(),
        "ops": draft.operations.order_by("-pk").values_list("op", flat=True)[:REMEMBERED],
        "marked": marked,
        "rows": list(_rows(lines.texts, marked)),
        "counts": judging.count(problems),
        "edit_url": reverse("entries:record-edit", args=[record.pk]),
    }
    return render(request, "entries/draft_text.html", context, status=status)


def _rows(texts: list[str], marked: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The lines of the saved text with their problems; of a long text those around problems."""
    by_line: dict[int, list[dict[str, Any]]] = {}
    for entry in marked:
        by_line.setdefault(entry["line"], []).append(entry)
    near = {line + step for line in by_line for step in range(-AROUND, AROUND + 1)}
    left_out = False
    for number, text in enumerate(texts, 1):
        if len(texts) > WHOLE and number not in near:
            left_out = True
            continue
        yield {"number": number, "text": text, "marks": by_line.get(number, ()), "after_gap": left_out}
        left_out = False


def _changes(theirs: str, mine: str) -> list[tuple[str, str]]:
    """What differs, line by line: the sign of each line and the line."""
    before, after = theirs.split("\n"), mine.split("\n")
    if len(before) + len(after) > COMPARED:
        return []
    found = difflib.unified_diff(before, after, lineterm="", n=2)
    return [(line[:1].strip() or "same", line[1:]) for line in found if not line.startswith(("---", "+++"))]
