"""A posted node beside the document as it is now: what was typed, what stands there, and what the form had shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import schema_core
from metadata_portal.schemaforms import posting, reader, sections
from metadata_portal.schemaforms.documents import Document
from schema_core.introspect import describe


@dataclass(frozen=True, slots=True)
class Typed:
    """One field in which a post says something else than the document; ``fields`` are its posted names and texts."""

    name: str
    path: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    is_conflict: bool
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The fields that differ, and what a form drawn now shows."""

    typed: tuple[Typed, ...]
    shown: dict[str, list[str]]

    @property
    def digest(self) -> str:
        """The digest of what a form drawn now shows."""
        return sections.digest(self.shown)


def compare(kind: str, document: Any, item_ids: Mapping[str, list[str]], post: Mapping[str, Any]) -> Compared:
    """Say what a post would change; raises what reading it raises, StaleNode when its item is gone."""
    state = Document(document, item_ids).with_ids()
    given = posting.taken_apart(describe(schema_core.KINDS[kind]), state, reader.posted(post))
    now = sections.shown_texts(given.sections, state.json)
    seen = posting.seen_texts(given, now)
    found: list[Typed] = []
    for section in given.sections:
        for entry in section.controls:
            name = f"{section.prefix}-{entry.name}"
            texts, shown = given.fields.get(name), seen.get(name, now[name])
            if texts is None or posting.is_same(entry, texts, shown) or posting.is_same(entry, texts, now[name]):
                continue
            many = entry.group == "many"
            fields = [(f"{name}-{number}" if many else name, text) for number, text in enumerate(texts)]
            is_conflict = not posting.is_same(entry, now[name], shown)
            address = section.address(entry)
            found.append(Typed(name, address, tuple(texts), tuple(now[name]), is_conflict, tuple(fields)))
    return Compared(tuple(found), now)
