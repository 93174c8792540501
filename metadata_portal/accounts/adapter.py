"""How allauth is bent to this portal: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no stubs
    """Administrators make accounts; there is no sign-up page and no mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False."""
        del request
        return False
