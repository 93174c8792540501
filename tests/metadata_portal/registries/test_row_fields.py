"""The form of a registry's row, made from its model: controls, what comes of them, and what is kept untouched."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from django import forms
from pydantic import Field

from metadata_portal.registries.declaring import Declaration, LabVocabulary, Row, TermOf, _marked
from metadata_portal.registries.forms import TermForm
from metadata_portal.registries.models import Term
from metadata_portal.registries.row_fields import shown


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Sample(Row):
    name: str = Field(title="Name", description="What it is called")
    notes: str = Field(default="", max_length=2000)
    count: int | None = None
    dose: Decimal | None = None
    since: date | None = None
    sterile: bool | None = None
    kept: bool = True
    color: Color | None = None
    side: Literal["left", "right"] = "left"
    tags: tuple[str, ...] = ()
    colors: tuple[Color, ...] = ()
    species: Annotated[str, TermOf("species")] | None = None
    makers: tuple[Annotated[str, TermOf("organizations")], ...] = ()
    settings: dict[str, Any] = Field(default_factory=dict)


@pytest.fixture(scope="module")
def declared():
    vocabulary = LabVocabulary(
        name="samples", title="Samples", description="For a test.", model=Sample, read=tuple, identifier=None
    )
    return Declaration(vocabulary=vocabulary, terms_of=_marked(Sample))


def test_each_type_has_its_control_and_what_is_no_plain_value_has_none(declared):
    form = TermForm(declared=declared)
    kinds = {name: type(field).__name__ for name, field in form.fields.items()}
    assert kinds == {
        "name": "CharField",
        "notes": "CharField",
        "count": "IntegerField",
        "dose": "DecimalField",
        "since": "DateField",
        "sterile": "TypedChoiceField",
        "kept": "TypedChoiceField",
        "color": "ChoiceField",
        "side": "ChoiceField",
        "tags": "Lines",
        "colors": "MultipleChoiceField",
        "species": "KnownTerm",
        "makers": "Lines",
        "aliases": "CharField",
        "reason": "CharField",
    }
    assert isinstance(form.fields["notes"].widget, forms.Textarea)
    assert declared.terms_of == {"species": "species", "makers": "organizations"}
    assert form["kept"].initial == "true"


TYPED = {
    "name": " Vial 7 ",
    "notes": "cold",
    "count": "3",
    "dose": "0.25",
    "since": "2026-03-14",
    "sterile": "false",
    "kept": "false",
    "color": "blue",
    "side": "right",
    "tags": "a\n\n b \n",
    "colors": ["red", "blue"],
    "species": "Mus musculus",
    "makers": "Other\n",
}
ROW = {
    "name": "Vial 7",
    "notes": "cold",
    "count": 3,
    "dose": "0.25",
    "since": "2026-03-14",
    "sterile": False,
    "kept": False,
    "color": "blue",
    "side": "right",
    "tags": ["a", "b"],
    "colors": ["red", "blue"],
    "species": "Mus musculus",
    "makers": ["Other"],
    "settings": {},
}


def row_of(form):
    assert form.is_valid(), form.errors
    return Sample.model_validate(form.data_fields()).model_dump(mode="json")


def test_what_is_typed_becomes_the_row(declared):
    assert row_of(TermForm(TYPED, declared=declared)) == ROW


def test_what_the_form_does_not_show_stays_and_what_is_emptied_is_empty(declared):
    term = Term(vocabulary="samples", key="Vial 7", name="Vial 7", data={**ROW, "settings": {"gain": 3}})
    form = TermForm(declared=declared, term=term)
    assert [form[name].value() for name in ("since", "sterile", "tags")] == ["2026-03-14", "false", "a\nb"]
    emptied = TermForm(
        {"name": "Vial 7", "side": "left", "kept": "true", "reason": "empty"}, declared=declared, term=term
    )
    nothing = dict.fromkeys(("count", "dose", "since", "sterile", "color", "species"))
    lists = {"tags": [], "colors": [], "makers": []}
    kept = {"name": "Vial 7", "settings": {"gain": 3}}
    assert row_of(emptied) == {**nothing, **lists, **kept, "notes": "", "kept": True, "side": "left"}


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("since", "14.3.2026", "Write the day as 2026-03-14: year, month, day."),
        ("count", "a few", "Enter a whole number."),
        ("dose", "1,5", "Enter a number."),
        ("color", "green", "Select a valid choice. green is not one of the available choices."),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_control_and_kept_as_typed(declared, field, typed, says):
    form = TermForm({**TYPED, field: typed}, declared=declared)
    assert form.errors == {field: [says]}
    assert form[field].value() == typed


def test_values_are_said_for_people():
    assert shown(["a", "b"]) == "a, b"
    assert [shown(value) for value in (True, False, None, "", [])] == ["Yes", "No", "", "", ""]
    assert shown({"gain": 3, "shape": None}) == "gain: 3"
