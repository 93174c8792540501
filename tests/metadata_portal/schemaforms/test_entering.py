"""Every kind of node at every depth: made with the form's own buttons, filled in its controls, read back the same.

The values come from a seed, ENTERING_SEED (`tests/seeds.py`).
"""

from __future__ import annotations

import ast
import json
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import schema_core
from metadata_portal import schemaforms
from metadata_portal.schemaforms.controls import is_leaf
from metadata_portal.schemaforms.documents import get
from metadata_portal.schemaforms.sections import is_pairs
from schema_core.introspect import MISSING, Alternative, List, Map, Struct, choose, describe, places
from schema_core.validation import judge
from tests import seeds
from tests.conformance.documents import valid_document_of
from tests.conformance.peer import VENV
from tests.metadata_portal.schemaforms.entering import OnPaper, Typist, inner, modern, whole
from tests.metadata_portal.schemaforms.filling import filled
from tests.metadata_portal.schemaforms.on_server import OnServer
from tests.metadata_portal.schemaforms.reach import KINDS, reach
from tests.metadata_portal.schemaforms.rule_faults import differences

SEED = "ENTERING_SEED"
CHOSEN = seeds.of(SEED)
EXAMPLES = sorted(path.parent.name for path in (VENV / "examples").glob("*/*.json"))
EVERY_RUN = 2
MANY = 500
ON_SERVER = 8


@cache
def reached():
    """Every model that the eight kinds of file lead to, by name: a kind, the smallest document, the address there."""
    found = {}
    for kind in KINDS:
        for document, path in reach(kind):
            shape = places(describe(schema_core.KINDS[kind]), document.json, path)[-1].shape
            found.setdefault(shape.model.__name__, (kind, document, path, shape))
    return found


NAMES = sorted(reached())


@st.composite
def holding(draw, name):
    """A kind, and a document of it that holds one model with every field filled."""
    kind, document, path, shape = reached()[name]
    return kind, document.put(path, draw(filled(shape))).json


def typed(kind, wanted, draft):
    """A document after somebody typed it into the forms."""
    Typist(kind, draft, wanted).enter()
    return draft.document


def lost(kind, wanted, got):
    """Addresses at which two documents say other things, with all defaults written out as the schema does."""
    root = describe(schema_core.KINDS[kind])
    one, other = whole(root, wanted), whole(root, got)
    return differences(one, other) if one != other else set()


def enter_models(name, count, make):
    """Make and fill one model so many times, with other values each time."""

    @seed(CHOSEN)
    @settings(max_examples=count, deadline=None, database=None, derandomize=False, suppress_health_check=[*HealthCheck])
    @given(holding(name))
    def enter(made):
        kind, wanted = made
        assert lost(kind, wanted, typed(kind, wanted, make(kind))) == set()

    enter()


@pytest.mark.parametrize("name", NAMES)
def test_a_model_is_made_with_buttons_and_holds_what_is_typed_into_every_field(name):
    enter_models(name, EVERY_RUN, OnPaper)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_model_holds_five_hundred_different_fillings(name):
    _, begun, _, _ = reached()[name]
    enter_models(name, MANY, lambda kind: OnPaper(kind, begun))


@pytest.mark.alike
@pytest.mark.django_db
def test_models_are_made_and_filled_through_http(client_for, project):
    client = client_for()
    for name in random.Random(CHOSEN).sample(NAMES, ON_SERVER):
        enter_models(name, 1, lambda kind: OnServer(kind, client, project, OnPaper(kind).document))


@pytest.mark.alike
@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_every_model_is_made_and_filled_through_http(name, client_for, project):
    client = client_for()
    make = lambda kind: OnServer(kind, client, project, OnPaper(kind).document)  # noqa: E731
    enter_models(name, 3, make)


