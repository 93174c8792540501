"""The app of records, drafts and revisions."""

from django.apps import AppConfig


class EntriesConfig(AppConfig):
    """What people enter, kept."""

    name = "metadata_portal.entries"
    label = "entries"
    verbose_name = "Entries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who uses the terms of the registries."""
        from metadata_portal.entries import signals, term_users  # noqa: F401, PLC0415 - models are ready only now
