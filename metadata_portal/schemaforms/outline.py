"""The outline of a document, as plain strings: two levels and the branch that is open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import sections, summaries, tree
from metadata_portal.schemaforms.documents import within
from metadata_portal.schemaforms.icons import icon
from metadata_portal.schemaforms.markup import html, joined
from metadata_portal.schemaforms.placement import draw_badges
from schema_core.introspect import List, Place

if TYPE_CHECKING:
    from metadata_portal.schemaforms.editor import Editor


def draw_outline(editor: "Editor") -> SafeString:
    """Draw the outline of the document."""
    root = tree.place_at(editor.root, editor.document, "")
    inner = joined(_branch(editor, root, 0))
    return html('<ul class="outline-list">{}</ul>', inner)


def shown(editor: "Editor") -> Iterator[Place]:
    """Walk the nodes that the outline shows."""
    waiting = [(tree.place_at(editor.root, editor.document, ""), 0)]
    while waiting:
        place, level = waiting.pop()
        yield place
        waiting += [(child, level + 1) for child in _below(editor, place, level)]


def _branch(editor: "Editor", place: Place, level: int) -> Iterator[SafeString]:
    """Draw a node and, where the outline goes deeper, what is below it."""
    below = list(_below(editor, place, level))
    inner = joined(part for child in below for part in _branch(editor, child, level + 1))
    yield _row(editor, place, inner)


def _below(editor: "Editor", place: Place, level: int) -> Iterator[Place]:
    """Give the nodes to show below a node: lists stand for their items."""
    if level and not within(editor.at, place.path):
        return
    for child in tree.children(place):
        if isinstance(child.shape, List) and not sections.is_rows(child.shape):
            yield from (item for item in tree.children(child) if tree.is_page(item))
        elif tree.is_page(child) or (level == 0 and child.field is not None and child.field.required):
            yield child


def _row(editor: "Editor", place: Place, inner: SafeString) -> SafeString:
    """Draw one line, with its own lines below."""
    prefix = sections.prefix_of(place.path)
    current = SafeString(' aria-current="true"' if place.path == editor.page.path else "")
    rest = summaries.summary_of(place.shape, place.value)
    title = place.field.title if place.field else summaries.title_of(place.shape, "Item")
    return html(
        '<li><a href="{}"{}>{}<span class="outline-label">{}<span class="outline-rest">{}</span></span>'
        '<span class="sf-badges" id="o-{}">{}</span></a>{}</li>',
        editor.context.link(place.path),
        current,
        icon(summaries.icon_for(place.shape)),
        title,
        rest,
        prefix,
        draw_badges(editor.placement.counts(place.path)),
        html("<ul>{}</ul>", inner) if inner else SafeString(""),
    )
