"""Limits of what comes from outside: nothing hostile gets in, nothing good is refused."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from metadata_portal.errors import FormError, TooLarge
from metadata_portal.schemaforms import reader


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        '{"a":{"b":1,"b":1}}',
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[1e400]",
        "[1e21]",
        "[1e-999999999]",
        "[" + "9" * 400 + "]",
        '["\\u0000"]',
        '["\\ud800"]',
        '["\\ufffe"]',
        '["\\u202e"]',
        '["\\u0007"]',
        '{"\\u0000": 1}',
        "[" * 41 + "]" * 41,
        "[" * 100_000,
        "[" * 2_000_000,
        json.dumps(list(range(20_001))),
        '{"a":}',
        "",
        "[1] [2]",
        b"\xff\xfe",
        json.dumps({"x" * 400: 1}),
    ],
)
def test_hostile_json_is_refused_at_once(text):
    started = time.perf_counter()
    with pytest.raises((FormError, TooLarge)):
        reader.parse_json(text)
    assert time.perf_counter() - started < 1


def test_too_many_bytes_are_too_many():
    with pytest.raises(TooLarge):
        reader.parse_json(b" " * (reader.MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[" * 40 + "]" * 40, None),
        ('{"titer": 2.5e12, "huge": 9007199254740993}', {"titer": 2.5e12, "huge": 9007199254740993}),
        ('"tab\\tline\\n µ é 北"', "tab\tline\n µ é 北"),
        (b"\xef\xbb\xbf[1]", [1]),
        ("-0.0", -0.0),
    ],
)
def test_plain_json_is_read(text, value):
    assert value is None or reader.parse_json(text) == value
    reader.parse_json(text)


def test_an_error_names_the_field():
    with pytest.raises(FormError) as caught:
        reader.parse_json('{"notes": ["ok", "a\\u0000b"]}')
    assert caught.value.field == "notes.1"


CLEAN = st.text(st.characters(codec="utf-8", exclude_categories=("C",)))


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers(-(2**60), 2**60) | CLEAN, st.lists, max_leaves=30))
def test_what_is_read_is_what_was_written(value):
    assert reader.parse_json(json.dumps(value)) == value


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(FormError, TooLarge):
        reader.parse_json(data)


@pytest.mark.parametrize(
    "text",
    [
        *("+1", "-1", "01", "1_0", "١٢", "5000", "9999", "1000000000", "9" * 5000, "", " 1", "1e1", "0x1", "²"),
    ],
)
def test_item_numbers_are_plain_and_small(text):
    with pytest.raises(FormError):
        reader.read_index(text, "at")


def test_item_numbers_go_to_the_limit():
    assert [reader.read_index(text, "at") for text in ("0", "7", "4999")] == [0, 7, 4999]


@pytest.mark.parametrize(
    "character", ["\x00", "\x1f", "\x7f", "\x9f", "\ud800", "\ufffe", "\ufdd0", "\u202e", "\u2066"]
)
def test_characters_that_cannot_be_kept_name_their_field(character):
    with pytest.raises(FormError) as caught:
        reader.posted({"root-notes": f"a{character}b"})
    assert caught.value.field == "root-notes"


def test_posts_are_plain_lists_with_unix_line_ends():
    assert reader.posted(QueryDict("a=1%0D%0A2&a=3&b=")) == {"a": ["1\n2", "3"], "b": [""]}
