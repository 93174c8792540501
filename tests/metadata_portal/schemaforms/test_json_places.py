"""Where each value of a JSON text stands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metadata_portal.schemaforms.json_places import Lines, doubled_key, first_value, spots
from schema_core import paths

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=25,
)


def addresses(value, path=""):
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield from addresses(child, paths.child(path, key))


@settings(max_examples=300, deadline=None)
@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_every_value_is_found_at_its_address(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    found = [(spot.path, spot.start) for spot in spots(text) if not spot.is_key]
    assert [path for path, _ in found] == [path for path, _ in addresses(value)]
    decoder = json.JSONDecoder()
    assert [decoder.raw_decode(text, start)[0] for _, start in found] == [child for _, child in addresses(value)]


@settings(max_examples=300, deadline=None)
@given(st.text('{}[],:"\\ a1\n'))
def test_no_text_breaks_it(text):
    assert Lines(text).of("a.0") >= 1


def test_a_value_has_the_line_of_its_key_and_what_is_missing_that_of_its_holder():
    lines = Lines('{\n "a": {\n  "b":\n   1,\n  "x.y": [\n   {},\n   {}\n  ]\n }\n}')
    found = {path: lines.of(path) for path in ("", "a", "a.b", "a.x~1y", "a.x~1y.1", "a.nothing", "a.x~1y.7.deep")}
    assert found == {"": 1, "a": 2, "a.b": 3, "a.x~1y": 5, "a.x~1y.1": 7, "a.nothing": 2, "a.x~1y.7.deep": 5}


@pytest.mark.parametrize(
    ("text", "path"),
    [('{"a": 1, "a": 2}', "a"), ('[{"a": 1}, {"a": 1, "\\u0061": 2}]', "1.a"), ('{"a": {"a": 1}}', None)],
)
def test_the_first_doubled_key(text, path):
    spot = doubled_key(text)
    assert (spot and spot.path) == path


def test_the_first_value_of_a_spelling():
    spot = first_value('{"NaN": ["NaN", NaN]}', "NaN")
    assert spot
    assert (spot.path, spot.start) == ("NaN.1", 16)
