"""The small things that templates share."""

import pytest
from django.template import Context, Template

from metadata_portal.foundation.pagination import page_of
from metadata_portal.foundation.text import forbidden_character


def rendered(rf, source, address="/records/?q=a%26b&page=2"):
    return Template("{% load portal %}" + source).render(Context({"request": rf.get(address)}))


def test_a_page_link_keeps_the_other_parts_of_the_query(rf):
    assert rendered(rf, "{% query page=3 %}") == "?q=a%26b&amp;page=3"


def test_a_part_of_the_query_can_be_taken_away(rf):
    assert rendered(rf, "{% query q=None %}") == "?page=2"


@pytest.mark.parametrize(
    ("prefixes", "expected"),
    [('"/records/" "/subjects/"', 'aria-current="page"'), ('"/"', ""), ('"/assets/"', "")],
)
def test_the_navigation_marks_where_one_is(rf, prefixes, expected):
    assert rendered(rf, "{% current " + prefixes + " %}") == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "0 problems"), (1, "1 problem"), (2, "2 problems")])
def test_numbers_have_their_word(rf, number, expected):
    assert rendered(rf, "{{ " + str(number) + '|counted:"problem,problems" }}') == expected


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("2", 2), ("3", 3), ("4", 3), ("99999999", 1), ("-1", 1), ("+2", 1), ("2_0", 1), ("٢", 1), ("2.0", 1)],
)
def test_a_page_is_always_one_of_the_list(rf, asked, number):
    assert page_of(rf.get("/", {"page": asked}), range(60)).number == number


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a\x00", "U+0000 NUL"),
        ("\x1b[0m", "U+001B control character"),
        ("\u202e", "U+202E right-to-left override"),
        ("\ud800", "U+D800 half of a character"),
        ("\ufffe", "U+FFFE reversed byte order mark"),
    ],
)
def test_a_character_that_cannot_be_kept_is_named(text, name):
    assert forbidden_character(text) == name


@pytest.mark.parametrize("text", ["", "plain", "tab\tline\r\n", "µm ± °", "小鼠", "é", "e\u0301", "👩‍🔬", "\u00a0"])
def test_what_people_type_is_kept(text):
    assert forbidden_character(text) is None
