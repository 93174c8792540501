"""A closed child as one line that opens it, or the way to fill it."""

from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import emptiness, offers, summaries
from metadata_portal.schemaforms.choosing import chooser, preset_select
from metadata_portal.schemaforms.drawing import act_form, item_buttons
from metadata_portal.schemaforms.icons import icon, used
from metadata_portal.schemaforms.markup import html
from metadata_portal.schemaforms.placement import draw, draw_badges
from metadata_portal.schemaforms.reusing import draw_offer_link

if TYPE_CHECKING:
    from metadata_portal.schemaforms.nodes import Node

_EMPTY: Final = SafeString("")


def row(node: "Node", form: str = "") -> SafeString:
    """Draw a closed child: one line that opens it, or the way to fill it; ``form`` is that of the node around it."""
    found = said(node, form)
    inner = _filled_row(node) if node.is_filled or node.is_item else _empty_row(node)
    return html(
        '<div class="sf-child" id="c-{0}" data-node="{1}">{2}<div class="sf-slot" id="c-{0}-problems">{3}</div></div>',
        node.prefix,
        node.path,
        inner,
        found,
    )


def said(node: "Node", form: str) -> SafeString:
    """Draw what is said of a closed child itself."""
    found = draw(node.exact_problems, form)
    if emptiness.is_said(node.editor.root, node.editor.state, node.path):
        found += html('<p class="sf-reading" data-reading-path="{}">{}</p>', node.path, emptiness.SAID)
    return found


def _filled_row(node: "Node") -> SafeString:
    """Draw the line of a node that holds something; htmx fetches its body when it is opened."""
    label = node.title if node.place.field else summaries.title_of(node.place.shape, node.title)
    head = html(
        '{}<span class="sf-child-title">{}</span><span class="sf-child-rest">{}</span>'
        '<span class="sf-badges" id="c-{}-badges">{}</span>',
        used(node.icon, 18),
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
        ' hx-target="this" hx-swap="beforeend"><summary>{1}</summary></details>'
        '<a class="sf-open" href="{2}" aria-label="Open {3} {4}" title="Open"></a>{5}</div>',
        node.fragment_url,
        head,
        node.url,
        label,
        node.summary,
        tools,
    )


def _empty_row(node: "Node") -> SafeString:
    """Draw the line of a node that holds nothing, with the buttons that fill it."""
    need = "required" if node.is_required else "optional"
    fill, offer = (_EMPTY, _EMPTY) if node.editor.context.read_only else (_fill(node), draw_offer_link(node))
    return html(
        '<div class="sf-child-line sf-child-empty">{}<span class="sf-child-title">{}</span>'
        '<span class="sf-child-rest">{}</span><span class="sf-badges" id="c-{}-badges">{}</span>{}</div>',
        used(node.icon, 18),
        node.title,
        need,
        node.prefix,
        draw_badges(node.counts),
        fill + offer,
    )


def _fill(node: "Node") -> SafeString:
    """Draw the form that fills an empty node."""
    kinds = offers.choices(node.place)
    if kinds:
        label = html('<summary class="btn btn-sm btn-outline-primary">{}Choose</summary>', icon("plus"))
        return chooser(node, "choose", kinds, label, is_open=node.is_required)
    said = f"Add {node.title.lower()}"
    inner = html(
        '{}<button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="add" aria-label="{}">{}Add'
        "</button>",
        preset_select(node),
        said,
        icon("plus"),
    )
    return act_form(node, inner)
