"""Sizes at their limits: what is allowed works, what is too much is refused clearly, and the draft stays as it was."""

import json

import pytest
from pydantic import Field

import schema_core
from metadata_portal.errors import FormError
from metadata_portal.schemaforms import reader
from metadata_portal.schemaforms.editor import Editor, FormContext
from schema_core.components.surgery_procedures import Craniotomy
from schema_core.extension import registered
from schema_core.introspect import List, Map, Struct, Union, describe
from tests.forms import forms
from tests.metadata_portal.entries.documents import procedures
from tests.metadata_portal.entries.pages import SURGERY, post_node, url
from tests.metadata_portal.schemaforms.reach import KINDS

MEGABYTE = 1_000_000


def with_values(count):
    """A document with so many values, all but a few of them in free entries."""
    document = {"object_type": "Processing", "data_processes": [{"object_type": "Data process"}]}
    spare = count - 2
    rows = {f"row{row}": list(range(min(400, spare - row * 400))) for row in range(-(-spare // 400))}
    document["data_processes"][0]["output_parameters"] = rows
    return document


def leaves(value):
    if isinstance(value, dict | list):
        return sum(map(leaves, value.values() if isinstance(value, dict) else value))
    return 1


def save_text(client, record, document):
    """Type a whole document into the draft's JSON page."""
    page = client.get(url("draft-text", record)).content.decode()
    form = next(form for form in forms(page) if "text" in dict(form.fields))
    return client.post(url("draft-text", record), form.data(text=json.dumps(document)))


@pytest.mark.parametrize("count", [1_001, 20_000])
def test_a_record_of_1001_or_20000_values_is_kept_opened_and_saved(client, make_draft, count):
    draft = make_draft(with_values(2), kind="processing", key="made-up")
    assert leaves(with_values(count)) == count
    assert save_text(client, draft.record, with_values(count)).status_code == 303
    draft.refresh_from_db()
    assert draft.data == with_values(count)
    at = "data_processes.0"
    assert post_node(client, draft.record, {"notes": "kept"}, at=at).status_code == 303
    draft.refresh_from_db()
    assert (leaves(draft.data), draft.data["data_processes"][0]["notes"]) == (count + 1, "kept")


def test_20001_values_are_a_clear_413_and_the_draft_and_the_text_are_kept(client, make_draft):
    draft = make_draft(with_values(2), kind="processing", key="made-up")
    answer = save_text(client, draft.record, with_values(20_001))
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "more than 20,000 values" in page
    assert "row49" in page  # what was typed is still there
    draft.refresh_from_db()
    assert (draft.data, draft.version) == (with_values(2), 1)


# -- over-long text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "status"), [(200_000, 303), (200_001, 422), (9_900_000, 422), (10_000_001, 413)])
def test_text_is_kept_up_to_its_limit_and_refused_beyond_on_every_database(client, make_draft, size, status):
    draft = make_draft()
    assert post_node(client, draft.record, {"notes": "x" * size}).status_code == status
    draft.refresh_from_db()
    assert len(draft.data["subject_procedures"][0].get("notes") or "") == (size if status == 303 else 0)


@pytest.mark.parametrize(("size", "status"), [(200, 303), (201, 422), (1_000_000, 422)])
def test_the_key_of_a_record_is_as_long_as_every_database_allows(client, project, size, status):
    answer = client.post("/records/subject/new/", {"key": "7" * size, "project": project.pk})
    assert answer.status_code == status


# -- depth -------------------------------------------------------------------------------------------------------------


class NestedCraniotomy(Craniotomy):
    """A lab's own class that holds itself."""

    inner: list["NestedCraniotomy"] | None = Field(default=None, title="Inner", description="Openings inside this one")


def structs_in(shape):
    if isinstance(shape, Struct):
        yield shape
    elif isinstance(shape, List | Map):
        yield from structs_in(shape.item if isinstance(shape, List) else shape.value)
    elif isinstance(shape, Union):
        for entry in shape.alternatives:
            yield from structs_in(entry.shape)


def holds_itself(struct):
    waiting, seen = [struct], set()
    while waiting:
        below = {held for entry in waiting.pop().fields if not entry.constant for held in structs_in(entry.shape)}
        if struct in below:
            return True
        waiting += below - seen
        seen |= below
    return False


def test_of_the_standards_classes_none_holds_itself_and_a_labs_own_may():
    names = {entry.model.__name__ for kind in KINDS for entry in below(describe(schema_core.KINDS[kind]))}
    assert len(names) >= 179
    assert {name for kind in KINDS for name in loops(kind)} == set()
    with registered(NestedCraniotomy):
        assert loops("procedures") == {"NestedCraniotomy"}


def below(struct):
    waiting, seen = [struct], {struct}
    while waiting:
        more = {held for entry in waiting.pop().fields if not entry.constant for held in structs_in(entry.shape)}
        waiting += more - seen
        seen |= more
    return seen


def loops(kind):
    return {entry.model.__name__ for entry in below(describe(schema_core.KINDS[kind])) if holds_itself(entry)}


def test_a_class_that_holds_itself_is_drawn_at_every_depth_that_the_reader_allows(client, make_draft):
    opening = {"object_type": "Nested craniotomy", "craniotomy_type": "Circle"}
    for _ in range(16):
        opening = {**opening, "inner": [opening]}
    document = procedures()
    document["subject_procedures"][0]["procedures"] = [opening]
    with registered(NestedCraniotomy):
        reader.parse_json(json.dumps(document))
        draft = make_draft(document)
        for depth in (0, 1, 8, 16):
            at = f"{SURGERY}.procedures.0" + ".inner.0" * depth
            page = client.get(url("record-edit", draft.record, at=at))
            assert (page.status_code, len(page.content) < MEGABYTE) == (200, True)
        at = f"{SURGERY}.procedures.0" + ".inner.0" * 16
        assert post_node(client, draft.record, {"protocol_id": "deep"}, at=at).status_code == 303
    with pytest.raises(FormError, match="nested more than 40 levels"):
        reader.parse_json(json.dumps(nested(document, 20)))


def nested(value, depth):
    for _ in range(depth):
        value = {"a": [value]}
    return value


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_as_deep_as_the_reader_allows_is_drawn_within_a_megabyte(kind):
    root = describe(schema_core.KINDS[kind])
    fields = {entry.name: nested(1, 18) for entry in root.fields if not entry.constant}
    document = reader.parse_json(json.dumps({"object_type": root.object_type, **fields}))
    found = schema_core.validate(document, kind)
    editor = Editor(kind, document, {}, found, "", FormContext(save_url="/save/"))
    assert 0 < len(editor.drawn) + len(editor.outline) < MEGABYTE
    assert len(editor.problem_list) >= 1
