"""Joining two people's changes: what one touched is kept, what both touched is asked, nothing is lost in silence."""

import copy
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metadata_portal.entries.merge import ABSENT, Version, merge, same
from metadata_portal.schemaforms.documents import ensure_ids
from schema_core import paths


def version(document, ids=None):
    return Version(document, ids if ids is not None else ensure_ids(document, {}))


def conflicts_of(base, mine, theirs):
    return [(entry.key, entry.what) for entry in merge(version(base), version(mine), version(theirs)).conflicts]


def surgery(date, **extra):
    return {"object_type": "Surgery", "start_date": date, **extra}


BASE = version(
    {"subject_id": "1", "notes": None, "subject_procedures": [surgery("2026-01-01", weight=20)]},
    {"subject_procedures": ["a"]},
)


def test_items_added_by_two_people_are_both_kept_in_order():
    mine = version(
        {**BASE.document, "subject_procedures": [*BASE.document["subject_procedures"], surgery("2026-01-02")]},
        {"subject_procedures": ["a", "m"]},
    )
    theirs = version(
        {**BASE.document, "subject_procedures": [*BASE.document["subject_procedures"], surgery("2026-01-03")]},
        {"subject_procedures": ["a", "t"]},
    )
    merged = merge(BASE, mine, theirs)
    assert merged.conflicts == ()
    assert merged.item_ids["subject_procedures"] == ["a", "t", "m"]
    assert [item["start_date"] for item in merged.document["subject_procedures"]] == [
        "2026-01-01",
        "2026-01-03",
        "2026-01-02",
    ]


def test_two_first_submissions_without_a_common_base_join():
    mine = version({"subject_id": "1", "notes": "mine", "subject_procedures": [surgery("2026-01-02")]})
    theirs = version({"subject_id": "1", "notes": None, "subject_procedures": [surgery("2026-01-03")]})
    merged = merge(Version({}), mine, theirs)
    assert merged.conflicts == ()
    assert merged.document["notes"] == "mine"
    assert len(merged.document["subject_procedures"]) == 2


def test_a_field_changed_by_both_is_a_conflict_and_either_side_can_be_chosen():
    mine, theirs = copy.deepcopy(BASE.document), copy.deepcopy(BASE.document)
    mine["subject_procedures"][0]["weight"] = 21
    theirs["subject_procedures"][0]["weight"] = 22
    sides = (BASE, Version(mine, BASE.item_ids), Version(theirs, BASE.item_ids))
    (conflict,) = merge(*sides).conflicts
    assert (conflict.key, conflict.base, conflict.mine, conflict.theirs) == ("subject_procedures.a.weight", 20, 21, 22)
    for side, weight in (("mine", 21), ("theirs", 22)):
        merged = merge(*sides, {conflict.key: side})
        assert merged.conflicts == ()
        assert merged.document["subject_procedures"][0]["weight"] == weight


def test_an_item_removed_by_one_and_changed_by_the_other_is_a_conflict():
    mine = version({**BASE.document, "subject_procedures": []}, {})
    theirs = copy.deepcopy(BASE.document)
    theirs["subject_procedures"][0]["weight"] = 22
    (conflict,) = merge(BASE, mine, Version(theirs, BASE.item_ids)).conflicts
    assert (conflict.key, conflict.what, conflict.mine) == ("subject_procedures.a", "removed", ABSENT)


def test_an_item_removed_by_one_and_untouched_by_the_other_is_gone():
    mine = version({**BASE.document, "subject_procedures": []}, {})
    theirs = version({**BASE.document, "notes": "theirs"}, BASE.item_ids)
    merged = merge(BASE, mine, theirs)
    assert (merged.document["subject_procedures"], merged.document["notes"], merged.conflicts) == ([], "theirs", ())


def test_a_new_unit_never_meets_the_other_sides_new_number():
    base = {"volume": 100, "volume_unit": "nanoliter"}
    assert conflicts_of(base, {**base, "volume": 200}, {**base, "volume_unit": "microliter"}) == [
        ("volume_unit", "value")
    ]
    weights = {"animal_weight_prior": 20.0, "weight_unit": "gram"}
    assert conflicts_of(weights, {**weights, "weight_unit": "milligram"}, {**weights, "animal_weight_prior": 21}) == [
        ("weight_unit", "value")
    ]


def test_fields_of_two_alternatives_are_never_mixed():
    base = {"detail": {"object_type": "A", "x": 1}}
    mine = {"detail": {"object_type": "B", "y": 2}}
    theirs = {"detail": {"object_type": "A", "x": 3}}
    assert conflicts_of(base, mine, theirs) == [("detail", "value")]


def test_both_reordering_differently_is_a_conflict_and_one_reordering_is_not():
    def items(*names):
        return Version({"l": [{"n": name} for name in names]}, {"l": list(names)})

    base, mine, theirs = items("a", "b", "c"), items("b", "a", "c"), items("a", "c", "b")
    assert [conflict.what for conflict in merge(base, mine, theirs).conflicts] == ["order"]
    assert merge(base, mine, theirs, {"l": "mine"}).item_ids["l"] == ["b", "a", "c"]
    assert merge(base, mine, items("a", "b", "c", "d")).item_ids["l"] == ["b", "a", "c", "d"]


