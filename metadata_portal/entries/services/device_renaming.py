"""Another name for a device, where it is and wherever it is named: one change with a reason, or none."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from metadata_portal.accounts.services import audit
from metadata_portal.entries.errors import DraftInTheWay, ReasonMissing
from metadata_portal.entries.mentions import Mention, Mentions, has_name, mentions_of, name_path, renamed
from metadata_portal.entries.merge import same
from metadata_portal.entries.models import Draft, Record
from metadata_portal.entries.services.drafts import draft_open, draft_save
from metadata_portal.entries.services.permission import require_own
from metadata_portal.entries.services.submitting import read_reason
from metadata_portal.entries.services.together import tie
from metadata_portal.errors import Conflict, FormError
from metadata_portal.schemaforms.reader import check_text

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Renamed:
    """What was changed: places in all, the drafts that were there, and those that were opened for it."""

    places: int
    changed: tuple[Record, ...]
    opened: tuple[Record, ...]
    op: UUID


def device_rename(
    *, draft: Draft, by: "User", at: str, old: str, new: str, reason: str, records: Collection[UUID], seen: str
) -> Renamed:
    """The device at an address under another name, in the person's draft and in the linked records that were chosen.

    Of a record without a draft of theirs one is opened from its last revision; no revision changes. Raises FormError
    for the name, ReasonMissing, and Conflict when anything is not as it was when the person looked (``seen``).
    """
    require_own(draft, by)
    new = _checked(draft, at, old, new)
    if not read_reason(reason):
        raise ReasonMissing("Say why the device is renamed.")
    with transaction.atomic():
        fresh = Draft.objects.select_related("record__project", "base").get(pk=draft.pk)
        found = mentions_of(fresh, at, old, by)
        if found.digest != seen:
            raise Conflict("Something that names the device was changed meanwhile: look at the list again.")
        chosen = [mention for mention in found.linked if mention.record.pk in records]
        said = f"Renamed {old} to {new} in {len(chosen) + 1} records" if chosen else f"Renamed {old} to {new}"
        steps = [(fresh, _rewrite(fresh, renamed(fresh.data, (name_path(at), *found.own), new), by, said))]
        steps += [
            (entry.draft, _rewrite(entry.draft, _new_text(entry, new), by, said)) for entry in chosen if entry.draft
        ]
        opened = [_opened(entry, new, by) for entry in chosen if entry.draft is None]
        tie(steps, opened)
        places = len(found.own) + sum(len(mention.paths) for mention in chosen)
        _written_down(found, chosen, new, read_reason(reason), by)
    return Renamed(
        places,
        tuple(entry.record for entry in chosen if entry.draft),
        tuple(draft.record for draft in opened),
        steps[0][1],
    )


def _checked(draft: Draft, at: str, old: str, new: str) -> str:
    """The new name; refused where it would make two devices one."""
    new = check_text(new, "name").strip()
    if not new or len(new) > LONGEST:
        raise FormError(f"Give the new name, of at most {LONGEST} characters.", field="name")
    if new == old:
        raise FormError("That is the name that it has.", field="name")
    if has_name(draft, new, besides=at):
        raise FormError(f"Another device is called “{new}”: choose another name.", field="name")
    if has_name(draft, old, besides=at):
        raise FormError(
            f"Another device is called “{old}”, too, and what names it may mean either: rename that one first.",
            field="name",
        )
    return new


def _new_text(mention: Mention, new: str) -> dict[str, object]:
    return renamed(mention.document, mention.paths, new)


def _opened(mention: Mention, new: str, by: "User") -> Draft:
    """The draft that is opened for the change."""
    document = _new_text(mention, new)
    opened = draft_open(record=mention.record, by=by, document=document, item_ids=mention.source.item_ids)
    if not same(opened.data, document):
        raise DraftInTheWay(f"You have begun a draft of {mention.record} meanwhile: look at the list again.")
    return opened


def _rewrite(draft: Draft, document: dict[str, object], by: "User", said: str) -> UUID:
    """The operation that wrote it."""
    op = uuid4()
    draft_save(draft=draft, by=by, op=op, document=document, version=draft.version, said=said)
    return op


def _written_down(found: Mentions, chosen: list[Mention], new: str, reason: str, by: "User") -> None:
    """One event for each record, with the same reason."""
    places = {found.draft.record: found.own, **{mention.record: mention.paths for mention in chosen}}
    for record, changed in places.items():
        audit(
            by=by,
            action="device.rename",
            obj=record,
            why=reason,
            before={"name": found.old, "device": f"{found.draft.record} {found.at}"},
            after={"name": new, "places": list(changed)},
        )
