"""The bar above the open node that says what a button did and offers to take it back."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from metadata_portal.entries.models import Draft
from metadata_portal.entries.services.undoing import Step, said_by, undo_steps


@dataclass(frozen=True, slots=True)
class UndoBar:
    """What was done last, and the steps that can be taken back, the last one first."""

    said: str
    steps: list[Step]
    is_last: bool
    op: UUID

    @property
    def next(self) -> Step | None:
        """The step that the button takes back."""
        return self.steps[0] if self.steps else None

    @property
    def earlier(self) -> list[Step]:
        """The steps before it."""
        return self.steps[1:]


def undo_bar(draft: Draft, did: str) -> UndoBar:
    """The bar after the operation ``did``; only the steps that can be taken back where it names none."""
    steps = undo_steps(draft)
    is_last = bool(steps) and str(steps[0].op) == did
    return UndoBar(said_by(draft, did), steps, is_last, uuid4())
