"""The writer of JSON Schemas, as a class and as a command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from schema_core import KINDS
from schema_core.base import DataCoreModel
from schema_core.utils.json_writer import SchemaWriter


def test_a_schema_is_written_for_every_core_file(tmp_path):
    SchemaWriter(["-o", str(tmp_path / "new")]).write_to_json()
    written = {path.name for path in (tmp_path / "new").iterdir()}
    assert written >= {f"{kind}_schema.json" for kind in KINDS}
    text = (tmp_path / "new" / "processing_schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == KINDS["processing"].model_json_schema()


def test_folders_name_file_and_version(tmp_path):
    SchemaWriter(["--output", str(tmp_path), "--attach-version"]).write_to_json()
    assert (tmp_path / "quality_control" / "2.4.2" / "quality_control_schema.json").is_file()
    assert (tmp_path / "metadata" / "2.7.6" / "metadata_schema.json").is_file()


def test_the_schemas_are_those_of_all_classes_of_core_files():
    assert set(KINDS.values()) <= set(SchemaWriter.get_schemas()) == set(DataCoreModel.__subclasses__())


def test_the_folder_of_now_is_the_default(tmp_path):
    root = Path(__file__).resolve().parents[3]
    subprocess.run(
        [sys.executable, "-m", "schema_core.utils.json_writer"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": ""},
        check=True,
    )
    assert {path.name for path in tmp_path.iterdir()} == {f"{kind}_schema.json" for kind in KINDS}
