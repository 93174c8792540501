"""What the descriptions say of models: shapes, defaults, neighbours, branches."""

from __future__ import annotations

import datetime as dt
import enum
import subprocess
import sys
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from schema_core import KINDS
from schema_core.base import DataModel, GenericModel
from schema_core.errors import UnknownPath
from schema_core.introspect import (
    MISSING,
    Anything,
    Choice,
    Free,
    List,
    Map,
    Scalar,
    Struct,
    Term,
    Union,
    choose,
    describe,
    humanize,
    places,
    shape_at,
)


class Colour(enum.StrEnum):
    RED = "Red"
    BLUE = "Blue"


class Leaf(DataModel):
    """A leaf.

    Only the first paragraph is read.
    """

    name: str
    size: float | None = None
    size_unit: Literal["mm", "um"] | None = "mm"


class Twig(DataModel):
    leaf: Leaf
    twig: Twig | None = None


class Loose(BaseModel):
    model_config = ConfigDict(extra="allow")


class Stimulus(GenericModel):
    stimulus_name: str


class Tree(DataModel):
    names: list[str] = Field(min_length=1)
    colour: Colour = Colour.RED
    born: dt.date | None = None
    weight: Decimal = Field(title="Weight", description="In the morning", ge=0)
    mixed: list[float | str] = Field(default=[])
    either: Leaf | list[Colour] | None = None
    parts: list[Annotated[Leaf | Twig, Field(discriminator="object_type")]] = Field(default=[])
    counts: dict[Colour, int] = Field(default={})
    extra: GenericModel | None = None
    anything: dict[str, Any] = Field(default={})
    old: str | None = Field(default=None, deprecated="use new_old")
    new_old: str | None = None
    fixed: Literal["always"] = "always"
    one_choice: Literal["only"] | None = None
    value: Any = None
    decisions: list[Any] = Field(default=[])
    grouping: list[str | tuple[str, ...]] = Field(default=[])
    edges: dict[str, list[str]] | None = None
    verdicts: dict | None = None
    path: PurePosixPath | None = PurePosixPath("a/b")
    zone: int | str | None = None
    frozen: Colour = Field(default=Colour.BLUE, frozen=True)
    price: Decimal = Decimal("1.50")
    active_devices: list[str] = Field(default=[])
    source_device: str | None = None
    instrument_id: str | None = None
    stimulus: Stimulus | None = None


TREE = describe(Tree)


def shape(name):
    return TREE.by_name[name].shape


def test_a_class_is_described_once():
    assert describe(Tree) is describe(Tree)
    assert TREE.fields is TREE.fields


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("names", List(Scalar(str), min_length=1)),
        ("colour", Choice(("Red", "Blue"))),
        ("born", Scalar(dt.date)),
        ("weight", Scalar(Decimal, (("ge", 0),))),
        ("mixed", List(Scalar(float, text=True))),
        ("counts", Map(Choice(("Red", "Blue")), Scalar(int))),
        ("extra", Free()),
        ("anything", Free()),
        ("one_choice", Choice(("only",))),
        ("value", Anything()),
        ("decisions", List(Anything())),
        ("edges", Map(Scalar(str), List(Scalar(str)))),
        ("verdicts", Free()),
        ("path", Scalar(str)),
        ("zone", Scalar(int, text=True)),
    ],
)
def test_annotations_become_shapes(name, expected):
    assert shape(name) == expected


def test_names_and_rows_of_names_share_a_list():
    item = shape("grouping").item
    assert [entry.shape for entry in item.alternatives] == [Scalar(str), List(Scalar(str))]
    assert [choose(item, value).key for value in ("a", ["a", "b"])] == ["text", "list"]


def test_what_nobody_can_change_is_a_constant_and_defaults_are_json():
    assert TREE.by_name["frozen"].constant
    assert (TREE.by_name["path"].default, TREE.by_name["price"].default) == ("a/b", "1.50")


def test_fields_say_what_they_name():
    names = {"active_devices": "device", "source_device": "device", "instrument_id": "instrument", "names": None}
    assert {name: TREE.by_name[name].refers_to for name in names} == names


def test_a_model_may_hold_keys_of_its_own_beside_its_fields():
    open_one = shape("stimulus")
    assert (open_one, open_one.is_open, TREE.is_open) == (describe(Stimulus), True, False)
    document = {"stimulus": {"stimulus_name": "gratings", "contrast": {"low": 0.1}}}
    assert shape_at(TREE, document, "stimulus.stimulus_name") == Scalar(str)
    assert shape_at(TREE, document, "stimulus.contrast.low") == Anything()


