"""What this app refuses, as branches of the portal's own tree of errors."""

from http import HTTPStatus

from metadata_portal.errors import NotSubmittable, PortalError


class NotAssemblable(NotSubmittable):
    """The standard refuses the metadata document; carries the problems, by path from its root."""

    title = "Not ready to assemble"


class WrongRecord(PortalError):
    """The record cannot describe that asset."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "That record does not fit"


class NameIsFinal(PortalError):
    """Bundles carry the asset's name already."""

    status = HTTPStatus.CONFLICT
    title = "The name stays"
