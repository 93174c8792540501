"""A post writes what was changed, where it belongs, and nothing else."""

from __future__ import annotations

import json

import pytest

from metadata_portal.errors import FormError
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.posting import StaleNode, apply
from tests.metadata_portal.schemaforms.samples import CRANIOTOMY, INJECTION, SURGERY, change, form_at, surgery


def post(document, **data):
    edited = apply("procedures", document.json, document.item_ids, data)
    return Document(edited.document, edited.item_ids)


def test_only_the_changed_field_is_written():
    before = surgery()
    form = form_at("procedures", before, SURGERY)
    edited = apply(
        "procedures", before.json, before.item_ids, form.data(**{form.paths[f"{SURGERY}.workstation_id"]: "SWS 3"})
    )
    assert edited.changed_paths == (f"{SURGERY}.workstation_id",)
    assert before.put(f"{SURGERY}.workstation_id", "SWS 3").json == edited.document
    assert edited.item_ids == before.item_ids


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("animal_weight_prior", "27.0", 27.0),
        ("animal_weight_prior", "27", 27),
        ("animal_weight_prior", "27,0", "27,0"),
        ("animal_weight_prior", "1e400", "1e400"),
        ("start_date", "2/3/2026", "2/3/2026"),
        ("experimenters.0", " A. One ", "A. One"),
        ("notes", "first\r\nsecond", "first\nsecond"),
        ("workstation_id", "  SWS 3 ", "SWS 3"),
        ("weight_unit", "stone", "stone"),
    ],
)
def test_text_becomes_what_it_says_or_stays_as_typed(key, text, value):
    after = change(surgery(), SURGERY, {key: text})
    assert after.get(f"{SURGERY}.{key}") == value


def test_an_emptied_field_is_gone_or_null_and_never_empty_text():
    material = f"{INJECTION}.injection_materials.0"
    after = change(surgery(), SURGERY, {"notes": "", "weight_unit": ""})
    assert "notes" not in after.get(SURGERY)
    assert "weight_unit" not in after.get(SURGERY), "the schema's own default takes its place"
    after = change(surgery(), material, {"titer_unit": ""})
    assert after.get(f"{material}.titer_unit") is None, "absent would bring the default back"


def test_null_that_stays_empty_stays_null():
    before = surgery().put(f"{SURGERY}.workstation_id", None)
    after = change(before, SURGERY, {"notes": "x"})
    assert after.get(f"{SURGERY}.workstation_id") is None
    assert "workstation_id" in after.get(SURGERY)


def test_a_term_becomes_its_whole_entry_or_the_name_that_was_typed():
    after = change(surgery(), INJECTION, {"targeted_structure": "VISp"})
    assert after.get(f"{INJECTION}.targeted_structure") == {
        "atlas": "CCFv3",
        "name": "Primary visual area",
        "acronym": "VISp",
        "id": "385",
    }
    again = change(after, INJECTION, {"targeted_structure": "nowhere"})
    assert set(again.get(f"{INJECTION}.targeted_structure").values()) == {"nowhere"}


def test_rows_of_a_list_are_saved_together():
    node = f"{INJECTION}.dynamics"
    form = form_at("procedures", surgery(), node, at=INJECTION)
    assert {f"{node}.0.volume", f"{node}.1.volume"} <= form.paths.keys()
    document = surgery()
    form = form_at("procedures", document, node, at=INJECTION)
    names = {form.paths[f"{node}.0.volume"]: "200", form.paths[f"{node}.1.profile"]: "Bolus"}
    edited = apply("procedures", document.json, document.item_ids, form.data(**names))
    assert [row.get("volume") for row in Document(edited.document).get(node)] == [200, None]
    assert [row["profile"] for row in Document(edited.document).get(node)] == ["Bolus", "Bolus"]


# Two tabs -------------------------------------------------------------------------------------------------------------


def both(first, second, node=SURGERY):
    """Two tabs show one node; the first saves, then the second."""
    start = surgery()
    form = form_at("procedures", start, node)
    middle = change(start, node, first)
    named = {form.paths[f"{node}.{key}"]: text for key, text in second.items()}
    edited = apply("procedures", middle.json, middle.item_ids, form.data(**named))
    return Document(edited.document, edited.item_ids)


def test_two_tabs_that_change_different_fields_both_win():
    after = both({"workstation_id": "SWS 1"}, {"ethics_review_id": "2109"})
    assert (after.get(f"{SURGERY}.workstation_id"), after.get(f"{SURGERY}.ethics_review_id")) == ("SWS 1", "2109")


def test_two_tabs_that_say_the_same_do_not_collide():
    assert both({"workstation_id": "SWS 1"}, {"workstation_id": "SWS 1"}).get(f"{SURGERY}.workstation_id") == "SWS 1"


def test_one_field_changed_in_two_tabs_is_refused_with_both_texts():
    with pytest.raises(StaleNode) as caught:
        both({"workstation_id": "SWS 1"}, {"workstation_id": "SWS 2"})
    assert caught.value.mine == {f"{SURGERY}.workstation_id": ["SWS 2"]}
    assert caught.value.theirs == {f"{SURGERY}.workstation_id": ["SWS 1"]}


def test_a_stale_digest_without_what_was_seen_overwrites_nothing():
    document = surgery()
    with pytest.raises(StaleNode):
        post(document, at=SURGERY, digest="0" * 16, **{"subject_procedures-0-start_date": "2020-01-01"})


