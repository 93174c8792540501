"""What differs between two documents: done to the old one it gives the new one, and nothing is left out."""

from __future__ import annotations

import copy
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metadata_portal.entries.differences import differences
from metadata_portal.entries.merge import Version, same
from metadata_portal.schemaforms.documents import ABSENT, ensure_ids
from schema_core import paths
from tests.calls import calls_made


def between(old, new, old_ids=None, new_ids=None):
    return differences(Version(old, old_ids or {}), Version(new, new_ids or {}))


def told(old, new, old_ids=None, new_ids=None):
    return [(found.what, found.old_path, found.new_path) for found in between(old, new, old_ids, new_ids).flat()]


class Applied:
    """The old document with what the differences say done to it; knows nothing of how they were found."""

    def __init__(self, root):
        self.changed, self.removed, self.moved = {}, set(), {}
        self.new_places: dict[str, list] = {}
        for found in root.flat():
            if found.what == "changed":
                self.changed[found.old_path] = found.new
            elif found.what == "removed":
                self.removed.add(found.old_path)
            elif found.what == "moved":
                self.moved[found.old_path] = found.new_path
                self.at(found.new_path, ("old", paths.split(found.old_path)[-1]))
            else:
                self.at(found.new_path, ("new", found.new))

    def at(self, path, what):
        self.new_places.setdefault(paths.parent(path), []).append((paths.split(path)[-1], what))

    def value(self, old, old_path="", new_path=""):
        if old_path in self.changed:
            return self.changed[old_path]
        put = self.new_places.get(new_path, [])
        if isinstance(old, dict):
            kept = {
                key: self.value(child, paths.child(old_path, key), paths.child(new_path, key))
                for key, child in old.items()
                if paths.child(old_path, key) not in self.removed
            }
            return kept | {key: new for key, (_, new) in put}
        if isinstance(old, list):
            gone = self.removed | self.moved.keys()
            order = [("old", str(m)) for m in range(len(old)) if paths.child(old_path, m) not in gone]
            for place, what in sorted(put, key=lambda entry: int(entry[0])):
                order.insert(int(place), what)
            return [
                new
                if what == "new"
                else self.value(old[int(new)], paths.child(old_path, new), paths.child(new_path, n))
                for n, (what, new) in enumerate(order)
            ]
        return old


def assert_makes_the_new_one(old, new, old_ids=None, new_ids=None):
    before = copy.deepcopy((old, new))
    root = between(old, new, old_ids, new_ids)
    assert same(Applied(root).value(old), new)
    assert (old, new) == before
    for found in root.flat():
        assert found.old is ABSENT or same(paths.get(old, found.old_path), found.old)
        assert found.new is ABSENT or same(paths.get(new, found.new_path), found.new)
    return root


keys = st.sampled_from(["a", "b", "name", "unit", "volume", "x.y", "~"])
leaves = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2, width=16) | st.text("ab.", max_size=3)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=40,
)
documents = st.dictionaries(keys, values, max_size=6)


@given(documents, documents)
def test_any_document_becomes_any_other(old, new):
    assert_makes_the_new_one(old, new)


@given(documents, documents)
def test_with_ids_that_nobody_shares_too(old, new):
    assert_makes_the_new_one(old, new, ensure_ids(old, {}), ensure_ids(new, {}))


@given(documents)
def test_a_document_does_not_differ_from_itself(document):
    ids = ensure_ids(document, {})
    assert told(document, json.loads(json.dumps(document)), ids, ids) == []


items = st.lists(st.fixed_dictionaries({"name": st.sampled_from("abc"), "n": st.integers(0, 3)}), max_size=8)


