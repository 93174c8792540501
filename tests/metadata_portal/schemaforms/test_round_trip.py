"""Whatever a form can say goes into the document, and comes out of it unchanged."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metadata_portal.schemaforms import tree
from metadata_portal.schemaforms.controls import Numbered, Pairs
from metadata_portal.schemaforms.documents import ABSENT, ensure_ids, get
from metadata_portal.schemaforms.editor import Editor, FormContext
from metadata_portal.schemaforms.posting import apply
from metadata_portal.schemaforms.sections import shown_texts
from schema_core import paths
from schema_core.introspect import MISSING, Free, Scalar
from tests.conformance.peer import VENV
from tests.forms import forms
from tests.metadata_portal.schemaforms.reach import (
    KINDS,
    WORDS,
    drawn_sections,
    everything,
    form_address,
    post,
    reach,
    values,
)

EXAMPLES = sorted(path.parent.name for path in (VENV / "examples").glob("*/*.json"))
LEAST = {
    "subject": 10,
    "data_description": 3,
    "procedures": 50,
    "instrument": 60,
    "acquisition": 60,
    "processing": 7,
    "quality_control": 5,
    "model": 10,
}


@cache
def reached(kind):
    return list(reach(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_struct_is_reached(kind):
    assert LEAST[kind] <= len(reached(kind))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=120, deadline=None)
@given(st.data())
def test_what_is_filled_in_stands_in_the_document_and_is_shown_again(kind, data):
    document, path = data.draw(st.sampled_from(reached(kind)))
    at = form_address(kind, document, path)
    (section,) = [entry for entry in drawn_sections(kind, document, at) if entry.path in {path, ""}]
    chosen = {
        entry.name: data.draw(values(entry.shape, entry.name), label=entry.name)
        for entry in section.controls
        if data.draw(st.booleans())
    }
    by_name = {entry.name: entry for entry in section.controls}
    texts = {f"{section.prefix}-{name}": by_name[name].show(value) for name, value in chosen.items()}
    groups = {f"{section.prefix}-{name}": by_name[name].group for name in chosen}

    edited = apply(kind, document.json, document.item_ids, post(at, texts, groups))

    for name, value in chosen.items():
        assert get(edited.document, section.address(by_name[name])) == shown_or_default(by_name[name], value)
    again = drawn_sections(kind, type(document)(edited.document, edited.item_ids), at)
    shown = shown_texts(again, edited.document)
    assert {name: shown[name] for name in texts} == texts


def shown_or_default(control, value):
    """A value that says no more than the default is left out; one line of ``str | list[str]`` is a bare text."""
    if getattr(control, "or_one", False) and isinstance(value, list) and len(value) == 1:
        value = value[0]
    default = control.field.default if control.field else MISSING
    return ABSENT if default is not MISSING and control.show(value) == control.show(default) else value


@pytest.mark.parametrize("kind", KINDS)
def test_every_struct_is_drawn_and_saved_unchanged(kind):
    for document, path in reached(kind):
        before = json.dumps(document.json)
        editor = Editor(kind, document.json, document.item_ids, (), path, FormContext(save_url="/save/"))
        drawn = forms(editor.drawn)
        for form in drawn:
            fields = dict(form.fields)
            if "digest" in fields:
                edited = apply(kind, document.json, document.item_ids, form.data(do="save"))
                assert (json.dumps(edited.document), edited.changed_paths) == (before, ()), (path, fields["at"])


@pytest.mark.peer
@pytest.mark.parametrize("name", EXAMPLES)
def test_saving_each_node_of_the_peers_examples_unchanged_changes_no_byte(name, all_peer_examples):
    kind, text = all_peer_examples[name]
    document = json.loads(text)
    ids = ensure_ids(document, {})
    root = tree.place_at(Editor(kind, document, ids).root, document, "")
    drawn: set[str] = set()
    saved: set[str] = set()
    for place in everything(root):
        page = Editor(kind, document, ids, (), place.path, FormContext(save_url="/save/"))
        for form in forms(page.drawn):
            fields = dict(form.fields)
            if "digest" in fields and fields["at"] not in saved:
                edited = apply(kind, document, ids, form.data(do="save"))
                assert json.dumps(edited.document) == json.dumps(document), place.path
                assert (edited.changed_paths, edited.item_ids) == ((), ids), place.path
                saved.add(fields["at"])
                drawn |= set(form.paths)
    constants = {"object_type", "describedBy", "schema_version", "coupling_efficiency_unit", "speed_unit"}
    assert not_drawn(document, drawn) <= constants


def not_drawn(document, controls: set[str]) -> set[str]:
    """The names of values that no control shows; twins of a new field and what is worked out are left out."""
    return {
        path.rsplit(".", 1)[-1]
        for path, value in leaves(document)
        if value is not None
        and "coordinate_system" not in path.split(".")
        and not path.startswith("status.")
        and not any(above in controls for above in (path, *above_all(path)))
    }


def above_all(path: str):
    """The addresses above an address."""
    while path := paths.parent(path):
        yield path


def leaves(value, path=""):
    """The address of everything that is no object or list."""
    if isinstance(value, dict | list):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(child, paths.child(path, key))
    else:
        yield path, value


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(WORDS, st.recursive(st.none() | st.booleans() | WORDS, st.lists, max_leaves=4), min_size=1))
def test_free_entries_say_every_json_value(held):
    pairs = Pairs("value", Free())
    assert pairs.read(pairs.show(held), ABSENT) == held


def test_gaps_between_numbers_stay_gaps():
    numbers = Numbered("translation", Scalar(float), item=Scalar(float))
    assert numbers.read(["1", "", "3", ""], ABSENT) == [1, None, 3]
    assert numbers.read(["", "", ""], [1, 2, 3]) is ABSENT
