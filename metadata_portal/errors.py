"""The errors that services raise, each with the HTTP status that answers it.

PortalError
├── BadRequest            400  the request cannot be read at all
├── NotAllowed            403  this person may not do that
├── NotFound              404  no such thing, or not visible to this person
├── Conflict              409  somebody else changed the same thing; carries both sides
├── TooLarge              413  more than the portal reads at once
├── FormError             422  one posted field cannot be accepted; names the field
├── NotSubmittable        422  the document still has problems; carries them
└── MissingVersion        428  a write that does not say which version it changes
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, ClassVar


class PortalError(Exception):
    """A refusal that a person can read and act on."""

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST
    title: ClassVar[str] = "That did not work"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(PortalError):
    """The request cannot be read at all."""

    title = "We could not read that request"


class NotAllowed(PortalError):
    """This person may not do that."""

    status = HTTPStatus.FORBIDDEN
    title = "You may not do that"


class NotFound(PortalError):
    """There is no such thing, or this person may not see it."""

    status = HTTPStatus.NOT_FOUND
    title = "Not found"


class Conflict(PortalError):
    """Somebody else changed the same thing meanwhile."""

    status = HTTPStatus.CONFLICT
    title = "Somebody else changed this"

    def __init__(self, message: str, *, mine: Any = None, theirs: Any = None, base: Any = None) -> None:
        super().__init__(message)
        self.mine = mine
        self.theirs = theirs
        self.base = base


class TooLarge(PortalError):
    """More than the portal reads at once."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = "Too large"


class FormError(PortalError):
    """One posted field cannot be accepted."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "We could not accept that value"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotSubmittable(PortalError):
    """The document still has problems that block submitting."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Not ready to submit"

    def __init__(self, message: str, *, problems: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class MissingVersion(PortalError):
    """A write that does not say which version it changes."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    title = "Which version is this?"
