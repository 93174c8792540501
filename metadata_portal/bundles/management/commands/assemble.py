"""Assemble an asset and write its bundle as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from metadata_portal.bundles import services
from metadata_portal.bundles.acting import acting_person
from metadata_portal.bundles.errors import NotAssemblable
from metadata_portal.bundles.models import Asset
from schema_core.bundle import METADATA_NAME, METADATA_NAMES

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Write what the zip of an asset's bundle holds."""

    help = "Assemble an asset from the current revisions of its records, and write DIR/<asset>/ as the zip unpacks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the asset, the directory, and who is said to have done it."""
        parser.add_argument("asset", help="name of the asset")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="directory to write into")
        parser.add_argument("--name", choices=METADATA_NAMES, default=METADATA_NAME, help="of the metadata document")
        parser.add_argument("--by", default="", metavar="USERNAME", help="who assembles (default: an administrator)")

    def handle(self, *_: Any, **options: Any) -> None:
        """Assemble and write, or list what is in the way."""
        asset = Asset.objects.filter(name=options["asset"]).first()
        if asset is None:
            raise CommandError(f"There is no asset named {options['asset']!r}")
        try:
            bundle = services.bundle_assemble(asset=asset, by=acting_person(options["by"]))
        except NotAssemblable as error:
            for problem in error.problems:
                self.stderr.write(f"  {problem.path or '(whole)'}  {problem.severity}: {problem.message}")
            raise CommandError(error.message) from error
        folder = options["out"] / asset.name
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in services.bundle_files(bundle, options["name"]).items():
            (folder / name).write_bytes(content)
            self.stdout.write(str(folder / name))
        stock = "" if bundle.stock_valid else ", with terms that the stock vocabularies lack"
        self.stdout.write(self.style.SUCCESS(f"Bundle {bundle.number} of {asset}: valid{stock}"))