def test_a_null_that_became_absent_is_no_change():
    merged = merge(Version({"notes": None}), Version({}), Version({"notes": "theirs"}))
    assert (merged.document, merged.conflicts) == ({"notes": "theirs"}, ())


@pytest.mark.parametrize(
    ("one", "other", "equal"), [(1, 1.0, True), (1, True, False), ("1", 1, False), ([1], [1.0], True)]
)
def test_same_compares_json_values(one, other, equal):
    assert same(one, other) is equal


SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["x", "y", "z"])
KEYS = st.sampled_from(["a", "b", "c.d", "e~f", "volume", "volume_unit"])
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.dictionaries(KEYS, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=12,
)
ROOTS = st.dictionaries(KEYS, DOCUMENTS, max_size=4)


@st.composite
def edited(draw, start: Version, who: str):
    """Another version: items removed, added, moved; fields set and taken away; ids stay with their items."""
    typed = (f"{who} typed {number}" for number in count())

    def edit(value, path):
        if isinstance(value, dict):
            kept = {key: child for key, child in value.items() if draw(st.integers(0, 9)) > 0}
            grown = {key: edit(child, paths.child(path, key)) for key, child in kept.items()}
            if draw(st.integers(0, 4)) == 0:
                grown[draw(KEYS)] = next(typed)
            return grown
        if isinstance(value, list):
            entries = [edit(child, paths.child(path, index)) for index, child in enumerate(value)]
            return [*entries, next(typed)] if draw(st.integers(0, 4)) == 0 else entries
        return next(typed) if draw(st.integers(0, 4)) == 0 else value

    def arrange(document):
        """Leave out and move items of the lists at the root, which keeps the ids easy to follow."""
        ids = dict(ensure_ids(document, start.item_ids))
        for key, value in document.items():
            at = paths.child("", key)
            if not isinstance(value, list) or at not in ids:
                continue
            if any(path.startswith(f"{at}.") for path in ids):
                continue
            entries = [entry for entry in zip(ids[at], value, strict=True) if draw(st.integers(0, 9)) > 0]
            entries = draw(st.permutations(entries))
            ids[at], document[key] = [entry[0] for entry in entries], [entry[1] for entry in entries]
        return Version(document, ids)

    return arrange(edit(start.document, ""))


@given(ROOTS, ROOTS)
def test_a_side_that_changed_nothing_gives_way(base, other):
    before, after = version(base), version(other)
    for merged in (merge(before, before, after), merge(before, after, before)):
        assert merged.conflicts == ()
        assert blank_free(merged.document) == blank_free(other)


@given(ROOTS, ROOTS)
def test_two_equal_sides_are_the_result(base, side):
    merged = merge(version(base), version(side), version(side))
    assert (merged.conflicts, same(blank_free(merged.document), blank_free(side))) == ((), True)


@settings(max_examples=300)
@given(st.data(), ROOTS)
def test_whatever_anybody_typed_is_in_the_result_or_in_a_conflict(data, base):
    start = version(base)
    mine, theirs = data.draw(edited(start, "I")), data.draw(edited(start, "they"))
    merged = merge(start, mine, theirs)
    found = set(texts(merged.document))
    for conflict in merged.conflicts:
        found |= {*texts(conflict.mine), *texts(conflict.theirs)}
    assert {*typed_in(mine), *typed_in(theirs)} <= found


@given(st.data(), ROOTS)
def test_choosing_a_side_everywhere_leaves_no_conflict(data, base):
    start = version(base)
    mine, theirs = data.draw(edited(start, "I")), data.draw(edited(start, "they"))
    merged = merge(start, mine, theirs)
    for side in ("mine", "theirs"):
        choices = {conflict.key: side for conflict in merged.conflicts}
        # a choice can open what lies below it, never what was settled
        again = merge(start, mine, theirs, choices)
        assert not {conflict.key for conflict in again.conflicts} & set(choices)


@given(ROOTS, KEYS, KEYS, SCALARS.filter(lambda value: value is not None))
def test_edits_of_different_fields_never_conflict(base, mine_key, their_key, value):
    if mine_key == their_key or {mine_key, their_key} == {"volume", "volume_unit"}:
        return
    mine, theirs = {**base, mine_key: value}, {**base, their_key: value}
    before = version(base)
    merged = merge(before, Version(mine, before.item_ids), Version(theirs, before.item_ids))
    assert merged.conflicts == ()
    assert same(merged.document[mine_key], value)
    assert same(merged.document[their_key], value)


def typed_in(side):
    return [text for text in texts(side.document) if " typed " in text]


def texts(value):
    if isinstance(value, dict | list):
        return [text for child in (value.values() if isinstance(value, dict) else value) for text in texts(child)]
    return [value] if isinstance(value, str) else []


def blank_free(value):
    """Null and absent are one for a merge."""
    if isinstance(value, dict):
        return {key: blank_free(child) for key, child in value.items() if child is not None}
    if isinstance(value, list):
        return [blank_free(child) for child in value]
    return value
