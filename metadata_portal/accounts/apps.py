"""Django's registration of this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, roles, projects, permission predicates, audit events, sign-in."""

    name = "metadata_portal.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to allauth."""
        from metadata_portal.accounts import signals  # noqa: F401, PLC0415 - models are ready only now