@pytest.mark.alike
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", KINDS)
def test_a_valid_document_typed_in_through_http_is_written_as_the_original_is(kind, client_for, project):
    chance = random.Random(CHOSEN)
    root = describe(schema_core.KINDS[kind])
    wanted = modern(root, next(found for found in made_up(kind, chance) if not hollow(root, found)))
    got = typed(kind, wanted, OnServer(kind, client_for(), project, OnPaper(kind).document))
    assert unlike(kind, got, wanted) == set(), f"{SEED}={CHOSEN}"


@pytest.mark.peer
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_the_peer_typed_in_by_hand_is_written_as_the_original_is(name, all_peer_examples):
    kind, text = all_peer_examples[name]
    wanted = modern(describe(schema_core.KINDS[kind]), json.loads(text))
    assert unlike(kind, typed(kind, wanted, OnPaper(kind)), wanted) == set()


def made_up(kind, chance):
    """Valid documents, as the schema writes them."""
    while True:
        made = valid_document_of(kind, chance)
        if made is not None:
            yield json.loads(judge(made, kind)[0].model_dump_json())


def hollow(shape, value):
    """Whether something given says nothing, where its default would say something: no control can say that."""
    shape = (choose(shape, value) or Alternative("", shape, "")).shape
    if isinstance(shape, Struct) and isinstance(value, dict):
        known = [(entry, value[entry.name]) for entry in shape.fields if entry.name in value]
        return any(hollow(entry.shape, held) or silent(entry, held) for entry, held in known)
    if isinstance(shape, List | Map) and isinstance(value, list | dict):
        return any(hollow(inner(shape), held) for held in (value.values() if isinstance(value, dict) else value))
    return value == ""


def silent(entry, held):
    if entry.deprecated and not entry.replaced_by and held is not None:
        return True
    if entry.constant and entry.default is not MISSING and entry.name not in ("describedBy", "schema_version"):
        return bool(held != entry.default)  # an olfactometer on the board of another device
    return held in ([], {}) and (is_leaf(entry.shape) or is_pairs(entry.shape)) and held != entry.default


def unlike(kind, got, wanted):
    """Addresses at which two documents differ once the schema has written them."""
    one, other = dumped(kind, got), dumped(kind, wanted)
    return {(at, str(get(one, at)), str(get(other, at))) for at in differences(one, other)} if one != other else set()


def dumped(kind, document):
    """A document as the schema writes it; the order of a quality control's tags depends on the hash seed."""
    model, problems = judge(document, kind)
    assert model is not None, [problem for problem in problems if problem.severity != "warning"]
    return json.loads(model.model_dump_json())


def test_a_value_that_a_form_loses_is_noticed(monkeypatch):
    kind, wanted = "subject", {"object_type": "Subject", "subject_id": "1", "notes": "two words"}
    got = typed(kind, wanted, OnPaper(kind))
    assert lost(kind, wanted, got) == set()
    assert lost(kind, wanted, {**got, "notes": "words"}) == {"notes"}
    assert lost(kind, {**wanted, "a": {"b": [1]}}, {"subject_id": "1", "a": {"b": [2]}}) == {"a.b.0", "notes"}


def test_no_model_has_form_code_of_its_own():
    """Layout hints are data. A few files know classes for what they mean, none for how they are drawn or read."""
    assert {file.name for file in Path(schemaforms.__file__).parent.glob("*.py") if knows_a_model(file)} == {
        "depths.py",  # three transforms that say one depth are a row
        "offers.py",  # what the button says that adds a transform
        "fillings.py",  # what a lot, a person or a protocol of the lab fills in
        "frame_picture.py",  # the picture of a coordinate system
        "sites.py",  # where needles went, for the picture and for checks of typed depths
        "scope.py",  # what the names of devices, channels, codes and protocols refer to
    }


def knows_a_model(file):
    """Whether code imports classes of the standard, or names one by its `object_type`."""
    tags = {entry[3].object_type for entry in reached().values()} - {None}
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return any(
        (isinstance(node, ast.Constant) and node.value in tags)
        or (
            isinstance(node, ast.ImportFrom)
            and str(node.module).startswith(("schema_core.core", "schema_core.components"))
        )
        for node in tree
    )
