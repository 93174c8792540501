"""The trail of what was done, to look at. People and projects have pages of their own."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from metadata_portal.accounts.models import AuditEvent

# roles are fixed, and given on the people page; nobody has mail here
admin.site.unregister([Group, EmailAddress])


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic for type checkers only
    """Look, search, change nothing."""

    list_display = ("at", "by", "action", "object_type", "object_id")
    list_filter = ("action",)
    search_fields = ("object_id", "by__username")
    list_select_related = ("by",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: services write events."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the trail is never changed."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the trail is never shortened."""
        del request, obj
        return False
