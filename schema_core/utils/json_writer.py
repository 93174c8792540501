"""Writes JSON Schemas of all core files: `python -m schema_core.utils.json_writer -o FOLDER [--attach-version]`."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from schema_core.base import DataCoreModel
from schema_core.kinds import KINDS


class SchemaWriter:
    """Writes one JSON Schema for each core file, as its arguments say."""

    DEFAULT_FILE_PATH = str(Path.cwd())

    def __init__(self, args: list[str]) -> None:
        self.args = args
        self.configs = self._parse_arguments(args)

    def _parse_arguments(self, args: list[str]) -> argparse.Namespace:
        parser = argparse.ArgumentParser(description="Write the JSON Schema of every core file")
        parser.add_argument(
            "-o", "--output", default=self.DEFAULT_FILE_PATH, help="folder to write into; default: here"
        )
        parser.add_argument(
            "--attach-version", action="store_true", help="write each schema into a folder named by file and version"
        )
        return parser.parse_args(args)

    @staticmethod
    def get_schemas() -> Iterator[type[DataCoreModel]]:
        """The classes of the core files, a lab's own included."""
        for kind in KINDS:
            KINDS[kind]  # imports it
        yield from DataCoreModel.__subclasses__()

    def write_to_json(self) -> None:
        """Write the schemas, making folders where they are missing."""
        for cls in self.get_schemas():
            name = cls.default_filename().split(".")[0]
            folder = Path(self.configs.output)
            if self.configs.attach_version:
                folder = folder / name / cls.model_fields["schema_version"].default
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(cls.model_json_schema(), ensure_ascii=False, separators=(",", ":"))
            (folder / f"{name}_schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    SchemaWriter(sys.argv[1:]).write_to_json()
