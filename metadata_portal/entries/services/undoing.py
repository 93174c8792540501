"""The steps of a draft that can be taken back: what buttons did, kept beside the answers that they got."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models.fields.json import KT

from metadata_portal.entries.models import Draft, DraftOperation
from metadata_portal.schemaforms.readings import Said, from_rows
from metadata_portal.schemaforms.undoing import PlaceChanged

STEPS: Final = 20
"""How many steps back are kept."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a button did and that can be taken back."""

    op: UUID
    said: str
    at: datetime


def undo_steps(draft: Draft) -> list[Step]:
    """The steps that can be taken back, the last one first."""
    kept = _kept(draft).annotate(said=KT("answer__said")).values_list("op", "said", "at")[:STEPS]
    return [Step(*row) for row in kept]


def said_by(draft: Draft, word: str) -> str:
    """What one operation did, in words; empty when it is not known any more."""
    known = _named(draft, word)
    return str(known.answer.get("said", "")) if known else ""


def readings_of(draft: Draft, word: str) -> dict[str, Said]:
    """How the typed text of the last save was read; nothing when another save came after it."""
    known = _named(draft, word) if word else None
    if known is None or known.answer.get("version") != draft.version:
        return {}
    return dict(from_rows(known.answer.get("readings", {})))


def way_back(draft: Draft, word: str) -> tuple[DraftOperation, Sequence[Mapping[str, Any]]]:
    """The operation that a button names, with what takes it back; PlaceChanged when it was taken back before."""
    known = _named(draft, word)
    if known is None or "undo" not in known.answer:
        raise PlaceChanged("This step was undone already, or lies too far back.")
    return known, json.loads(known.answer["undo"])


def forget_old_steps(draft: Draft) -> None:
    """Keep the ways back of the last steps only."""
    for operation in _kept(draft)[STEPS:]:
        forget(operation)


def forget(operation: DraftOperation) -> None:
    """Take away what is needed to go back; the answer stays."""
    operation.answer.pop("undo")
    operation.answer.pop("sources", None)
    operation.save(update_fields=["answer"])


def _named(draft: Draft, word: str) -> DraftOperation | None:
    """The operation that an address or a button names."""
    try:
        return DraftOperation.objects.filter(draft=draft, op=UUID(word)).first()
    except ValueError:
        return None


def _kept(draft: Draft) -> Any:
    return DraftOperation.objects.filter(draft=draft, answer__has_key="undo").order_by("-pk")
