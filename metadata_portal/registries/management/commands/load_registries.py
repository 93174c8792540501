"""Writes the packaged terms into the table that pages search."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from metadata_portal.registries.loading import stock_load, stock_plan


class Command(BaseCommand):
    """Load the packaged vocabularies; a second run changes nothing."""

    help = "Load the packaged vocabularies into the database; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the run be rehearsed, and say what to do with terms of the lab that the standard has otherwise."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--settle", action="store_true", help="take the standard's fields where the lab's differ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what changed."""
        del args
        if options["dry_run"]:
            self._tell()
            return
        done = stock_load(settle=options["settle"])
        if done.anything:
            self.stdout.write(f"Registries: {done.added} added, {done.changed} changed, {done.removed} dropped.")
        else:
            self.stdout.write("Registries: nothing to change.")
        if done.held:
            self.stdout.write(
                f"{done.held} of the lab's own terms are in the standard now with other fields."
                " See /registries/release/, or run load_registries --settle."
            )

    def _tell(self) -> None:
        """A line for each term that would change."""
        nothing = True
        for plan in stock_plan():
            nothing = False
            self.stdout.write(
                f"{plan.declared.title}: {len(plan.new)} new, {len(plan.changed)} changed, {len(plan.adopted)} become"
                f" the standard's, {len(plan.held)} held, {len(plan.gone)} dropped"
            )
            for word, moved in (("changed", plan.changed), ("held", plan.held)):
                for one in moved:
                    self.stdout.write(f"  {word}  {one.row.name}: {one.row.data} -> {one.fresh.data}")
        if nothing:
            self.stdout.write("Registries: nothing to change.")
