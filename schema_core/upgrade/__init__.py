"""Carrying documents between versions of the standard: 2.0 to 2.9, and 2.9 to and from 3.0 (biodata-schema).

`upgrade(document, to="3.0")` never changes what it was given, and hides nothing: every change of form is listed, so is
whatever the other version cannot hold (losses) and whatever it will not accept (refusals).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema_core.upgrade.generations import Target
from schema_core.upgrade.outcome import Change, Upgraded

if TYPE_CHECKING:
    from schema_core.validation import Document

__all__ = ["Change", "Target", "Upgraded", "upgrade"]


def upgrade(document: Document, *, to: Target = "3.0", kind: str | None = None) -> Upgraded:
    """The document in the other version, what changed, what was lost, and what that version refuses.

    Takes JSON values or their text, of any core file or a whole metadata record. Never raises for a bad document.
    """
    from schema_core.upgrade.running import carried  # noqa: PLC0415 - the models are only needed once there is work

    return carried(document, to, kind)
