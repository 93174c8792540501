"""Posted fields that travel through the sign-in page, so that signing in again loses nothing that was typed."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from metadata_portal.foundation.middleware import SAFE_METHODS

FIELD = "carried"
PERSON = "portal_person"
"""The name under which every form of ours says whose page it stands on."""
_SALT = "accounts.carried"
_LONGEST = 24 * 60 * 60
_OWN = frozenset({"csrfmiddlewaretoken", FIELD, PERSON})


@dataclass(frozen=True, slots=True)
class Carried:
    """A form on its way: where it was sent, the key of the person whose it is, and its fields."""

    to: str
    person: str
    fields: list[tuple[str, str]]

    def belongs_to(self, user: Any) -> bool:
        """Whether this person typed it."""
        return self.person == str(user.pk)


def claimed_person(request: HttpRequest) -> str:
    """Whose page sent this, as far as it says so."""
    claimed = request.headers.get("X-Portal-Person", "")
    if not claimed and request.method not in SAFE_METHODS and _is_form(request):
        claimed = request.POST.get(PERSON, "")
    return claimed


def carry(request: HttpRequest) -> HttpResponse | None:
    """The sign-in page with what was posted in it, or nothing where there is nothing to carry."""
    sealed = seal(request)
    if not sealed:
        return None
    from metadata_portal.accounts.sign_in import PlainLoginForm  # noqa: PLC0415 - allauth's forms need the apps

    context = {
        "form": PlainLoginForm(request=request),
        "redirect_field_name": "next",
        "redirect_field_value": request.path,
        "carried": sealed,
    }
    answer = TemplateResponse(request, "account/login.html", context, status=HTTPStatus.UNAUTHORIZED)
    return answer.render()


def seal(request: HttpRequest) -> str:
    """What was posted as one signed text; empty when it is no form, holds files, or nobody knows who typed it."""
    if request.method in SAFE_METHODS or not _is_form(request) or request.FILES:
        return ""
    person = claimed_person(request) or _person_before(request)
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in _OWN]
    if not person or any("password" in name for name, _ in fields):
        return ""
    content = {"to": request.path, "person": person, "fields": fields}
    return signing.dumps(content, salt=_SALT, compress=True)


def _person_before(request: HttpRequest) -> str:
    """Whose session it was that has ended; whoever signed out themselves left nothing to know them by."""
    ended = getattr(request, "ended_session_of", "")
    if ended or request.user.is_authenticated:
        return str(ended)
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    row = Session.objects.filter(session_key=key, expire_date__lte=timezone.now()).first()
    return str(row.get_decoded().get(SESSION_KEY, "")) if row else ""


def unseal(text: str) -> Carried | None:
    """What a signed text holds, nothing when it is not ours or a day old."""
    try:
        content = signing.loads(text, salt=_SALT, max_age=_LONGEST)
    except signing.BadSignature:
        return None
    return Carried(content["to"], content["person"], [(name, value) for name, value in content["fields"]])


def _is_form(request: HttpRequest) -> bool:
    return (request.content_type or "").startswith(("application/x-www-form-urlencoded", "multipart/"))
