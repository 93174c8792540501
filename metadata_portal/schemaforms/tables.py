"""A list of small structs as one table: a head with labels and units, a row an item, cells with their problems."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import drawing
from metadata_portal.schemaforms.controls import Control
from metadata_portal.schemaforms.forms import ControlField, SectionForm
from metadata_portal.schemaforms.markup import html, join, joined
from metadata_portal.schemaforms.widgets import SelectWidget
from schema_core import paths
from schema_core.quantities import KINDS, symbol
from schema_core.quantities.units import within

if TYPE_CHECKING:
    from metadata_portal.schemaforms.nodes import Node, Row

_EMPTY: Final = SafeString("")
_TABLE: Final = (
    '<div class="sf-table-room"><table class="sf-table" data-table="{0}"><caption class="visually-hidden">{1}</caption>'
    '<thead><tr><th scope="col" class="sf-table-edge"><span class="visually-hidden">Row</span></th>{2}</tr></thead>'
    "{3}</table></div>{4}"
)
_HEAD: Final = '<th scope="col" title="{}">{}{}</th>'
_ROW: Final = (
    '<tbody class="sf-table-row{0}" data-item="{1}" data-node="{2}"><tr><th scope="row">'
    '<div class="sf-table-tools"><span class="sf-table-number">{3}</span>{5}</div></th>{4}</tr>'
    '<tr class="sf-table-said"><td colspan="{6}"><div class="sf-slot" id="{7}-problems">{8}</div></td></tr></tbody>'
)
_CELL: Final = '<div class="sf-cell {}" data-field="{}">{}<div class="sf-slot" id="{}">{}</div></div>'
_KEPT: Final = SafeString('<span class="sf-kept" title="Submitted: it stays as it is">submitted</span>')
_MOST_LINKS: Final = 12
_STAR: Final = SafeString('<span class="sf-required" aria-hidden="true">*</span>')
_PASTE: Final = (
    '<details class="sf-paste" id="{0}-paste"><summary class="btn btn-sm btn-light">Paste rows…</summary>'
    '<p class="form-text" id="{0}-paste-help">Copy cells in a spreadsheet and paste them into a cell of the table:'
    " they fill the cells to the right and below. Or paste them here: they become new rows. A first line with the names"
    " of the columns says which is which.</p>"
    '<input type="hidden" name="cell" value=""><textarea class="form-control" name="block" rows="4"'
    ' aria-label="Rows to paste into {1}" aria-describedby="{0}-paste-help" spellcheck="false"></textarea>'
    '<button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="paste">Paste</button></details>'
)


def draw_table(node: "Node") -> SafeString:
    """Draw the rows of a list that one page shows."""
    rows = [(row, row.form) for row in node.rows if row.form]
    if not rows:
        return _EMPTY
    columns = _columns([form for _, form in rows])
    heads = join(_HEAD, (_head([control for control in column if control]) for column in columns))
    body = joined(_row(node, row, form, columns) for row, form in rows)
    return html(_TABLE, node.path, node.title, heads, body, _shared_lists(node, rows[0][1]))


def draw_pager(node: "Node") -> SafeString:
    """Say which rows are shown, with links to the others; nothing where all are."""
    size, step = node.size, node.rows_shown
    if size <= step:
        return _EMPTY
    last = min(node.first + step, size)
    starts = {"First": 0, "Previous": node.first - step, "Next": node.first + step, "Last": (size - 1) // step * step}
    shown = [
        (node.editor.context.link(paths.child(node.path, start)), label)
        for label, start in starts.items()
        if 0 <= start < size and start != node.first
    ]
    links = join('<a class="btn btn-sm btn-light" href="{}">{}</a>', shown)
    return html(
        '<nav class="sf-pager" aria-label="Rows of {}"><span>Rows {} to {} of {}</span>{}{}</nav>',
        node.title,
        node.first + 1,
        last,
        f"{size:,}",
        links,
        draw_elsewhere(node),
    )


def draw_elsewhere(node: "Node", more: SafeString = _EMPTY) -> SafeString:
    """Say in which of the rows that are not shown something is to be looked at."""
    rows = [row for row in node.editor.placement.rows(node.path) if node.hides(paths.child(node.path, row))]
    links = join(
        '<a href="{}">{}</a>',
        ((node.editor.context.link(paths.child(node.path, row)), row + 1) for row in rows[:_MOST_LINKS]),
    )
    rest = html("<span>and {} more</span>", f"{len(rows) - _MOST_LINKS:,}") if len(rows) > _MOST_LINKS else _EMPTY
    said = html("<span>Look at</span>{}{}", links, rest) if rows else _EMPTY
    return html('<span class="sf-elsewhere" id="{}-elsewhere"{}>{}</span>', node.prefix, more, said)


def draw_paste(node: "Node") -> SafeString:
    """Draw where rows are pasted, beside the button that adds one."""
    return html(_PASTE, node.prefix, node.title)


# Columns --------------------------------------------------------------------------------------------------------------


def _columns(forms: Sequence[SectionForm]) -> list[tuple[Control, ...]]:
    """Give the columns that the rows need together, a value and its unit in one."""
    known = {entry.name: entry for form in forms for entry in form.section.controls}
    units = {entry.name: entry.field.unit_of for entry in known.values() if entry.field and entry.field.unit_of}
    columns: list[tuple[Control, ...]] = []
    for name, entry in known.items():
        partner = next((known[unit] for unit, value in units.items() if value == name), None)
        if units.get(name) not in known:
            columns.append((entry, partner) if partner else (entry,))
    return columns


def _head(column: Sequence[Control]) -> tuple[str, str, SafeString]:
    """Give what is said about a column, its label, and whether it must be filled."""
    return column[0].help, column[0].label, _STAR if column[0].required else _EMPTY


def _shared_lists(node: "Node", form: SectionForm) -> SafeString:
    """Draw the lists of names that a column takes its suggestions from, once for all rows."""
    return join('<datalist id="{}-{}-list">{}</datalist>', ((node.prefix, *entry) for entry in form.names_offered()))


# Rows -----------------------------------------------------------------------------------------------------------------


def _row(node: "Node", row: "Row", form: SectionForm, columns: Sequence[Sequence[Control]]) -> SafeString:
    kept = row.item_id in node.editor.context.kept
    cells = joined(_cell(node, row, form, column, kept=kept) for column in columns)
    tools = _KEPT if kept else _EMPTY
    if not kept and not node.editor.context.read_only:
        tools = drawing.item_buttons(row.item_id, f"{node.title}, row {row.number}")
    mark = " is-kept" if kept else ""
    about = (row.item_id, form.section.path, row.number)
    return html(_ROW, mark, *about, cells, tools, len(columns) + 1, form.prefix, row.problems)


def _cell(node: "Node", row: "Row", form: SectionForm, column: Sequence[Control], *, kept: bool) -> SafeString:
    parts = joined(_input(node, row, form, entry.name, kept=kept) for entry in column if entry.name in form.fields)
    return html('<td><div class="sf-cells">{}</div></td>', parts)


def _input(node: "Node", row: "Row", form: SectionForm, name: str, *, kept: bool) -> SafeString:
    """Draw one input with its problems; it is named by its column and row."""
    entry = form.controls[name]
    attrs = entry.widget.attrs
    attrs["aria-label"] = f"{entry.label}, row {row.number}"
    attrs["aria-describedby"] = entry.slot
    if isinstance(entry.widget, SelectWidget) and entry.control.field and entry.control.field.unit_of:
        entry.widget.options = [(value, _sign(value)) for value, _ in entry.widget.options]
        attrs["blank"] = attrs["blank"] and "unit"
    attrs.pop("rows", None)  # a cell is one line, unless its text has several
    if attrs.get("list") == f"{form.prefix}-{name}-list":
        attrs["list"] = f"{node.prefix}-{name}-list"
    if kept:
        attrs["disabled"] = True
    drawn = SafeString(form[name]) + (_EMPTY if kept else _now(node, row, entry))
    width = "sf-stamp" if _is_time(entry) else entry.width
    return html(_CELL, width, entry.address, drawn, entry.slot, entry.messages)


@cache
def _sign(unit: str) -> str:
    """Write a unit of the standard as people do: nL, min."""
    kind = next((kind for kind, measured in KINDS.items() if within(unit, measured)), None)
    return symbol(unit, kind) if kind else unit


def _is_time(entry: ControlField) -> bool:
    return getattr(entry.control.shape, "type", None) is dt.datetime


def _now(node: "Node", row: "Row", entry: ControlField) -> SafeString:
    """Draw the button that sets the time of an entry of a history by the server's clock."""
    if not _is_time(entry) or not node.is_history or node.editor.context.read_only:
        return _EMPTY
    return html(
        '<button class="btn btn-sm btn-light sf-now" type="submit" name="do" value="now:{}.{}"'
        ' aria-label="Now, row {}">Now</button>',
        row.item_id,
        entry.control.name,
        row.number,
    )
