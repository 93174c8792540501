"""Reads the first table of a CSV or XLSX file as text, a line at a time."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from metadata_portal.foundation.sheets.cells import as_meant
from metadata_portal.foundation.sheets.checks import LIMITS, ZIP, BadFile, Limits, check_file

_DELIMITERS: Final = (",", ";", "\t")
_MIDNIGHT: Final = time()


@dataclass(frozen=True)
class Table:
    """The names of the columns, and the rows below with their numbers in the file; a cell is text, `""` if empty."""

    columns: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(content: bytes, limits: Limits = LIMITS) -> Table:
    """Read a file; raises BadFile for one that must not or cannot be read."""
    check_file(content, limits)
    lines = _of_workbook(content) if content.startswith(ZIP) else _of_csv(content)
    numbered = ((number, _cells(line, number, limits)) for number, line in enumerate(lines, 1))
    header = next(((number, cells) for number, cells in numbered if any(cells)), None)
    if header is None:
        raise BadFile("The file has no rows: the first one names the columns.")
    columns = [" ".join(cell.split()) for cell in _without_empty_end(header[1])]
    rows = []
    most = limits.rows + header[0]
    for number, cells in islice(numbered, limits.rows + 1):
        if number > most:
            raise BadFile(f"The file has more than {limits.rows:,} rows. Split it into several.")
        if any(cells):
            rows.append((number, cells))
    return Table(columns, rows)


def _cells(line: Iterable[Any], number: int, limits: Limits) -> list[str]:
    cells = [as_meant(_text(value)) for value in line]
    if len(cells) > limits.columns:
        cells = _without_empty_end(cells)
        if len(cells) > limits.columns:
            raise BadFile(f"Row {number} has {len(cells)} columns; up to {limits.columns} are read.")
    longest = max(map(len, cells), default=0)
    if longest > limits.cell:
        raise BadFile(f"Row {number} has a cell of {longest:,} characters; up to {limits.cell:,} are read.")
    return cells


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _text(value: Any) -> str:
    """Return a cell as somebody would type it: whole numbers without a point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact below
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _of_csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile(f"Line {lines.line_num} is no row of a CSV file: {error}.") from error
        yield line


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadFile("The file is no UTF-8 text: save it as “CSV UTF-8”, or as .xlsx.") from error


def _of_workbook(content: bytes) -> Iterator[tuple[Any, ...]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - its memory is for whoever reads workbooks

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # what the sheet says of its size is not believed
            sheet.reset_dimensions()
            yield from sheet.iter_rows(values_only=True)
        finally:
            book.close()
    except (BadFile, MemoryError):
        raise
    except Exception as error:
        raise BadFile("The workbook cannot be read: open it in a spreadsheet program and save it again.") from error
