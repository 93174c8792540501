"""What differs, in the words of the forms: every place is told, none twice, long lists are folded."""

from __future__ import annotations

import copy
import json
import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from metadata_portal.entries.differences import differences
from metadata_portal.entries.kinds import KINDS
from metadata_portal.entries.merge import Version
from metadata_portal.entries.telling import MOST_LINES, SHOWN_LINES, tell
from metadata_portal.schemaforms.documents import ensure_ids
from schema_core import load
from tests.calls import calls_made
from tests.conformance.peer import all_examples
from tests.metadata_portal.entries.documents import STRAIN, procedures, subject, surgery

INJECTION = {
    "object_type": "Brain injection",
    "coordinate_system_name": "BREGMA_ARID",
    "injection_materials": [],
    "dynamics": [{"object_type": "Injection dynamics", "profile": "Bolus", "volume": 50.0, "volume_unit": "nanoliter"}],
    "coordinates": [
        [
            {"object_type": "Translation", "translation": [-2.0, 1.0, 0.0], "reference_coordinate_system": "global"},
            {
                "object_type": "Rotation",
                "angles": [0.0, 10.0, 0.0],
                "angles_unit": "degrees",
                "axis_order": "xyz",
                "rotation_direction": "right_hand",
                "reference_coordinate_system": "local",
                "pivot": "local",
            },
            {"object_type": "Translation", "translation": [0.0, 0.0, 3.0], "reference_coordinate_system": "local"},
        ]
    ],
}
PROCEDURES = "Subject procedures > 1. Surgery · 2026-01-15 > Procedures"


def with_ids(document) -> Version:
    return Version(document, ensure_ids(document, {}))


def lines(kind, old, new, **options):
    """Each line as (what, way, label, before, now)."""
    ids = ensure_ids(old, {})
    told = tell(kind, Version(old, ids), Version(new, ensure_ids(new, ids)), **options)
    return [
        (
            line.what,
            " > ".join(group.trail),
            line.label,
            (line.before.text or line.before.label) if line.before else "",
            (line.after.text or line.after.label) if line.after else "",
        )
        for group in told.groups
        for line in group.lines
    ]


def injected(change=None):
    node = copy.deepcopy(INJECTION)
    if change:
        change(node)
    return procedures(surgery(procedures=[node]))


def test_a_number_is_told_with_its_unit_under_the_way_to_it():
    def more(node):
        node["dynamics"][0]["volume"] = 60.0

    assert lines("procedures", injected(), injected(more)) == [
        (
            "changed",
            f"{PROCEDURES} > 1. Brain injection > Deliveries > 1. Injection dynamics",
            "Volume",
            "50 nanoliter",
            "60 nanoliter",
        )
    ]


def test_a_unit_that_changed_is_told_beside_its_number():
    def other(node):
        node["dynamics"][0]["volume_unit"] = "microliter"

    assert [line[2:] for line in lines("procedures", injected(), injected(other))] == [
        ("Volume", "50 nanoliter", "50 microliter")
    ]


def test_a_number_and_its_unit_that_changed_together_are_one_line():
    def both(node):
        node["dynamics"][0] |= {"volume": 0.05, "volume_unit": "microliter"}

    assert [line[2:] for line in lines("procedures", injected(), injected(both))] == [
        ("Volume", "50 nanoliter", "0.05 microliter")
    ]


def test_a_depth_is_told_as_surgeons_say_it():
    def deeper(node):
        node["coordinates"][0][2]["translation"] = [0.0, 0.0, 3.5]

    ((what, _, _, before, after),) = lines("procedures", injected(), injected(deeper))
    assert what == "changed"
    assert before.endswith("depth 3")
    assert after.endswith("depth 3.5")


def test_a_term_is_one_value():
    other = {**STRAIN, "name": "BALB/c", "registry_identifier": "MGI:2159737"}
    assert lines("subject", subject(), subject(strain=other)) == [
        ("changed", "Details", "Strain", "C57BL/6J", "BALB/c")
    ]


def test_another_kind_of_procedure_in_its_place_is_told_as_two_wholes():
    old = procedures(surgery(procedures=[{"object_type": "Perfusion", "protocol_id": "p"}]))
    new = procedures(surgery(procedures=[{"object_type": "Craniotomy", "protocol_id": "p"}]))
    ((what, way, _, before, after),) = lines("procedures", old, new)
    assert (what, way) == ("changed", PROCEDURES)
    assert (before.startswith("Perfusion"), after.startswith("Craniotomy")) == (True, True)


def test_what_was_not_filled_in_before_is_added_and_what_is_emptied_is_removed():
    assert lines("procedures", procedures(notes=None), procedures(notes="a")) == [("added", "", "Notes", "", "a")]
    assert lines("procedures", procedures(notes="a"), procedures(notes=None)) == [("removed", "", "Notes", "a", "")]


def test_what_one_side_writes_as_empty_is_counted_and_not_told():
    bare, written = procedures(), procedures(notes=None)
    bare.pop("notes", None)
    ids = ensure_ids(bare, {})
    told = tell("procedures", Version(bare, ids), Version(written, ids))
    assert (told.is_same, told.blanks, told.groups) == (True, 1, [])


