"""Values as text and back: any JSON value, rows of names, and what would be read as something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metadata_portal.schemaforms.controls import Lines, Names, Value, control
from metadata_portal.schemaforms.documents import ABSENT, Document
from metadata_portal.schemaforms.values import item_text, json_text, read_item, read_json, read_row, row_text
from schema_core import KINDS
from schema_core.introspect import Alternative, Anything, List, Scalar, Union, describe
from tests.metadata_portal.schemaforms.reach import NUMBERS, NUMERALS
from tests.metadata_portal.schemaforms.samples import form_at, page, send
from tests.metadata_portal.schemaforms.test_any_document import JSON

NUMBER_OR_TEXT = Scalar(float, text=True)
NAMES = List(Scalar(str))
NAME_OR_NAMES = Union((Alternative("text", Scalar(str), ""), Alternative("list", NAMES, "")), tagged=False)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=6)
TRICKY = st.one_of(TEXT, st.sampled_from(["a, b", "[x", '"', "1", "true", "null", "[]", '"a"']))


@given(JSON)
def test_any_json_value_is_written_and_read_again(value):
    assert read_json(json_text(value)) == value
    assert read_json(json_text(value, indent=1)) == value


@given(st.lists(TRICKY, max_size=4))
def test_a_row_of_names_is_written_and_read_again(names):
    assert read_row(NAMES, row_text(NAMES, names)) == names


@given(st.one_of(TRICKY, st.lists(TRICKY, min_size=1, max_size=4)))
def test_a_name_or_several_is_written_and_read_again(value):
    assert read_row(NAME_OR_NAMES, row_text(NAME_OR_NAMES, value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("modality", "modality"),
        ("probe, shank", ["probe", "shank"]),
        ('["probe"]', ["probe"]),
        ('"left, right"', "left, right"),
        ("[not JSON", "[not JSON"),
    ],
)
def test_a_line_is_one_name_or_several_between_commas(text, value):
    assert read_row(NAME_OR_NAMES, text) == value


@given(st.lists(st.one_of(NUMBERS, TRICKY, NUMERALS, st.just("")), max_size=4))
def test_numbers_and_texts_that_look_like_numbers_are_told_apart(values):
    lines = Lines("input", List(NUMBER_OR_TEXT), item=NUMBER_OR_TEXT)
    assert lines.read(lines.show(values), ABSENT) == (values or ABSENT)


@pytest.mark.parametrize(
    ("typed", "value"), [("3.5", 3.5), ('"3.5"', "3.5"), ("low", "low"), ('"low"', "low"), ('"lo', '"lo'), ('""', "")]
)
def test_a_text_that_looks_like_a_number_stands_in_quotes(typed, value):
    assert read_item(NUMBER_OR_TEXT, typed) == value
    assert read_item(NUMBER_OR_TEXT, item_text(NUMBER_OR_TEXT, value)) == value


def test_the_settings_of_a_calibration_are_numbers_and_texts():
    document = Document({"calibrations": [{"object_type": "Calibration", "input": [62.0, "3.5"]}]}).with_ids()
    form = form_at("instrument", document, "calibrations.0")
    name = form.paths["calibrations.0.input"]
    assert dict(form.fields)[name].split() == ["62", '"3.5"']
    more = send("instrument", document, form, calibrations__0__input='62\r\n"3.5"\r\n4.5\r\n"07"')
    assert more.json["calibrations"][0]["input"] == [62.0, "3.5", 4.5, "07"]


@pytest.mark.parametrize("text", ["1e400", '{"a": 1, "a": 2}', "NaN", "[1,"])
def test_what_json_cannot_say_again_stays_text(text):
    assert read_json(text) == text


def test_a_value_is_text_a_number_or_json():
    value = Value("value", Anything())
    assert [value.show(held) for held in (ABSENT, None, "low", "1", 1.5, True, "")] == [
        [""],
        ["null"],
        ["low"],
        ['"1"'],
        ["1.5"],
        ["true"],
        ['""'],
    ]
    assert [value.read([text], ABSENT) for text in ("", "null", "low", '"1"', "1.5", "[1, 2]")] == [
        ABSENT,
        None,
        "low",
        "1",
        1.5,
        [1, 2],
    ]
    long = {"options": ["Low", "Medium", "High"], "status": ["Pass", "Fail", "Fail"], "type": "dropdown"}
    assert value.show(long)[0].count("\n") > 8
    assert value.read(value.show(long), ABSENT) == long


def test_fields_of_the_standard_have_the_controls_that_suit_them():
    stream = describe(KINDS["acquisition"]).by_name["data_streams"].shape.item.alternatives[0].shape.by_name
    assert isinstance(control("active_devices", stream["active_devices"].shape, stream["active_devices"]), Names)
    grouping = describe(KINDS["quality_control"]).by_name["default_grouping"]
    assert isinstance(control("default_grouping", grouping.shape, grouping), Lines)
    names = Names("active_devices", NAMES, item=Scalar(str))
    assert names.read(["a", "", "b", ""], ABSENT) == ["a", "b"]


def test_a_wavelength_or_several_are_numbers():
    document = Document({"components": [{"object_type": "Filter", "name": "dual"}]}).with_ids()
    at = "components.0"
    form = form_at("instrument", document, at)
    several = send("instrument", document, form, components__0__center_wavelength="490\r\n570")
    assert several.json["components"][0]["center_wavelength"] == [490, 570]
    single = send("instrument", document, form, components__0__center_wavelength="490")
    assert single.json["components"][0]["center_wavelength"] == 490


def test_a_unit_that_cannot_be_chosen_stands_with_its_number():
    document = Document({"components": [{"object_type": "Laser", "name": "blue"}]}).with_ids()
    assert "Coupling efficiency (percent)" in page("instrument", document, "components.0").drawn
    metric = Document({"metrics": [], "status": {"ecephys": "Pass"}}).with_ids()
    assert "status" not in page("quality_control", metric).drawn, "the standard works it out"
