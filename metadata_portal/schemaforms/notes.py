"""What is said beside a control without being a problem: how typed text was read, and what can be made of it."""

import json
from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import depth_lists, depths, emptiness, proposals
from metadata_portal.schemaforms.markup import html, joined
from metadata_portal.schemaforms.readings import Said

if TYPE_CHECKING:
    from metadata_portal.schemaforms.nodes import Node

_READ: Final = '<p class="sf-reading" data-reading-path="{}" data-said{}>{}</p>'
_ASKED: Final = '<p class="problem problem-warning" data-problem-path="{}" data-said>{}</p>'
_DOES: Final = (
    ' <button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="{}" data-makes-rows>{}</button>'
)
_ROWS: Final = (
    '<p class="sf-reading"><button class="btn btn-sm btn-outline-primary" type="submit" name="do" value="depths:{}"'
    " data-makes-rows>Make {} rows</button></p>"
)
_EMPTY: Final = SafeString("")


def notes_of(node: "Node") -> dict[str, SafeString]:
    """Give what is said at the controls of a node, by address."""
    said = node.editor.readings
    found = {address: _drawn(address, said[address]) for address in node.addresses if address in said} if said else {}
    for address in node.addresses:
        if emptiness.is_said(node.editor.root, node.editor.state, address):
            found[address] = found.get(address, _EMPTY) + html(_READ, address, _EMPTY, emptiness.SAID)
    for address, link in proposals.links(node):
        found[address] = found.get(address, _EMPTY) + link
    if not node.is_depths:
        return found
    for section in node.sections:
        numbers = depth_lists.listed(node.editor.document, section.path)
        if len(numbers) > 1:
            address = f"{section.path}.{depths.DEPTH_AT}"
            found[address] = found.get(address, _EMPTY) + html(_ROWS, section.item_id, len(numbers))
    return found


def _drawn(address: str, said: Said) -> SafeString:
    if said.asks:
        return html(_ASKED, address, said.text)
    sets = html(' data-sets="{}"', json.dumps(dict(said.sets))) if said.sets else _EMPTY
    does = html(_DOES, said.does, said.offers) if said.does else _EMPTY
    return html(_READ, address, sets, joined([html("{}", said.text), does]))