def test_an_item_that_moved_says_from_where_to_where():
    old = with_ids(procedures(surgery("2026-01-01"), surgery("2026-01-02"), surgery("2026-01-03")))
    ids = old.item_ids["subject_procedures"]
    items = old.document["subject_procedures"]
    document = {**old.document, "subject_procedures": [items[2], items[0], items[1]]}
    new = Version(document, {"subject_procedures": [ids[2], ids[0], ids[1]]})
    (group,) = tell("procedures", old, new).groups
    (line,) = group.lines
    assert (line.what, line.label, line.note) == ("moved", "1. Surgery · 2026-01-03", "from place 3 to place 1")


def test_long_lists_are_folded_and_very_long_ones_counted():
    def metrics(count):
        return {"metrics": [{"object_type": "QC metric", "name": f"m{n}", "value": n} for n in range(count)]}

    told = tell("quality_control", with_ids(metrics(0)), with_ids(metrics(40)))
    assert [group.trail for group in told.groups] in ([("Metrics",)], [()])
    old, new = with_ids(metrics(1)), metrics(40)
    told = tell("quality_control", old, Version(new, ensure_ids(new, old.item_ids)))
    (group,) = told.groups
    assert (len(group.shown), len(group.folded), told.left_out) == (SHOWN_LINES, 39 - SHOWN_LINES, 0)
    new = metrics(1_001)
    told = tell("quality_control", old, Version(new, ensure_ids(new, old.item_ids)))
    assert (told.counts, told.left_out) == ({"added": 1_000}, 1_000 - MOST_LINES)
    whole = tell("quality_control", old, Version(new, ensure_ids(new, old.item_ids)), whole=True)
    assert (sum(len(group.lines) for group in whole.groups), whole.left_out) == (1_000, 0)


def test_a_long_text_is_shown_where_it_changed():
    text = "word " * 1_000
    ((_, _, _, before, after),) = lines(
        "procedures", procedures(notes=text + "A" + text), procedures(notes=text + "B" + text)
    )
    assert before == f"…{text[-80:]}A{text[:80]}…"
    assert after == f"…{text[-80:]}B{text[:80]}…"
    ((_, _, _, _, whole),) = lines("procedures", procedures(notes="x"), procedures(notes=text), whole=True)
    assert whole == text


@cache
def known_documents():
    found = [(kind, text) for kind, text in all_examples().values() if kind in KINDS and len(text) < 60_000]
    assert len({kind for kind, _ in found}) == len(KINDS)
    return found


def leaves(root):
    return [found for found in root.flat() if not found.is_blank]


def spoiled(document, chance, times):
    """The document with some values changed, items taken out, doubled and mixed."""
    document = copy.deepcopy(document)
    for _ in range(times):
        holder = document
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = chance.choice(keys)
            below = holder[key]
            if isinstance(below, dict | list) and below and chance.random() < 0.85:
                holder = below
                continue
            break
        if isinstance(holder, list):
            do = chance.choice(["drop", "double", "mix", "set"])
            if do == "drop" and len(holder) > 1:
                del holder[key]
            elif do == "double":
                holder.insert(chance.randint(0, len(holder)), copy.deepcopy(below))
            elif do == "mix":
                chance.shuffle(holder)
            else:
                holder[key] = chance.choice([None, 7, "other", {}, [], [1]])
        elif chance.random() < 0.2:
            del holder[key]
            holder["extra.key"] = below
        else:
            holder[key] = chance.choice([None, 7, 0.5, "other", True, {}, [], ["x"], {"a": 1}])
        if not document:
            return document
    return document


@settings(max_examples=150)
@given(st.integers(), st.integers(1, 6), st.booleans())
def test_every_place_that_differs_is_told_whatever_the_document_says(seed, times, keep_ids):
    chance = random.Random(seed)
    kind, text = chance.choice(known_documents())
    old = json.loads(text)
    new = spoiled(old, chance, times)
    ids = ensure_ids(old, {}) if keep_ids else {}
    sides = Version(old, ids), Version(new, ensure_ids(new, ids) if keep_ids else {})
    told = tell(kind, *sides, whole=True)
    at = {line.path for group in told.groups for line in group.lines}
    for found in leaves(differences(*sides)):
        around = {found.old_path, found.new_path} - {""}
        above = {path[:end] for path in around for end in (*(n for n, c in enumerate(path) if c == "."), len(path))}
        is_unit = found.path.rpartition(".")[2].endswith("unit")
        assert at & above or (
            is_unit and any(path.rpartition(".")[0] == found.path.rpartition(".")[0] for path in at)
        ), found
    assert sum(told.counts.values()) >= (1 if leaves(differences(*sides)) else 0)


def test_a_valid_document_and_its_written_out_text_say_the_same():
    text = json.loads(load(subject(), "subject").model_dump_json())
    told = tell("subject", with_ids(text), with_ids(copy.deepcopy(text)))
    assert told.is_same


def test_telling_costs_in_step_with_the_document():
    """Four times the items cost about four times as much."""

    def cost(size):
        old = {"metrics": [{"object_type": "QC metric", "name": f"m{n}", "value": n} for n in range(size)]}
        new = {"metrics": [{**item, "value": -1} for item in reversed(old["metrics"])]}
        return calls_made(lambda: tell("quality_control", Version(old), Version(new), whole=True))

    assert cost(4_000) < 6 * cost(1_000)
