"""The page of one record's form: its outline, the open node, where one is, and what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from django.utils.safestring import SafeString

import schema_core
from metadata_portal.schemaforms import depths, drawing, scope, sections, summaries, tree
from metadata_portal.schemaforms.context import FormContext
from metadata_portal.schemaforms.documents import Document, get, within
from metadata_portal.schemaforms.markup import html, join, joined
from metadata_portal.schemaforms.nodes import Node
from metadata_portal.schemaforms.outline import draw_outline, shown
from metadata_portal.schemaforms.panels import panel
from metadata_portal.schemaforms.placement import Placement, draw, draw_badges
from schema_core import paths
from schema_core.errors import Problem
from schema_core.introspect import List, Place, Struct, describe

_TWINS = frozenset({"coordinate_system"})
"""Names of deprecated fields that have a newer twin."""

__all__ = ["Crumb", "Editor", "FormContext", "Listed", "label_of"]


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step from the record to the open node."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One problem in the list, with the way to its field."""

    problem: Problem
    url: str
    where: str


class Editor:
    """A document, seen from one address. Everything is worked out when a template asks for it."""

    def __init__(
        self,
        kind: str,
        document: Mapping[str, Any],
        item_ids: Mapping[str, list[str]],
        problems: Iterable[Problem] = (),
        at: str = "",
        context: FormContext | None = None,
    ) -> None:
        self.kind = kind
        self.document = document
        self.state = Document(document, item_ids)
        self.root: Struct = describe(schema_core.KINDS[kind])
        self.placement = Placement(problems, self._shown_path)
        self.context = context or FormContext(save_url="")
        self.at = at
        self.opened: list[str] = []
        self._list_prefix = ""
        self.host: str | None = None

    def _shown_path(self, path: str) -> str:
        """Give the address that shows a problem: one in a hidden twin belongs to the field that took over."""
        if not any(part in _TWINS for part in paths.split(path)):
            return path
        found = [""]
        for place in tree.nearest(self.root, self.document, path)[1:]:
            entry, holder = place.field, get(self.document, paths.parent(place.path))
            hidden = entry is not None and isinstance(holder, dict) and not sections.is_shown(entry, holder)
            name = entry.replaced_by if entry is not None and hidden and entry.replaced_by else None
            found.append(paths.child(found[-1], name or paths.split(place.path)[-1]))
        rest = paths.split(path)[len(found) - 1 :]
        return paths.join((*paths.split(found[-1]), *rest))

    @cached_property
    def page(self) -> Place:
        """Give the node whose page shows ``at``."""
        return tree.page_of(self.root, self.document, self.at)

    @property
    def shown_in(self) -> str:
        """Give the address of the page around what is drawn: its own, unless it is opened inside that of another."""
        return self.page.path if self.host is None else self.host

    @cached_property
    def focus(self) -> str:
        """Give the address of the control to put the cursor in: at, around or first below what was asked for."""
        if not self.at:
            return ""
        drawn = [
            section.address(entry)
            for panel in self.node.panels
            for section in panel.sections
            for entry in section.controls
        ]
        around = [address for address in drawn if within(self.at, address)]
        below = [address for address in drawn if within(address, self.at)]
        return next(iter([*around, *below]), "")

    @property
    def name_lists(self) -> dict[str, str]:
        """Give the ids of the lists of names that all forms share, by what they name."""
        return {name: f"{self._list_prefix}names-{name}" for name in dict.fromkeys(("device", *self.context.names))}

    def _names(self, named: str) -> list[str]:
        """List what can be referred to: from the document first, then from other records."""
        own = scope.device_names(self.document) if named == "device" else []
        offered = self.context.names.get(named)
        return list(dict.fromkeys([*own, *(offered() if offered else ())]))

    def _with_names(self, drawn: SafeString) -> SafeString:
        """Add the lists of names that something drawn takes its suggestions from."""
        used = [(name, key) for name, key in self.name_lists.items() if f'list="{key}"' in drawn]
        lists = (
            (key, join('<option value="{}"></option>', ((text,) for text in self._names(name)))) for name, key in used
        )
        return drawn + join('<datalist id="{}">{}</datalist>', lists)

    @cached_property
    def node(self) -> Node:
        """Give the open node with its problems placed."""
        return self.node_at(self.page)

    @cached_property
    def drawn(self) -> SafeString:
        """Draw the open node."""
        return self._with_names(panel(self.node))

    @property
    def fragment(self) -> SafeString:
        """Draw the open node alone, to stand inside the page of another."""
        self._list_prefix = f"{sections.prefix_of(self.page.path)}-"
        return self._with_names(panel(self.node_at(self.page, level=2)))

    def node_at(self, place: Place, level: int = 0) -> Node:
        """Give a node with the problems at and below it placed on what it draws."""
        node = Node(self, place, level)
        slots = [
            address for panel in node.panels for address in (*panel.addresses, *(child.path for child in panel.closed))
        ]
        node.placed.update(self.placement.place(slots, place.path))
        return node

    @cached_property
    def outline(self) -> SafeString:
        """Draw the outline: two levels and the open branch."""
        return draw_outline(self)

    @cached_property
    def breadcrumbs(self) -> list[Crumb]:
        """Give the way from the record to the open node."""
        way = tree.nearest(self.root, self.document, self.page.path)
        return [Crumb(label_of(place), self.context.link(place.path)) for place in way if tree.is_page(place)]

    @property
    def crumbs_above(self) -> list[Crumb]:
        """Give the way to the open node without the node itself."""
        return self.breadcrumbs[:-1]

    @cached_property
    def problem_list(self) -> list[Listed]:
        """List every problem with a link to its field, errors first."""
        order = ("error", "missing", "warning")
        ranked = sorted(self.placement.problems, key=lambda problem: order.index(problem.severity))
        return [Listed(entry, self.context.link(entry.path), self.where(entry.path)) for entry in ranked]

    @cached_property
    def counts(self) -> Any:
        """Count the problems of the whole document."""
        return self.placement.counts("")

    @property
    def badges(self) -> SafeString:
        """Draw the counts of the whole document."""
        return draw_badges(self.counts)

    def where(self, path: str) -> str:
        """Say in words where an address is."""
        return " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ".join(self._words(path)) or self.root.title

    def _words(self, path: str) -> Iterator[str]:
        found = depths.spoken(self.document, path)
        if found is not None:
            path, *words = found
            yield from self._words(path)
            yield from words
            return
        places = tree.nearest(self.root, self.document, path)[1:]
        for place, below in zip_longest(places, places[1:]):
            if place.field is not None:
                # an item that says what it is needs no name of its list before it
                if not (isinstance(place.shape, List) and below and isinstance(below.shape, Struct)):
                    yield place.field.title
            elif isinstance(place.shape, Struct):
                yield f"{place.shape.title} {_number(place.path)}"
            else:
                yield _number(place.path)

    # After a save ----------------------------------------------------------------------------------------------------

    @property
    def updates(self) -> SafeString:
        """Draw what a save changes on a page where ``opened`` nodes stand: problems, badges, digests; never inputs."""
        parts = [
            part
            for path in dict.fromkeys([*self.opened, self.page.path])
            for place in tree.nearest(self.root, self.document, path)[-1:]
            for part in self._node_updates(place)
        ]
        for place in shown(self):
            badges = draw_badges(self.placement.counts(place.path))
            name = f"o-{sections.prefix_of(place.path)}"
            parts.append(html('<span class="sf-badges" id="{}" hx-swap-oob="true">{}</span>', name, badges))
        return joined(parts)

    def _node_updates(self, place: Place) -> Iterator[SafeString]:
        node = self.node_at(place)
        for address, slot in _slots(node):
            yield _slot(slot, draw(node.placed.get(address, ())))
        if node.sections:
            yield html('<div id="{}-state" hx-swap-oob="true">{}</div>', node.prefix, drawing.state(node))
        yield _badges(node.prefix, node)
        for child in node.closed:
            yield _slot(f"c-{child.prefix}-problems", draw(child.exact_problems))
            yield _badges(f"c-{child.prefix}", child)


def label_of(place: Place) -> str:
    """Name a place in a way that tells it from its neighbours."""
    if place.field is None and place.path:
        last = paths.split(place.path)[-1]
        index = int(last) if last.isdigit() else 0
        return summaries.item_label(index, place.shape, place.value)
    return place.field.title if place.field else summaries.title_of(place.shape, "")


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


def _number(path: str) -> str:
    last = paths.split(path)[-1] if path else ""
    return str(int(last) + 1) if last.isdigit() else last
