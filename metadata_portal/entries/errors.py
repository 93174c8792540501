"""What keeping records can refuse.

PortalError
├── RevisionIsFinal       409  somebody tried to change or delete a revision
├── NotSubmittable
│   └── Unconfirmed       422  a template or a clone brought values that nobody has looked at
├── Conflict
│   ├── StaleDraft        409  the draft was saved elsewhere since it was read
│   ├── MergeConflict     409  a colleague submitted other values for the same fields; carries each of them
│   └── DraftInTheWay     409  the person has an unsubmitted draft of the record
└── FormError
    ├── KeyRefused        422  a record cannot have this key
    ├── ReasonMissing     422  a correction or withdrawal says why
    └── OperationReused   422  one operation id came with two different bodies
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING

from metadata_portal.errors import Conflict, FormError, NotSubmittable, PortalError

if TYPE_CHECKING:
    from metadata_portal.entries.merge import Conflict as FieldConflict
    from metadata_portal.entries.models import Revision


class RevisionIsFinal(PortalError):
    """Somebody tried to change or delete a revision."""

    status = HTTPStatus.CONFLICT
    title = "A revision stays as it is"

    def __init__(self) -> None:
        super().__init__("A submitted revision is never changed or deleted: submit a correction, or withdraw it.")


class Unconfirmed(NotSubmittable):
    """A template or a clone brought values that nobody has looked at."""

    def __init__(self, count: int) -> None:
        values = "1 value was" if count == 1 else f"{count:,} values were"
        super().__init__(f"{values} copied and not confirmed yet: look at each, then change or confirm it.")


class StaleDraft(Conflict):
    """The draft was saved elsewhere since it was read."""

    title = "This draft was changed elsewhere"


class MergeConflict(Conflict):
    """A colleague submitted other values for fields that this draft also changed."""

    def __init__(self, conflicts: Sequence["FieldConflict"], revision: "Revision") -> None:
        fields = "a field" if len(conflicts) == 1 else f"{len(conflicts)} fields"
        super().__init__(
            f"{revision.author} submitted revision {revision.number} after you began, "
            f"and {fields} changed on both sides: choose what stands.",
            mine=[conflict.mine for conflict in conflicts],
            theirs=[conflict.theirs for conflict in conflicts],
            base=[conflict.base for conflict in conflicts],
        )
        self.conflicts = tuple(conflicts)
        self.revision = revision


class DraftInTheWay(Conflict):
    """The person has an unsubmitted draft of the record."""

    title = "You have a draft of this record"


class KeyRefused(FormError):
    """A record cannot have this key."""

    def __init__(self, message: str, field: str = "key") -> None:
        super().__init__(message, field=field)


class ReasonMissing(FormError):
    """A correction or withdrawal says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="reason")


class OperationReused(FormError):
    """One operation id came with two different bodies."""

    title = "This form was sent twice with different content"

    def __init__(self) -> None:
        super().__init__("This form was already sent with other content: load the page again.", field="op")
