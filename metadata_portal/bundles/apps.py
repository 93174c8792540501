"""Configuration of the bundles app."""

from django.apps import AppConfig


class BundlesConfig(AppConfig):
    """Data assets, bundles, downloads."""

    name = "metadata_portal.bundles"
    label = "bundles"
    verbose_name = "Assets and bundles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the assets of a subject on its page."""
        from metadata_portal.bundles.panel import assets_of  # noqa: PLC0415 (models load first)
        from metadata_portal.subjects.panels import panel_add  # noqa: PLC0415

        panel_add("bundles/_subject_panel.html", assets_of)
