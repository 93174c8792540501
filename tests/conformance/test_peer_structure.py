"""Our classes against the peer's, field by field: names, order, types, defaults, constraints, enum members."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from schema_core.components import coordinate_library
from tests.conformance import structure

pytestmark = pytest.mark.peer

MODULES = (
    "components.configs",
    "components.coordinates",
    "components.devices",
    "components.identifiers",
    "components.injection_procedures",
    "components.reagent",
    "components.specimen_procedures",
    "components.subject_procedures",
    "components.subjects",
    "components.surgery_procedures",
    "core.data_description",
    "core.metadata",
    "core.procedures",
    "core.subject",
)
ROOTS = {"core.subject": "Subject", "core.data_description": "DataDescription", "core.procedures": "Procedures"}
UNREAD = ("instrument", "processing", "acquisition", "quality_control", "model")
DIFFERENCES = {
    ("FluorescentReagent", "stain_type", "extra"),
    *(("Metadata", name, "type") for name in UNREAD),
}
"""The whole list; each has its line in docs/divergences.md."""


def described_here(peer, expression):
    """What a snippet over `structure` gives in the peer's venv."""
    source = Path(structure.__file__).read_text(encoding="utf-8")
    return peer.run(f"{source}\nresult = {expression}")


def differences(name, ours, theirs):
    """Where two descriptions of a class part."""
    if "members" in ours:
        return set() if ours == theirs else {(name, "", "members")}
    found = {(name, "", part) for part in ("extra", "methods") if ours[part] != theirs[part]}
    mine, yours = dict(ours["fields"]), dict(theirs["fields"])
    if list(mine) != list(yours):
        found.add((name, "", "order"))
    found |= {
        (name, field, part)
        for field in mine.keys() & yours.keys()
        for part in mine[field]
        if mine[field][part] != yours[field][part]
    }
    return found


@pytest.mark.parametrize("module", MODULES)
def test_classes_are_the_peers_field_by_field(peer, module):
    theirs = described_here(peer, f"module_facts('aind_data_schema.{module}')")
    ours = json.loads(json.dumps(structure.module_facts(f"schema_core.{module}")))
    assert set(ours) <= set(theirs)
    found = set()
    for name, facts in ours.items():
        found |= differences(name, facts, theirs[name])
    assert found == {entry for entry in DIFFERENCES if entry[0] in ours}


def test_every_class_that_the_peers_files_reach_is_here_in_the_same_module(peer):
    theirs, ours = {}, {}
    for module, name in ROOTS.items():
        imported = f"importlib.import_module('aind_data_schema.{module}').{name}"
        theirs |= described_here(peer, f"reached({imported}, {{}})")
        structure.reached(getattr(importlib.import_module(f"schema_core.{module}"), name), ours)
    assert ours == theirs


def test_the_libraries_hold_the_same_systems(peer):
    code = """
import warnings
warnings.simplefilter("ignore")
from aind_data_schema.components import coordinates
result = {
    library: {
        name: json.loads(value.model_dump_json())
        for name, value in vars(getattr(coordinates, library)).items() if not name.startswith("_")
    }
    for library in ("CoordinateSystemLibrary", "AtlasLibrary")
}
"""
    for library, systems in peer.run(code).items():
        held = getattr(coordinate_library, library)
        names = [name for name in vars(held) if not name.startswith("_")]
        assert {name: json.loads(getattr(held, name).model_dump_json()) for name in names} == systems


def test_file_names_and_constants_are_the_peers(peer):
    code = """
from aind_data_schema.core import metadata, subject, procedures, data_description
from aind_data_schema import base
result = [
    [cls.default_filename() for cls in (metadata.Metadata, subject.Subject, procedures.Procedures,
                                        data_description.DataDescription)],
    metadata.CORE_FILES, metadata.REQUIRED_FILE_SETS, base.MAX_FILE_SIZE,
]
"""
    from schema_core import KINDS, base  # noqa: PLC0415
    from schema_core.core import metadata  # noqa: PLC0415

    kinds = ("metadata", "subject", "procedures", "data_description")
    ours = [[KINDS[kind].default_filename() for kind in kinds]]
    assert peer.run(code) == [*ours, metadata.CORE_FILES, metadata.REQUIRED_FILE_SETS, base.MAX_FILE_SIZE]
