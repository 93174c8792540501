"""The content security policy, and the settings that refuse to start."""

from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from metadata_portal.settings.env import LOCAL_HOSTS


def content_policy() -> dict[str, Any]:
    """Return django-csp's settings: nothing from elsewhere, nothing inline, no eval."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            # Bootstrap draws its select arrows and check marks as data: images
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "base-uri": [NONE],
            "object-src": [NONE],
            "frame-ancestors": [NONE],
        },
    }


def refuse_unsafe_hosts(hosts: list[str], *, debug: bool) -> bool:
    """Return whether the site answers to this machine's own names only; refuse wildcards and public debugging."""
    if any(host == "*" for host in hosts):
        raise ImproperlyConfigured("PORTAL_HOSTS is '*': name the hosts that people type.")
    local = set(hosts) <= set(LOCAL_HOSTS)
    if debug and not local:
        raise ImproperlyConfigured("PORTAL_DEBUG=1 shows secrets to visitors: unset it, or serve on this machine only.")
    return local
