"""Addresses: text to steps and back, lookup, and Pydantic's locations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema_core import UnknownPath, paths


@given(st.lists(st.text(min_size=1)))
def test_a_joined_path_splits_into_the_same_steps(parts):
    assert paths.split(paths.join(parts)) == tuple(parts)


def test_dots_and_tildes_in_keys_are_escaped():
    assert paths.join(["other_identifiers", "a.b~c", 0]) == "other_identifiers.a~1b~0c.0"


def test_the_root_is_the_empty_path():
    assert paths.split("") == ()
    assert paths.join([]) == ""
    assert paths.child("", "name") == "name"
    assert paths.parent("name") == ""


def test_child_and_parent_are_inverse():
    assert paths.parent(paths.child("a.0", "x.y")) == "a.0"


def test_get_follows_keys_and_indices():
    assert paths.get({"a": [{"x.y": 5}]}, "a.0.x~1y") == 5


@pytest.mark.parametrize("path", ["b", "a.1", "a.-1", "a.00", "a.x", "a.0.x", "a.999999999999", "a.\u0661"])
def test_get_names_a_path_that_leads_nowhere(path):
    with pytest.raises(UnknownPath) as caught:
        paths.get({"a": ["text"]}, path)
    assert caught.value.path == path
    assert path in str(caught.value)


def test_union_tags_drop_out_of_locations():
    document = {"procedures": [{"object_type": "Craniotomy", "size": 1}]}
    assert paths.from_loc(("procedures", 0, "Craniotomy", "size"), document) == "procedures.0.size"


def test_the_missing_field_at_the_end_of_a_location_stays():
    document = {"procedures": [{"object_type": "Craniotomy"}]}
    assert (
        paths.from_loc(("procedures", 0, "Craniotomy", "craniotomy_type"), document) == "procedures.0.craniotomy_type"
    )


def test_the_steps_of_a_walk_make_a_path():
    assert paths.of_steps(()) == ""
    assert paths.of_steps((((), "components"), 3)) == "components.3"
    assert paths.of_steps((((), "a.b"), "c")) == "a~1b.c"
