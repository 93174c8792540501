"""Which app answers which address."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("metadata_portal.foundation.urls")),
    path("", include("metadata_portal.site_admin.urls")),
    path("", include("metadata_portal.accounts.urls")),
    path("registries/proposals/", include("metadata_portal.entries.proposal_urls")),
    path("registries/", include("metadata_portal.registries.urls")),
    path("records/", include("metadata_portal.entries.urls")),
    path("equipment/", include("metadata_portal.equipment.urls")),
    path("subjects/", include("metadata_portal.subjects.urls")),
    # its own patterns start with assets/ and bundles/
    path("", include("metadata_portal.bundles.urls")),
    path("api/", include("metadata_portal.api.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "metadata_portal.foundation.views.bad_request"
handler403 = "metadata_portal.foundation.views.permission_denied"
handler404 = "metadata_portal.foundation.views.not_found"
handler500 = "metadata_portal.foundation.views.server_error"
