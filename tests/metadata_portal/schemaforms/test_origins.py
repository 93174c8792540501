"""Origins beside a document: where each value came from, whatever is moved, removed, undone or joined."""

from __future__ import annotations

import pytest

import schema_core
from metadata_portal.schemaforms.changes import Touched, touched
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.marks import Marks, sourced
from metadata_portal.schemaforms.origins import Origin, Origins
from schema_core.introspect import describe

ROOT = describe(schema_core.KINDS["procedures"])
TEMPLATE = Origin("template", by="ann", at="2026-01-01T10:00+00:00", what="Usual")
TYPED = Origin("typed", by="bob", at="2026-01-02T10:00+00:00")
PLAN = {
    "subject_id": "1",
    "subject_procedures": [
        {"object_type": "Surgery", "ethics_review_id": "2109", "experimenters": ["Ann", "Bob"], "weight_unit": "gram"},
        {"object_type": "Surgery", "ethics_review_id": "2110", "workstation_id": "SWS 1"},
    ],
}
IDS = {"subject_procedures": ["a", "b"]}
STATE = Document(PLAN, IDS)


def after(origins, before, now):
    return origins.after(touched(ROOT, before, now), lambda _: TYPED)


def marks(state, origins):
    return list(Marks(ROOT, state, origins).found)


def test_what_differs_is_named_by_item_ids_and_only_what_is_not_shared_is_looked_at():
    now = STATE.put("subject_procedures.1.workstation_id", "SWS 2").put("notes", "calm")
    assert list(touched(ROOT, STATE, now)) == [
        Touched("subject_procedures.b.workstation_id", "written"),
        Touched("notes", "written"),
    ]


def test_moving_items_touches_nothing():
    moved = STATE.arrange("subject_procedures", [1, 0])
    assert list(touched(ROOT, STATE, moved)) == []


def test_items_that_come_and_go_and_fields_that_are_emptied_are_told():
    now = STATE.arrange("subject_procedures", [1, None], {"object_type": "Surgery"}).drop("subject_id")
    new = now.item_ids["subject_procedures"][1]
    assert set(touched(ROOT, STATE, now)) == {
        Touched("subject_procedures.a", "item gone"),
        Touched(f"subject_procedures.{new}", "item added"),
        Touched("subject_id", "emptied"),
    }


def test_nothing_and_null_are_the_same():
    assert list(touched(ROOT, STATE, STATE.put("notes", None))) == []


def test_a_whole_template_is_one_entry_and_a_typed_value_one_more():
    origins = after(Origins.whole(TEMPLATE), STATE, STATE.put("subject_procedures.0.ethics_review_id", "2111"))
    assert origins.as_json() == {
        "rows": [TEMPLATE.as_json(), TYPED.as_json()],
        "at": {"": 0, "subject_procedures.a.ethics_review_id": 1},
    }
    assert Origins.from_json(origins.as_json()).of("subject_procedures.a.ethics_review_id") == TYPED
    assert origins.of("subject_procedures.b.ethics_review_id") == TEMPLATE


def test_marks_leave_out_markers_units_and_what_an_empty_form_shows_too():
    assert marks(STATE, Origins.whole(TEMPLATE)) == [
        "subject_id",
        "subject_procedures.0.experimenters",
        "subject_procedures.0.ethics_review_id",
        "subject_procedures.1.ethics_review_id",
        "subject_procedures.1.workstation_id",
    ]


def test_what_is_typed_has_no_marks():
    assert marks(STATE, Origins.whole(TYPED)) == []


@pytest.mark.parametrize("order", [[1, 0], [0, 1]])
def test_marks_follow_their_items(order):
    origins = after(Origins.whole(TEMPLATE), STATE, STATE.put("subject_procedures.0.ethics_review_id", "2111"))
    moved = STATE.arrange("subject_procedures", order)
    typed = f"subject_procedures.{order.index(0)}.ethics_review_id"
    assert typed not in marks(moved, origins)
    assert len(marks(moved, origins)) == 4


def test_an_item_that_comes_back_is_as_unconfirmed_as_it_was():
    origins = Origins.whole(TEMPLATE).confirmed(["subject_procedures.a.ethics_review_id"], "bob", "now")
    before = marks(STATE, origins)
    gone = STATE.arrange("subject_procedures", [1])
    origins = after(origins, STATE, gone)
    assert marks(gone, origins) == ["subject_id", *(f"subject_procedures.0.{name}" for name in SECOND)]
    assert marks(STATE, after(origins, gone, STATE)) == before


SECOND = ("ethics_review_id", "workstation_id")


