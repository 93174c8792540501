"""An empty list that has to be given, and an empty text, can be said; nothing is said by leaving a control empty."""

from __future__ import annotations

import re
from html import unescape

import pytest

import schema_core
from metadata_portal.errors import FormError
from metadata_portal.schemaforms.documents import ABSENT, Document
from metadata_portal.schemaforms.editor import Editor, FormContext
from metadata_portal.schemaforms.origins import Origins
from metadata_portal.schemaforms.posting import apply
from metadata_portal.schemaforms.sections import prefix_of
from metadata_portal.schemaforms.values import read_item, scalar_text
from schema_core import paths
from schema_core.introspect import List, Scalar, describe, places
from tests.forms import forms
from tests.metadata_portal.schemaforms.reach import KINDS, reach
from tests.metadata_portal.schemaforms.samples import form_at

TEXT = Scalar(str)


def required_lists():
    """Every list of the standard that has to be given and may be empty: a kind, a document, the address."""
    found = {}
    for kind in KINDS:
        root = describe(schema_core.KINDS[kind])
        for document, path in reach(kind):
            shape = places(root, document.json, path)[-1].shape
            for entry in shape.fields:
                if entry.required and isinstance(entry.shape, List) and entry.shape.min_length == 0:
                    found.setdefault(
                        (shape.model.__name__, entry.name), (kind, document, paths.child(path, entry.name))
                    )
    return found


LISTS = required_lists()


def editor(kind, document, at):
    problems = schema_core.validate(document.json, kind)
    return Editor(
        kind, document.json, document.item_ids, problems, at, FormContext(save_url="/save/"), origins=Origins()
    )


def press(kind, document, html, at):
    """Press the button that says none at an address."""
    do = f"none:{document.id_path(at)}"
    owner = re.search(rf'value="{re.escape(do)}" form="([^"]+)"', html)[1]
    assert f'<form class="sf-form" id="{owner}"' in html
    form = next(form for form in forms(html) if f"{prefix_of(dict(form.fields).get('at', '?'))}-form" == owner)
    edited = apply(kind, document.json, document.item_ids, form.data(do=do))
    return edited, Document(edited.document, edited.item_ids)


def test_there_are_such_lists():
    assert len(LISTS) > 70


@pytest.mark.parametrize("name", sorted(LISTS), ids=".".join)
def test_a_list_that_has_to_be_given_can_be_said_to_be_empty(name):
    kind, document, at = LISTS[name]
    document = document.drop(at).with_ids()
    shown = editor(kind, document, at)
    assert at in [problem.path for problem in shown.placement.problems if problem.severity == "missing"]
    edited, after = press(kind, document, shown.drawn, at)
    assert after.get(at) == []
    assert edited.undo
    again = editor(kind, after, at)
    assert at not in [problem.path for problem in again.placement.problems if problem.severity == "missing"]
    assert f'data-reading-path="{at}"' in again.drawn
    assert f'value="none:{after.id_path(at)}"' not in again.drawn
    # a save of the page as it stands takes nothing back
    for form in forms(again.drawn):
        if "digest" in dict(form.fields):
            saved = apply(kind, after.json, after.item_ids, form.data(do="save"))
            assert Document(saved.document, saved.item_ids).get(at) == []


def test_a_list_that_needs_an_item_cannot_be_said_to_be_empty():
    document = Document({"object_type": "Data description"}).with_ids()
    html = editor("data_description", document, "").drawn
    said = {unescape(word) for word in re.findall(r'value="none:([^"]+)"', html)}
    assert said == {"modalities"}
    for path in ("investigators", "funding_source", "name", "nowhere"):
        with pytest.raises(FormError):
            apply("data_description", document.json, document.item_ids, {"at": "", "do": f"none:{path}"})


def test_what_stands_somewhere_is_not_taken_away_by_saying_none():
    document = Document({"modalities": [{"abbreviation": "ecephys"}]}).with_ids()
    with pytest.raises(FormError, match="take it away first"):
        apply("data_description", document.json, document.item_ids, {"at": "", "do": "none:modalities"})


@pytest.mark.parametrize(("text", "value"), [('""', ""), ('"', '"'), ('""""', '""'), ('"a"', '"a"'), ("", None)])
def test_an_empty_text_is_two_quotation_marks(text, value):
    assert read_item(TEXT, text) == value
    if value is not None:
        assert scalar_text(TEXT, value) == text


def test_an_empty_text_is_typed_kept_and_taken_back():
    document = Document({"object_type": "Subject", "subject_id": "1"}).with_ids()
    form = form_at("subject", document, "")
    name = form.paths["notes"]
    edited = apply("subject", document.json, document.item_ids, form.data(**{name: '""'}, do="save"))
    assert edited.document["notes"] == ""
    after = Document(edited.document, edited.item_ids)
    form = form_at("subject", after, "")
    assert dict(form.fields)[name] == '""'
    back = apply("subject", after.json, after.item_ids, form.data(**{name: ""}, do="save"))
    assert Document(back.document).get("notes") in (ABSENT, None)
