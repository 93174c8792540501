"""Django's registration of this app."""

from django.apps import AppConfig


class SiteAdminConfig(AppConfig):
    """The dashboard and the commands that set a portal up."""

    name = "metadata_portal.site_admin"
    default_auto_field = "django.db.models.BigAutoField"
