"""Writes tables in which a spreadsheet program computes nothing."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from metadata_portal.foundation.sheets.cells import neutral

Row = Iterable[Any]
FORMATS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ROWS_A_PIECE: Final = 200
_WIDEST: Final = 60


def csv_lines(rows: Iterable[Row], *, mark: bool = True) -> Iterator[str]:
    """Yield a CSV file in pieces; with the mark by which Excel knows UTF-8, unless told otherwise."""
    held = io.StringIO()
    if mark:
        held.write("\ufeff")
    writer = csv.writer(held, lineterminator="\r\n")
    for number, row in enumerate(rows, 1):
        writer.writerow([neutral(_text(value)) for value in row])
        if number % _ROWS_A_PIECE == 0:
            yield held.getvalue()
            held.seek(0)
            held.truncate()
    yield held.getvalue()


def workbook(title: str, rows: Iterable[Row], hints: Iterable[Row] = ()) -> bytes:
    """Return an XLSX file with one table, its first row kept in view; `hints` make a second sheet to read."""
    from openpyxl import Workbook  # noqa: PLC0415 - its memory is for whoever writes workbooks

    book = Workbook(write_only=True)
    for name, lines in ((title, rows), ("About", hints)):
        listed = [[_text(value) for value in line] for line in lines]
        if not listed:
            continue
        sheet = book.create_sheet(_sheet_title(name))
        sheet.freeze_panes = "A2"
        for at, width in enumerate(_widths(listed), 1):
            sheet.column_dimensions[_letters(at)].width = width
        for number, line in enumerate(listed):
            sheet.append([_cell(sheet, text, bold=number == 0) for text in line])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def table_response(name: str, form: str, rows: Iterable[Row], hints: Iterable[Row] = ()) -> HttpResponseBase:
    """Answer with a table to download; `name` is ours, `form` is csv or xlsx."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"}
    if form == "csv":
        return StreamingHttpResponse(csv_lines(rows), content_type=FORMATS["csv"], headers=headers)
    return HttpResponse(workbook(name, rows, hints), content_type=FORMATS["xlsx"], headers=headers)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _cell(sheet: Any, text: str, *, bold: bool) -> Any:
    """A cell that says it is text: what begins with `=` is no formula then."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.styles import Font  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, value="")
    cell._value, cell.data_type = text, "s"  # noqa: SLF001 - `value` would read the text and make a formula of it
    if bold:
        cell.font = Font(bold=True)
    return cell


def _sheet_title(name: str) -> str:
    return "".join(character for character in name if character not in r"[]:*?/\\")[:31] or "Table"


def _widths(rows: list[list[str]]) -> list[int]:
    columns = max(map(len, rows), default=0)
    return [
        min(_WIDEST, 2 + max((len(row[at]) for row in rows[:_ROWS_A_PIECE] if at < len(row)), default=0))
        for at in range(columns)
    ]


def _letters(number: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    return str(get_column_letter(number))
