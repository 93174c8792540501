"""Nothing asks the network, and what a site adds to a vocabulary is known everywhere at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import schema_core
from schema_core import bundle
from schema_core.kinds import class_of
from schema_core.registries import LocalTerm, Snapshot, local_terms, overlay, stock_only, vocabulary
from tests.schema_core import samples

ROOT = Path(__file__).resolve().parents[2]

SEALED_OFF = """
import importlib, json, pkgutil, sys

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        raise SystemExit(f"asked the network: {event} {arguments}")

sys.addaudithook(refuse)

import schema_core

for module in pkgutil.walk_packages(schema_core.__path__, "schema_core."):
    if not module.name.endswith((".__main__", ".registries.build")):
        importlib.import_module(module.name)
"""

EVERYTHING = """
from schema_core.registries import vocabularies
from schema_core.registries.mouse_anatomy import MOUSE_ANATOMY, MouseAnatomy
from schema_core.upgrade import upgrade

names = MOUSE_ANATOMY.constants
assert len(names) >= 8036, len(names)
for name in names:
    part = getattr(MouseAnatomy, name)
    assert part.registry_identifier and part.name, name
for known in vocabularies().values():
    for entry in known.stock[:50]:
        assert known.lookup(entry.label) is not None
    known.search("a")
for kind in schema_core.kinds():
    schema_core.KINDS[kind].model_json_schema()
for document in json.load(sys.stdin):
    assert schema_core.load(document).model_dump_json()
    schema_core.validate({**document, "notes": 3})
    upgrade(document, to="3.0")
"""


def rig(*components, **changes):
    return {
        "object_type": "Instrument",
        "instrument_id": "Rig1",
        "modification_date": "2024-03-01",
        "modalities": [],
        "global_coordinate_system": samples.system(),
        "components": list(components),
        **changes,
    }


def documents():
    return [
        samples.subject(),
        samples.data_description(),
        samples.procedures(samples.craniotomy(), samples.brain_injection()),
        rig({"object_type": "Device", "name": "Lamp"}),
        samples.acquisition(),
        samples.processing(samples.process()),
        samples.quality_control(samples.metric()),
        samples.model(),
        samples.metadata(subject=samples.subject()),
    ]


def sealed_off(code, stdin=""):
    return subprocess.run(
        [sys.executable, "-c", SEALED_OFF + code], cwd=ROOT, capture_output=True, text=True, input=stdin, check=False
    )


def test_importing_looking_up_judging_and_upgrading_ask_no_network():
    done = sealed_off(EVERYTHING, json.dumps(documents()))
    assert (done.returncode, done.stderr) == (0, "")


def test_asking_the_network_would_be_noticed():
    done = sealed_off("import socket; socket.create_connection(('127.0.0.1', 9))")
    assert done.returncode == 1
    assert "asked the network: socket." in done.stderr


OPTICS = {"name": "Basement Optics", "abbreviation": "BO", "registry": None, "registry_identifier": None}
MODALITY = {"name": "Whisker radar", "abbreviation": "radar"}
HARP = {"whoami": 9001, "name": "WhiskerBoard"}
STRAIN = {
    "name": "FVB/NJ",
    "species": "Mus musculus",
    "registry": "Mouse Genome Informatics (MGI)",
    "registry_identifier": "MGI:2163524",
}
SPECIES = {
    "name": "Acomys cahirinus",
    "common_name": "Spiny mouse",
    "registry": "National Center for Biotechnology Information (NCBI)",
    "registry_identifier": "NCBI:10068",
}


def device(**changes):
    return {"object_type": "Device", "name": "Lamp", **changes}


def harp(kind):
    return {
        "object_type": "Harp device",
        "name": "Board",
        "manufacturer": {"name": "Open Ephys Production Site"},
        "harp_device_type": kind,
        "is_clock_generator": False,
        "channels": [],
    }


CASES = [
    ("organizations", OPTICS, "instrument", "components.0.manufacturer", lambda t: rig(device(manufacturer=t))),
    ("organizations", OPTICS, "subject", "subject_details.source", lambda t: samples.subject(samples.mouse(source=t))),
    ("modalities", MODALITY, "instrument", "modalities.0", lambda t: rig(modalities=[t])),
    (
        "modalities",
        MODALITY,
        "acquisition",
        "data_streams.0.modalities.0",
        lambda t: samples.acquisition(data_streams=[samples.data_stream(modalities=[t])]),
    ),
    (
        "modalities",
        MODALITY,
        "quality_control",
        "metrics.0.modality",
        lambda t: samples.quality_control(samples.metric(modality=t)),
    ),
    ("harp-types", HARP, "instrument", "components.0.harp_device_type", lambda t: rig(harp(t))),
    ("strains", STRAIN, "subject", "subject_details.strain", lambda t: samples.subject(samples.mouse(strain=t))),
]


@pytest.mark.parametrize(("name", "term", "kind", "path", "document"), CASES)
def test_an_added_term_is_known_to_everything_at_once(name, term, kind, path, document):
    given, known = document(term), vocabulary(name)
    refused = [one.path for one in schema_core.validate(given, kind) if one.severity != "warning"]
    assert refused == [path]
    with overlay(lambda: snapshot):
        assert [one for one in schema_core.validate(given, kind) if one.severity != "warning"] == []
        assert known.lookup(term["name"]).data == term
        assert term["name"] in [entry.label for entry in known.search_entries(term["name"])]
        assert local_terms(schema_core.load(given, kind)) == [(path, name, term["name"])]
        schema = class_of(kind).model_json_schema()
        Draft202012Validator.check_schema(schema)
        assert (
            list(Draft202012Validator(schema).iter_errors(json.loads(schema_core.load(given, kind).model_dump_json())))
            == []
        )
        assert json.dumps(term[known.key]) in json.dumps(schema)
        with stock_only():
            assert [one.path for one in schema_core.validate(given, kind) if one.severity != "warning"] == [path]
    assert json.dumps(term[known.key]) not in json.dumps(class_of(kind).model_json_schema())
    assert local_terms(given) == []


EVERY_TERM = {
    "organizations": (LocalTerm(OPTICS),),
    "modalities": (LocalTerm(MODALITY),),
    "harp-types": (LocalTerm(HARP),),
    "strains": (LocalTerm(STRAIN),),
    "species": (LocalTerm(SPECIES),),
}
snapshot = Snapshot(1, EVERY_TERM)


def test_documents_without_local_terms_have_none():
    with overlay(lambda: snapshot):
        assert [local_terms(document) for document in documents()] == [[]] * 9


def test_a_whole_record_names_its_local_terms_in_every_file():
    record = samples.metadata(
        subject=samples.subject(samples.mouse(strain=STRAIN)),
        instrument=rig(harp(HARP), device(manufacturer=OPTICS)),
        acquisition=samples.acquisition(data_streams=[samples.data_stream(modalities=[MODALITY])]),
    )
    expected = [
        ("subject.subject_details.strain", "strains", "FVB/NJ"),
        ("instrument.components.0.harp_device_type", "harp-types", "WhiskerBoard"),
        ("instrument.components.1.manufacturer", "organizations", "Basement Optics"),
        ("acquisition.data_streams.0.modalities.0", "modalities", "Whisker radar"),
    ]
    with overlay(lambda: snapshot):
        assert [one for one in schema_core.validate(record) if one.severity != "warning"] == []
        assert local_terms(record) == expected
        refused = bundle.stock_refusals(json.dumps(record).encode())
    assert refused == sorted(path for path, _, _ in expected)
