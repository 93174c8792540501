"""What a save changes on the page: problems, badges, digests; never inputs."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import drawing, lines, sections, tree
from metadata_portal.schemaforms.markup import html, joined
from metadata_portal.schemaforms.nodes import Node
from metadata_portal.schemaforms.outline import draw_state, shown
from metadata_portal.schemaforms.tables import draw_elsewhere
from schema_core.introspect import List, Place

if TYPE_CHECKING:
    from metadata_portal.schemaforms.editor import Editor


def draw_updates(editor: "Editor") -> SafeString:
    """Draw what a save changes on a page where the editor's ``opened`` nodes stand."""
    parts = [part for place in _drawn(editor) for part in _node_updates(editor, place)]
    for place in shown(editor):
        name = f"o-{sections.prefix_of(place.path)}"
        state = draw_state(editor, place)
        parts.append(html('<span class="sf-badges" id="{}" hx-swap-oob="true">{}</span>', name, state))
    return joined(parts)


def _drawn(editor: "Editor") -> Iterable[Place]:
    """Give the nodes that the page draws as panels; a row of a table stands for its list."""
    found: dict[str, Place] = {}
    for path in (*editor.opened, editor.page.path):
        *above, place = tree.nearest(editor.root, editor.document, path)
        node = above[-1] if above and isinstance(place.parent, List) and not tree.is_page(place) else place
        found.setdefault(node.path, node)
    return found.values()


def _node_updates(editor: "Editor", place: Place) -> Iterator[SafeString]:
    node = editor.node_at(place)
    for address, slot in _slots(node):
        yield _slot(slot, node.messages.get(address, SafeString("")))
    if node.sections:
        yield html('<div id="{}-state" hx-swap-oob="true">{}</div>', node.prefix, drawing.state(node))
    yield _badges(node.prefix, node)
    if node.is_rows and node.size > node.rows_shown:
        yield draw_elsewhere(node, SafeString(' hx-swap-oob="true"'))
    for child in node.closed:
        yield _slot(f"c-{child.prefix}-problems", lines.said(child, node.form_id))
        yield _badges(f"c-{child.prefix}", child)


def _slots(node: Node) -> Iterator[tuple[str, str]]:
    """Give address and id of every place for problems in one panel."""
    yield node.path, f"{node.prefix}-problems"
    for section in node.sections:
        if section.item_id:
            yield section.path, f"{section.prefix}-problems"
        for entry in section.controls:
            yield section.address(entry), f"{section.prefix}-{entry.name}-problems"


def _slot(slot: str, found: SafeString) -> SafeString:
    """Draw a place for problems anew."""
    return html('<div class="sf-slot" id="{}" hx-swap-oob="true">{}</div>', slot, found)


def _badges(prefix: str, node: Node) -> SafeString:
    """Draw the counts of a node anew."""
    return html('<span class="sf-badges" id="{}-badges" hx-swap-oob="true">{}</span>', prefix, node.badges)
