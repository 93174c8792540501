"""What allauth does to accounts, written down."""

from typing import Any

from allauth.account.signals import password_changed
from django.dispatch import receiver

from metadata_portal.accounts.models import User
from metadata_portal.accounts.services import audit


@receiver(password_changed)
def write_password_change(user: User, **extra: Any) -> None:
    """Write down that a person changed their password."""
    del extra
    audit(by=user, action="user.password-change", obj=user)
