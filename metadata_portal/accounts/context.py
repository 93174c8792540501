"""What templates ask about the person who looks at the page."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from metadata_portal.accounts import permissions
from metadata_portal.accounts.sessions import time_left


class Can:
    """The predicates as names: ``{% if can.enter_records %}``. Nothing is asked of the database until one is used."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def enter_records(self) -> bool:
        """May enter records."""
        return permissions.can_enter_records(self._request.user)

    @property
    def read_records(self) -> bool:
        """May read submitted records and download bundles."""
        return permissions.can_read_records(self._request.user)

    @property
    def curate_registries(self) -> bool:
        """May change vocabularies."""
        return permissions.can_curate_registries(self._request.user)

    @property
    def assemble(self) -> bool:
        """May make assets and bundles."""
        return permissions.can_assemble(self._request.user)

    @property
    def manage_people(self) -> bool:
        """May manage people and projects."""
        return permissions.can_manage_people(self._request.user)


def permissions_context(request: HttpRequest) -> dict[str, Any]:
    """Return ``can`` and how long the session lasts; without a person on the request (an early error page) neither."""
    return {"can": Can(request), "session_left": partial(time_left, request)} if hasattr(request, "user") else {}
