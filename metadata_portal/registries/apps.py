"""Django's registration of this app."""

from django.apps import AppConfig


class RegistriesConfig(AppConfig):
    """Terms that managers curate, and the overlay schema_core reads."""

    name = "metadata_portal.registries"
    default_auto_field = "django.db.models.BigAutoField"
