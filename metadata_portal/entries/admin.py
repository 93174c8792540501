"""Records and revisions in the admin: to look at, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from metadata_portal.entries.models import Record, Revision


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A table that nobody writes here."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 (Django's signature)
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Refuse."""
        return False


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    """Which records there are."""

    list_display = ("key", "kind", "project", "created_by", "created_at")
    list_filter = ("kind", "project")
    search_fields = ("key", "subject_id")


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """What was submitted, by whom."""

    list_display = ("record", "number", "author", "created_at", "schema_version", "stock_valid")
    list_select_related = ("record", "author")
    search_fields = ("record__key",)
