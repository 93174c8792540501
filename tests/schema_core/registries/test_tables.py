"""The packaged tables and enums against the published package they come from."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from schema_core.registries import vocabularies
from schema_core.registries.brain_atlas import CCFv3
from schema_core.registries.mouse_anatomy import (
    GroundWireLocations,
    InjectionTargets,
    MouseAnatomy,
    MouseBloodVessels,
    MouseBodyParts,
    MouseEmgMuscles,
)
from tests.conformance.peer import ROOT, VENV

DATA = ROOT / "schema_core" / "registries" / "data"
HOLDERS = {
    "organizations": ("Organization", "organizations"),
    "species": ("Species", "species"),
    "species ": ("Strain", "strains"),
    "modalities": ("Modality", "modalities"),
    "harp_types": ("HarpDeviceType", "harp-types"),
    "protocols": ("Protocols", "protocols"),
    "brain_atlas": ("CCFv3", "brain-structures"),
}
ENUM_MODULES = (
    "atlas",
    "coordinates",
    "data_name_patterns",
    "devices",
    "licenses",
    "process_names",
    "reagent",
    "registries",
    "slap2_acquisition_type",
    "specimen_procedure_types",
    "stimulus_modality",
    "system_architecture",
    "units",
)


@pytest.mark.peer
@pytest.mark.parametrize("module", ENUM_MODULES)
def test_enums_have_the_members_of_the_standard_in_its_order(peer, module):
    theirs = peer.run(
        f"from enum import Enum; import aind_data_schema_models.{module} as m\n"
        "result = {n: [[k, v.value] for k, v in c.__members__.items()] for n, c in vars(m).items()"
        " if isinstance(c, type) and issubclass(c, Enum) and c is not Enum}"
    )
    ours = import_module(f"schema_core.registries.{module}")
    assert {name: [[k, v.value] for k, v in getattr(ours, name).__members__.items()] for name in theirs} == theirs


@pytest.mark.peer
@pytest.mark.parametrize("module", HOLDERS)
def test_every_constant_of_a_holder_writes_the_same_json(peer, module):
    holder, name = HOLDERS[module]
    theirs = peer.run(
        f"from aind_data_schema_models.{module.strip()} import {holder} as H\n"
        "result = {k: v.model_dump_json() for k, v in vars(H).items() if hasattr(v, 'model_dump_json')}"
    )
    ours = getattr(import_module(f"schema_core.registries.{module.strip()}"), holder)
    assert {constant: getattr(ours, constant).model_dump_json() for constant in theirs} == theirs
    assert set(vocabularies()[name].constants) == set(theirs)


@pytest.mark.peer
@pytest.mark.parametrize("module", [module for module in HOLDERS if module != "brain_atlas"])
def test_all_terms_are_listed_in_the_order_of_the_standard(peer, module):
    holder, _ = HOLDERS[module]
    theirs = peer.run(
        f"from aind_data_schema_models.{module.strip()} import {holder} as H\n"
        "result = [term().model_dump_json() for term in H.ALL]"
    )
    ours = getattr(import_module(f"schema_core.registries.{module.strip()}"), holder)
    assert [term().model_dump_json() for term in ours.ALL] == theirs


@pytest.mark.peer
def test_every_part_of_the_mouse_has_its_constant(peer):
    theirs = peer.run(
        "import aind_data_schema_models.mouse_anatomy as m\n"
        "result = {n: {k: v for k, v in vars(c).items() if not k.startswith('__')} for n, c in vars(m).items()"
        " if isinstance(type(c), type) and type(c) is m.MouseAnatomyMeta}"
    )
    ours = (MouseAnatomy, MouseEmgMuscles, MouseBodyParts, GroundWireLocations, MouseBloodVessels, InjectionTargets)
    assert {holder.__name__: {k: getattr(holder, k).name for k in theirs[holder.__name__]} for holder in ours} == theirs


@pytest.mark.peer
@pytest.mark.parametrize("animal", ["human", "mouse", "drosophila", "celegans"])
def test_every_developmental_stage_is_named(peer, animal):
    module = f"{animal}_developmental_stage"
    holder, names = peer.run(
        f"import aind_data_schema_models.{module} as m\n"
        "c = next(c for n, c in vars(m).items() if n.endswith('Stage') and isinstance(c, type))\n"
        "result = [c.__name__, [v for k, v in vars(c).items() if not k.startswith('__')]]"
    )
    ours = getattr(import_module(f"schema_core.registries.{module}"), holder)
    assert ours.names == tuple(names)
    with pytest.raises(ValueError, match="no identifier is packaged"):
        getattr(ours, next(name for name in dir(ours) if name.isupper()))


@pytest.mark.peer
def test_the_script_writes_the_tables_that_are_packaged(tmp_path):
    script = (ROOT / "schema_core" / "registries" / "build.py").read_text(encoding="utf-8")
    copy = tmp_path / "build.py"
    copy.write_text(script, encoding="utf-8")
    subprocess.run([VENV / "bin" / "python", "-P", copy], check=True, capture_output=True)
    written = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    assert written == {path.name: path.read_bytes() for path in DATA.iterdir()}


def test_every_row_says_where_it_comes_from():
    for table in DATA.glob("*.csv"):
        header, *lines = table.read_text(encoding="utf-8").splitlines()
        assert header.endswith(",source"), table.name
        source = ",tzdata 2026.6" if table.stem == "time_zones" else ",aind-data-schema-models 6.3.1"
        assert all(line.endswith(source) for line in lines), table.name


def test_importing_the_vocabularies_reads_no_table():
    code = (
        "import builtins, io, pathlib\n"
        "opened = []\nreal = pathlib.Path.open\n"
        "pathlib.Path.open = lambda self, *a, **k: (opened.append(self), real(self, *a, **k))[1]\n"
        "import schema_core.registries.organizations, schema_core.registries.mouse_anatomy\n"
        'assert not [path for path in opened if path.suffix == ".csv"]\n'
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(ROOT))


@pytest.mark.parametrize(
    ("constant", "name"),
    [("CUL4__5", "Lobules IV-V"), ("VISP", "Primary visual area")],
)
def test_a_constant_is_named_by_the_rule_of_the_standard(constant, name):
    assert getattr(CCFv3, constant).name == name


def test_an_unknown_constant_is_an_attribute_error():
    with pytest.raises(AttributeError, match="CCFv3 has no term 'NOWHERE'"):
        CCFv3.NOWHERE  # noqa: B018 - the lookup is the test
