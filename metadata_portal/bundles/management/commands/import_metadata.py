"""Import JSON files: core files become records, a metadata document becomes its asset too."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from metadata_portal.bundles.acting import acting_person, chosen_project
from metadata_portal.bundles.importing import Imported, Origin, import_file
from metadata_portal.registries import overlay

if TYPE_CHECKING:
    from argparse import ArgumentParser

# The reader's own limit is lower; this only keeps a wrong file out of memory.
MAX_BYTES = 16_000_000
_STYLES = {"submitted": "SUCCESS", "asset": "SUCCESS", "draft": "WARNING", "refused": "ERROR"}


class Command(BaseCommand):
    """Core files become submitted records, or drafts when invalid."""

    help = "Import core files and metadata documents. What is valid is submitted; the rest becomes drafts to mend."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files, the project, and who is said to have done it."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--project", default="", help="name of the project (default: the first)")
        parser.add_argument("--by", default="", metavar="USERNAME", help="who imports (default: an administrator)")
        parser.add_argument("--reason", default="Imported from a file", help="kept with each revision")

    def handle(self, *_: Any, **options: Any) -> None:
        """Import each file, say what became of it, and fail when one was refused."""
        overlay.refresh()
        origin = Origin(chosen_project(options["project"]), acting_person(options["by"]), options["reason"])
        count: Counter[str] = Counter()
        for path in options["files"]:
            for made in import_file(self._read(path), path.name, origin, folder=path.resolve().parent.name):
                count[made.outcome] += 1
                self._tell(path, made)
        summary = ", ".join(f"{number} {outcome}" for outcome, number in sorted(count.items()))
        if count["refused"]:
            raise CommandError(f"Not everything could be imported: {summary}")
        self.stdout.write(f"{origin.project}: {summary}")

    def _read(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(MAX_BYTES)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error

    def _tell(self, path: Path, made: Imported) -> None:
        style = getattr(self.style, _STYLES.get(made.outcome, "NOTICE"))
        self.stdout.write(f"{path}: {style(made.outcome)} {made.what}")
        for problem in made.problems:
            self.stdout.write(f"  {problem.path or '(whole)'}  {problem.severity}: {problem.message}")