def test_unions_know_their_branches_and_whether_they_are_tagged():
    parts, either = shape("parts").item, shape("either")
    assert (parts.tagged, [entry.key for entry in parts.alternatives]) == (True, ["Leaf", "Twig"])
    assert (either.tagged, [entry.key for entry in either.alternatives]) == (False, ["Leaf", "list"])


def test_a_field_says_what_it_needs():
    weight = TREE.by_name["weight"]
    assert (weight.title, weight.description, weight.required, weight.nullable) == (
        "Weight",
        "In the morning",
        True,
        False,
    )
    assert weight.default is MISSING
    assert TREE.by_name["colour"].default == "Red"
    assert TREE.by_name["born"].nullable


def test_constants_and_deprecated_fields_are_marked():
    by_name = TREE.by_name
    assert by_name["object_type"].constant
    assert by_name["fixed"].constant
    assert not by_name["one_choice"].constant, "its only value is not there unless somebody says so"
    assert (by_name["old"].deprecated, by_name["old"].replaced_by) == (True, "new_old")


def test_values_and_units_find_each_other():
    leaf = describe(Leaf)
    assert leaf.by_name["size"].unit_field == "size_unit"
    assert leaf.by_name["size_unit"].unit_of == "size"


def test_self_nested_models_end():
    twig = describe(Twig)
    assert twig.by_name["twig"].shape is twig


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ({"object_type": "Leaf"}, "Leaf"),
        (["Red"], "list"),
        ({"object_type": "Stone"}, None),
        ({}, None),
        (None, None),
        ("text", None),
    ],
)
def test_a_document_chooses_its_branch(value, key):
    chosen = choose(shape("either"), value)
    assert (chosen.key if chosen else None) == key


def test_addresses_lead_to_shapes_through_the_chosen_branch():
    document = {"parts": [{"object_type": "Twig", "leaf": {"name": "a"}}]}
    assert shape_at(Tree, document, "parts.0.leaf.size") == Scalar(float)
    assert [place.path for place in places(TREE, document, "parts.0")] == ["", "parts", "parts.0"]
    assert isinstance(shape_at(Tree, {}, "parts.3"), Union), "an item that is not there has chosen nothing"


@pytest.mark.parametrize("path", ["nothing", "names.x", "parts.0.leaf", "colour.0", "names.-1", "names.01", "names.٣"])
def test_unknown_addresses_are_refused(path):
    with pytest.raises(UnknownPath):
        shape_at(Tree, {"parts": [{"object_type": "Leaf"}]}, path)


def test_vocabularies_are_recognised():
    mouse = KINDS["subject"].model_fields["subject_details"]
    alternatives = describe(KINDS["subject"]).by_name["subject_details"].shape.alternatives
    fields = alternatives[0].shape.by_name
    assert mouse is not None
    assert fields["strain"].shape == Term("strains")
    injection = shape_at(
        KINDS["procedures"],
        {"subject_procedures": [{"object_type": "Surgery", "procedures": [{"object_type": "Brain injection"}]}]},
        "subject_procedures.0.procedures.0",
    )
    assert injection.by_name["targeted_structure"].shape == Term("brain-structures", open=True)
    assert injection.by_name["coordinate_system_name"].refers_to == "coordinate_system"


def reachable(shape, seen):
    """Walk every struct below a shape once."""
    if isinstance(shape, Struct) and shape not in seen:
        seen.add(shape)
        for entry in shape.fields:
            reachable(entry.shape, seen)
    elif isinstance(shape, List):
        reachable(shape.item, seen)
    elif isinstance(shape, Map):
        reachable(shape.value, seen)
    elif isinstance(shape, Union):
        for entry in shape.alternatives:
            reachable(entry.shape, seen)
    return seen


@pytest.mark.parametrize("kind", ["subject", "data_description", "procedures"])
def test_every_field_that_a_kind_reaches_is_described(kind):
    found = reachable(describe(KINDS[kind]), set())
    assert all(entry.title for struct in found for entry in struct.fields)
    assert {name for struct in found for name in struct.model.model_fields} == {
        entry.name for struct in found for entry in struct.fields
    }


def test_importing_describes_nothing():
    code = (
        "import sys, schema_core.introspect; print(any(name.startswith('schema_core.core.') for name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("name", "words"), [("device_name", "Device name"), ("ViralMaterial", "Viral material"), ("RRID", "RRID")]
)
def test_names_become_words(name, words):
    assert humanize(name) == words
