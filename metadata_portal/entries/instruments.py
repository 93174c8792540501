"""The states of an instrument: each modification date is one, said by the newest revision that names it."""

from metadata_portal.entries.models import Kind, Record, Revision


def states(record: Record) -> dict[str, Revision]:
    """The revisions of an instrument by modification date, the latest date first; withdrawn ones hold no more."""
    newest: dict[str, Revision] = {}
    for revision in record.revisions.select_related("withdrawal").order_by("number"):
        newest[str(revision.data.get("modification_date"))] = revision
    return {day: newest[day] for day in sorted(newest, reverse=True) if not newest[day].is_withdrawn}


def state_on(record: Record, day: str) -> Revision | None:
    """What the instrument was like on a day (YYYY-MM-DD): its last change until then, else its newest revision."""
    held = (revision for since, revision in states(record).items() if since <= day)
    return next(held, None) or record.current_revision()


def said_already(record: Record, text: str) -> Revision | None:
    """The revision that says just this: the newest one, or that of another state of an instrument."""
    last = record.last_revision()
    if last is not None and last.document == text and not last.is_withdrawn:
        return last
    if record.kind != Kind.INSTRUMENT:
        return None
    return next((revision for revision in states(record).values() if revision.document == text), None)
