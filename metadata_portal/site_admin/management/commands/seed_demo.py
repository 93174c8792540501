"""``manage.py seed_demo``: believable example data, for looking around."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from metadata_portal.site_admin.demo.seed import Seeded, demo_project, has_other_records, seed

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """An invented project with people, mice, surgeries, data and bundles. A second run changes nothing."""

    help = "Add example data to an installation that holds no records yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let somebody insist."""
        parser.add_argument("--among-others", action="store_true", help="even though there are records already")

    def handle(self, *_: Any, **options: Any) -> None:
        """Write the example once."""
        if project := demo_project():
            self.stdout.write(f"The example data are there already, in the project {project}.")
            return
        if has_other_records() and not options["among_others"]:
            raise CommandError("This installation holds records: example data would stand among them (--among-others)")
        tell = self.stdout.write if options["verbosity"] > 1 else lambda _: None
        self._show(seed(tell))

    def _show(self, seeded: Seeded) -> None:
        self.stdout.write(f"Example data are in the project {seeded.project}.")
        if seeded.passwords:
            self.stdout.write("Sign in as one of these; the passwords are shown this once only:")
        for username, password in seeded.passwords.items():
            self.stdout.write(f"  {username:<8} {password}")
