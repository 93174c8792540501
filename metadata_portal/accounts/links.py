"""Signed set-password links: they end when used, when a newer one is made, and after PASSWORD_RESET_TIMEOUT."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from metadata_portal.accounts.models import User


class LinkTokens(PasswordResetTokenGenerator):
    """Django's tokens, which also die when the next link is handed out."""

    key_salt = "metadata_portal.accounts.links"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.password_links}"


link_tokens = LinkTokens()
