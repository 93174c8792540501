"""Signed set-password links: they end when used, when a newer one is made, and after PASSWORD_RESET_TIMEOUT."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator


class LinkTokens(PasswordResetTokenGenerator):
    """Django's tokens, which also die when the next link is handed out."""

    key_salt = "metadata_portal.accounts.links"

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{getattr(user, 'password_links', 0)}"


link_tokens = LinkTokens()
