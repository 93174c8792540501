"""Documents come from anywhere: whatever stands in them is drawn, kept, and can be put right."""

from __future__ import annotations

import contextlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

import schema_core
from metadata_portal.errors import FormError
from metadata_portal.schemaforms import tree
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.doubts import doubts
from metadata_portal.schemaforms.editor import Editor, FormContext
from metadata_portal.schemaforms.posting import StaleNode, apply
from schema_core import paths
from tests.forms import forms
from tests.metadata_portal.schemaforms.reach import KINDS
from tests.metadata_portal.schemaforms.samples import INJECTION, SURGERY, surgery

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=8)
KEYS = st.one_of(st.sampled_from(["object_type", "name", "translation", "axes", "procedures", "a.b", "~"]), WORDS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


def places_of(value, path=""):
    yield path
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from places_of(entry, paths.child(path, key))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from places_of(entry, paths.child(path, index))


PLACES = [path for path in places_of(surgery().json) if path]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3), st.sampled_from(["", *PLACES]))
def test_any_json_is_drawn_and_saved_unchanged(changes, at):
    document = surgery()
    for path, value in changes:
        with contextlib.suppress(schema_core.UnknownPath):
            document = document.put(path, value)
    document = Document(json.loads(json.dumps(document.json)), document.item_ids).with_ids()
    before = json.dumps(document.json)
    problems = [*schema_core.validate(document.json, "procedures"), *doubts("procedures", document.json)]
    editor = Editor("procedures", document.json, document.item_ids, problems, at, FormContext(save_url="/save/"))
    assert editor.outline
    assert len(editor.problem_list) == len(editor.placement.problems)
    assert editor.breadcrumbs
    for form in forms(editor.drawn):
        if "digest" in dict(form.fields):
            edited = apply("procedures", document.json, document.item_ids, form.data(do="save"))
            assert (json.dumps(edited.document), edited.changed_paths) == (before, ()), dict(form.fields)["at"]
    editor.opened = [at]
    assert editor.updates


@settings(max_examples=100, deadline=None)
@given(JSON, st.sampled_from(KINDS))
def test_a_document_of_anything_is_drawn(document, kind):
    editor = Editor(kind, document, {}, (), "", FormContext(save_url="/save/"))
    assert editor.drawn
    assert editor.outline
    for child in tree.children(editor.page):
        assert Editor(kind, document, {}, (), child.path, FormContext(save_url="/save/")).drawn


NAMES = st.one_of(
    st.sampled_from(
        ["at", "do", "op", "digest", "seen", "node", "page", "key", "preset", "subject_procedures-0-start_date"]
    ),
    st.text(max_size=20),
)
TEXTS = st.one_of(
    st.sampled_from(
        ["", SURGERY, INJECTION, "save", "add", "remove", "up", "add:Craniotomy", "choose:Injection", "{}", "[]", "0"]
    ),
    st.text(max_size=30),
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(NAMES, st.lists(TEXTS, min_size=1, max_size=2), max_size=6))
def test_any_post_is_carried_out_or_refused_by_name(post):
    document = surgery()
    before = json.dumps(document.json)
    with contextlib.suppress(FormError, StaleNode):
        edited = apply("procedures", document.json, document.item_ids, post)
        json.dumps(edited.document).encode()
        assert edited.item_ids == Document(edited.document, edited.item_ids).with_ids().item_ids
    assert json.dumps(document.json) == before
