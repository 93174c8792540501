"""Whether revisions are as they were submitted: each text against its checksum, each link against the one before."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from metadata_portal.entries.models import Revision
from metadata_portal.entries.services.submitting import chained


@dataclass(frozen=True, slots=True)
class Break:
    """A revision that is not as it was submitted, or that does not follow the one before."""

    revision: Revision
    message: str

    def __str__(self) -> str:
        return f"{self.revision}: {self.message}"


def chain_breaks(revisions: Iterable[Revision]) -> Iterator[Break]:
    """Every break in whole chains; the revisions come record by record, in the order of their numbers."""
    last: Revision | None = None
    for revision in revisions:
        if last is not None and last.record_id != revision.record_id:
            last = None
        yield from (Break(revision, message) for message in _faults(revision, last))
        last = revision


def _faults(revision: Revision, last: Revision | None) -> Iterator[str]:
    before = last.number if last else 0
    if revision.number != before + 1:
        missing = f"revision {before + 1} is missing before it"
        yield missing if revision.number > before + 1 else f"it comes after revision {before}"
    if hashlib.sha256(revision.document.encode()).hexdigest() != revision.sha256:
        yield "the text is not the one that was submitted: it has another checksum"
    # the link that is kept is followed, so that one break is told once and not at every later revision
    link = chained(last.chain if last else "", revision.sha256, revision.author_name, revision.created_at)
    if link != revision.chain:
        kept = "checksum, author or time is not what was kept" + (f", or revision {before} is not" if last else "")
        yield f"the link does not hold: {kept}"
