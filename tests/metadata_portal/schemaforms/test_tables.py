"""Lists of small structs as tables: which lists are, what a page shows of a long one, problems at their cells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import schema_core
from metadata_portal.schemaforms import depths, sections, tree
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.posting import apply
from schema_core.errors import Problem
from schema_core.introspect import describe
from tests.metadata_portal.schemaforms.reach import reach
from tests.metadata_portal.schemaforms.samples import INJECTION, change, form_at, page, send, surgery

DYNAMICS = f"{INJECTION}.dynamics"
DOCS = Path(__file__).resolve().parents[3] / "docs" / "forms.md"


def fields():
    structs = {
        tree.place_at(describe(schema_core.KINDS[kind]), document.json, path).shape
        for kind in schema_core.KINDS
        for document, path in reach(kind)
    }
    return [entry for struct in structs for entry in struct.fields if not entry.constant]


def listed(head):
    """The rows of a table of the docs: its first column, and the names in its second."""
    lines = DOCS.read_text(encoding="utf-8").split(f"| {head} |")[1].split("\n\n")[0].splitlines()[2:]
    cells = (line.strip("| ").split(" | ") for line in lines)
    return {first: set(re.findall(r"`(\w+)`", second)) for first, second, *_ in cells}


def test_the_docs_list_every_table_of_the_standard():
    found = {}
    for entry in fields():
        if sections.is_rows(entry.shape) and not depths.is_depth_list(entry.shape):
            found.setdefault(entry.shape.item.title, set()).add(entry.name)
    assert listed("rows of") == found


def test_the_docs_list_every_field_that_names_something():
    found = {}
    for entry in fields():
        if entry.refers_to:
            found.setdefault(entry.refers_to, set()).add(entry.name)
    assert listed("what is named") == found


def test_a_problem_stands_in_its_cell():
    problem = Problem(f"{DYNAMICS}.1.volume", "number", "Not a number")
    drawn = page("procedures", surgery(), INJECTION, [problem]).drawn
    cell = re.search(rf'<div class="sf-cell [^"]*" data-field="{DYNAMICS}.1.volume">.*?</div></div>', drawn)[0]
    assert f'data-problem-path="{DYNAMICS}.1.volume">Not a number<' in cell
    assert 'aria-invalid="true"' in cell


def test_a_problem_of_a_row_stands_in_the_row():
    problem = Problem(f"{DYNAMICS}.1", "missing", "Give one")
    drawn = page("procedures", surgery(), INJECTION, [problem]).drawn
    row = drawn.split(f'data-node="{DYNAMICS}.1"')[1].split("</tbody>")[0]
    assert f'data-problem-path="{DYNAMICS}.1">Give one<' in row


def test_every_cell_is_named_by_its_column_and_row():
    drawn = page("procedures", surgery(), INJECTION).drawn
    named = re.findall(rf'data-path="{DYNAMICS}.1.(\w+)"[^>]*aria-label="([^"]*)"', drawn)
    assert dict(named) | {"volume": "Volume, row 2", "profile": "Profile, row 2"} == dict(named)
    assert len(named) == 8


def long_list(size):
    many = [{"object_type": "Injection dynamics", "profile": "Bolus", "volume": number} for number in range(size)]
    return surgery().put(DYNAMICS, many).with_ids()


@pytest.mark.parametrize("row", [0, 18, 19, 150, 199])
def test_a_page_of_a_long_list_shows_the_row_that_was_asked_for(row):
    shown = re.findall(rf'data-node="{DYNAMICS}.(\d+)"', page("procedures", long_list(200), f"{DYNAMICS}.{row}").drawn)
    assert str(row) in shown
    assert len(shown) <= sections.MAX_ROWS


def test_saving_a_page_of_a_long_list_leaves_the_other_rows():
    document = long_list(200)
    form = form_at("procedures", document, DYNAMICS, at=f"{DYNAMICS}.150")
    after = send("procedures", document, form, **{f"{DYNAMICS}.150.volume": "7"})
    assert [row["volume"] for row in after.get(DYNAMICS)] == [*range(150), 7, *range(151, 200)]


def test_a_save_comes_back_to_the_rows_that_were_shown():
    document = long_list(200)
    form = form_at("procedures", document, DYNAMICS, at=f"{DYNAMICS}.150")
    edited = apply("procedures", document.json, document.item_ids, form.data(do="save"))
    first = int(edited.at.rpartition(".")[2])
    assert edited.at.startswith(f"{DYNAMICS}.")
    assert first <= 150 < first + sections.MAX_ROWS


def test_after_a_save_the_cells_that_are_shown_are_drawn_anew():
    document = long_list(200)
    editor = page("procedures", document, INJECTION, [Problem(f"{DYNAMICS}.150.volume", "x", "Late one")])
    editor.opened = [INJECTION, f"{DYNAMICS}.133"]
    ids = document.ids_at(DYNAMICS)
    slot = re.search(rf'id="[\w-]*-{ids[150]}-volume-problems" hx-swap-oob="true">(.*?)</div>', editor.updates)[1]
    assert "Late one" in slot
    assert f"-{ids[0]}-volume-problems" not in editor.updates


def test_an_item_that_holds_more_than_a_row_shows_is_a_line():
    section = {"object_type": "Section", "output_specimen_id": "1"}
    old = {**section, "start_coordinate": {"object_type": "Translation", "translation": [1, 2, 3]}}
    details = [{"object_type": "Sectioning", "sections": [section, old]}]
    procedure = {"object_type": "Specimen procedure", "procedure_details": details}
    document = Document({"object_type": "Procedures", "specimen_procedures": [procedure]}).with_ids()
    at = "specimen_procedures.0.procedure_details.0"
    drawn = page("procedures", document, at).drawn
    assert f'<tbody class="sf-table-row" data-item="{document.ids_at(f"{at}.sections")[0]}"' in drawn
    assert f'id="c-{sections.prefix_of(f"{at}.sections.1")}"' in drawn
    assert page("procedures", document, f"{at}.sections.1.start_coordinate").page.path.startswith(f"{at}.sections.1")


def test_units_read_as_signs_and_are_stored_as_words():
    drawn = page("procedures", surgery(), INJECTION).drawn
    assert '<option value="nanoliter">nL</option>' in drawn
    assert change(surgery(), DYNAMICS, {"0.volume_unit": "nanoliter"}).get(f"{DYNAMICS}.0.volume_unit") == "nanoliter"


def test_what_is_said_of_other_rows_is_a_link_and_stands_on_their_page():
    document = long_list(200)
    problems = [Problem(f"{DYNAMICS}.{row}.volume", "number", f"Row {row} is wrong") for row in range(3, 200, 4)]
    drawn = page("procedures", document, f"{DYNAMICS}.0", problems).drawn
    assert set(re.findall(r"Row (\d+) is wrong", drawn)) == {"3", "7", "11", "15"}
    assert re.findall(r"dynamics\.(\d+)\">(\d+)</a>", drawn)[0] == ("19", "20")
    assert "and 34 more" in drawn
    assert "Row 199 is wrong" in page("procedures", document, f"{DYNAMICS}.199", problems).drawn
