"""The app of records, drafts and revisions."""

from django.apps import AppConfig


class EntriesConfig(AppConfig):
    """What people enter, kept."""

    name = "metadata_portal.entries"
    label = "entries"
    verbose_name = "Entries"
    default_auto_field = "django.db.models.BigAutoField"
