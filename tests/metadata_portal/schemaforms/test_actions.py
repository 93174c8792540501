"""What buttons do: add, choose, move, copy, remove, presets and device models."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metadata_portal.schemaforms.documents import ABSENT, Document
from metadata_portal.schemaforms.origins import Origin
from metadata_portal.schemaforms.posting import apply
from tests.metadata_portal.schemaforms.samples import CRANIOTOMY, INJECTION, SURGERY, form_at, surgery

PROCEDURES = f"{SURGERY}.procedures"


def do(document, at, word, **data):
    edited = apply("procedures", document.json, document.item_ids, {"at": at, "do": word, **data})
    return Document(edited.document, edited.item_ids), edited.at


def kinds(document):
    return [item["object_type"] for item in document.get(PROCEDURES)]


def test_a_new_item_is_nothing_but_its_kind_and_is_shown_next():
    after, at = do(surgery(), PROCEDURES, "add:Headframe")
    assert (after.get(f"{PROCEDURES}.2"), at) == ({"object_type": "Headframe"}, f"{PROCEDURES}.2")


def test_a_kind_may_come_from_a_select():
    after, _ = do(surgery(), PROCEDURES, "add", alternative="Perfusion")
    assert kinds(after)[-1] == "Perfusion"


def test_fields_are_saved_before_the_action():
    document = surgery()
    node = f"{INJECTION}.dynamics"
    form = form_at("procedures", document, node, at=INJECTION)
    edited = apply(
        "procedures", document.json, document.item_ids, form.data(do="add", **{form.paths[f"{node}.1.volume"]: "99"})
    )
    rows = Document(edited.document).get(node)
    assert (len(rows), rows[1]["volume"]) == (3, 99)


def test_moved_and_removed_items_keep_their_ids_and_their_neighbours():
    start = surgery()
    first, second = start.ids_at(PROCEDURES)
    below = start.ids_at(f"{INJECTION}.dynamics")
    moved, at = do(start, CRANIOTOMY, "up")
    assert (kinds(moved), at) == (["Craniotomy", "Brain injection"], f"{PROCEDURES}.0")
    assert moved.ids_at(PROCEDURES) == [second, first]
    assert moved.item_ids[f"{PROCEDURES}.1.dynamics"] == below
    gone, at = do(moved, PROCEDURES, f"remove:{second}")
    assert (gone.ids_at(PROCEDURES), at) == ([first], PROCEDURES)
    assert gone.item_ids[f"{PROCEDURES}.0.dynamics"] == below
    assert set(gone.item_ids) == {path for path in gone.item_ids if gone.get(path) is not ABSENT}


def test_a_move_past_the_end_changes_nothing():
    start = surgery()
    after, _ = do(start, CRANIOTOMY, "down")
    assert after.json == start.json


def test_a_copy_stands_behind_its_original_with_ids_of_its_own():
    start = surgery()
    after, at = do(start, INJECTION, "duplicate")
    assert (kinds(after), at) == (["Brain injection", "Brain injection", "Craniotomy"], f"{PROCEDURES}.1")
    assert after.get(INJECTION) == after.get(at)
    assert not set(after.item_ids[f"{INJECTION}.dynamics"]) & set(after.item_ids[f"{at}.dynamics"])


def test_another_kind_keeps_what_both_have_in_common():
    start = surgery().put(f"{CRANIOTOMY}.protocol_id", "doi")
    after, _ = do(start, CRANIOTOMY, "choose:Headframe")
    assert after.get(CRANIOTOMY) == {"object_type": "Headframe", "protocol_id": "doi"}


@pytest.mark.parametrize(("key", "expected"), [("Translation", {"object_type": "Translation"}), ("list", [])])
def test_the_branch_of_an_untagged_union_lives_in_the_document(key, expected):
    after, _ = do(surgery(), f"{CRANIOTOMY}.position", f"choose:{key}")
    assert after.get(f"{CRANIOTOMY}.position") == expected


def test_a_chosen_list_of_words_can_be_filled():
    document, _ = do(surgery(), f"{CRANIOTOMY}.position", "choose:list")
    form = form_at("procedures", document, f"{CRANIOTOMY}.position", at=CRANIOTOMY)
    name = form.paths[f"{CRANIOTOMY}.position"]
    edited = apply("procedures", document.json, document.item_ids, form.data() | {name: ["", "Left", "Anterior"]})
    assert Document(edited.document).get(f"{CRANIOTOMY}.position") == ["Left", "Anterior"]


def test_named_values_are_added_under_a_key_and_renamed_never():
    place = f"{SURGERY}.measured_coordinates"
    after, at = do(surgery(), place, "add", key="Lambda")
    assert (after.get(place), at) == ({"Lambda": {"object_type": "Translation"}}, f"{place}.Lambda")
    again, _ = do(after, f"{place}.Lambda", "remove")
    assert again.get(place) == {}


def test_a_preset_fills_a_whole_node_with_a_copy():
    place = "global_coordinate_system"
    after, _ = do(surgery(), place, "preset", preset="BREGMA_ARI")
    system = after.get(place)
    assert (system["name"], [axis["name"] for axis in system["axes"]]) == ("BREGMA_ARI", ["AP", "ML", "SI"])
    system["axes"].clear()
    assert do(surgery(), place, "preset:BREGMA_ARI")[0].get(f"{place}.axes")


FIBRE = Origin("device", what="FT200")


@dataclass(frozen=True)
class Given:
    """What a registry answers with."""

    value: dict[str, str]
    origin: Origin = FIBRE

    @property
    def type(self) -> str:
        return self.value["object_type"]


def test_a_device_model_fills_the_node_and_keeps_what_it_does_not_say():
    place = f"{PROCEDURES}.2.implanted_device"
    document, _ = do(surgery(), PROCEDURES, "add:Probe implant")
    document, _ = do(document, place, "choose:Fiber probe")
    document = document.put(f"{place}.name", "Fiber A")
    model = {"object_type": "Fiber probe", "core_diameter": "200", "numerical_aperture": "0.37", "shop": "x"}
    edited = apply(
        "procedures",
        document.json,
        document.item_ids,
        {"at": place, "do": "device", "device": "FT200"},
        device=lambda name: Given(model) if name == "FT200" else None,
    )
    assert Document(edited.document).get(place) == {
        "object_type": "Fiber probe",
        "name": "Fiber A",
        "core_diameter": "200",
        "numerical_aperture": "0.37",
    }


def test_keys_that_the_model_does_not_know_can_be_taken_away():
    start = surgery().put(f"{SURGERY}.surgeon", "Smith")
    after, _ = do(start, SURGERY, "drop:surgeon")
    assert "surgeon" not in after.get(SURGERY)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["up", "down", "duplicate", "remove", "add:Perfusion"]), st.integers(0, 5))))
def test_ids_follow_their_items_through_any_changes(steps):
    document = surgery()
    known = dict(zip(document.ids_at(PROCEDURES), map(str, document.get(PROCEDURES)), strict=True))
    for word, place in steps:
        ids = document.ids_at(PROCEDURES)
        if word.startswith("add"):
            document, _ = do(document, PROCEDURES, word)
        elif place < len(ids):
            document, _ = do(document, PROCEDURES, f"{word}:{ids[place]}")
        now = document.ids_at(PROCEDURES)
        assert len(set(now)) == len(now) == len(document.get(PROCEDURES))
        for item_id, item in zip(now, document.get(PROCEDURES), strict=True):
            assert known.setdefault(item_id, str(item)) == str(item)
