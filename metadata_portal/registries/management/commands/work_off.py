"""Works off the tables that wait for it, then ends; the portal starts it by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from metadata_portal.registries.bulk.work import work_off


class Command(BaseCommand):
    """Check, apply or take back the tables that wait."""

    help = "Work off the tables of terms that wait for it; the portal starts this by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work, and say how much there was."""
        del args, options
        self.stdout.write(f"{work_off()} done.")
