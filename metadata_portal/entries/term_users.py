"""Which drafts and revisions hold a term, with links to those that a person may see."""

from collections.abc import Sequence

from metadata_portal.accounts.models import User
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.registries.models import TermUse
from metadata_portal.registries.users import Used, tells


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
