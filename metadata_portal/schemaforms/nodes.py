"""Nodes as they are drawn: a panel with its form, and its children as open panels or one-line rows."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import depths, offers, scope, sections, summaries, tree
from metadata_portal.schemaforms.forms import SectionForm, Surroundings, form_for
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.placement import Counts, bad_paths, draw, draw_badges
from schema_core import paths
from schema_core.introspect import List, Map, Place, Struct, Union

if TYPE_CHECKING:
    from metadata_portal.schemaforms.editor import Editor
    from schema_core.errors import Problem


@dataclass
class Node:
    """A node drawn as a panel. ``level`` 0 is the page's own node."""

    editor: "Editor"
    place: Place
    level: int = 0
    placed: dict[str, list[tuple[str, "Problem"]]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Give the node's address."""
        return self.place.path

    @cached_property
    def prefix(self) -> str:
        """Give the prefix of names and ids."""
        return sections.prefix_of(self.path)

    @property
    def heading(self) -> int:
        """Give the level of the heading: h2 for the page's node, h3 for those inside."""
        return 2 + min(self.level, 2)

    @property
    def tag(self) -> str:
        """Give the element: only the page's own node is a landmark."""
        return "div" if self.level else "section"

    @cached_property
    def title(self) -> str:
        """Name the node: by its field, with the chosen kind where there are several."""
        own = summaries.title_of(self.place.shape, "")
        if self.place.field is None:
            return own or f"{self._place_in_list()}"
        title = self.place.field.title
        chosen = isinstance(self.place.declared, Union) and own
        return f"{title}: {own}" if chosen and own.lower() != title.lower() else title

    def _place_in_list(self) -> str:
        """Name an item that has no kind of its own."""
        part = paths.split(self.path)[-1] if self.path else ""
        return f"Entry {int(part) + 1}" if part.isdigit() else summaries.key_label(part)

    @property
    def icon(self) -> str:
        """Give the icon."""
        return summaries.icon_for(self.place.shape)

    @property
    def about(self) -> str:
        """Say what belongs here."""
        if self.is_depths:
            return ". ".join(filter(None, (self._described, scope.axes_at(self.editor.document, self.path).tilt)))
        return self._described

    @property
    def _described(self) -> str:
        if self.place.field is not None and self.place.field.description:
            return self.place.field.description
        return layout_of(self.place.shape).about if isinstance(self.place.shape, Struct) else ""

    @cached_property
    def summary(self) -> str:
        """Say what stands here."""
        return summaries.summary_of(self.place.shape, self.place.value)

    @cached_property
    def counts(self) -> Counts:
        """Count the problems at and below this node."""
        return self.editor.placement.counts(self.path)

    @cached_property
    def is_filled(self) -> bool:
        """Say whether something stands here."""
        return self.place.present and self.place.value is not None

    @property
    def is_misplaced(self) -> bool:
        """Say whether a value stands here that the node cannot show as what it should be."""
        if not self.is_filled:
            return False
        shape, value = self.place.shape, self.place.value
        wanted: dict[type, type] = {Struct: dict, List: list, Map: dict}
        return isinstance(shape, Union) or not isinstance(value, wanted.get(type(shape), object))

    @property
    def raw(self) -> str:
        """Show a misplaced value as it stands."""
        return json.dumps(self.place.value, ensure_ascii=False)[:400]

    # Forms -----------------------------------------------------------------------------------------------------------

    @cached_property
    def sections(self) -> tuple[sections.Section, ...]:
        """Give the sections of the node's own form."""
        return sections.sections_of(self.place, self.editor.state)

    @cached_property
    def surroundings(self) -> Surroundings:
        """Collect what the forms take from where they stand."""
        return Surroundings(
            terms_url=self.editor.context.terms_url,
            names={"coordinate_system": partial(scope.system_names, self.editor.document, self.path)},
            lists=self.editor.name_lists,
            axes=scope.axes_at(self.editor.document, self.path),
            problems={slot: draw(found) for slot, found in self.placed.items()},
            bad=bad_paths(self.placed),
            zone=str(self.editor.context.zone or ""),
            focus=self.editor.focus,
            at=self.editor.at,
            read_only=self.editor.context.read_only,
        )

    @cached_property
    def forms(self) -> list[SectionForm]:
        """Give the Django forms of the sections."""
        return [form_for(section, self.editor.document, self.surroundings) for section in self.sections]

    @cached_property
    def rows(self) -> list["Row"]:
        """Give the items of a list in order: rows of the form, and links to those that are not."""
        forms = {form.section.path: form for form in self.forms}
        ids = self.editor.state.ids_at(self.path)
        return [
            Row(ids[index], index, forms.get(child.path), Node(self.editor, child, self.level + 1, self.placed))
            for index, child in enumerate(tree.children(self.place))
        ]

    @cached_property
    def loose(self) -> list["Node"]:
        """Give the items of a list of rows that do not fit a row."""
        if not self.is_rows:
            return []
        drawn = {section.path for section in self.sections}
        below = (child for child in tree.children(self.place) if child.path not in drawn)
        return [Node(self.editor, child, self.level + 1, self.placed) for child in below]

    @property
    def is_focus(self) -> bool:
        """Say whether the panel itself is what was asked for, and has no control to put the cursor in."""
        return self.level > 0 and self.editor.at == self.path and not self.forms

    @property
    def is_list(self) -> bool:
        """Say whether the node holds items."""
        return isinstance(self.place.shape, List)

    @property
    def is_rows(self) -> bool:
        """Say whether the items are rows of one form."""
        return sections.is_rows(self.place.shape)

    @property
    def is_depths(self) -> bool:
        """Say whether the items are depths."""
        return depths.is_depth_list(self.place.shape)

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """Give what the form shows, by field name."""
        return sections.shown_texts(self.sections, self.editor.document)

    @property
    def digest(self) -> str:
        """Give the digest of what the form shows."""
        return sections.digest(self.texts)

    @property
    def seen(self) -> str:
        """Give what the form shows, for the form to bring back."""
        return json.dumps(self.texts, ensure_ascii=False)

    @property
    def op(self) -> str:
        """Give a fresh id for one save."""
        return str(uuid.uuid4())

    @property
    def id_path(self) -> str:
        """Give the address by item ids."""
        return self.editor.state.id_path(self.path)

    @cached_property
    def addresses(self) -> list[str]:
        """List every address that this panel draws a place for problems at, without its children's panels."""
        own = [section.address(entry) for section in self.sections for entry in section.controls]
        return [self.path, *(section.path for section in self.sections), *own]

    @property
    def problems(self) -> SafeString:
        """Draw the problems of the node itself."""
        return draw(self.placed.get(self.path, ()))

    # Children --------------------------------------------------------------------------------------------------------

    @cached_property
    def children(self) -> list["Node"]:
        """Give the children: of a struct in the order of its layout; of a list or map those that are no rows."""
        if isinstance(self.place.shape, List) and self.is_rows:
            return []
        return [Node(self.editor, child, self.level + 1, self.placed) for child in tree.children(self.place)]

    @cached_property
    def name(self) -> str:
        """Give the last step of the address."""
        return paths.split(self.path)[-1] if self.path else ""

    @property
    def is_open(self) -> bool:
        """Say whether the node is drawn as a panel inside its parent's page."""
        return self.level > 0 and isinstance(self.place.parent, Struct) and tree.is_inline(self.place)

    @cached_property
    def closed(self) -> list["Node"]:
        """Give the children that are drawn as lines."""
        return [child for child in (*self.children, *self.loose) if not child.is_open]

    @property
    def panels(self) -> Iterator["Node"]:
        """Walk this node and those that are drawn inside it."""
        yield self
        for child in self.children:
            if child.is_open:
                yield from child.panels

    # What can be done ------------------------------------------------------------------------------------------------

    @property
    def is_item(self) -> bool:
        """Say whether the node can be moved, duplicated and removed."""
        return isinstance(self.place.parent, List)

    @property
    def is_clearable(self) -> bool:
        """Say whether the node can be emptied."""
        return self.is_filled and bool(self.path) and not (self.is_item or self.is_required)

    @property
    def add_label(self) -> str:
        """Say what one more item is called."""
        return offers.add_label(self.place, self.title)

    @property
    def exact_problems(self) -> list[tuple[str, "Problem"]]:
        """Give the problems of this very address; those below it show where it is opened."""
        return [(at, problem) for at, problem in self.placed.get(self.path, ()) if at == self.path]

    @property
    def item_id(self) -> str:
        """Give the id of an item."""
        above = paths.parent(self.path)
        known = self.editor.state.item_ids.get(above, ())
        index = int(self.name)
        return known[index] if index < len(known) else self.editor.state.ids_at(above)[index]

    @property
    def number(self) -> int:
        """Count an item from one."""
        return int(self.name) + 1

    @property
    def list_form(self) -> str:
        """Give the id of the form of the list that holds this item."""
        return f"{sections.prefix_of(paths.parent(self.path))}-form"

    @property
    def is_required(self) -> bool:
        """Say whether the schema wants something here."""
        entry = self.place.field
        return entry is not None and entry.required and not entry.nullable

    @cached_property
    def url(self) -> str:
        """Give the address of the page that shows this node."""
        return self.editor.context.link(self.path)

    @property
    def fragment_url(self) -> str:
        """Give the address that answers with this node alone."""
        return self.editor.context.link(self.path, fragment="node", page=self.editor.shown_in)

    @property
    def badges(self) -> SafeString:
        """Draw the counts."""
        return draw_badges(self.counts)

    @property
    def is_choice_list(self) -> bool:
        """Say whether adding asks for a kind or a name first."""
        shape = self.place.shape
        return (isinstance(shape, List) and isinstance(shape.item, Union)) or offers.is_map(self.place)

    @property
    def has_form(self) -> bool:
        """Say whether the node has a form of its own: fields, or buttons that concern it as a whole."""
        return bool(self.is_list or self.sections or self.is_item or self.is_clearable)


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a list that is drawn as rows."""

    item_id: str
    index: int
    form: SectionForm | None
    node: Node

    @property
    def number(self) -> int:
        """Count from one, as people do."""
        return self.index + 1

    @property
    def problems(self) -> SafeString:
        """Draw the problems of the item itself."""
        return draw(self.node.placed.get(self.node.path, ()))
