"""Error pages: one look for every refusal, as a page or as a message inside the page that htmx keeps."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TITLES = {
    HTTPStatus.BAD_REQUEST: "We could not read that request",
    HTTPStatus.FORBIDDEN: "You may not do that",
    HTTPStatus.NOT_FOUND: "Not found",
    HTTPStatus.METHOD_NOT_ALLOWED: "Not possible this way",
    HTTPStatus.CONFLICT: "Somebody else changed this",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke on our side",
}
MESSAGES = {
    HTTPStatus.BAD_REQUEST: "Something in the address or in what was sent is not valid.",
    HTTPStatus.FORBIDDEN: "Your role does not include this. An administrator can change your roles.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address, or it belongs to a project that you are not a member of.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "The error is in the log. What was saved before is safe.",
}


def error_response(request: HttpRequest, status: int, *, message: str = "", title: str = "") -> HttpResponse:
    """Return the page, or for htmx the message, that explains a refusal."""
    status = HTTPStatus(status)
    context = {
        "status": status.value,
        "title": title or TITLES.get(status, status.phrase),
        "message": message or MESSAGES.get(status, status.description),
    }
    if request.headers.get("HX-Request") == "true":
        response = render(request, "errors/_message.html", context, status=status)
        response["HX-Reswap"] = "none"
        return response
    # refusals before sign-in is known, and crashes, get the page that needs no person and no database
    known = hasattr(request, "user") and hasattr(request, "_messages") and status < HTTPStatus.INTERNAL_SERVER_ERROR
    return render(request, "errors/page.html" if known else "errors/bare.html", context, status=status)
