"""What every page of a record begins with."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from metadata_portal.accounts.models import User
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.errors import BadRequest, MissingVersion

MAX_VERSION_DIGITS = 9
MAX_NUMBER = 2_000_000_000


class SeeOther(HttpResponseRedirect):
    """Go and look there: what was posted is done."""

    status_code = 303


def me(request: HttpRequest) -> User:
    """Who asks; the middleware lets only people who are signed in come this far."""
    assert isinstance(request.user, User)  # noqa: S101 (tells the type)
    return request.user


def visible_record(request: HttpRequest, pk: UUID) -> Record:
    """The record, 404 where this person may not see it."""
    found = Record.objects.visible_to(me(request)).select_related("project", "created_by")
    return get_object_or_404(found, pk=pk)


def visible_revision(request: HttpRequest, record: Record, number: int) -> Revision:
    """One revision of a record, 404 where there is none of that number."""
    if number > MAX_NUMBER:
        raise Http404
    found = Revision.objects.visible_to(me(request)).select_related("withdrawal__by", "author")
    return get_object_or_404(found, record=record, number=number)


def own_draft(request: HttpRequest, pk: UUID) -> Draft:
    """This person's draft of the record, 404 where there is none."""
    found = Draft.objects.editable_by(me(request)).select_related("record__project", "base", "editor")
    return get_object_or_404(found, record_id=pk)


def posted_op(request: HttpRequest) -> UUID:
    """The operation id of a form, which makes sending it twice harmless."""
    text = request.POST.get("op", "")
    if not text:
        raise MissingVersion("The form does not say which operation it is (op): load the page again.")
    try:
        return UUID(text)
    except ValueError as error:
        raise BadRequest("The operation id (op) of the form is no UUID: load the page again.") from error


def posted_version(request: HttpRequest) -> int:
    """The version of the draft that a form was made from."""
    text = request.POST.get("version", "")
    if not text:
        raise MissingVersion("The form does not say which version of the draft it was made from: load the page again.")
    if not (text.isascii() and text.isdecimal() and len(text) <= MAX_VERSION_DIGITS):
        raise BadRequest("The version of the form is no number: load the page again.")
    return int(text)


def crumbs(record: Record, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of a record."""
    return [("Records", reverse("entries:record-list")), (str(record), record.get_absolute_url()), *more]


def missing_subject_url(request: HttpRequest, record: Record) -> str:
    """Where to make the subject of a procedures record, empty when it is there."""
    if record.kind != "procedures":
        return ""
    subjects = Record.objects.visible_to(me(request)).filter(project=record.project, kind="subject", key=record.key)
    if subjects.exists():
        return ""
    query = urlencode({"key": record.key, "project": record.project_id})
    return f"{reverse('entries:record-new', args=['subject'])}?{query}"


def json_response(text: str, name: str) -> HttpResponse:
    """A JSON text as a file to keep, byte for byte."""
    response = HttpResponse(text.encode(), content_type="application/json")
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-._") else "-" for letter in name)
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    return response


def page(record: Record, **more: Any) -> dict[str, Any]:
    """What the templates of a record's pages share."""
    return {"record": record, "crumbs": crumbs(record), **more}
