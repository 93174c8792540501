"""Our package against the peer's, read live in its own venv: every module, class, field, method, constant, schema."""

from __future__ import annotations

import importlib
import json
from functools import cache
from pathlib import Path

import pytest

from schema_core import KINDS, base
from schema_core.core import metadata
from tests.conformance import structure
from tests.conformance.json_schemas import differences as schema_differences

pytestmark = [pytest.mark.peer, pytest.mark.filterwarnings("ignore")]

WEB = "`search_emapa_exact_match`, `get_emapa_id`, `fetch_genbank_record`, `MouseAnatomyMeta` and their like"
RENAMES = "`base.migrate_deprecated_coordinate_system`"
STAIN = "JSON Schema of `FluorescentReagent.stain_type`"
DIFFERENCES = {
    ("base", "migrate_deprecated_coordinate_system", "lacks"): RENAMES,
    ("core.instrument", "DEVICES_REQUIRED", "value"): "`core.instrument.DEVICES_REQUIRED`",
    ("components.reagent", "FluorescentReagent", "stain_type", "extra"): STAIN,
    ("registries.gene", "fetch_genbank_record", "lacks"): WEB,
    **{
        (f"registries.{module}", name, "lacks"): WEB
        for module, names in {
            "celegans_developmental_stage": (
                "search_wbls_exact_match",
                "get_wbls_id",
                "CElegansDevelopmentalStageMeta",
            ),
            "drosophila_developmental_stage": (
                "search_fbdv_exact_match",
                "get_fbdv_id",
                "DrosophilaDevelopmentalStageMeta",
            ),
            "human_developmental_stage": ("search_hsapdv_exact_match", "get_hsapdv_id", "HumanDevelopmentalStageMeta"),
            "mouse_developmental_stage": ("search_mmusdv_exact_match", "get_mmusdv_id", "MouseDevelopmentalStageMeta"),
            "mouse_anatomy": ("search_emapa_exact_match", "get_emapa_id", "MouseAnatomyMeta"),
        }.items()
        for name in names
    },
}
"""The whole list, each with the line of docs/divergences.md that tells of it."""
SCHEMA_DIFFERENCES = {
    "Acquisition.acquisition_start_tz.anyOf[1].enum": "time zone `localtime`",
    "FluorescentReagent.stain_type.type": STAIN,
    "HumanSubject.species.default": "JSON Schema of a field whose default is a term",
}


@cache
def rows() -> list[str]:
    """The first column of docs/divergences.md."""
    lines = (Path(__file__).parents[2] / "docs/divergences.md").read_text(encoding="utf-8").splitlines()
    return [line.split("|")[1].strip() for line in lines if line.startswith("| ")]


def test_every_difference_has_its_line_in_the_documentation():
    assert {*DIFFERENCES.values(), *SCHEMA_DIFFERENCES.values()} <= set(rows())


@pytest.fixture(scope="module")
def theirs(peer) -> dict[str, dict]:
    """The peer's modules by the address that they have here."""
    code = "import structure; result = structure.all_facts({!r})"
    standard, models = (peer.run(code.format(name)) for name in ("aind_data_schema", "aind_data_schema_models"))
    return {**standard, **{f"registries.{name}": facts for name, facts in models.items()}}


@pytest.fixture(scope="module")
def ours(theirs) -> dict[str, dict]:
    """What stands under the same names here."""
    found = structure.held_facts("schema_core", {module: list(facts) for module, facts in theirs.items()})
    return json.loads(json.dumps(found))


def parted(module, name, ours, theirs):
    """Where two descriptions of one thing part: module, name, member, part."""
    if ours is None:
        return {(module, name, "lacks")}
    found = {(module, name, part) for part in theirs if part not in SETS and ours.get(part) != theirs[part]}
    if not set(theirs.get("ancestors", ())) <= set(ours.get("ancestors", ())):
        found.add((module, name, "ancestors"))
    mine, yours = ours.get("methods", {}), theirs.get("methods", {})
    found |= {(module, name, method, "method") for method in yours if mine.get(method) != yours[method]}
    mine, yours = dict(ours.get("fields", ())), dict(theirs.get("fields", ()))
    if list(mine) != list(yours):
        found.add((module, name, "fields"))
    return found | {
        (module, name, field, part)
        for field in mine.keys() & yours.keys()
        for part in mine[field]
        if mine[field][part] != yours[field][part]
    }


SETS = ("ancestors", "methods", "fields")