def test_a_field_that_was_emptied_and_typed_again_is_the_person_s():
    empty = STATE.drop("subject_procedures.1.workstation_id")
    origins = after(Origins.whole(TEMPLATE), STATE, empty)
    again = empty.put("subject_procedures.1.workstation_id", "SWS 1")
    assert "subject_procedures.1.workstation_id" not in marks(again, after(origins, empty, again))


def test_confirming_a_node_confirms_all_below_it_and_keeps_where_it_came_from():
    origins = Origins.whole(TEMPLATE).confirmed(["subject_procedures.b"], "bob", "now")
    assert [path for path in marks(STATE, origins) if path.startswith("subject_procedures.1")] == []
    known = origins.of("subject_procedures.b.workstation_id")
    assert (known.kind, known.what, known.confirmed_by) == ("template", "Usual", "bob")
    assert "subject_procedures.0.ethics_review_id" in marks(STATE, origins)


def test_confirming_what_is_confirmed_or_typed_changes_nothing():
    origins = Origins.whole(TYPED)
    assert origins.confirmed(["subject_procedures.a"], "ann", "now").as_json() == origins.as_json()


def test_joining_takes_theirs_for_what_both_say_and_mine_for_the_rest():
    theirs_doc = STATE.put("notes", "theirs")
    merged = theirs_doc.put("subject_procedures.0.ethics_review_id", "2999")
    theirs = Origins.whole(Origin("typed", by="cat"))
    mine = Origins.whole(TEMPLATE)
    joined = mine.joined(theirs, touched(ROOT, theirs_doc, merged))
    assert joined.of("subject_procedures.a.ethics_review_id") == TEMPLATE
    assert joined.of("notes").by == "cat"
    assert marks(merged, joined) == ["subject_procedures.0.ethics_review_id"]


def test_rows_that_nothing_refers_to_and_addresses_that_are_gone_are_not_kept():
    origins = after(Origins.whole(TYPED), STATE, STATE.put("notes", "x"))
    table = Origins((*origins.rows, TEMPLATE), {**origins.at, "subject_procedures.z.notes": 1})
    kept = table.kept_for(STATE)
    assert kept.as_json() == {"rows": [TYPED.as_json()], "at": {"": 0}}


def test_every_value_is_listed_with_its_origin():
    origins = Origins.whole(TEMPLATE).confirmed(["subject_procedures.b.workstation_id"], "bob", "now")
    found = {mark.address: mark.origin.confirmed_by for mark in sourced(ROOT, STATE, origins, "subject_procedures.1")}
    assert found == {"subject_procedures.1.ethics_review_id": "", "subject_procedures.1.workstation_id": "bob"}


def test_touching_one_number_of_a_depth_confirms_that_number_alone():
    plain = {
        "object_type": "Rotation",
        "angles": [10, 0, 0],
        "angles_unit": "degrees",
        "axis_order": "xyz",
        "reference_coordinate_system": "local",
        "rotation_direction": "right_hand",
        "pivot": "local",
    }
    entry = [
        {"object_type": "Translation", "translation": [-2.7, 1.5, 0], "reference_coordinate_system": "global"},
        plain,
        {"object_type": "Translation", "translation": [0, 0, 3.1], "reference_coordinate_system": "local"},
    ]
    injection = {"object_type": "Brain injection", "coordinates": [entry]}
    document = {"subject_procedures": [{"object_type": "Surgery", "procedures": [injection]}]}
    state = Document(document).with_ids()
    row = "subject_procedures.0.procedures.0.coordinates.0"
    assert marks(state, Origins.whole(TEMPLATE)) == [
        f"{row}.0.translation.0",
        f"{row}.0.translation.1",
        f"{row}.1.angles.0",
        f"{row}.2.translation.2",
    ]
    now = state.put(f"{row}.2.translation.2", 3.2)
    origins = after(Origins.whole(TEMPLATE), state, now)
    assert marks(now, origins) == [f"{row}.0.translation.0", f"{row}.0.translation.1", f"{row}.1.angles.0"]


class Untouched(dict):
    """A part of a document that nobody may look into."""

    def __iter__(self):
        raise AssertionError("looked into")

    __eq__ = items = keys = get = __getitem__ = __iter__
    __hash__ = None


def test_a_saved_field_is_found_without_looking_into_what_both_states_share():
    held = Document({"notes": "a", "subject_procedures": [Untouched()]}, {"subject_procedures": ["a"]})
    assert list(touched(ROOT, held, held.put("notes", "b"))) == [Touched("notes", "written")]
