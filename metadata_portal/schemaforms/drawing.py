"""Small pieces of a panel as plain strings: a page has dozens of them, and a template for each would cost more."""

from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import offers, summaries
from metadata_portal.schemaforms.icons import icon, used
from metadata_portal.schemaforms.markup import html, join, joined
from metadata_portal.schemaforms.offers import Option
from metadata_portal.schemaforms.placement import draw, draw_badges
from schema_core.introspect import Struct

if TYPE_CHECKING:
    from metadata_portal.schemaforms.nodes import Node

_EMPTY: Final = SafeString("")
_MOVES: Final = (
    ("up", "arrow-up", "Move up"),
    ("down", "arrow-down", "Move down"),
    ("duplicate", "copy", "Duplicate"),
    ("remove", "trash-2", "Remove"),
)


def state(node: "Node") -> SafeString:
    """Draw the hidden inputs that say what the form showed."""
    return html(
        '<input type="hidden" name="op" value="{}"><input type="hidden" name="digest" value="{}">'
        '<input type="hidden" name="seen" value="{}">',
        node.op,
        node.digest,
        node.seen,
    )


def hidden(node: "Node") -> SafeString:
    """Draw everything that a node's form sends along: where it is, and what it showed."""
    context = node.editor.context
    more = join('<input type="hidden" name="{}" value="{}">', context.hidden.items())
    return html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="at" value="{}">'
        '<input type="hidden" name="node" value="{}"><input type="hidden" name="page" value="{}">{}'
        '<div id="{}-state">{}</div>',
        context.csrf,
        node.path,
        node.id_path,
        node.editor.shown_in,
        more,
        node.prefix,
        state(node),
    )


def item_buttons(item_id: str, what: str, form: str = "") -> SafeString:
    """Draw the small buttons of one item; outside the list's form they name it."""
    owner = html(' form="{}"', form) if form else _EMPTY
    return html(_item_buttons(), item_id, what, owner)


@cache
def _item_buttons() -> str:
    """Write the template of the four buttons once."""
    one = (
        '<button class="sf-tool" type="submit" name="do" value="{0}:{{0}}" aria-label="{1} {{1}}" title="{1}"{{2}}>'
        "{2}</button>"
    )
    return "".join(one.format(word, label, used(name)) for word, name, label in _MOVES)


def buttons(node: "Node") -> SafeString:
    """Draw the buttons at the end of a node's form."""
    if not (node.is_item or (node.is_clearable and not node.is_list)):
        return _EMPTY
    moves = _MOVES if node.is_item else _MOVES[-1:]
    return join(
        '<button class="btn btn-sm btn-light sf-move" type="submit" name="do" value="{}" aria-label="{} {}">{}{}'
        "</button>",
        ((word, label, node.title, icon(name), label) for word, name, label in moves),
    )


def row(node: "Node") -> SafeString:
    """Draw a closed child: one line that opens it, or the way to fill it."""
    found = draw(node.exact_problems)
    inner = _filled_row(node) if node.is_filled or node.is_item else _empty_row(node)
    return html(
        '<div class="sf-child" id="c-{0}">{1}<div class="sf-slot" id="c-{0}-problems">{2}</div></div>',
        node.prefix,
        inner,
        found,
    )


def _filled_row(node: "Node") -> SafeString:
    """Draw the line of a node that holds something; htmx fetches its body when it is opened."""
    label = node.title if node.place.field else summaries.title_of(node.place.shape, node.title)
    head = html(
        '{}<span class="sf-child-title">{}</span><span class="sf-child-rest">{}</span>'
        '<span class="sf-badges" id="c-{}-badges">{}</span>',
        icon(node.icon, 18),
        label,
        node.summary,
        node.prefix,
        draw_badges(node.counts),
    )
    tools = _EMPTY
    if node.is_item and not node.editor.context.read_only:
        tools = html(
            '<div class="sf-tools">{}</div>', item_buttons(node.item_id, f"{label} {node.number}", node.list_form)
        )
    return html(
        '<div class="sf-child-line"><details class="sf-fold" hx-get="{0}" hx-trigger="toggle once"'
        ' hx-target="find .sf-body" hx-swap="innerHTML"><summary>{1}</summary><div class="sf-body"></div></details>'
        '<a class="sf-open" href="{2}" aria-label="Open {3} {4}" title="Open">{5}</a>{6}</div>',
        node.fragment_url,
        head,
        node.url,
        label,
        node.summary,
        used("arrow-right"),
        tools,
    )


def _empty_row(node: "Node") -> SafeString:
    """Draw the line of a node that holds nothing, with the buttons that fill it."""
    need = "required" if node.is_required else "optional"
    fill = _EMPTY if node.editor.context.read_only else _fill(node)
    return html(
        '<div class="sf-child-line sf-child-empty">{}<span class="sf-child-title">{}</span>'
        '<span class="sf-child-rest">{}</span><span class="sf-badges" id="c-{}-badges">{}</span>{}</div>',
        icon(node.icon, 18),
        node.title,
        need,
        node.prefix,
        draw_badges(node.counts),
        fill,
    )


def _fill(node: "Node") -> SafeString:
    """Draw the form that fills an empty node."""
    kinds = offers.choices(node.place)
    if kinds:
        return html(
            '<details class="sf-add"{}><summary class="btn btn-sm btn-outline-primary">{}Choose</summary>{}</details>',
            SafeString(" open" if node.is_required else ""),
            icon("plus"),
            _form(node, cards(kinds)),
        )
    label = f"Add {node.title.lower()}"
    inner = html(
        '{}<button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="add" aria-label="{}">{}Add'
        "</button>",
        _preset_select(node),
        label,
        icon("plus"),
    )
    return _form(node, inner)


