"""Which app answers which address."""

import logging
from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path


def _app(prefix: str, module: str) -> list[URLPattern | URLResolver]:
    try:
        return [path(prefix, include(module))] if find_spec(module) else []
    except ImportError as error:  # while the apps are still being written: remove before release
        logging.getLogger(__name__).error("%s is left out: %s", module, error)
        return []


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("metadata_portal.foundation.urls")),
    path("", include("metadata_portal.site_admin.urls")),
    path("", include("metadata_portal.accounts.urls")),
    *_app("registries/", "metadata_portal.registries.urls"),
    *_app("records/", "metadata_portal.entries.urls"),
    *_app("subjects/", "metadata_portal.subjects.urls"),
    # its own patterns start with assets/ and bundles/
    *_app("", "metadata_portal.bundles.urls"),
    path("admin/", admin.site.urls),
]

handler400 = "metadata_portal.foundation.views.bad_request"
handler403 = "metadata_portal.foundation.views.permission_denied"
handler404 = "metadata_portal.foundation.views.not_found"
handler500 = "metadata_portal.foundation.views.server_error"
