"""What assets and bundles can refuse.

PortalError
├── NotSubmittable
│   └── NotAssemblable    422  the standard refuses the metadata document; carries the problems
├── WrongRecord           422  the record cannot describe that asset
├── NameIsFinal           409  bundles carry the asset's name already
└── BundleIsFinal         409  somebody tried to change or delete a bundle
"""

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


class BundleIsFinal(PortalError):
    """Somebody tried to change or delete a bundle."""

    status = HTTPStatus.CONFLICT
    title = "A bundle stays as it is"

    def __init__(self) -> None:
        super().__init__("A bundle is never changed or deleted: correct its records and assemble another.")
