"""A post beside the document as it is now."""

import json

from metadata_portal.schemaforms.comparing import compare
from metadata_portal.schemaforms.sections import digest

STREAM = "data_streams-0"
NAMES = f"{STREAM}-active_devices"
SHOWN = {NAMES: ["A"], f"{STREAM}-notes": ["before"]}


def compared(devices, notes, **fields):
    document = {"data_streams": [{"object_type": "Data stream", "active_devices": devices, "notes": notes}]}
    post = {"at": "data_streams.0", "digest": digest(SHOWN), "seen": json.dumps(SHOWN), **fields}
    found = compare("acquisition", document, {}, {name: [text] for name, text in post.items()})
    return {entry.name: entry for entry in found.typed}


def test_only_what_was_typed_and_is_not_there_yet_differs():
    found = compared(["A"], "after", **{f"{NAMES}-0": "A", f"{NAMES}-1": "", f"{STREAM}-notes": "after"})
    assert found == {}


def test_a_field_that_changed_on_both_sides_is_a_conflict_and_one_that_changed_here_is_none():
    found = compared(["A"], "theirs", **{f"{NAMES}-0": "A", f"{NAMES}-1": "B", f"{STREAM}-notes": "mine"})
    names, notes = found[NAMES], found[f"{STREAM}-notes"]
    assert (notes.is_conflict, notes.mine, notes.theirs) == (True, ("mine",), ("theirs",))
    assert (names.is_conflict, names.path) == (False, "data_streams.0.active_devices")
    assert names.fields == ((f"{NAMES}-0", "A"), (f"{NAMES}-1", "B"))


def test_what_only_others_changed_is_not_shown():
    assert compared(["C"], "theirs", **{f"{NAMES}-0": "A", f"{STREAM}-notes": "before"}) == {}
