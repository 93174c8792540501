"""One posted node -> the edited document.

The fields are read first, then the action in ``do``. Only what differs from what the form showed is written; where the
document changed since the form was drawn, a field that both sides changed raises StaleNode.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import schema_core
from metadata_portal.errors import Conflict, FormError
from metadata_portal.schemaforms import reader, sections
from metadata_portal.schemaforms.actions import Step, act
from metadata_portal.schemaforms.controls import Control
from metadata_portal.schemaforms.documents import ABSENT, Document, within
from metadata_portal.schemaforms.sections import Section
from schema_core import paths
from schema_core.errors import UnknownPath
from schema_core.introspect import MISSING, Field, List, Place, Struct, describe, places

ENVELOPE: Final = frozenset(
    {"at", "op", "digest", "seen", "do", "node", "page", "open", "key", "alternative", "preset", "device", "version"}
    | {"csrfmiddlewaretoken", "fragment", "next"}
)
"""Posted names that are no fields of the node."""

DeviceModel = Callable[[str], Mapping[str, Any] | None]
Texts = dict[str, list[str]]


class StaleNode(Conflict):
    """A field was changed here and elsewhere since the form was drawn; ``mine`` and ``theirs`` are texts by address."""

    title = "Somebody else changed this field"


@dataclass(frozen=True, slots=True)
class Edited:
    """The document after a post, and where to go."""

    document: Any
    item_ids: dict[str, list[str]]
    at: str
    changed_paths: tuple[str, ...]
    focus: str = ""


@dataclass(frozen=True, slots=True)
class _Posted:
    """A post, taken apart."""

    rendered: str
    place: Place
    sections: tuple[Section, ...]
    fields: Texts
    words: Mapping[str, list[str]] = field(repr=False)

    def word(self, name: str) -> str:
        """Give one value of the envelope."""
        return self.words.get(name, [""])[-1]


def apply(
    kind: str,
    document: Any,
    item_ids: Mapping[str, list[str]],
    post: Mapping[str, Any],
    *,
    device: DeviceModel | None = None,
) -> Edited:
    """Write one posted node into a document and carry out its action.

    Raises FormError for what cannot be read, StaleNode where two people changed one field.
    """
    state = Document(document, item_ids).with_ids()
    root = describe(schema_core.KINDS[kind])
    given = _taken_apart(root, state, reader.posted(post))
    after, written = _written(root, state, given)
    words = {name: values[-1] for name, values in given.words.items() if name in ENVELOPE}
    step = act(root, after, given.place.path, words, device)
    final = step.state.with_ids()
    changed = tuple(dict.fromkeys([*written, *step.changed]))
    return Edited(final.json, dict(final.item_ids), step.at, changed)


def _taken_apart(root: Struct, state: Document, words: Mapping[str, list[str]]) -> _Posted:
    """Find the node that a post is about and sort its names into fields and envelope."""
    doubled = [name for name in ("at", "op", "do", "node", "digest", "seen") if len(words.get(name, ())) > 1]
    if doubled:
        raise FormError(f"{doubled[0]}: given twice.", field=doubled[0])
    rendered = words.get("at", [""])[0]
    path = rendered
    if words.get("node"):
        found = state.path_of(words["node"][0])
        if found is None:
            raise StaleNode("This entry was removed meanwhile.", mine=None, theirs=None)
        path = found
    _check_indices(rendered)
    try:
        place = places(root, state.json, path)[-1]
    except UnknownPath as error:
        raise FormError(f"The record has no place {rendered[:80]!r}.", field="at") from error
    above = places(root, state.json, path)
    gone = next((entry for entry in above if isinstance(entry.parent, List) and not entry.present), None)
    if gone is not None:
        raise FormError(f"The record has no item {gone.path[:80]!r}.", field="at")
    parts = sections.sections_of(place, state, rendered)
    return _Posted(rendered, place, parts, _fields(parts, words), words)


def _check_indices(path: str) -> None:
    """Refuse item numbers that no list here has."""
    reader.check_key(path)
    for part in paths.split(path):
        if part.lstrip("-+").isdigit():
            reader.read_index(part, "at")


def _fields(parts: tuple[Section, ...], words: Mapping[str, list[str]]) -> Texts:
    """Read the texts of each field; a name that is neither field nor envelope is refused, so nothing is lost."""
    known = {f"{section.prefix}-{entry.name}": entry for section in parts for entry in section.controls}
    found: Texts = {}
    numbered: dict[str, dict[int, str]] = {}
    for name, values in words.items():
        if name in ENVELOPE:
            continue
        stem, _, number = name.rpartition("-")
        entry = known.get(name)
        if entry is not None and entry.group != "many":
            found[name] = _single(name, values, entry)
        elif stem in known and known[stem].group == "many":
            if len(values) > 1:
                raise FormError(f"{name}: given twice.", field=name)
            numbered.setdefault(stem, {})[reader.read_index(number, name)] = values[0]
        else:
            raise FormError(f"{name[:80]}: no such field here.", field=name)
    for stem, by_index in numbered.items():
        size = max(by_index) + 1
        if size > len(by_index):
            raise FormError(f"{stem}: an item number is left out.", field=stem)
        found[stem] = [by_index[index] for index in range(size)]
    return found


def _single(name: str, values: list[str], entry: Control) -> list[str]:
    """Read a name that is given once, or the boxes of a group."""
    if entry.group == "boxes":
        return [value for value in values if value]
    if len(values) > 1:
        raise FormError(f"{name}: given twice.", field=name)
    return values


def _written(root: Struct, state: Document, given: _Posted) -> tuple[Document, list[str]]:
    """Write every field that differs from what its form showed."""
    now = sections.shown_texts(given.sections, state.json)
    seen = _seen(given, now)
    conflicts: dict[str, tuple[list[str], list[str]]] = {}
    changed: list[str] = []
    after = state
    for section in given.sections:
        for entry in section.controls:
            name = f"{section.prefix}-{entry.name}"
            texts = given.fields.get(name)
            shown = seen.get(name, now[name])
            if texts is None or _same(entry, texts, shown) or _same(entry, texts, now[name]):
                continue
            address = section.address(entry)
            if not _same(entry, now[name], shown):
                conflicts[address] = (texts, now[name])
                continue
            old = state.get(address)
            after = write(root, after, address, entry.read(texts or [""], old), entry.field)
            changed.append(address)
    if conflicts:
        raise StaleNode(
            "Somebody else changed the same field. Both texts are kept here: choose one and save again.",
            mine={address: texts for address, (texts, _) in conflicts.items()},
            theirs={address: texts for address, (_, texts) in conflicts.items()},
        )
    return after, changed


def _seen(given: _Posted, now: Texts) -> Texts:
    """Give the texts that the form showed when it was drawn."""
    digest = given.word("digest")
    if not digest or digest == sections.digest(now):
        return now
    try:
        brought = json.loads(given.word("seen") or "{}")
    except (ValueError, RecursionError):
        brought = None
    if not isinstance(brought, dict) or not all(_is_texts(value) for value in brought.values()):
        raise FormError("seen: not what a form of this portal sends.", field="seen")
    if not brought:
        return {name: ["\0"] for name in now}
    return {name: [text.replace("\r\n", "\n") for text in texts] for name, texts in brought.items()}


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _same(entry: Control, one: list[str], other: list[str]) -> bool:
    """Compare texts as a browser sends them: empty inputs at the end and the order of check boxes are nothing."""
    if entry.group == "boxes":
        return sorted(one) == sorted(other)
    return _bare(one) == _bare(other)


def _bare(texts: list[str]) -> list[str]:
    kept = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    while kept and not kept[-1]:
        kept.pop()
    return kept


# Writing -------------------------------------------------------------------------------------------------------------


def write(root: Struct, state: Document, path: str, value: Any, entry: Field | None = None) -> Document:
    """Write a value at an address; nothing becomes null or no key at all, and a deprecated twin is kept in step."""
    twins = _twins(root, state, path)
    after = _plain_write(state, path, value, entry)
    for new, old in twins:
        after = after.drop(old) if after.get(new) is ABSENT else after.put(old, after.get(new)).with_ids()
    return after


def _plain_write(state: Document, path: str, value: Any, entry: Field | None) -> Document:
    if value is not ABSENT:
        return state.put(path, value)
    held = state.get(paths.parent(path))
    if isinstance(held, list):
        return state.put(path, None)
    if entry is not None and entry.nullable and entry.default not in (None, MISSING):
        return state.put(path, None)
    return state.drop(path)


def _twins(root: Struct, state: Document, path: str) -> list[tuple[str, str]]:
    """Find deprecated fields on the way that say the same as the field that took over: (new, old) addresses."""
    found: list[tuple[str, str]] = []
    for place in places(root, state.json, path):
        if not isinstance(place.shape, Struct) or not isinstance(place.value, dict):
            continue
        for old in place.shape.fields:
            if old.replaced_by is None or place.value.get(old.name) is None:
                continue
            new = paths.child(place.path, old.replaced_by)
            if place.value.get(old.replaced_by) == place.value[old.name] and within(path, new):
                found.append((new, paths.child(place.path, old.name)))
    return found


__all__ = ["Edited", "StaleNode", "Step", "apply", "write"]
