"""The admin site: the portal's own sign-in, and a plain refusal for people without the right."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class PortalAdminSite(AdminSite):
    """Django's admin without a second sign-in page."""

    site_header = "Metadata Portal"
    site_title = "Metadata Portal"
    index_title = "Tables"

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may open the admin; a signed-in person without the right gets 403."""
        if super().has_permission(request):
            return True
        if request.user.is_authenticated:
            raise PermissionDenied
        return False

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Send people to the portal's sign-in page."""
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect("account_login")

    def logout(  # type: ignore[override] # a redirect, where Django renders a page
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Send people to the portal's sign-out page."""
        return redirect("account_logout")

    def password_change(  # type: ignore[override] # a redirect, where Django renders a page
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Send people to the portal's password page."""
        return redirect("account_change_password")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The tables by app; a table that holds several things is listed as these (`listed` of its admin)."""
        found = super().get_app_list(request, app_label)
        for app in found:
            app["models"] = [line for table in app["models"] for line in self._lines(request, table)]
        return found

    def _lines(self, request: HttpRequest, table: dict[str, Any]) -> list[Any]:
        listed = getattr(self._registry.get(table["model"]), "listed", None)
        return [table] if listed is None else list(listed(request))
