"""What every template can say about the site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def portal(request: HttpRequest) -> dict[str, str]:  # noqa: ARG001 - a context processor
    """Return the site's name and the lab's time zone."""
    return {"portal_name": settings.PORTAL_NAME, "lab_zone": timezone.get_default_timezone_name()}
