"""Blocks from a spreadsheet: where each cell goes, what is refused, and that nothing is dropped."""

from __future__ import annotations

import pytest

from metadata_portal.errors import FormError
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.pasting import cells_of
from metadata_portal.schemaforms.posting import apply
from tests.metadata_portal.schemaforms.samples import INJECTION, form_at, surgery

DYNAMICS = f"{INJECTION}.dynamics"
CONTACTS = "components.0.channels"


def paste(document, at, block, cell="", kind="procedures"):
    """Paste into a list: at a cell ("0.volume" is the first row's volume), or as new rows."""
    form = form_at(kind, document, at)
    row, _, name = cell.partition(".")
    named = f"{document.item_ids[at][int(row)]}.{name}" if cell else ""
    edited = apply(kind, document.json, document.item_ids, form.data(do="paste", block=block, cell=named))
    return Document(edited.document, edited.item_ids)


def volumes(document):
    return [(row.get("volume"), row.get("duration")) for row in document.get(DYNAMICS)]


def rig(channels=()):
    device = {"object_type": "DAQ device", "name": "DAQ 1", "channels": list(channels)}
    return Document({"object_type": "Instrument", "components": [device]}).with_ids()


@pytest.mark.parametrize(
    ("block", "cells"),
    [
        ("a\tb\nc\td\n", [("a", "b"), ("c", "d")]),
        ('"two\nlines"\tb', [("two\nlines", "b")]),
        ('"say ""so"""\tb', [('say "so"', "b")]),
        ('5" disc\tb', [('5" disc', "b")]),
        ('"never closed\tb\nc\td', [('"never closed', "b"), ("c", "d")]),
        ("a\t\t\nb\t\t\n\t\t\n\n", [("a",), ("b",)]),
        ("a\n\nb", [("a",), (), ("b",)]),
        ("\t\n\t", []),
    ],
)
def test_a_block_is_taken_apart_as_spreadsheets_write_it(block, cells):
    assert cells_of(block) == cells


def test_cells_go_to_the_right_and_down_and_rows_are_added():
    after = paste(
        surgery(),
        DYNAMICS,
        "100\tnanoliter\t5\tminute\n200\tnanoliter\t6\tminute\n300\tnanoliter\t7\tminute",
        "1.volume",
    )
    assert volumes(after) == [(150.0, None), (100, 5), (200, 6), (300, 7)]
    assert after.get(f"{DYNAMICS}.1.profile") == "Pulsed"
    assert after.get(f"{DYNAMICS}.3") == {
        "object_type": "Injection dynamics",
        "volume": 300,
        "volume_unit": "nanoliter",
        "duration": 7,
        "duration_unit": "minute",
    }


def test_rows_that_were_there_keep_their_ids():
    before = surgery()
    after = paste(before, DYNAMICS, "1\n2\n3", "0.volume")
    assert after.item_ids[DYNAMICS][:2] == before.item_ids[DYNAMICS]
    assert len(set(after.item_ids[DYNAMICS])) == 3


def test_units_that_the_block_does_not_give_are_stepped_over():
    after = paste(surgery(), DYNAMICS, "100\t5\n200\t6", "0.volume")
    assert volumes(after) == [(100, 5), (200, 6)]


def test_units_may_be_written_as_signs():
    after = paste(surgery(), DYNAMICS, "1\tµL\n2\tnl", "0.volume")
    assert [row["volume_unit"] for row in after.get(DYNAMICS)] == ["microliter", "nanoliter"]


def test_without_a_cell_a_block_becomes_new_rows():
    assert len(paste(surgery(), DYNAMICS, "Bolus\t1\nBolus\t2").get(DYNAMICS)) == 4


def test_a_first_line_with_names_says_which_column_is_which():
    after = paste(surgery(), DYNAMICS, "Duration (min)\tprofile\tVolume [nL]\n5\tbolus\t100", "0.volume")
    first = after.get(f"{DYNAMICS}.0")
    assert (first["duration"], first["duration_unit"]) == (5, "minute")
    assert (first["volume"], first["volume_unit"], first["profile"]) == (100, "nanoliter", "Bolus")


