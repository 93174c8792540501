"""What every request passes: hostile text refused, other sites' writes refused, errors answered."""

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from metadata_portal.errors import FormError, PortalError, TooLarge
from metadata_portal.foundation.errors import error_response
from metadata_portal.foundation.text import forbidden_character

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_MAX_DIGITS = 18


class CompressPages(GZipMiddleware):
    """Compress HTML; files are streamed as they are, and downloads keep their checksums and ranges."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave alone what is no page."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class RefuseHostileRequest:
    """Answer 400 to an address, cookie or header with characters that no page asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Check everything that is read without a form."""
        for place, text in _texts_of(request):
            found = forbidden_character(text)
            if found:
                message = f"The {place} holds a character that cannot be used here: {found}."
                return error_response(request, HTTPStatus.BAD_REQUEST, message=message)
        return self.get_response(request)


def _texts_of(request: HttpRequest) -> Iterable[tuple[str, str]]:
    yield "address", request.path_info
    raw = unquote_to_bytes(str(request.META.get("QUERY_STRING", "")).replace("+", " "))
    yield "address", _decoded(raw)
    for name, value in request.COOKIES.items():
        yield "cookie", name + value
    for name, value in request.META.items():
        if name.startswith("HTTP_") and isinstance(value, str):
            yield f"header {name[5:].replace('_', '-').title()}", _header(value)


def _decoded(raw: bytes) -> str:
    # lone surrogates come percent-encoded as three bytes that UTF-8 forbids: keep them visible to the check
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def _header(value: str) -> str:
    # WSGI hands headers over as latin-1; some programs really mean that, others UTF-8
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return re.sub("[\x80-\uffff]", "", value)


class RefuseHugeRequest:
    """Answer 413 to a body that is larger than the portal reads, before any of it is read; files count too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Believe what the request says of its length: no more than that is read."""
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length.isascii() and length.isdecimal() and len(length) <= _MAX_DIGITS and int(length) <= most:
            return self.get_response(request)
        message = f"More was sent than the portal reads at once: {most:,} bytes. Nothing was changed."
        return error_response(request, TooLarge.status, message=message, title=TooLarge.title)


class RefuseHostileForm:
    """Answer 422, naming the field, to a posted form with characters that cannot be stored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on: the form is looked at once its view is known and the forgery check has read it."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Refuse the form or let it through."""
        del args, kwargs
        if request.method in SAFE_METHODS or not (request.content_type or "").startswith(
            ("application/x-www-form-urlencoded", "multipart/")
        ):
            return None
        own = getattr(view, "reads_any_text", None)
        for name, values in request.POST.lists():
            if name == own:
                continue
            found = forbidden_character(name) or next(filter(None, map(forbidden_character, values)), None)
            if found:
                label = name.encode("ascii", "backslashreplace").decode()
                message = f"The field “{label}” holds a character that cannot be stored: {found}. Nothing was changed."
                return error_response(request, FormError.status, message=message, title=FormError.title)
        return None


class RefuseCrossSiteWrite:
    """Answer 403 to a write that the browser says was started by another site."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Read the browser's own word for it; the form token is checked after this all the same."""
        if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") == "cross-site":
            return error_response(
                request, HTTPStatus.FORBIDDEN, message="This request came from another site, so it was refused."
            )
        return self.get_response(request)


class AnswerPortalErrors:
    """Turn an error that a service raised into the page that explains it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on: errors arrive in process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer our own errors; leave the rest to Django."""
        if isinstance(exception, PortalError):
            return error_response(request, exception.status, message=exception.message, title=exception.title)
        if isinstance(exception, BadRequest):
            return error_response(request, HTTPStatus.BAD_REQUEST, message=str(exception))
        return None
