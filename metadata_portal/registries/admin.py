"""The registries in Django's admin: the same forms and services as the portal's own pages."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from metadata_portal.errors import PortalError
from metadata_portal.registries import device_services, services
from metadata_portal.registries.admin_forms import DeviceRowForm, TermRowForm
from metadata_portal.registries.devices import shared_fields
from metadata_portal.registries.models import DeviceModel, OrganizationRow, SpeciesRow, StrainRow, Term
from metadata_portal.registries.views import person
from schema_core.registries import vocabularies, vocabulary

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


class TermAdmin(ServiceAdmin):
    """Terms of one vocabulary."""

    vocabulary: ClassVar[str] = ""
    list_display = ("name", "identifier", "status", "source", "updated_at")
    list_filter: ClassVar[Any] = ("status",)
    search_fields = ("search",)
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The terms of this vocabulary."""
        rows = super().get_queryset(request)
        return rows.filter(vocabulary=self.vocabulary) if self.vocabulary else rows

    def get_form(self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form that the vocabulary's model makes."""
        del change, kwargs
        name = obj.vocabulary if obj else self.vocabulary
        return type("Form", (TermRowForm,), {"vocabulary": name, "by": person(request)})

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """The fields of the vocabulary's model, the other names, the reason."""
        del request
        model = vocabulary(obj.vocabulary if obj else self.vocabulary).model
        return [(None, {"fields": [*model.model_fields, "aliases", "reason"]})]

    @admin.action(description="Retire the chosen terms")
    def retire(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Offer them no longer."""
        self._each(request, rows, services.term_retire, "term")

    @admin.action(description="Offer the chosen terms again")
    def restore(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Offer them again."""
        self._each(request, rows, services.term_restore, "term")


@admin.register(OrganizationRow)
class OrganizationAdmin(TermAdmin):
    """Organizations."""

    vocabulary = "organizations"


@admin.register(SpeciesRow)
class SpeciesAdmin(TermAdmin):
    """Species."""

    vocabulary = "species"


@admin.register(StrainRow)
class StrainAdmin(TermAdmin):
    """Strains."""

    vocabulary = "strains"


class OfVocabulary(admin.SimpleListFilter):
    """Narrows the list of all terms to one vocabulary."""

    title = "registry"
    parameter_name = "vocabulary"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The vocabularies by title."""
        del request, model_admin
        return [(name, declared.title) for name, declared in vocabularies().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The terms of the chosen vocabulary."""
        del request
        return queryset.filter(vocabulary=self.value()) if self.value() else queryset


@admin.register(Term)
class AnyTermAdmin(TermAdmin):
    """Terms of all vocabularies; the words that the standard fixes can only be looked at."""

    list_display = ("name", "vocabulary", "identifier", "status", "updated_at")
    list_filter: ClassVar[Any] = (OfVocabulary, "status")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse for closed vocabularies."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not vocabulary(obj.vocabulary).closed)

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """The form's fields, or what there is to look at."""
        if obj is not None and vocabulary(obj.vocabulary).closed:
            return [(None, {"fields": ["vocabulary", "name", "source", "status"]})]
        return super().get_fieldsets(request, obj)

    def get_form(self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form of the term's vocabulary."""
        if obj is not None and vocabulary(obj.vocabulary).closed:
            return admin.ModelAdmin.get_form(self, request, obj, change, **kwargs)
        return super().get_form(request, obj, change, **kwargs)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Which vocabulary, is chosen on the portal's page."""
        del request, form_url, extra_context
        return redirect("registries:vocabulary-list")


@admin.register(DeviceModel)
class DeviceModelAdmin(ServiceAdmin):
    """Templates of devices."""

    list_display = ("name", "kind", "manufacturer", "model", "part_number", "status")
    list_filter = ("kind", "status")
    search_fields = ("name", "manufacturer", "model", "part_number")

    def get_form(self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form that the class of the standard makes."""
        del change, kwargs
        return type("Form", (DeviceRowForm,), {"row": obj, "by": person(request)})

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """Own columns, shared fields, reason."""
        del request
        shared = [f"default-{field.name}" for field in shared_fields(obj.kind)] if obj else []
        return [(None, {"fields": ["name", "manufacturer", "model", "part_number", *shared, "reason"]})]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Which kind of device, is chosen on the portal's page."""
        del request, form_url, extra_context
        return redirect("registries:device-new")

    @admin.action(description="Retire the chosen device models")
    def retire(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Offer them no longer."""
        self._each(request, rows, device_services.device_model_retire, "device")

    @admin.action(description="Offer the chosen device models again")
    def restore(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Offer them again."""
        self._each(request, rows, device_services.device_model_restore, "device")