def test_everything_of_the_peer_is_here_under_its_name_and_made_the_same_way(ours, theirs):
    found = set()
    for module, facts in theirs.items():
        for name in facts:
            found |= parted(module, name, ours[module][name], facts[name])
    assert found == set(DIFFERENCES)


def test_the_comparison_reads_all_of_the_peer(theirs):
    counted = [facts for module in theirs.values() for facts in module.values()]
    assert sum("fields" in facts for facts in counted) > 200
    assert sum("members" in facts for facts in counted) > 80
    assert sum(len(facts.get("fields", ())) for facts in counted) > 1500
    assert sum("parameters" in facts for facts in counted) > 20


def test_every_class_that_the_core_files_reach_is_the_one_of_the_same_module(peer):
    names = {kind: cls.__name__ for kind, cls in KINDS.items()}
    theirs = peer.run(f"import structure; result = structure.reached_names('aind_data_schema', {names!r})")
    ours = structure.reached(tuple[tuple(KINDS.values())], set())
    assert len(theirs) > 200
    assert {getattr(importlib.import_module(f"schema_core.{module}"), name) for module, name in theirs} == ours


def test_modules_of_components_also_offer_the_classes_that_they_use(peer):
    """Scripts import units and vocabularies from the module of the devices that need them."""
    borrowed = peer.run("import structure; result = structure.borrowed('aind_data_schema')")
    lacking = {
        (module, name)
        for module, names in borrowed.items()
        for name in names
        if not hasattr(importlib.import_module(f"schema_core.{module}"), name)
    }
    assert len(borrowed["components.devices"]) > 80
    assert lacking == {("components.specimen_procedures", "OneOfError")}


LIBRARIES = {
    "components.coordinates": ("CoordinateSystemLibrary", "AtlasLibrary"),
    "registries.brain_atlas": ("CCFv3",),
    "registries.harp_types": ("HarpDeviceType",),
    "registries.modalities": ("Modality",),
    "registries.organizations": ("Organization",),
    "registries.protocols": ("Protocols",),
    "registries.species": ("Species", "Strain"),
}


@pytest.mark.parametrize(("module", "holder"), [(module, name) for module in LIBRARIES for name in LIBRARIES[module]])
def test_libraries_hold_the_same_objects_and_look_them_up_alike(peer, module, holder):
    package = "aind_data_schema_models" if module.startswith("registries.") else "aind_data_schema"
    there = f"getattr(importlib.import_module('{package}.{module.removeprefix('registries.')}'), '{holder}')"
    theirs = peer.run(f"import importlib, structure; result = structure.held({there})")
    here = getattr(importlib.import_module(f"schema_core.{module}"), holder)
    ours = json.loads(json.dumps(structure.held(here, theirs)))
    assert len(theirs["constants"]) > 1
    assert ours == theirs


@pytest.fixture(scope="module")
def their_schemas(peer) -> dict[str, dict]:
    """The peer's nine JSON Schemas."""
    code = """
import importlib
def schema(kind, name):
    return getattr(importlib.import_module("aind_data_schema.core." + kind), name).model_json_schema()
"""
    names = {kind: cls.__name__ for kind, cls in KINDS.items()}
    return peer.run(f"{code}\nresult = {{kind: schema(kind, name) for kind, name in {names!r}.items()}}")


@pytest.mark.parametrize("kind", KINDS)
def test_json_schemas_allow_the_same(their_schemas, kind):
    found = list(schema_differences(KINDS[kind].model_json_schema(), their_schemas[kind], KINDS[kind].__name__))
    assert [difference for difference in found if difference[0] not in SCHEMA_DIFFERENCES] == []


def test_file_names_and_constants_are_the_peers(peer):
    code = """
import importlib
from aind_data_schema import base
from aind_data_schema.core import metadata
def file_name(kind, name):
    return getattr(importlib.import_module("aind_data_schema.core." + kind), name).default_filename()
"""
    names = {kind: cls.__name__ for kind, cls in KINDS.items()}
    there = f"[file_name(*pair) for pair in {names!r}.items()]"
    theirs = peer.run(
        f"{code}\nresult = [{there}, metadata.CORE_FILES, metadata.REQUIRED_FILE_SETS, base.MAX_FILE_SIZE]"
    )
    ours = [cls.default_filename() for cls in KINDS.values()]
    assert theirs == [ours, metadata.CORE_FILES, metadata.REQUIRED_FILE_SETS, base.MAX_FILE_SIZE]
