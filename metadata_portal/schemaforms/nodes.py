"""Nodes as they are drawn: a panel with its form, and its children as open panels or one-line rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from django.utils.safestring import SafeString

from metadata_portal.registries.lab.lab_protocols import protocols_offered
from metadata_portal.schemaforms import scope, sections, tree
from metadata_portal.schemaforms.documents import within
from metadata_portal.schemaforms.forms import SectionForm, Surroundings, form_for
from metadata_portal.schemaforms.heads import Head
from metadata_portal.schemaforms.notes import notes_of
from metadata_portal.schemaforms.placement import bad_paths, draw
from schema_core import paths
from schema_core.introspect import List, Place, Struct


@dataclass
class Node(Head):
    """A node with its forms and its children."""

    @cached_property
    def sections(self) -> tuple[sections.Section, ...]:
        """Give the sections of the node's own form."""
        return sections.sections_of(self.place, self.editor.state, first=self.first)

    @cached_property
    def first(self) -> int:
        """Give the index of the first row that is shown: those around the address that was asked for."""
        asked = self.editor.windows.get(self.path, self.editor.at)
        below = paths.split(asked)[len(paths.split(self.path)) :] if within(asked, self.path) else ()
        index = int(below[0]) if self.is_rows and below and below[0].isdigit() else 0
        return min(index, max(0, self.size - 1)) // self.rows_shown * self.rows_shown

    @property
    def size(self) -> int:
        """Count the items of a list."""
        return len(self.place.value) if isinstance(self.place.value, list) else 0

    @property
    def rows_shown(self) -> int:
        """Give how many rows one page shows."""
        return sections.rows_shown(self.place.shape)

    @property
    def window(self) -> str:
        """Give the address that shows this node as it is shown: of a list, its first row that is drawn."""
        return paths.child(self.path, self.first) if self.first else self.path

    @property
    def shown_in(self) -> str:
        """Give the address of the page to come back to: the one around this node, at the rows that it shows."""
        return self.window if self.first and self.editor.host is None else self.editor.shown_in

    def hides(self, address: str) -> bool:
        """Say whether an address lies in a row that the page does not show."""
        if not self.is_rows or address == self.path or not within(address, self.path):
            return False
        row = paths.split(address)[len(paths.split(self.path))]
        return row.isdigit() and not self.first <= int(row) < self.first + self.rows_shown

    @cached_property
    def _shown(self) -> list[Place]:
        """Give the items of a list that this page shows."""
        chosen = range(self.first, min(self.size, self.first + self.rows_shown))
        return [tree.item_at(self.place, index) for index in chosen]

    @cached_property
    def surroundings(self) -> Surroundings:
        """Collect what the forms take from where they stand."""
        return Surroundings(
            terms_url=self.editor.context.terms_url,
            names={
                "coordinate_system": partial(scope.system_names, self.editor.document, self.path),
                "protocol": partial(protocols_offered, self._kind),
            },
            lists=self.editor.name_lists,
            axes=scope.axes_at(self.editor.document, self.path),
            problems=self.messages,
            bad=bad_paths(self.placed),
            zone=str(self.editor.context.zone or ""),
            focus=self.editor.focus,
            at=self.editor.at,
            read_only=self.editor.context.read_only,
        )

    @property
    def _kind(self) -> str | None:
        """Give the kind of node, or of a list's items."""
        shape = self.place.shape.item if isinstance(self.place.shape, List) else self.place.shape
        return shape.object_type if isinstance(shape, Struct) else None

    @cached_property
    def messages(self) -> dict[str, SafeString]:
        """Draw what is said at each address: problems, then how typed text was read."""
        notes = notes_of(self)
        drawn = {slot: draw(found, self.form_id) for slot, found in self.placed.items()}
        return drawn | {slot: drawn.get(slot, SafeString("")) + note for slot, note in notes.items()}

    @property
    def problems(self) -> SafeString:
        """Draw what is said of the node itself."""
        return self.messages.get(self.path, SafeString(""))

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
            for index, child in enumerate(self._shown, self.first)
        ]

    @cached_property
    def loose(self) -> list["Node"]:
        """Give the items of a list of rows that do not fit a row."""
        if not self.is_rows:
            return []
        drawn = {section.path for section in self.sections}
        below = (child for child in self._shown if child.path not in drawn)
        return [Node(self.editor, child, self.level + 1, self.placed) for child in below]

    @property
    def is_focus(self) -> bool:
        """Say whether the panel itself is what was asked for, and has no control to put the cursor in."""
        return self.level > 0 and self.editor.at == self.path and not self.forms

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

    @cached_property
    def addresses(self) -> list[str]:
        """List every address that this panel draws a place for problems at, without its children's panels."""
        own = [section.address(entry) for section in self.sections for entry in section.controls]
        return [self.path, *(section.path for section in self.sections), *own]

    @cached_property
    def children(self) -> list["Node"]:
        """Give the children: of a struct in the order of its layout; of a list or map those that are no rows."""
        if isinstance(self.place.shape, List) and self.is_rows:
            return []
        return [Node(self.editor, child, self.level + 1, self.placed) for child in tree.children(self.place)]

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

    @property
    def form_id(self) -> str:
        """Name the node's form for buttons that stand outside of it; empty where there is none."""
        return f"{self.prefix}-form" if self.has_form and not self.editor.context.read_only else ""

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
        form = f"{sections.prefix_of(paths.parent(self.node.path))}-form"
        return draw(self.node.placed.get(self.node.path, ()), form)
