"""The request that a guarded view gets: somebody is signed in."""

from django.http import HttpRequest

from metadata_portal.accounts.models import User


class PersonRequest(HttpRequest):
    """A request below `role_required`; only its type differs from Django's."""

    user: User
