"""What a node can be reused for, where its values came from, and what of it is to be confirmed."""

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import fitting, tree
from metadata_portal.schemaforms.icons import used
from metadata_portal.schemaforms.markup import html

if TYPE_CHECKING:
    from metadata_portal.schemaforms.heads import Head
    from metadata_portal.schemaforms.nodes import Node

_EMPTY: Final = SafeString("")
_FOLD: Final = (
    '<details class="sf-add {0}" hx-get="{1}" hx-trigger="toggle once" hx-target="find .sf-fetched">'
    '<summary>{2}{3}</summary><div class="sf-fetched"><a href="{1}">{3}</a></div></details>'
)


def draw_reuse(node: "Node") -> SafeString:
    """Draw the way to where the values of a page came from, and to what can be made of them."""
    urls = node.editor.context.reuse
    if urls is None or not tree.is_page(node.place) or not node.is_filled:
        return _EMPTY
    at = quote(node.path, safe="")
    fold = html(_FOLD, "sf-whence", f"{urls.sources}?at={at}", used("history"), "Where from?")
    reuse = html('<a class="sf-reuse-link" href="{}&at={}">{}Reuse…</a>', urls.reuse, at, used("copy-plus"))
    return html('<div class="sf-reuse">{}{}</div>', fold, reuse)


def draw_offers(node: "Node") -> SafeString:
    """Draw the templates that can be brought into a list, fetched when they are asked for."""
    urls = node.editor.context.reuse
    if urls is None or not node.is_list or node.is_rows or not fitting.wanted(node.place):
        return _EMPTY
    url = f"{urls.offers}?at={quote(node.path, safe='')}"
    return html(_FOLD, "sf-offers", url, used("layers"), "From a template")


def draw_offer_link(node: "Head") -> SafeString:
    """Draw the way to the templates that can fill an empty node."""
    urls = node.editor.context.reuse
    if urls is None or not fitting.wanted(node.place):
        return _EMPTY
    url = f"{urls.offers}?at={quote(node.path, safe='')}"
    return html('<a class="sf-offer-link" href="{}" title="Fill {} from a template">Template…</a>', url, node.title)


def draw_confirm(node: "Node") -> SafeString:
    """Draw the button that confirms what a form shows, while something of it is not confirmed."""
    waiting = sum(address in node.editor.placement.marks for address in dict.fromkeys(node.addresses))
    if not waiting:
        return _EMPTY
    return html(
        '<p class="sf-confirm-all"><span class="count-copied">{}</span> {} to confirm'
        '<button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="confirm">Confirm what is shown'
        " here</button></p>",
        waiting,
        "copied value" if waiting == 1 else "copied values",
    )
