"""The open node as JSON beside its form."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from metadata_portal.schemaforms.preview import MOST_LINES, preview

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def depth(value):
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((depth(entry) for entry in inside), default=0)


@given(JSON.filter(lambda value: depth(value) <= 4))
def test_a_small_value_is_shown_whole(value):
    assert json.loads(preview(value)) == value


def test_numbers_of_a_position_stand_on_one_line():
    assert preview({"translation": [-2.5, 1.2, 0]}) == '{\n  "translation": [-2.5, 1.2, 0]\n}'


def test_the_text_is_bounded_however_large_the_node():
    text = preview({"items": [{"name": f"Camera {number}"} for number in range(5000)]})
    assert len(text.split("\n")) == MOST_LINES + 1
    assert text.endswith("\n…")


def test_long_texts_and_deep_nodes_are_cut():
    assert preview("x" * 1000) == f'"{"x" * 160}…"'
    assert preview({"a": {"b": {"c": {"d": {"e": 1}}}}}).count("…") == 1


class Untouched(dict):
    """Fails the test when it is looked into."""

    def items(self):
        raise AssertionError("a node behind the last line was written out")


def test_what_lies_behind_the_last_line_is_not_looked_at():
    first = [{"name": str(number)} for number in range(MOST_LINES)]
    assert preview([*first, Untouched(a=1)]).endswith("…")
