"""Django's registration of this app."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class RegistriesConfig(AppConfig):
    """Terms that managers curate, and the overlay schema_core reads."""

    name = "metadata_portal.registries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let schema_core see the terms and classes of this site."""
        from metadata_portal.registries.overlay import snapshot  # noqa: PLC0415 - models can be imported only now
        from schema_core.registries import overlay  # noqa: PLC0415

        overlay(snapshot)
        for module in settings.PORTAL_CLASSES:
            try:
                import_module(module)
            except Exception as error:
                raise ImproperlyConfigured(f"PORTAL_CLASSES: {module} cannot be loaded: {error}") from error
