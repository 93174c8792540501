"""``manage.py verify_chain``: whether every revision is as it was submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from metadata_portal.entries.chain import chain_breaks
from metadata_portal.entries.models import Record, Revision

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Compares texts, checksums and links; changes nothing. Fails when one does not hold."""

    help = "Check the checksums and links of all revisions, or of one record's; fails when one is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let somebody ask for one record."""
        parser.add_argument("--record", type=UUID, help="the id of one record, as in its address")

    def handle(self, *_: Any, **options: Any) -> None:
        """Name each break, and fail when there was one."""
        revisions = Revision.objects.select_related("record").order_by("record_id", "number")
        if options["record"]:
            if not Record.objects.filter(pk=options["record"]).exists():
                raise CommandError(f"There is no record {options['record']}.")
            revisions = revisions.filter(record_id=options["record"])
        found = 0
        for fault in chain_breaks(revisions.iterator(chunk_size=100)):
            found += 1
            self.stdout.write(self.style.ERROR(f"{fault} (/records/{fault.revision.record_id}/history/)"))
        if found:
            raise CommandError(f"{found} {'fault' if found == 1 else 'faults'} in {revisions.count()} revisions.")
        self.stdout.write(f"All {revisions.count()} revisions are as they were submitted.")
