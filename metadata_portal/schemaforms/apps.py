"""Django's registration of this app."""

from django.apps import AppConfig


class SchemaformsConfig(AppConfig):
    """The form engine: model fields drawn as nodes, posted one node at a time."""

    name = "metadata_portal.schemaforms"
    default_auto_field = "django.db.models.BigAutoField"
