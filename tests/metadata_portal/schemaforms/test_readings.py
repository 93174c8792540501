"""Quantity fields take what people type: what is certain is stored in the field's unit, all else stays and is asked."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.doubts import doubts, joined
from metadata_portal.schemaforms.posting import apply
from schema_core import validate
from tests.metadata_portal.schemaforms.samples import INJECTION, SURGERY, form_at, page, surgery

DELIVERIES = f"{INJECTION}.dynamics"
DEPTHS = f"{INJECTION}.coordinates"
MATERIAL = f"{INJECTION}.injection_materials.0"


def saved(document, node, texts, *, at=None, **words):
    """Save a node with these controls changed; gives the edit and the document after it."""
    form = form_at("procedures", document, node, at=at)
    named = {form.paths[f"{node}.{key}"]: text for key, text in texts.items()}
    edited = apply("procedures", document.json, document.item_ids, form.data(**named, **words, do="save"))
    return edited, Document(edited.document, edited.item_ids)


def delivery(document, **texts):
    named = {f"0.{key}": text for key, text in texts.items()}
    edited, after = saved(document, DELIVERIES, named, at=INJECTION)
    return edited, after.get(f"{DELIVERIES}.0")


def depth_row(document, **texts):
    at = {"ap": "0.0.translation.0", "ml": "0.0.translation.1", "angle": "0.1.angles.0", "depth": "0.2.translation.2"}
    edited, after = saved(document, DEPTHS, {at[key]: text for key, text in texts.items()}, at=INJECTION)
    return edited, after


def asked(document):
    """Give our questions by address."""
    unclear = doubts("procedures", document.json)
    found = joined(validate(document.json, "procedures"), unclear)
    return {problem.path: problem.message for problem in found if problem.code == "portal-quantity"}


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        ("nanoliter", "0.45uL", 450),
        ("nanoliter", "60 nl/depth", 60),
        ("microliter", "60 nL", 0.06),
        ("nanoliter", "60", 60),
        ("nanoliter", "60.5", 60.5),
    ],
)
def test_a_volume_is_stored_in_the_unit_beside_it(unit, text, value):
    document = surgery().put(f"{DELIVERIES}.0.volume_unit", unit)
    _, after = delivery(document, volume=text)
    assert (after["volume"], after["volume_unit"]) == (value, unit)


def test_a_unit_that_the_text_names_is_chosen_where_there_is_none():
    edited, after = delivery(surgery(), volume="0.45 uL")
    assert (after["volume"], after["volume_unit"]) == (0.45, "microliter")
    said = edited.readings[f"{DELIVERIES}.0.volume"]
    assert said.text == "Read as 0.45 µL"
    assert [text for _, text in said.sets] == ["microliter"]
    assert f"{DELIVERIES}.0.volume_unit" in edited.changed_paths


def test_a_unit_chosen_in_the_same_save_is_the_one_to_convert_into():
    _, after = delivery(surgery(), volume="450 nL", volume_unit="microliter")
    assert (after["volume"], after["volume_unit"]) == (0.45, "microliter")


def test_a_unit_that_the_standard_lacks_is_asked_for():
    document = surgery()
    _, after = delivery(document, volume="450 pL")
    assert after["volume"] == "450 pL"
    assert "volume_unit" not in after
    assert (
        "which unit has this field" in asked(document.put(f"{DELIVERIES}.0.volume", "450 pL"))[f"{DELIVERIES}.0.volume"]
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2,5", "Is “2,5” one number or two"),
        ("2.5 min", "“2.5 min” is a duration"),
        ("100; 150", "gives 2 numbers (100; 150 nL): write one here"),
        ("100 left", "says “left”, for which this field has no place"),
        ("100 from pia", "counted from dura/pia"),
        ("much", "has no number"),
    ],
)
def test_what_is_not_certain_stays_as_typed_and_is_asked_at_its_address(text, words):
    document = surgery().put(f"{DELIVERIES}.0.volume_unit", "nanoliter")
    edited, after = saved(document, DELIVERIES, {"0.volume": text}, at=INJECTION)
    assert after.get(f"{DELIVERIES}.0.volume") == text
    assert edited.readings == {}
    assert words in asked(after)[f"{DELIVERIES}.0.volume"]


def test_the_question_takes_the_place_of_the_schemas_own_words():
    document = surgery().put(f"{DELIVERIES}.0.volume", "2,5")
    found = joined(validate(document.json, "procedures"), doubts("procedures", document.json))
    assert [problem.code for problem in found if problem.path == f"{DELIVERIES}.0.volume"] == ["portal-quantity"]


@pytest.mark.parametrize("text", ["2.5e12 gc/mL", "2.5x10^12", "2.5 × 10¹² vg/ml", "2.5e9 gc/uL"])  # noqa: RUF001 - typed so
def test_a_titer_is_a_whole_number(text):
    _, after = saved(surgery(), MATERIAL, {"titer": text})
    assert after.get(f"{MATERIAL}.titer") == 2_500_000_000_000
    assert isinstance(after.get(f"{MATERIAL}.titer"), int)


def test_weights_without_a_unit_field_of_their_own_are_quantities_too():
    edited, after = saved(surgery(), SURGERY, {"animal_weight_prior": "0.0265 kg"})
    assert after.get(f"{SURGERY}.animal_weight_prior") == 26.5
    assert edited.readings[f"{SURGERY}.animal_weight_prior"].text == "Read as 26.5 g"


def test_the_language_of_the_person_settles_a_decimal_comma():
    document = surgery().put(f"{DELIVERIES}.0.volume_unit", "nanoliter")
    _, after = saved(document, DELIVERIES, {"0.volume": "2,5"}, at=INJECTION, comma="1")
    assert after.get(f"{DELIVERIES}.0.volume") == 2.5


# Coordinates ----------------------------------------------------------------------------------------------------------


def points(document):
    return [[*row[0]["translation"][:2], row[2]["translation"][2]] for row in document.get(DEPTHS)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.4 R", 1.4),
        ("1.4 L", -1.4),
        ("-1.4 (left)", -1.4),
        ("1400 um right", 1.4),
        ("\N{MINUS SIGN}1.4", -1.4),
        ("1.4 mm right of midline", 1.4),
    ],
)
def test_a_side_settles_the_sign_across_the_midline(text, value):
    _, after = depth_row(surgery(), ml=text)
    assert points(after)[0][1] == value


def test_a_side_counts_the_other_way_where_the_axis_does():
    document = surgery().put(f"{SURGERY}.global_coordinate_system.axes.1.direction", "Right_to_left")
    _, after = depth_row(document, ml="1.4 L")
    assert points(after)[0][1] == 1.4


def test_a_side_against_its_sign_is_asked():
    _, after = depth_row(surgery(), ml="-1.4 right")
    assert points(after)[0][1] == "-1.4 right"
    assert "Which one is right" in asked(after)[f"{DEPTHS}.0.0.translation.1"]


def test_a_side_is_asked_for_beside_an_unsigned_number():
    edited, after = depth_row(surgery(), ml="1.4")
    assert points(after)[0][1] == 1.4
    said = edited.readings[f"{DEPTHS}.0.0.translation.1"]
    assert said.asks
    for text in ("+1.4", "-1.4", "1.4 R", "0"):
        assert not any(entry.asks for entry in depth_row(surgery(), ml=text)[0].readings.values())
    assert not depth_row(surgery(), ap="1.4")[0].readings


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [("ap", "2.1 posterior", -2.1), ("ap", "2.1 mm anterior to bregma", 2.1), ("depth", "300 µm from pia", 0.3)],
)
def test_directions_and_the_fields_own_reference_are_read(key, text, value):
    _, after = depth_row(surgery(), **{key: text})
    assert points(after)[0][{"ap": 0, "depth": 2}[key]] == value


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("ap", "0.6 from lambda", "counted from lambda, this field from bregma"),
        ("ap", "0.6 (TS)", "counted from sinus"),
        ("depth", "2.7 from bregma", "counted from bregma, this field from the surface"),
        ("ap", "ML 0.6", "does not belong to this axis"),
        ("angle", "9 degrees lateral", "which sign has “lateral”"),
    ],
)
def test_another_reference_stays_as_typed_and_is_asked(key, text, words):
    _, after = depth_row(surgery(), **{key: text})
    assert any(words in message for message in asked(after).values())
    assert text in json.dumps(after.json, ensure_ascii=False)


def test_several_depths_become_rows_with_a_delivery_each():
    before = surgery().put(f"{DELIVERIES}.0.volume_unit", "nanoliter")
    edited, after = depth_row(before, depth="-2.7, -2.9, -3.1")
    assert points(after) == [[-2.5, 1.2, -2.7], [-2.5, 1.2, -2.9], [-2.5, 1.2, -3.1], [-2.5, 1.2, 2.9]]
    assert after.get(DELIVERIES) == [
        {"object_type": "Injection dynamics", "profile": "Bolus", "volume": 150.0, "volume_unit": "nanoliter"},
        *[{"object_type": "Injection dynamics", "profile": "Bolus", "volume_unit": "nanoliter"}] * 2,
        {"object_type": "Injection dynamics", "profile": "Pulsed"},
    ]
    assert (edited.at, edited.said, bool(edited.undo)) == (f"{DEPTHS}.2", "Made rows down to Depth 3", True)
    ids = after.item_ids[DEPTHS]
    assert [ids[0], ids[3]] == before.item_ids[DEPTHS]
    assert after.item_ids[DELIVERIES][3] == before.item_ids[DELIVERIES][1]


def test_depths_make_deliveries_where_there_are_none_and_leave_those_that_never_matched():
    _, after = depth_row(surgery().put(DELIVERIES, []), depth="2.1; 2.3")
    assert len(after.get(DELIVERIES)) == len(after.get(DEPTHS)) == 3
    _, after = depth_row(surgery().put(DELIVERIES, [{"object_type": "Injection dynamics"}]), depth="2.1; 2.3")
    assert len(after.get(DELIVERIES)) == 1


def test_depths_typed_in_a_pause_stay_text_until_the_field_is_left():
    before = surgery()
    form = form_at("procedures", before, DEPTHS, at=INJECTION)
    name = form.paths[f"{DEPTHS}.0.2.translation.2"]
    edited = apply("procedures", before.json, before.item_ids, form.data(**{name: "2.1, 2.3"}, typing="1", do="save"))
    paused = Document(edited.document, edited.item_ids)
    assert paused.get(f"{DEPTHS}.0.2.translation.2") == "2.1, 2.3"
    assert "gives 2 numbers (2.1; 2.3 mm): make rows of them?" in asked(paused)[f"{DEPTHS}.0.2.translation.2"]
    button = f"depths:{paused.item_ids[DEPTHS][0]}"
    assert f'value="{button}"' in page("procedures", paused, INJECTION).drawn
    form = form_at("procedures", paused, DEPTHS, at=INJECTION)
    edited = apply("procedures", paused.json, paused.item_ids, form.data(do=button))
    assert [point[2] for point in points(Document(edited.document))] == [2.1, 2.3, 2.9]


def test_a_reading_is_drawn_beside_its_control():
    edited, after = saved(surgery(), SURGERY, {"animal_weight_prior": "26500 mg"})
    editor = page("procedures", after, SURGERY)
    editor.readings = edited.readings
    assert 'data-reading-path="subject_procedures.0.animal_weight_prior" data-said>Read as 26.5 g</p>' in editor.drawn
    assert "Read as 26.5 g" in editor.updates


TYPED = st.one_of(
    st.text(st.characters(exclude_categories=["C"]), max_size=40),
    st.from_regex(
        r"[+-]?[0-9]{1,3}([.,][0-9]{1,2})? ?(nl|uL|mm|um|L|R|min|%)?( and|,|;)? ?[0-9.]{0,4}", fullmatch=True
    ),
)


@settings(max_examples=25)
@given(text=TYPED, ml=TYPED, depth=TYPED)
def test_nothing_typed_is_ever_dropped(text, ml, depth):
    """What was typed is a number afterwards, or stands in the document as it was typed."""
    _, after = delivery(surgery(), volume=text)
    stripped = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert after.get("volume", "") == stripped or isinstance(after["volume"], int | float)
    before = surgery()
    _, moved = depth_row(before, ml=ml, depth=depth)
    for typed, value in ((ml, points(moved)[0][1]), (depth, points(moved)[0][2])):
        plain = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
        assert value == plain or isinstance(value, int | float) or (value is None and not plain)


@settings(max_examples=25)
@given(text=TYPED)
def test_a_document_with_typed_text_is_saved_unchanged(text):
    before = surgery().put(f"{DELIVERIES}.0.volume", text).put(f"{DEPTHS}.0.2.translation.2", text or None)
    for node in (DELIVERIES, DEPTHS):
        edited, after = saved(before, node, {}, at=INJECTION)
        assert (after.json, edited.changed_paths, edited.readings) == (before.json, (), {})