def tools(node: "Node") -> SafeString:
    """Draw what fills or changes a whole node."""
    parts = [_kinds(node), _presets(node), _unknown(node)]
    return joined(parts)


def _kinds(node: "Node") -> SafeString:
    kinds = offers.choices(node.place)
    if not kinds or not node.is_filled:
        return _EMPTY
    return html(
        '<details class="sf-add"><summary>Change the kind</summary>{}</details>',
        _form(node, cards(kinds)),
    )


def _presets(node: "Node") -> SafeString:
    if not offers.presets_of(node.place) or not node.is_filled:
        return _EMPTY
    return html(
        '<details class="sf-add"><summary>Start from a known one</summary>{}</details>',
        _form(node, _preset_select(node)),
    )


def _preset_select(node: "Node") -> SafeString:
    known = offers.presets_of(node.place)
    if not known:
        return _EMPTY
    options = join(
        '<option value="{}">{}</option>',
        ((entry.value.partition(":")[2], entry.title) for entry in known),
    )
    return html(
        '<span class="sf-preset"><label class="visually-hidden" for="{0}-preset">Known {1}</label>'
        '<select class="form-select form-select-sm" id="{0}-preset" name="preset">{2}</select>'
        '<button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="preset">Use</button></span>',
        node.prefix,
        node.title.lower(),
        options,
    )


def devices(node: "Node") -> SafeString:
    """Draw the choice of a device model; its options come from the registry when it is opened."""
    kind = offers.device_class(node.place)
    if not kind or not node.is_filled:
        return _EMPTY
    url = f"{node.editor.context.devices_url}?{urlencode({'class': kind})}"
    inner = html(
        '<span class="sf-preset"><label for="{0}-device">Fill in from a device model</label>'
        '<input class="form-control form-control-sm" type="text" id="{0}-device" name="device" list="{0}-devices"'
        ' autocomplete="off" data-terms="{1}"><datalist id="{0}-devices"></datalist>'
        '<button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="device">Fill in</button></span>',
        node.prefix,
        url,
    )
    return html('<div class="sf-device">{}</div>', _form(node, inner))


def _unknown(node: "Node") -> SafeString:
    unknown = offers.unknown(node.place)
    if not unknown:
        return _EMPTY
    lines = join(
        '<li><code>{0}</code> <span class="mono">{1}</span> <button class="btn btn-sm btn-light" type="submit"'
        ' name="do" value="drop:{0}">Take away</button></li>',
        unknown,
    )
    is_open = isinstance(node.place.shape, Struct) and node.place.shape.is_open
    said = "Further entries" if is_open else "Not part of the standard"
    return _form(node, html('<p>{}:</p><ul class="sf-unknown">{}</ul>', said, lines))


def picker(node: "Node") -> SafeString:
    """Draw what can be added to a list of several kinds, or the key of a new entry of a map."""
    if offers.is_map(node.place):
        return _form(node, _key_input(node))
    search = html(
        '<input class="form-control form-control-sm sf-filter" type="search" placeholder="Search"'
        ' aria-label="Search kinds" data-filter="{}-cards" hidden>',
        node.prefix,
    )
    return html(
        '<details class="sf-add sf-picker"{}><summary class="btn btn-sm btn-primary">{}{}</summary>{}{}</details>',
        SafeString(" open") if node.is_required and not node.place.value else _EMPTY,
        icon("plus"),
        node.add_label,
        search if len(offers.additions(node.place)) > 5 else _EMPTY,  # noqa: PLR2004 - as many as one sees at once
        html('<div id="{}-cards">{}</div>', node.prefix, _form(node, cards(offers.additions(node.place)))),
    )


def cards(options: list[Option]) -> SafeString:
    """Draw alternatives as buttons with icon, name and what they are for."""
    inner = join(
        '<button class="sf-card" type="submit" name="do" value="{}">{}<span class="sf-card-title">{}</span>'
        '<span class="sf-card-about">{}</span></button>',
        ((entry.value, icon(entry.icon, 20), entry.title, entry.about) for entry in options),
    )
    return html('<div class="sf-cards">{}</div>', inner)


def _key_input(node: "Node") -> SafeString:
    """Draw the key of a new entry: a select where keys are fixed."""
    keys = offers.keys(node.place)
    if keys:
        options = join('<option value="{}">{}</option>', ((key, key.replace("_", " ")) for key in keys))
        field = html(
            '<select class="form-select form-select-sm" id="{0}-key" name="key">{1}</select>', node.prefix, options
        )
    else:
        field = html('<input class="form-control form-control-sm" type="text" id="{}-key" name="key">', node.prefix)
    return html(
        '<span class="sf-preset"><label class="visually-hidden" for="{}-key">Name</label>{}'
        '<button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="add">{}Add</button></span>',
        node.prefix,
        field,
        icon("plus"),
    )


def _form(node: "Node", inner: SafeString) -> SafeString:
    """Draw a small form that posts one action on a node."""
    context = node.editor.context
    hidden = join('<input type="hidden" name="{}" value="{}">', context.hidden.items())
    return html(
        '<form class="sf-act" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="at" value="{}"><input type="hidden" name="node" value="{}">'
        '<input type="hidden" name="op" value="{}">{}{}</form>',
        context.save_url,
        context.csrf,
        node.path,
        node.id_path,
        node.op,
        hidden,
        inner,
    )
