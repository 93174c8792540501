"""Django's admin, registered with our site. Apart from ``apps``, where Django looks for one configuration only."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's admin, signed in to through the portal's own page."""

    default = False
    default_site = "metadata_portal.foundation.admin.PortalAdminSite"
