"""What an upgrade hands back: the new document, and all that happened on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schema_core.errors import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is written differently now and still means the same."""

    path: str
    what: str
    why: str

    def as_json(self) -> dict[str, str]:
        """Plain JSON values."""
        return {"path": self.path, "what": self.what, "why": self.why}


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A document in another version of the standard.

    `losses` lists what the other version cannot hold. `refusals` lists what it will not accept, for a person to put
    right; `document` is None where there was nothing to begin with, such as a file of version 1.
    """

    document: dict[str, Any] | None
    changes: tuple[Change, ...] = ()
    losses: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    kind: str | None = None
    source: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether the other version takes the document as it is."""
        return self.document is not None and not self.refusals

    def as_json(self) -> dict[str, Any]:
        """What happened, as plain JSON values; without the document."""
        return {
            "kind": self.kind,
            "from": self.source,
            "accepted": self.accepted,
            "changes": [change.as_json() for change in self.changes],
            "losses": [loss.as_json() for loss in self.losses],
            "refusals": [refusal.as_json() for refusal in self.refusals],
        }
