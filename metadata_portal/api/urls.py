"""The API: who may ask, how refusals are told, and its routers."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import django_auth

from metadata_portal.api.registries import router as registries
from metadata_portal.errors import PortalError

api = NinjaAPI(
    title="Metadata Portal",
    version="1",
    description="Terms of the registries, for programs of people who are signed in.",
    urls_namespace="api",
    auth=django_auth,
    docs_decorator=require_safe,
)
api.add_router("/registries", registries)


def refusal(request: HttpRequest, status: int, title: str, detail: str) -> HttpResponse:
    """Say no in the form of RFC 9457."""
    problem = {"type": "about:blank", "title": title, "status": int(status), "detail": detail}
    response = api.create_response(request, problem, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(PortalError)
def portal_refusal(request: HttpRequest, error: PortalError) -> HttpResponse:
    """What a service refuses."""
    return refusal(request, error.status, error.title, error.message)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Whoever asks is nobody that we know."""
    del error
    return refusal(request, HTTPStatus.UNAUTHORIZED, "Who is asking?", "Sign in to the portal first.")


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that are not what they have to be."""
    faults: list[dict[str, Any]] = error.errors
    told = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in faults)
    return refusal(request, HTTPStatus.UNPROCESSABLE_ENTITY, "We could not accept that value", told)


urlpatterns = api.urls[0]
for pattern in urlpatterns:
    # ninja leaves the form token to its operations; whoever comes with a session needs it here, too
    setattr(pattern.callback, "csrf_exempt", False)  # noqa: B010 - functions have no such attribute for type checkers
app_name = "api"