@given(items, st.randoms(use_true_random=False))
def test_items_that_were_mixed_edited_added_and_taken_out_are_followed_by_their_ids(listed, chance):
    ids = [f"i{n}" for n in range(len(listed))]
    order = chance.sample(range(len(listed)), chance.randint(0, len(listed)))
    new, new_ids = [], []
    for m in order:
        new.append(listed[m] if chance.random() < 0.6 else {**listed[m], "n": 9})
        new_ids.append(ids[m])
    for _ in range(chance.randint(0, 3)):
        place = chance.randint(0, len(new))
        new.insert(place, {"name": "fresh", "n": 7})
        new_ids.insert(place, f"f{len(new)}")
    root = assert_makes_the_new_one({"l": listed}, {"l": new}, {"l": ids}, {"l": new_ids})
    edited = {(found.old_path, found.new_path) for found in root.flat() if found.what == "changed"}
    assert edited == {
        (f"l.{ids.index(name)}.n", f"l.{n}.n")
        for n, name in enumerate(new_ids)
        if name in ids and listed[ids.index(name)]["n"] != new[n]["n"]
    }


def test_one_item_that_moved_is_told_alone():
    old = {"l": [{"name": name} for name in "abcd"]}
    new = {"l": [{"name": name} for name in "dabc"]}
    assert told(old, new) == [("moved", "l.3", "l.0")]


def test_an_item_that_moved_and_changed_is_told_as_both():
    old = {"l": [{"name": "a", "v": 1}, {"name": "b", "v": 1}, {"name": "c", "v": 1}]}
    new = {"l": [{"name": "c", "v": 2}, {"name": "a", "v": 1}, {"name": "b", "v": 1}]}
    assert told(old, new) == [("moved", "l.2", "l.0"), ("changed", "l.2.v", "l.0.v")]


def test_an_item_edited_everywhere_is_the_same_by_its_id_and_another_one_without():
    old, new = {"l": [{"name": "a", "v": 1}]}, {"l": [{"name": "b", "v": 2}]}
    assert told(old, new, {"l": ["i"]}, {"l": ["i"]}) == [
        ("changed", "l.0.name", "l.0.name"),
        ("changed", "l.0.v", "l.0.v"),
    ]
    assert told(old, new, {"l": ["i"]}, {"l": ["j"]}) == [("added", "", "l.0"), ("removed", "l.0", "")]


def test_without_ids_an_item_is_known_by_what_it_says_then_by_its_name_then_by_its_place():
    old = {"l": [{"name": "a", "v": 1}, {"name": "b", "v": 1}, {"v": 1}]}
    new = {"l": [{"name": "a", "v": 1}, {"name": "new", "v": 1}, {"name": "b", "v": 2}, {"v": 2}]}
    assert told(old, new) == [("added", "", "l.1"), ("changed", "l.1.v", "l.2.v"), ("changed", "l.2.v", "l.3.v")]


def test_another_alternative_is_another_value_and_never_a_mixture():
    old = {"p": {"object_type": "Craniotomy", "size": 1, "notes": "x"}}
    new = {"p": {"object_type": "Perfusion", "notes": "x"}}
    assert told(old, new) == [("changed", "p", "p")]


def test_words_and_numbers_in_a_row_are_one_value():
    assert told({"t": [1, 2, 3]}, {"t": [1, 2.5, 3]}) == [("changed", "t", "t")]
    assert told({"t": [1, 2]}, {"t": [1.0, 2.0]}) == []


def test_nothing_written_as_null_is_told_as_blank():
    root = between({"a": None}, {"b": None})
    assert [found.is_blank for found in root.flat()] == [True, True]
    assert [found.is_blank for found in between({"a": None}, {"a": 1}).flat()] == [False]


def long_list(size):
    return [{"object_type": "Fiber", "name": f"Fiber {n}", "at": [[n, 1], [2, n]]} for n in range(size)]


@pytest.mark.parametrize("names", [True, False])
def test_cost_follows_the_length_of_a_list_however_it_was_mixed(names):
    """Four times the items cost about four times as much; comparing each with each would cost sixteen times."""
    chance = random.Random(3)

    def cost(size):
        old = long_list(size)
        new = [{**item, "at": [[-1, n]], "name": item["name"] if names else f"New {n}"} for n, item in enumerate(old)]
        chance.shuffle(new)
        return calls_made(lambda: between({"l": old}, {"l": new}))

    assert cost(8_000) < 6 * cost(2_000)
