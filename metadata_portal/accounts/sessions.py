"""How long somebody stays signed in, and what people who are not meet instead of a page.

A session ends when nothing was sent for a while, and after half a day whatever was sent. Both times stand in the
session itself, so that pages can warn before it ends.
"""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url

from metadata_portal.accounts.carrying import carry, claimed_person
from metadata_portal.foundation.middleware import SAFE_METHODS, GetResponse

# What can be seen without signing in; everything else asks, whatever its view says.
PUBLIC_VIEWS = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "accounts:password-set",
        "accounts:session",
        "foundation:health",
        "foundation:favicon",
        "api:terms",  # it answers 401 by itself: a program wants no sign-in page
    }
)
# Seconds: what is sent sooner after the last sign of life writes no row.
_GRAIN = 60


class Left(NamedTuple):
    """Seconds until a session ends: without anything being sent, and in all."""

    idle: int
    whole: int


def begin(request: HttpRequest) -> None:
    """Note when somebody signed in."""
    request.session["since"] = request.session["seen"] = int(time.time())


def time_left(request: HttpRequest) -> Left:
    """How long the person stays signed in."""
    now, session = int(time.time()), request.session
    since, seen = session.get("since", now), session.get("seen", now)
    return Left(seen + settings.SESSION_COOKIE_AGE - now, since + settings.PORTAL_SESSION_SECONDS - now)


class SignedInFor:
    """End sessions whose time is over, and count every request but a look at the clock as a sign of life."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on: which view was found says whether a request counts."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """End the session or prolong it."""
        del view, args, kwargs
        if not request.user.is_authenticated:
            return
        if "since" not in request.session:
            begin(request)
        if min(time_left(request)) <= 0:
            request.ended_session_of = request.user.pk  # type: ignore[attr-defined] # for what is carried
            logout(request)
            return
        is_look = request.method in SAFE_METHODS and _view_name(request) == "accounts:session"
        if not is_look and time.time() - request.session["seen"] >= _GRAIN:
            request.session["seen"] = int(time.time())


class SignInRequired:
    """Send people who are not signed in to the sign-in page, from every page but the named ones.

    A script gets a 401 and asks in place; a posted form is carried through the sign-in page. A page that another person
    opened in this browser is not theirs to send.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on: what matters is which view was found."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let signed-in people and public pages through."""
        del view, args, kwargs
        if _view_name(request) in PUBLIC_VIEWS:
            return None
        is_theirs = claimed_person(request) in ("", str(request.user.pk))
        if request.user.is_authenticated and is_theirs:
            return None
        if asks_by_script(request):
            return signed_out(request)
        return carry(request) or _to_sign_in(request)


def _view_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in SAFE_METHODS else request.path
    return redirect_to_login(back, resolve_url(settings.LOGIN_URL))


def asks_by_script(request: HttpRequest) -> bool:
    """Whether a script of a page asked, which keeps its page, rather than the browser for a new one."""
    headers = request.headers
    return bool(getattr(request, "htmx", False) or headers.get("X-Requested-With") or headers.get("HX-Request"))


def signed_out(request: HttpRequest) -> HttpResponse:
    """Tell a script that its person has to sign in; a redirect would put the sign-in page over what was typed."""
    other = request.user.get_username() if request.user.is_authenticated else ""
    response = JsonResponse({"signed_out": True, "other": other}, status=HTTPStatus.UNAUTHORIZED)
    response["HX-Reswap"] = "none"
    return response
