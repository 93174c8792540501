"""What judging costs, in calls instead of seconds: it grows as the document does, and no rule writes models out."""

from __future__ import annotations

import json

import pytest
from pydantic import BaseModel

from benchmarks import documents
from schema_core import validate
from schema_core.core.metadata import Metadata
from schema_core.kinds import KINDS
from tests.calls import calls_made
from tests.conformance.peer import VENV

PEER_SCHEMAS = 5_336_712
"""Bytes of the peer's nine JSON Schemas, as its writer writes them."""


@pytest.fixture(scope="module")
def examples():
    return documents.examples(VENV / "examples")


def calls_of(document, kind) -> int:
    """How many functions run while a document is judged."""
    validate(document, kind)  # plans are made once
    return calls_made(lambda: validate(document, kind))


def instruments(examples, size):
    return "instrument", documents.instrument(examples["ephys_instrument"], size)


def records(examples, size):
    return "metadata", documents.record_of(documents.record(examples), instruments(examples, size)[1])


@pytest.mark.parametrize("spoiled", [False, True])
@pytest.mark.parametrize("made", [instruments, records])
def test_a_device_costs_the_same_among_few_and_among_many(examples, made, spoiled):
    counts = {}
    for size in (40, 80, 160):
        kind, document = made(examples, size)
        counts[size] = calls_of(documents.broken(document) if spoiled else document, kind)
    among_few, among_many = (counts[80] - counts[40]) / 40, (counts[160] - counts[80]) / 80
    assert among_many <= 1.15 * among_few


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("made", [instruments, records])
def test_reading_a_further_device_takes_as_many_calls_among_hundreds_as_among_dozens(examples, made):
    counts = {}
    for size in (40, 150, 600):
        kind, document = made(examples, size)
        read = KINDS[kind].model_validate
        read(document)
        counts[size] = calls_made(lambda read=read, document=document: read(document))
    assert (counts[600] - counts[150]) / 450 <= 1.01 * (counts[150] - counts[40]) / 110


def test_rules_never_write_models_out(examples, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a model is written out")

    found = {**examples, "metadata": documents.record(examples)}
    for name in ("model_dump", "model_dump_json"):
        monkeypatch.setattr(BaseModel, name, refuse)
    for name, document in found.items():
        validate(document, "metadata" if name == "metadata" else documents.kind_of(name))


def test_whoever_reads_a_model_is_not_told_what_only_we_warn_of(examples, recwarn):
    record = {**documents.record(examples), "name": "another"}
    assert "portal-name-differs" in {problem.code for problem in validate(record, "metadata")}
    Metadata.model_validate(record)
    assert not [warning for warning in recwarn if "the same name" in str(warning.message)]


def test_all_json_schemas_together_are_small():
    schemas = [KINDS[kind].model_json_schema() for kind in KINDS]
    written = sum(len(json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode()) for schema in schemas)
    assert len(schemas) == 9
    assert written <= 0.15 * PEER_SCHEMAS


def test_titles_that_repeat_a_name_are_left_out_of_json_schemas():
    schema = KINDS["procedures"].model_json_schema()
    assert "title" not in schema
    assert "title" not in schema["properties"]["notes"]
    assert schema["properties"]["global_coordinate_system"]["title"] == "Coordinate system"
