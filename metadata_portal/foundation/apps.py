"""Django's registration of this app."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """What every page needs: middleware, health, pagination, template tags. No models."""

    name = "metadata_portal.foundation"
    default_auto_field = "django.db.models.BigAutoField"
