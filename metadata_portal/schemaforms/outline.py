"""The outline of a document, as plain strings: two levels and the branch that is open."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import sections, summaries, tree
from metadata_portal.schemaforms.documents import within
from metadata_portal.schemaforms.filled import draw_filled
from metadata_portal.schemaforms.icons import used
from metadata_portal.schemaforms.markup import html, joined
from metadata_portal.schemaforms.placement import draw_badges
from schema_core import paths
from schema_core.introspect import List, Place

if TYPE_CHECKING:
    from metadata_portal.schemaforms.editor import Editor

MANY: Final = 20
"""Items that a list shows in the outline; a longer one is a line of its own, with those around the open one."""


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
    """Give the nodes to show below a node: short lists stand for their items, long ones for themselves."""
    if level and not within(editor.at, place.path):
        return
    if isinstance(place.shape, List):
        yield from _around(editor.at, place)
        return
    for child in tree.children(place):
        if isinstance(child.shape, List) and not sections.is_rows(child.shape):
            long = isinstance(child.value, list) and len(child.value) > MANY
            yield from [child] if long else _pages(tree.children(child))
        elif tree.is_page(child) or (level == 0 and child.field is not None and child.field.required):
            yield child


def _around(at: str, place: Place) -> Iterator[Place]:
    """Give the items of a long list that lie around an address."""
    items = place.value if isinstance(place.value, list) else []
    step = paths.split(at)[len(paths.split(place.path)) :][:1]
    first = max(0, min(int(step[0]) if step and step[0].isdigit() else 0, len(items)) - MANY // 2)
    return _pages(tree.item_at(place, index) for index in range(first, min(first + MANY, len(items))))


def _pages(items: Iterable[Place]) -> Iterator[Place]:
    return (item for item in items if tree.is_page(item))


def _row(editor: "Editor", place: Place, inner: SafeString) -> SafeString:
    """Draw one line, with its own lines below."""
    prefix = sections.prefix_of(place.path)
    current = SafeString(' aria-current="true"' if place.path == editor.page.path else "")
    title = place.field.title if place.field else summaries.title_of(place.shape, "Item")
    return html(
        '<li><a href="{}"{}>{}<span class="outline-label">{}<span class="outline-rest">{}</span></span>'
        '<span class="sf-badges" id="o-{}">{}</span></a>{}</li>',
        editor.context.link(place.path),
        current,
        used(summaries.icon_for(place.shape)),
        title,
        _rest(place),
        prefix,
        draw_state(editor, place),
        html("<ul>{}</ul>", inner) if inner else SafeString(""),
    )


def _rest(place: Place) -> str:
    """Say what tells a node apart; of a list, how much it holds."""
    if isinstance(place.shape, List) and isinstance(place.value, list):
        return f"{len(place.value)} in all" if place.value else ""
    return summaries.summary_of(place.shape, place.value)


def draw_state(editor: "Editor", place: Place) -> SafeString:
    """Draw how full a node is and how many problems lie in it."""
    return draw_filled(place.shape, place.value) + draw_badges(editor.placement.counts(place.path))
