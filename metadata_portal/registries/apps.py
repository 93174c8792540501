"""Django's registration of this app."""

from django.apps import AppConfig


class RegistriesConfig(AppConfig):
    """Terms that managers curate, and the overlay schema_core reads."""

    name = "metadata_portal.registries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let schema_core see the terms of this site."""
        from metadata_portal.registries.overlay import snapshot  # noqa: PLC0415 - models can be imported only now
        from schema_core.registries import overlay  # noqa: PLC0415

        overlay(snapshot)
