"""What Django's admin asks about permissions, answered from the roles."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser

from metadata_portal.accounts.models import User
from metadata_portal.accounts.permissions import can_curate_registries, is_administrator

CURATED_APPS = frozenset({"registries"})


class RoleBackend(BaseBackend):
    """Administrators may use every table, registry managers those of the registries."""

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: Any = None) -> bool:
        """Return whether the person may use the table named by ``app.action_model``."""
        del obj
        return self.has_module_perms(user_obj, perm.partition(".")[0])

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        """Return whether the person may use any table of the app."""
        if app_label in CURATED_APPS:
            return can_curate_registries(user_obj)
        return is_administrator(user_obj)