def test_a_form_drawn_before_items_moved_still_meets_its_item():
    start = surgery()
    form = form_at("procedures", start, CRANIOTOMY)
    moved = post(start, at=CRANIOTOMY, do="up")
    edited = apply("procedures", moved.json, moved.item_ids, form.data(**{form.paths[f"{CRANIOTOMY}.size"]: "2"}))
    kinds = [(item["object_type"], item.get("size")) for item in Document(edited.document).get(f"{SURGERY}.procedures")]
    assert kinds == [("Craniotomy", 2), ("Brain injection", None)]


def test_a_form_of_an_item_that_was_removed_is_refused():
    start = surgery()
    form = form_at("procedures", start, CRANIOTOMY)
    gone = post(start, at=CRANIOTOMY, do="remove")
    with pytest.raises(StaleNode):
        apply("procedures", gone.json, gone.item_ids, form.data(**{form.paths[f"{CRANIOTOMY}.size"]: "2"}))


# Deprecated twins -----------------------------------------------------------------------------------------------------


def twins():
    document = surgery()
    return document.put(f"{SURGERY}.coordinate_system", document.get(f"{SURGERY}.global_coordinate_system"))


def test_a_deprecated_twin_is_kept_in_step():
    after = change(twins(), f"{SURGERY}.global_coordinate_system", {"name": "MINE"})
    assert [after.get(f"{SURGERY}.{key}.name") for key in ("coordinate_system", "global_coordinate_system")] == [
        "MINE",
        "MINE",
    ]


def test_a_preset_replaces_both_twins():
    after = post(twins(), at=f"{SURGERY}.global_coordinate_system", do="preset:BREGMA_RAS")
    assert after.get(f"{SURGERY}.coordinate_system") == after.get(f"{SURGERY}.global_coordinate_system")
    assert after.get(f"{SURGERY}.coordinate_system.name") == "BREGMA_RAS"


def test_a_deprecated_field_that_differs_is_left_alone():
    differing = twins().put(f"{SURGERY}.coordinate_system.name", "OLD")
    after = change(differing, f"{SURGERY}.global_coordinate_system", {"name": "NEW"})
    assert after.get(f"{SURGERY}.coordinate_system.name") == "OLD"


# Hostile posts --------------------------------------------------------------------------------------------------------

HOSTILE_PLACES = [
    "__class__",
    "subject_procedures.__len__",
    "../../etc/passwd",
    "%2e%2e",
    "[]",
    ".",
    "..",
    "subject_procedures.",
    "subject_procedures.1",
    "subject_procedures.-1",
    "subject_procedures.+0",
    "subject_procedures.00",
    "subject_procedures.1_0",
    "subject_procedures.\N{ARABIC-INDIC DIGIT ZERO}",
    "subject_procedures.999999999",
    "subject_procedures.10000000000000",
    "subject_procedures." + "9" * 200,
    "subject_procedures.0.procedures.0.nothing",
    "subject_procedures.0.start_date.year",
    "a" * 5000,
    ".".join("a" * 41),
    "notes\x00",
    "notes\u202e",
    "object_type.x",
]


@pytest.mark.parametrize("place", HOSTILE_PLACES)
@pytest.mark.parametrize("do", ["save", "add", "remove", "choose:Craniotomy"])
def test_hostile_places_are_refused_and_change_nothing(place, do):
    document = surgery()
    before = json.dumps(document.json)
    with pytest.raises(FormError):
        post(document, at=place, do=do)
    assert json.dumps(document.json) == before


@pytest.mark.parametrize(
    "name",
    [
        "subject_procedures-0-nothing",
        "subject_procedures-0-__class__",
        "subject_procedures-0-object_type",
        "subject_procedures-0-procedures",
        "subject_procedures-1-start_date",
        "start_date",
        "x" * 400,
        "subject_procedures-0-start_date-0",
        "root-subject_id",
        "é",
    ],
)
def test_a_name_that_is_no_field_of_the_node_is_refused_by_name(name):
    with pytest.raises(FormError) as caught:
        post(surgery(), at=SURGERY, **{name: "x"})
    assert caught.value.field == name[: len(caught.value.field)]


@pytest.mark.parametrize("index", ["-1", "01", "1000000", "٣", "499", "2"])
def test_numbered_inputs_are_contiguous_and_few(index):
    place = f"{CRANIOTOMY}.position"
    document = post(surgery(), at=place, do="choose:Translation")
    with pytest.raises(FormError):
        post(document, at=place, **{f"subject_procedures-0-procedures-1-position-translation-{index}": "1"})


@pytest.mark.parametrize("name", ["subject_procedures-0-start_date", "at", "do", "digest"])
def test_a_name_given_twice_is_refused(name):
    with pytest.raises(FormError):
        post(surgery(), **{"at": SURGERY, name: [SURGERY, SURGERY] if name == "at" else ["a", "b"]})


@pytest.mark.parametrize(
    "do", ["drop_tables", "add:Nothing", "choose:Nothing", "preset:NOPE", "device:x", "drop:start_date", "up:zzzz"]
)
def test_actions_that_do_not_fit_are_refused(do):
    with pytest.raises(FormError):
        post(surgery(), at=SURGERY if not do.startswith("add") else f"{SURGERY}.procedures", do=do)


@pytest.mark.parametrize("seen", ["{", "[]", '{"a": 1}', "[" * 100_000, '{"a": [1]}'])
def test_a_forged_seen_is_refused(seen):
    with pytest.raises(FormError):
        post(surgery(), at=SURGERY, digest="0" * 16, seen=seen, **{"subject_procedures-0-start_date": "x"})


def test_a_list_never_grows_past_the_limit():
    document = surgery()
    full = document.put("specimen_procedures", [{"object_type": "Specimen procedure"}] * 5000).with_ids()
    for data in ({"at": "specimen_procedures", "do": "add"}, {"at": "specimen_procedures.3", "do": "duplicate"}):
        with pytest.raises(FormError):
            post(full, **data)
