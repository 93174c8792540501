"""Every button's work can be taken back exactly, or is refused clearly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.posting import apply
from metadata_portal.schemaforms.undoing import PlaceChanged, undone
from tests.metadata_portal.schemaforms.samples import CRANIOTOMY, INJECTION, SURGERY, change, form_at, surgery

PROCEDURES = f"{SURGERY}.procedures"


def do(document, at, word, **data):
    return apply("procedures", document.json, document.item_ids, {"at": at, "do": word, **data})


def after(edited):
    return Document(edited.document, edited.item_ids)


def back(document, *edited):
    """Take steps back, the last one first, as they come out of the database."""
    for step in reversed(edited):
        document, _ = undone(document, json.loads(json.dumps(step.undo)))
    return document


def same(one, other):
    """Compare text by text: the order of keys counts, and so do the ids of every list."""
    return (json.dumps(one.json), dict(one.item_ids)) == (json.dumps(other.json), dict(other.item_ids))


@pytest.mark.parametrize(
    ("at", "word", "data", "said"),
    [
        (CRANIOTOMY, "remove", {}, "Removed Craniotomy 2 (Circle · 1.5)"),
        (CRANIOTOMY, "duplicate", {}, "Duplicated Craniotomy 2 (Circle · 1.5)"),
        (CRANIOTOMY, "up", {}, "Moved up Craniotomy 1 (Circle · 1.5)"),
        (INJECTION, "down", {}, "Moved down Brain injection 2 (AAV1)"),
        (PROCEDURES, "add:Headframe", {}, "Added Headframe 3"),
        (f"{INJECTION}.coordinates", "add", {}, "Added Depth 3"),
        (f"{SURGERY}.anaesthesia", "add", {}, "Added Anaesthesia"),
        (f"{SURGERY}.global_coordinate_system", "remove", {}, "Removed Coordinate system (BREGMA_ARI · Bregma)"),
        (f"{SURGERY}.measured_coordinates", "add", {"key": "Bregma"}, "Added Bregma"),
        (CRANIOTOMY, "choose:Headframe", {}, "Chose Headframe 2"),
    ],
)
def test_a_step_is_told_and_taken_back_exactly(at, word, data, said):
    start = surgery()
    if "measured" in at:
        start = start.put(at, {})
    edited = do(start, at, word, **data)
    assert edited.said == said
    assert not same(after(edited), start)
    assert same(back(after(edited), edited), start)


def test_a_save_alone_is_no_step():
    start = surgery()
    form = form_at("procedures", start, CRANIOTOMY)
    edited = apply("procedures", start.json, start.item_ids, form.data(**{form.paths[f"{CRANIOTOMY}.size"]: "9"}))
    assert (edited.undo, edited.said, edited.document != start.json) == ((), "", True)


def test_a_move_past_the_end_is_no_step():
    edited = do(surgery(), CRANIOTOMY, "down")
    assert (edited.undo, edited.said) == ((), "")


def test_what_was_typed_along_with_a_button_stays_when_it_is_undone():
    start = surgery()
    form = form_at("procedures", start, CRANIOTOMY)
    data = form.data(**{form.paths[f"{CRANIOTOMY}.size"]: "2.25"}, do="duplicate")
    edited = apply("procedures", start.json, start.item_ids, data)
    assert same(back(after(edited), edited), change(start, CRANIOTOMY, {"size": "2.25"}))


def test_a_removed_item_comes_back_beside_what_was_typed_elsewhere_meanwhile():
    start = surgery()
    edited = do(start, CRANIOTOMY, "remove")
    meanwhile = change(after(edited), INJECTION, {"protocol_id": "dx.doi.org/1"})
    again = back(meanwhile, edited)
    assert same(again, change(start, INJECTION, {"protocol_id": "dx.doi.org/1"}))


def test_a_removed_item_comes_back_into_a_list_that_moved():
    start = after(do(surgery(), "subject_procedures", "add:Surgery"))
    edited = do(start, CRANIOTOMY, "remove")
    moved = after(do(after(edited), SURGERY, "down"))
    again = back(moved, edited)
    assert again.get("subject_procedures.1.procedures.1") == start.get(CRANIOTOMY)
    assert again.item_ids["subject_procedures.1.procedures"] == start.item_ids[PROCEDURES]


@pytest.mark.parametrize(
    ("meanwhile", "message"),
    [
        (lambda state: after(do(state, PROCEDURES, "add:Headframe")), "Other entries were added, moved or removed"),
        (lambda state: after(do(state, SURGERY, "remove")), "The place was removed"),
        (lambda state: Document(state.json, {}).with_ids(), "The place was removed"),
    ],
    ids=["another entry", "no surgery", "other ids"],
)
def test_a_removal_is_not_undone_in_a_place_that_changed(meanwhile, message):
    edited = do(surgery(), CRANIOTOMY, "remove")
    with pytest.raises(PlaceChanged, match=message):
        back(meanwhile(after(edited)), edited)


def test_an_added_item_that_was_filled_in_is_not_taken_away():
    edited = do(surgery(), CRANIOTOMY, "duplicate")
    typed = change(after(edited), f"{PROCEDURES}.2", {"size": "3"})
    with pytest.raises(PlaceChanged, match="changed meanwhile: nothing was taken away"):
        back(typed, edited)


def test_an_emptied_node_that_was_filled_again_is_not_overwritten():
    at = f"{SURGERY}.global_coordinate_system"
    edited = do(surgery(), at, "remove")
    again = after(do(after(edited), at, "add"))
    with pytest.raises(PlaceChanged):
        back(again, edited)


def test_a_way_back_holds_what_was_lost_and_no_more():
    start = surgery()
    for _ in range(50):
        start = after(do(start, INJECTION, "duplicate"))
    undo = do(start, f"{PROCEDURES}.51", "remove").undo
    held = [way["lost"] for way in undo]
    assert [list(values.values()) for values in held] == [[start.get(f"{PROCEDURES}.51")]]


STEPS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from(
            ["remove", "duplicate", "up", "down", "add:Headframe", "add:Perfusion", "choose:Craniotomy", "deeper"]
        ),
    ),
    max_size=8,
)


@given(STEPS)
@settings(deadline=None)
def test_any_steps_are_taken_back_one_by_one(steps):
    seen, taken = [surgery()], []
    for index, chosen in steps:
        size = len(seen[-1].get(PROCEDURES))
        if not size and not chosen.startswith("add"):
            continue
        item = f"{PROCEDURES}.{index % max(size, 1)}"
        at, word = (PROCEDURES if chosen.startswith("add") else item), chosen
        if chosen == "deeper":
            rows = isinstance(seen[-1].get(f"{item}.dynamics"), list)
            at, word = (f"{item}.dynamics", "add") if rows else (item, "duplicate")
        edited = do(seen[-1], at, word)
        seen.append(after(edited))
        taken.append(edited)
    for before, edited in zip(reversed(seen[:-1]), reversed(taken), strict=True):
        assert same(back(seen[-1], edited), before)
        seen.pop()
