"""What allauth does to accounts, written down."""

from typing import Any

from allauth.account.signals import password_changed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from metadata_portal.accounts.models import User
from metadata_portal.accounts.services import audit
from metadata_portal.accounts.sessions import begin


@receiver(password_changed)
def write_password_change(user: User, **extra: Any) -> None:
    """Write down that a person changed their password."""
    del extra
    audit(by=user, action="user.password-change", obj=user)


@receiver(user_logged_in)
def note_the_time(request: HttpRequest, **extra: Any) -> None:
    """Let the session know when it began."""
    del extra
    begin(request)
