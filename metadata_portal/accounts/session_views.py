"""Signing in, also on a page that goes on, and signing out of a computer that others use."""

from http import HTTPStatus
from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.carrying import FIELD, Carried, carry, seal, unseal
from metadata_portal.accounts.sessions import asks_by_script, signed_out, time_left
from metadata_portal.foundation.errors import error_response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@ensure_csrf_cookie
def session(request: HttpRequest) -> JsonResponse:
    """Say who is signed in and for how long; posting prolongs it, looking does not."""
    if not request.user.is_authenticated:
        return JsonResponse({"person": None})
    left = time_left(request)
    name = request.user.get_full_name()
    return JsonResponse({"person": request.user.pk, "name": name, "idle": left.idle, "whole": left.whole})


class SignIn(LoginView):  # type: ignore[misc] # allauth has no types
    """allauth's page; it also takes what was posted by somebody whose session had ended."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send people on who are signed in already, unless a page of somebody else's asks."""
        asks_again = request.method == "POST" and (asks_by_script(request) or request.POST.get(FIELD))
        if request.user.is_authenticated and not asks_again:
            return redirect(self.get_authenticated_redirect_url())
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form refuse whoever did not type what is carried."""
        return {**super().get_form_kwargs(), FIELD: self._carried()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep what is carried while somebody mistypes a password."""
        return {**super().get_context_data(**kwargs), FIELD: self.request.POST.get(FIELD, "")}

    def form_valid(self, form: Any) -> HttpResponse:
        """Show what was carried, for one press to send it."""
        response: HttpResponse = super().form_valid(form)
        found = self._carried()
        if found is None or not self.request.user.is_authenticated:
            return response
        return send_again(self.request, found)

    def _carried(self) -> Carried | None:
        return unseal(self.request.POST.get(FIELD, ""))


class SignOut(LogoutView):  # type: ignore[misc] # allauth has no types
    """allauth's page; the browser forgets what the site kept in it, unless it keeps somebody else's as well."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out."""
        response: HttpResponse = super().post(*args, **kwargs)
        if not self.request.POST.get("others"):
            response["Clear-Site-Data"] = '"storage"'
        return response


def send_again(request: HttpRequest, carried: Carried) -> HttpResponse:
    """The page that holds what was typed and sends it when its button is pressed."""
    return render(request, "account/send_again.html", {FIELD: carried})


def forgery_refused(request: HttpRequest, reason: str = "", **extra: Any) -> HttpResponse:
    """Answer a form without the token that is valid now: sign in first, send it again from a page of ours, or 403."""
    del reason, extra
    if asks_by_script(request) and not request.user.is_authenticated:
        return signed_out(request)
    if request.headers.get("Sec-Fetch-Site") == "same-origin" and not asks_by_script(request):
        found = unseal(seal(request))
        if found is not None and not (request.user.is_authenticated and found.belongs_to(request.user)):
            return carry(request) or _refused(request)
        if found is not None:
            return send_again(request, found)
    return _refused(request)


def _refused(request: HttpRequest) -> HttpResponse:
    message = "The page had been open for too long, or came from elsewhere. Go back, reload it, and send it again."
    return error_response(request, HTTPStatus.FORBIDDEN, message=message, title="Please send that again")
