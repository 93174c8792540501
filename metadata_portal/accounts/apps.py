"""Django's registration of this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, roles, projects, permission predicates, audit events, sign-in."""

    name = "metadata_portal.accounts"
    default_auto_field = "django.db.models.BigAutoField"
