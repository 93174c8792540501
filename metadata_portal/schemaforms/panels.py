"""A node's panel as plain strings: heading, problems, its one form, and what is below it.

In the order of the page: device models, the form with its rows and buttons, other kinds and presets, children, and what
can be added. A page draws half a dozen panels; Django's templates would double its time.
"""

from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import choosing, drawing, lines, reusing, tables
from metadata_portal.schemaforms.icons import icon
from metadata_portal.schemaforms.markup import html, joined

if TYPE_CHECKING:
    from metadata_portal.schemaforms.nodes import Node, Row

_EMPTY: Final = SafeString("")
_PANEL: Final = (
    '<{0} class="sf-node sf-level-{1}" id="{2}" data-node="{3}" aria-labelledby="{2}-title"{4}>'
    '<input type="hidden" name="open" value="{8}" data-open-node>{5}'
    '<div class="sf-slot" id="{2}-problems">{6}</div>{7}</{0}>\n'
)
_HEAD: Final = (
    '<div class="sf-head"><h{0} class="sf-title" id="{1}-title">{2}<span>{3}</span></h{0}>{4}'
    '<span class="sf-badges" id="{1}-badges">{5}</span></div>'
)
_FORM: Final = (
    '<form class="sf-form" id="{0}-form" method="post" action="{1}" novalidate hx-post="{1}" hx-trigger="portal:save"'
    ' hx-target="this" hx-swap="none" hx-sync="this:queue last" hx-include="[data-open-node]">{2}'
    '<button class="visually-hidden sf-enter" type="submit" name="do" value="save" tabindex="-1" aria-hidden="true">'
    'Save</button>{3}<div class="sf-buttons">{4}</div></form>'
)
_SAVE: Final = SafeString(
    '<button class="btn btn-sm btn-outline-primary sf-save" type="submit" name="do" value="save">Save</button>'
)
_OTHER_PLACE: Final = (
    '<button class="btn btn-sm btn-light" type="submit" name="do" value="add:list"{}>Add a place in other transforms'
    "</button>"
)
_ROW: Final = (
    '<fieldset class="sf-row sf-depth"><legend class="sf-row-number">{0}</legend><div class="sf-row-body">{1}</div>'
    '<div class="sf-row-buttons">{2}</div><div class="sf-slot" id="{3}-problems">{4}</div></fieldset>'
)


def panel(node: "Node") -> SafeString:
    """Draw the panel of a node."""
    level = SafeString(' role="group"') if node.level else _EMPTY
    focus = SafeString(' tabindex="-1" autofocus') if node.is_focus else _EMPTY
    inner = _read(node) if node.editor.context.read_only else _edited(node)
    about = (level + focus, _head(node), node.problems, inner)
    return html(_PANEL, node.tag, node.level, node.prefix, node.path, *about, node.window)


def _head(node: "Node") -> SafeString:
    """Draw the heading and what belongs here."""
    summary = _EMPTY
    if not node.level and node.summary:
        summary = html('<span class="sf-summary">{}</span>', node.summary)
    title = html(_HEAD, node.heading, node.prefix, icon(node.icon, 20), node.title, summary, node.badges)
    about = html('<p class="sf-about">{}</p>', node.about) if node.about else _EMPTY
    return title + about


def _read(node: "Node") -> SafeString:
    """Draw what is below the heading where nothing can be changed."""
    forms = _rows(node) if node.is_rows else joined(form.draw() for form in node.forms)
    return joined([_misplaced(node), forms, _children(node)])


def _edited(node: "Node") -> SafeString:
    """Draw what is below the heading."""
    form = _form(node) if node.has_form else _EMPTY
    below = (choosing.tools(node), _children(node), _adding(node), reusing.draw_offers(node), reusing.draw_reuse(node))
    return joined([_misplaced(node), choosing.devices(node), choosing.lots(node), form, *below])


def _misplaced(node: "Node") -> SafeString:
    """Show a value that is no such node, as it stands."""
    if not node.is_misplaced:
        return _EMPTY
    return html('<p class="sf-raw">Something else stands here: <code>{}</code></p>', node.raw)


def _form(node: "Node") -> SafeString:
    """Draw the node's own form."""
    body = _rows(node) if node.is_rows else joined(form.draw() for form in node.forms)
    add = _add_button(node) if node.is_rows and not node.loose else _EMPTY
    paste = tables.draw_paste(node) if node.is_rows else _EMPTY
    buttons = joined([_SAVE if node.forms else _EMPTY, add, paste, drawing.buttons(node)])
    return html(_FORM, node.prefix, node.editor.context.save_url, drawing.hidden(node), body, buttons)


def _rows(node: "Node") -> SafeString:
    """Draw the items of a list that are rows: depths one by one, all others as a table."""
    if not node.is_depths:
        return tables.draw_table(node) + tables.draw_pager(node)
    rows = joined(_row(row) for row in node.rows if row.form)
    return html('<div class="sf-rows">{}</div>', rows) + tables.draw_pager(node)


def _row(row: "Row") -> SafeString:
    """Draw one depth as a row of its list's form."""
    if row.form is None:
        return _EMPTY
    buttons = drawing.item_buttons(row.item_id, f"depth {row.number}")
    return html(_ROW, f"Depth {row.number}", row.form.draw(), buttons, row.form.prefix, row.problems)


def _children(node: "Node") -> SafeString:
    """Draw what is below: small nodes open, others as lines."""
    drawn = [panel(child) if child.is_open else lines.row(child, node.form_id) for child in node.children]
    drawn += [lines.row(child, node.form_id) for child in node.loose]
    return html('<div class="sf-children">{}</div>', joined(drawn)) if drawn else _EMPTY


def _adding(node: "Node") -> SafeString:
    """Draw what can be added, below the items."""
    if node.is_choice_list:
        return choosing.picker(node)
    if not node.is_list or (node.is_rows and not node.loose):
        return _EMPTY
    return html('<div class="sf-buttons sf-below">{}</div>', _add_button(node, f"{node.prefix}-form"))


def _add_button(node: "Node", form: str = "") -> SafeString:
    """Draw the button that adds an item; outside the list's form it names it."""
    owner = html(' form="{}"', form) if form else _EMPTY
    add = html(
        '<button class="btn btn-sm btn-primary" type="submit" name="do" value="add"{}>{}{}</button>',
        owner,
        icon("plus"),
        node.add_label,
    )
    return add + html(_OTHER_PLACE, owner) if node.is_depths else add
