"""What fills a node or changes its kind: alternatives, presets, device models, keys of a map."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import fillings, offers
from metadata_portal.schemaforms.drawing import act_form
from metadata_portal.schemaforms.icons import icon, used
from metadata_portal.schemaforms.markup import html, join, joined
from metadata_portal.schemaforms.offers import Option
from schema_core.introspect import Struct

if TYPE_CHECKING:
    from metadata_portal.schemaforms.nodes import Node

_EMPTY: Final = SafeString("")
FEW: Final = 5
"""Kinds that one sees at once, without a search."""
MANY: Final = 12
"""Kinds that a page draws before anybody asks for them."""


def tools(node: "Node") -> SafeString:
    """Draw what fills or changes a whole node."""
    parts = [_kinds(node), _presets(node), _unknown(node)]
    return joined(parts)


def _kinds(node: "Node") -> SafeString:
    if not node.is_filled:
        return _EMPTY
    return chooser(node, "choose", offers.choices(node.place), SafeString("<summary>Change the kind</summary>"))


def _presets(node: "Node") -> SafeString:
    if not offers.presets_of(node.place) or not node.is_filled:
        return _EMPTY
    return html(
        '<details class="sf-add"><summary>Start from a known one</summary>{}</details>',
        act_form(node, preset_select(node)),
    )


def preset_select(node: "Node") -> SafeString:
    """Draw the known fragments that can fill a node."""
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
    """Draw the choice of a device of the lab or of a device model; its options come when it is opened."""
    kind, url = offers.device_class(node.place), node.editor.context.devices_url
    if not kind or not url or not node.is_filled:
        return _EMPTY
    inner = html(
        '<span class="sf-preset"><label for="{0}-device">Fill in from the inventory or a device model</label>'
        '<input class="form-control form-control-sm" type="text" id="{0}-device" name="device" list="{0}-devices"'
        ' autocomplete="off" data-terms="{1}"><datalist id="{0}-devices"></datalist>'
        '<button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="device">Fill in</button></span>',
        node.prefix,
        f"{url}?{urlencode({'class': kind})}",
    )
    return html('<div class="sf-device">{}</div>', act_form(node, inner))


def lots(node: "Node") -> SafeString:
    """Draw the choice of a lot that fills a material, or adds one to a list of materials."""
    if not fillings.takes_lots(node.place.shape) or not (node.is_filled or node.is_list):
        return _EMPTY
    inner = html(
        '<span class="sf-preset"><label for="{0}-lot">{1}</label>'
        '<input class="form-control form-control-sm" type="text" id="{0}-lot" name="lot" list="{0}-lots"'
        ' autocomplete="off" data-terms="{2}"><datalist id="{0}-lots"></datalist>'
        '<button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="lot">{3}</button></span>',
        node.prefix,
        "Add a material by its lot" if node.is_list else "Fill in from a lot",
        node.editor.context.terms_url.format("materials"),
        "Add" if node.is_list else "Fill in",
    )
    return html('<div class="sf-device">{}{}</div>', act_form(node, inner), _titers(node))


def _titers(node: "Node") -> SafeString:
    """Draw the way to where the titers of a mix are worked out."""
    url = node.editor.context.titers_url
    if not url or not node.place.value:
        return _EMPTY
    link = f"{url}?{urlencode({'at': node.path})}"
    text = html("{}Work out the titers", icon("calculator"))
    return html('<a class="btn btn-sm btn-outline-primary sf-titers" href="{}">{}</a>', link, text)


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
    return act_form(node, html('<p>{}:</p><ul class="sf-unknown">{}</ul>', said, lines))


def picker(node: "Node") -> SafeString:
    """Draw what can be added to a list of several kinds, or the key of a new entry of a map."""
    if offers.is_map(node.place):
        return act_form(node, _key_input(node))
    label = html('<summary class="btn btn-sm btn-primary">{}{}</summary>', icon("plus"), node.add_label)
    is_open = node.is_required and not node.place.value
    return chooser(node, "add", offers.additions(node.place), label, is_open=is_open)


def chooser(
    node: "Node", verb: str, options: list[Option], summary: SafeString, *, is_open: bool = False
) -> SafeString:
    """Draw a fold with the kinds to choose from; many of them come when it is opened."""
    if not options:
        return _EMPTY
    asked = node.editor.choosing == (verb, node.path)
    key = f"{node.prefix}-{verb}"
    if len(options) <= MANY or asked:
        return html(
            '<details class="sf-add sf-picker"{}>{}{}</details>',
            SafeString(" open" if is_open or asked else ""),
            summary,
            kinds(node, verb, options),
        )
    return html(
        '<details class="sf-add sf-picker" hx-get="{}" hx-trigger="toggle once" hx-target="find .sf-kinds"'
        ' hx-swap="outerHTML">{}<p class="sf-kinds" id="{}"><a href="{}">Show the {} kinds</a></p></details>',
        node.editor.context.link(node.path, fragment="kinds", kinds=verb),
        summary,
        key,
        node.editor.context.link(node.path, kinds=verb),
        len(options),
    )


def kinds(node: "Node", verb: str, options: list[Option]) -> SafeString:
    """Draw kinds as cards, in groups, with a search where there are more than one sees at once."""
    key = f"{node.prefix}-{verb}-kinds"
    search = html(
        '<input class="form-control sf-filter" type="search" placeholder="Search {0} kinds" autocomplete="off"'
        ' aria-label="Search kinds: arrow keys move, Enter takes the first" data-filter="{1}" data-moves="{1}" hidden>',
        len(options),
        key,
    )
    inner = html('<div class="sf-cards" id="{}">{}</div>', key, joined(_groups(options)))
    none = SafeString('<p class="sf-none" hidden>No kind fits: try another word.</p>')
    return html('<div class="sf-kinds">{}{}{}</div>', search if len(options) > FEW else "", act_form(node, inner), none)


def _groups(options: list[Option]) -> Iterator[SafeString]:
    """Draw options group by group, in the order in which their groups first appear."""
    names = list(dict.fromkeys(entry.group for entry in options))
    for name in sorted(names, key=lambda name: not name):
        drawn = cards([entry for entry in options if entry.group == name])
        yield html('<div class="sf-group-of"><h4>{}</h4>{}</div>', name or "Other", drawn) if len(names) > 1 else drawn


def cards(options: list[Option]) -> SafeString:
    """Draw alternatives as buttons with icon, name and what they are for."""
    return join(
        '<button class="sf-card" type="submit" name="do" value="{}" data-words="{}">{}'
        '<span class="sf-card-title">{}</span><span class="sf-card-about">{}</span></button>',
        (
            (entry.value, f"{entry.group} {entry.words}".strip(), used(entry.icon, 20), entry.title, entry.about)
            for entry in options
        ),
    )


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
