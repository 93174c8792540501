"""Steps that changed several drafts at once: they are taken back in all of them, or in none."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.http import QueryDict

from metadata_portal.entries.models import Draft, DraftOperation
from metadata_portal.schemaforms.undoing import PlaceChanged

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

TOGETHER = "together"
"""Where the answer of a save names the other drafts that its step changed, and those that it opened."""


def tie(changed: Iterable[tuple[Draft, UUID]], opened: Iterable[Draft]) -> None:
    """Make one step of saves in several drafts, and of the drafts that were opened along with them."""
    saves = [(draft, op, {"record": str(draft.record), "draft": draft.pk, "op": str(op)}) for draft, op in changed]
    new = [{"record": str(draft.record), "draft": draft.pk, "version": draft.version} for draft in opened]
    for draft, op, own in saves:
        operation = DraftOperation.objects.get(draft=draft, op=op)
        operation.answer[TOGETHER] = [*(entry for _, _, entry in saves if entry is not own), *new]
        operation.save(update_fields=["answer"])


def take_back_together(operation: DraftOperation, by: "User") -> None:
    """Take back what belongs to a step in other drafts; PlaceChanged, for the whole step, where one has moved on.

    To be called inside the transaction that takes it back in its own draft.
    """
    for part in operation.answer.get(TOGETHER, ()):
        draft = Draft.objects.select_related("record").filter(pk=part["draft"], editor=by).first()
        if draft is None:
            raise PlaceChanged(f"{part['record']} was submitted or discarded since: nothing was undone.")
        if "op" in part:
            _undo(draft, part, by)
        else:
            _discard(draft, part, by)


def _undo(draft: Draft, part: dict[str, Any], by: "User") -> None:
    from metadata_portal.entries.services.drafts import draft_save  # noqa: PLC0415 - drafts take their steps back here

    known = DraftOperation.objects.filter(draft=draft, op=UUID(part["op"])).first()
    if known is not None and TOGETHER in known.answer:
        known.answer.pop(TOGETHER)  # it is being taken back from the other end
        known.save(update_fields=["answer"])
    post = QueryDict(mutable=True)
    post["do"] = f"undo:{part['op']}"
    try:
        draft_save(draft=draft, by=by, op=uuid4(), post=post)
    except PlaceChanged as error:
        raise PlaceChanged(f"{part['record']}: {error.message} Nothing was undone anywhere.") from error


def _discard(draft: Draft, part: dict[str, Any], by: "User") -> None:
    from metadata_portal.entries.services.drafts import draft_discard  # noqa: PLC0415 - drafts take their steps back here

    if draft.version != part["version"]:
        raise PlaceChanged(
            f"The draft of {part['record']} that was opened for it was changed since: nothing was undone. Discard that "
            "draft, or submit it."
        )
    draft_discard(draft=draft, by=by)
