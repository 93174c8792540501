"""Which drafts and revisions hold a term, with links to those that a person may see."""

from collections.abc import Sequence

from metadata_portal.accounts.models import User
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services.term_replacing import term_replace
from metadata_portal.registries.following import follows
from metadata_portal.registries.models import Term, TermUse
from metadata_portal.registries.users import Used, tells

MOST_NAMED = 5


@follows
def bring_into_drafts(old: Term, new: Term, reason: str, by: User) -> list[str]:
    """Open drafts of the records that hold a term that got another name, or was merged into another."""
    done = term_replace(vocabulary=new.vocabulary, old=old.key, new=new.key, reason=reason, by=by)
    said = (
        ("Drafts were opened, to be looked at and submitted", done.opened),
        ("Drafts that were there hold it now", done.changed),
        ("Nobody can correct these now, and they stay valid as they are", done.left),
    )
    return [f"{words}: {_named(records)}." for words, records in said if records]


def _named(records: list[Record]) -> str:
    names = ", ".join(map(str, records[:MOST_NAMED]))
    return f"{names} and {len(records) - MOST_NAMED} more" if len(records) > MOST_NAMED else names


@tells(TermUse.Holder.DRAFT)
def drafts(ids: Sequence[str], by: User) -> list[Used]:
    """The person's own drafts: those of others are theirs."""
    found = Draft.objects.filter(pk__in=ids, editor=by).select_related("record")
    return [Used("your draft", str(draft.record), draft.record.get_absolute_url()) for draft in found]


@tells(TermUse.Holder.REVISION)
def records(ids: Sequence[str], by: User) -> list[Used]:
    """Submitted records, each once with the revisions that hold it."""
    visible = Record.objects.visible_to(by)
    found = (
        Revision.objects.filter(pk__in=ids, record__in=visible).select_related("record").order_by("record", "number")
    )
    numbers: dict[Record, list[str]] = {}
    for revision in found:
        numbers.setdefault(revision.record, []).append(str(revision.number))
    return [
        Used(f"revision {', '.join(listed)}", str(record), record.get_absolute_url())
        for record, listed in numbers.items()
    ]