@pytest.mark.parametrize(
    "block",
    [
        "Volume (cups)\tDuration\n1\t2",  # a unit that cannot be kept
        "Volume\tDuration\tRemarks\n1\t2\twell",  # a column without a place
        "Volume\tvolume\n1\t2",  # one column twice
        "1\t2\t3\t4\t5\t6\t7\t8\t9",  # more columns than fields
        "",
        "\t\t\n",
    ],
)
def test_a_block_that_does_not_fit_is_refused_as_a_whole(block):
    with pytest.raises(FormError) as refused:
        paste(surgery(), DYNAMICS, block, "0.volume")
    assert refused.value.field == "block"


def test_what_cannot_be_read_stays_as_typed_at_its_cell():
    after = paste(surgery(), DYNAMICS, "1,5\nabout two\n=A1", "0.volume")
    assert [row["volume"] for row in after.get(DYNAMICS)] == ["1,5", "about two", "=A1"]


def test_quantities_are_read_as_in_the_fields():
    after = paste(surgery(), DYNAMICS, "1.5 uL\t2 min\n0.2 µL\t90 s", "0.volume")
    rows = [
        [row[name] for name in ("volume", "volume_unit", "duration", "duration_unit")] for row in after.get(DYNAMICS)
    ]
    assert rows == [[1.5, "microliter", 2, "minute"], [0.2, "microliter", 90, "second"]]


def test_a_decimal_comma_is_read_where_the_language_has_it():
    document = surgery()
    data = form_at("procedures", document, DYNAMICS).data(do="paste", block="Bolus\t1,5", comma="1")
    edited = apply("procedures", document.json, document.item_ids, data)
    assert Document(edited.document).get(f"{DYNAMICS}.2.volume") == 1.5


def test_an_empty_cell_empties_and_a_short_row_leaves_alone():
    after = paste(surgery(), DYNAMICS, "\t5\n7", "0.volume")
    assert volumes(after) == [(None, 5), (7, None)]


def test_text_keeps_its_line_ends():
    after = paste(rig(), CONTACTS, 'Channel name\tPort\n"one\ntwo"\tA', kind="instrument")
    assert after.get(f"{CONTACTS}.0") == {"object_type": "DAQ channel", "channel_name": "one\ntwo", "port": "A"}


def test_two_thousand_rows_are_all_there():
    block = "\n".join(f"ch{number}\tDigital Input" for number in range(2000))
    rows = paste(rig(), CONTACTS, block, kind="instrument").get(CONTACTS)
    assert [row["channel_name"] for row in rows] == [f"ch{number}" for number in range(2000)]


def test_too_many_rows_are_refused():
    with pytest.raises(FormError, match="5,001 rows"):
        paste(rig(), CONTACTS, "\n".join(["x"] * 5001), kind="instrument")


def test_depths_are_pasted_too():
    after = paste(surgery(), f"{INJECTION}.coordinates", "-2.5\t1.2\t0\t0\t3.1\n-2.5\t1.2\t0\t0\t3.3")
    assert [entry[2]["translation"][2] for entry in after.get(f"{INJECTION}.coordinates")] == [2.7, 2.9, 3.1, 3.3]


def test_the_fields_of_the_form_are_saved_with_the_block():
    document = surgery()
    form = form_at("procedures", document, DYNAMICS)
    typed = {form.paths[f"{DYNAMICS}.0.volume"]: "88"}
    edited = apply("procedures", document.json, document.item_ids, form.data(do="paste", block="Bolus\t1", **typed))
    assert [row.get("volume") for row in Document(edited.document).get(DYNAMICS)] == [88, None, 1]


def test_nothing_but_rows_takes_a_block():
    with pytest.raises(FormError):
        apply("procedures", surgery().json, {}, {"at": INJECTION, "do": "paste", "block": "1"})
