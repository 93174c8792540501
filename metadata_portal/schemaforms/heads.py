"""What is known of a node without drawing what is inside it: its name, what stands there, its problems, its links."""

import json
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import depths, histories, offers, scope, sections, summaries, tree
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.placement import Counts, Said, draw_badges
from metadata_portal.schemaforms.whereabouts import name_in_list
from schema_core import paths
from schema_core.introspect import List, Map, Place, Struct, Union

if TYPE_CHECKING:
    from metadata_portal.schemaforms.editor import Editor


@dataclass
class Head:
    """A node as its heading or its line shows it. ``level`` 0 is the page's own node."""

    editor: "Editor"
    place: Place
    level: int = 0
    placed: dict[str, list[tuple[str, Said]]] = field(default_factory=dict)

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
            return own or name_in_list(self.place)
        title = self.place.field.title
        chosen = isinstance(self.place.declared, Union) and own
        return f"{title}: {own}" if chosen and own.lower() != title.lower() else title

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

    @property
    def id_path(self) -> str:
        """Give the address by item ids."""
        return self.editor.state.id_path(self.path)

    # What it is ------------------------------------------------------------------------------------------------------

    @cached_property
    def name(self) -> str:
        """Give the last step of the address."""
        return paths.split(self.path)[-1] if self.path else ""

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

    @property
    def is_history(self) -> bool:
        """Say whether the node is a list that only grows."""
        return histories.is_history(self.place.parent, self.place.field)

    @property
    def is_open(self) -> bool:
        """Say whether the node is drawn as a panel inside its parent's page."""
        return self.level > 0 and isinstance(self.place.parent, Struct) and tree.is_inline(self.place)

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
    def exact_problems(self) -> list[tuple[str, Said]]:
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
    def op(self) -> str:
        """Give a fresh id for one save."""
        return str(uuid.uuid4())
