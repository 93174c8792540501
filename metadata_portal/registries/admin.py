"""The registries in Django's admin: the same forms and services as the portal's own pages."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from metadata_portal.errors import PortalError
from metadata_portal.registries import services
from metadata_portal.registries.admin_forms import TermRowForm
from metadata_portal.registries.declaring import Declaration, declarations
from metadata_portal.registries.models import Term
from metadata_portal.registries.pages import person
from metadata_portal.registries.row_fields import row_fields

REGISTRY = "vocabulary"
IN_BULK = "chosen in a list of the admin"


class ServiceAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic for type checkers only
    """Writes through services; retires instead of deleting."""

    actions = ("retire", "restore")
    list_per_page = 50

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: documents may hold the term, so it is retired instead."""
        del request, obj
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing to do: the form has called the service."""

    def _each(self, request: HttpRequest, rows: QuerySet[Any], service: Callable[..., Model], argument: str) -> None:
        for row in rows:
            try:
                service(**{argument: row}, reason=IN_BULK, by=person(request))
            except PortalError as error:
                self.message_user(request, error.message, messages.ERROR)


class OfRegistry(admin.SimpleListFilter):
    """Narrows the list of all terms to one registry."""

    title = "registry"
    parameter_name = REGISTRY

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The registries by title."""
        del request, model_admin
        return [(name, declared.title) for name, declared in declarations().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The terms of the chosen registry."""
        del request
        return queryset.filter(vocabulary=self.value()) if self.value() else queryset


@admin.register(Term)
class TermAdmin(ServiceAdmin):
    """The terms of every registry, each with the pages that its declaration makes."""

    list_display = ("name", "title", "also_called", "identifier", "status", "source", "updated_at")
    list_filter: ClassVar[Any] = (OfRegistry, "status", "stock")
    search_fields = ("search",)
    ordering = ("name",)

    def listed(self, request: HttpRequest) -> list[dict[str, Any]]:
        """One line for each registry in the list of tables."""
        may = self.has_change_permission(request)
        return [
            {
                "model": Term,
                "name": declared.title,
                "object_name": name,
                "perms": {"add": may, "change": may, "delete": False, "view": may},
                "admin_url": _url("changelist", name),
                "add_url": None if declared.closed else _url("add", name),
                "view_only": declared.closed,
            }
            for name, declared in declarations().items()
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse for closed registries."""
        return super().has_change_permission(request, obj) and (obj is None or not obj.declared.closed)

    def get_form(self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form that the registry's model makes; of a closed one there are only columns to look at."""
        declared = self._declared(request, obj)
        if declared.closed:
            return super().get_form(request, obj, change, **kwargs)
        return type("Form", (TermRowForm,), {"registry": declared, "by": person(request)})

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """The fields of the registry's model, the other names, the reason."""
        declared = self._declared(request, obj)
        if declared.closed:
            return [(None, {"fields": ["vocabulary", "name", "source", "status"]})]
        return [(None, {"fields": [*row_fields(declared), "aliases", "reason"]})]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Add to the registry that the address names; which one, is chosen on the portal's page."""
        declared = declarations().get(request.GET.get(REGISTRY, ""))
        if declared is None:
            return redirect("registries:vocabulary-list")
        if declared.closed:
            raise PermissionDenied(declared.closed_reason)
        title = f"Add to {declared.title.lower()}"
        return super().add_view(request, form_url, {"title": title, **(extra_context or {})})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The terms of one registry, or of all."""
        declared = declarations().get(request.GET.get(REGISTRY, ""))
        title = {"title": declared.title, "subtitle": declared.closed_reason} if declared else {}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    @admin.action(description="Retire the chosen terms")
    def retire(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Offer them no longer."""
        self._each(request, rows, services.term_retire, "term")

    @admin.action(description="Offer the chosen terms again")
    def restore(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Offer them again."""
        self._each(request, rows, services.term_restore, "term")

    def _declared(self, request: HttpRequest, obj: Any | None) -> Declaration:
        return obj.declared if obj is not None else declarations()[request.GET[REGISTRY]]


def _url(page: str, registry: str) -> str:
    return f"{reverse(f'admin:registries_term_{page}')}?{urlencode({REGISTRY: registry})}"
