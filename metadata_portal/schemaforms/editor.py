"""The page of one record's form: its outline, the open node, where one is, and what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import offers, scope, sections, tree
from metadata_portal.schemaforms.choosing import kinds
from metadata_portal.schemaforms.context import FormContext
from metadata_portal.schemaforms.documents import Document, within
from metadata_portal.schemaforms.finding import Found, find
from metadata_portal.schemaforms.frame_picture import draw_frame, is_frame
from metadata_portal.schemaforms.icons import sprite
from metadata_portal.schemaforms.marks import Marks
from metadata_portal.schemaforms.markup import Offered, join, options
from metadata_portal.schemaforms.nodes import Node
from metadata_portal.schemaforms.origins import Origins
from metadata_portal.schemaforms.outline import draw_outline
from metadata_portal.schemaforms.panels import panel
from metadata_portal.schemaforms.picture import draw_picture
from metadata_portal.schemaforms.placement import Placement, draw_badges
from metadata_portal.schemaforms.preview import preview
from metadata_portal.schemaforms.sites import sites_of
from metadata_portal.schemaforms.twins import shown_path
from metadata_portal.schemaforms.updates import draw_updates
from metadata_portal.schemaforms.whereabouts import label_of, where
from schema_core import paths
from schema_core.errors import Problem
from schema_core.introspect import Place, Struct

if TYPE_CHECKING:
    from metadata_portal.schemaforms.readings import Said

__all__ = ["Crumb", "Editor", "FormContext", "Listed"]

PICTURED = frozenset({"procedures", "acquisition"})
"""Kinds of record whose positions lie in an animal."""


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
        kind: str | Struct,
        document: Mapping[str, Any],
        item_ids: Mapping[str, list[str]],
        problems: Iterable[Problem] = (),
        at: str = "",
        context: FormContext | None = None,
        *,
        origins: Origins | None = None,
    ) -> None:
        self.kind = kind
        self.document = document
        self.state = Document(document, item_ids)
        self.root = tree.root_of(kind)
        marks = Marks(self.root, self.state, origins) if origins is not None else None
        self.placement = Placement(problems, partial(shown_path, self.root, document), marks)
        self.context = context or FormContext(save_url="")
        self.at = at
        self.opened: list[str] = []
        self.readings: Mapping[str, Said] = {}
        self.choosing = ("", "")
        self._list_prefix = ""
        self.host: str | None = None

    @cached_property
    def windows(self) -> dict[str, str]:
        """Give the first row that the page shows of each open list, by the list's address."""
        return {paths.parent(path): path for path in self.opened if path and paths.split(path)[-1].isdigit()}

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
        return {
            name: f"{self._list_prefix}names-{name}" for name in dict.fromkeys((*scope.OWN_NAMES, *self.context.names))
        }

    def _names(self, named: str) -> Iterable[Offered]:
        """List what can be referred to: from the document first, then from other records."""
        own = scope.names_said(self.document, named)
        offered = self.context.names.get(named)
        return [*own, *(offered() if offered else ())]

    def _with_names(self, drawn: SafeString) -> SafeString:
        """Add the lists of names that something drawn takes its suggestions from."""
        used = [(name, key) for name, key in self.name_lists.items() if f'list="{key}"' in drawn]
        lists = ((key, options(self._names(name))) for name, key in used)
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
        drawn = self._with_names(panel(self.node_at(self.page, level=2)))
        return drawn + sprite(drawn)

    @property
    def sprite(self) -> SafeString:
        """Draw the icons that the outline and the open node refer to."""
        return sprite(self.outline + self.drawn)

    @property
    def kinds(self) -> SafeString:
        """Draw the kinds that were asked for, to stand in the fold of a node."""
        node = Node(self, tree.nearest(self.root, self.document, self.at)[-1])
        verb, _ = self.choosing
        drawn = kinds(node, verb, (offers.additions if verb == "add" else offers.choices)(node.place))
        return drawn + sprite(drawn)

    def find(self, text: str) -> Found:
        """Find places of the whole document by words."""
        return find(self.root, self.document, text, self.context.link)

    @cached_property
    def picture(self) -> SafeString:
        """Draw the axes of a coordinate system, or the sites of the open node; nothing where it holds no positions."""
        if is_frame(self.page):
            return draw_frame(self.page.value)
        if not self.page.path or self.kind not in PICTURED:
            return SafeString("")
        found = sites_of(self.document, self.page.path)
        species = self.context.names.get("species") if found else None
        if species is not None:  # asked for only where there is something to draw
            found = sites_of(self.document, self.page.path, map(str, species()))
        return draw_picture(found) if found else SafeString("")

    @property
    def json(self) -> str:
        """Give the open node as JSON text, cut to a bounded size."""
        return preview(self.page.value)

    def node_at(self, place: Place, level: int = 0) -> Node:
        """Give a node with the problems at and below it placed on what it draws."""
        node = Node(self, place, level)
        slots = [
            address for panel in node.panels for address in (*panel.addresses, *(child.path for child in panel.closed))
        ]
        node.placed.update(self.placement.place(slots, place.path))
        for drawn in node.panels:  # what is said of other rows stands on their page, with a link to it
            if drawn.path in node.placed:
                node.placed[drawn.path] = [entry for entry in node.placed[drawn.path] if not drawn.hides(entry[0])]
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
        return where(self.root, self.document, path)

    @property
    def updates(self) -> SafeString:
        """Draw what a save changes on a page where ``opened`` nodes stand."""
        return draw_updates(self)
