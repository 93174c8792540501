"""Writes the packaged terms into the table that pages search."""

from typing import Any

from django.core.management.base import BaseCommand

from metadata_portal.registries.loading import stock_load


class Command(BaseCommand):
    """Load the packaged vocabularies; a second run changes nothing."""

    help = "Load the packaged vocabularies into the database; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what changed."""
        del args, options
        done = stock_load()
        if done.anything:
            self.stdout.write(f"Registries: {done.added} added, {done.changed} changed, {done.removed} dropped.")
        else:
            self.stdout.write("Registries: nothing to change.")
