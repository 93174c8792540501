"""One posted node -> the edited document.

The fields are read first, then the action in ``do``. Only what differs from what the form showed is written; where the
document changed since the form was drawn, a field that both sides changed raises StaleNode.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from metadata_portal.errors import Conflict, FormError
from metadata_portal.schemaforms import depth_lists, fillings, histories, reader, readings, sections, tree
from metadata_portal.schemaforms.actions import Devices, Fragments, Step, act
from metadata_portal.schemaforms.controls import Control
from metadata_portal.schemaforms.deeds import deed
from metadata_portal.schemaforms.documents import ABSENT, Document, within
from metadata_portal.schemaforms.origins import Origin
from metadata_portal.schemaforms.readings import Said
from metadata_portal.schemaforms.sections import Section
from metadata_portal.schemaforms.undoing import ways_back
from schema_core import paths
from schema_core.errors import UnknownPath
from schema_core.introspect import MISSING, Field, List, Place, Struct, places

ENVELOPE: Final = frozenset(
    {
        "at",
        "op",
        "digest",
        "seen",
        "do",
        "node",
        "page",
        "open",
        "key",
        "alternative",
        "preset",
        "device",
        "lot",
        "bring",
        "version",
        "typing",
        "comma",
    }
    | {"block", "cell", "csrfmiddlewaretoken", "fragment", "next"}
)
"""Posted names that are no fields of the node."""

Texts = dict[str, list[str]]


class StaleNode(Conflict):
    """A field was changed here and elsewhere since the form was drawn; ``mine`` and ``theirs`` are texts by address."""

    title = "Somebody else changed this field"


@dataclass(frozen=True, slots=True)
class Edited:
    """The document after a post, and where to go; ``readings`` is how typed text was read, by address.

    ``origin`` is where the action took what it wrote at ``origin_paths`` from; these, and ``confirmed``, are id paths.
    """

    document: Any
    item_ids: dict[str, list[str]]
    at: str
    changed_paths: tuple[str, ...]
    undo: tuple[dict[str, Any], ...] = ()
    said: str = ""
    origin: Origin | None = None
    origin_paths: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    readings: Mapping[str, Said] = field(default_factory=dict)


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
    kind: str | Struct,
    document: Any,
    item_ids: Mapping[str, list[str]],
    post: Mapping[str, Any],
    *,
    device: Devices | None = None,
    fragments: Fragments | None = None,
    comma: bool = False,
    kept: frozenset[str] = frozenset(),
) -> Edited:
    """Write one posted node into a document and carry out its action.

    ``kind``: of a record, or the shape of any other document; ``comma``: the person's language has decimal commas;
    ``kept``: ids of entries that stay as they are. Raises FormError for what cannot be read or may not be changed,
    StaleNode where two people changed one field.
    """
    state = Document(document, item_ids).with_ids()
    root = tree.root_of(kind)
    given = taken_apart(root, state, reader.posted(post))
    comma = comma or bool(given.word("comma"))
    after, written, read_as = _written(root, state, given, comma=comma)
    words = {name: values[-1] for name, values in given.words.items() if name in ENVELOPE}
    filled = fillings.beside(after, given.sections, written)
    written, read_as = [*written, *filled.changed], read_as | filled.said
    before = filled.state.with_ids()
    if words.get("do") == "save" and not words.get("typing"):
        words["do"] = (
            depth_lists.wanted(before, given.sections, written, comma=comma)
            or fillings.wanted(before, given.sections, written)
            or "save"
        )
    step = act(root, before, given.place.path, words, device, fragments)
    final = before if step.state is before else step.state.with_ids()
    histories.check(root, state, final, kept)
    changed = tuple(dict.fromkeys([*written, *step.changed]))
    ways = ways_back(before, final)
    said = deed(root, before, final, words["do"], given.place.path, step.at) if ways else ""
    undo = tuple(way.as_json() for way in ways)
    return Edited(
        final.json,
        dict(final.item_ids),
        step.at,
        changed,
        undo,
        said,
        origin=step.origin,
        origin_paths=tuple(final.id_path(path) for path in step.changed),
        confirmed=tuple(_confirmed(final, given)),
        readings=read_as,
    )


def _confirmed(state: Document, given: _Posted) -> Iterator[str]:
    """Give what a person confirms: one control, or all that the form shows."""
    word, _, named = given.word("do").partition(":")
    if word != "confirm":
        return
    for section in given.sections:
        for entry in section.controls:
            at = state.id_path(section.address(entry))
            if not named or at == named:
                yield at


def taken_apart(root: Struct, state: Document, words: Mapping[str, list[str]]) -> _Posted:
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
    parts = sections.sections_posted(place, state, rendered, words)
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


def _written(
    root: Struct, state: Document, given: _Posted, *, comma: bool
) -> tuple[Document, list[str], dict[str, Said]]:
    """Write every field that differs from what its form showed; quantities last, in the units that came with them."""
    now = sections.shown_texts(given.sections, state.json)
    seen = seen_texts(given, now)
    conflicts: dict[str, tuple[list[str], list[str]]] = {}
    changed: list[str] = []
    quantities: list[tuple[Section, Control, list[str]]] = []
    said: dict[str, Said] = {}
    after = state
    for section in given.sections:
        for entry in section.controls:
            name = f"{section.prefix}-{entry.name}"
            texts = given.fields.get(name)
            shown = seen.get(name, now[name])
            if texts is None or is_same(entry, texts, shown) or is_same(entry, texts, now[name]):
                continue
            address = section.address(entry)
            if not is_same(entry, now[name], shown):
                conflicts[address] = (texts, now[name])
                continue
            if readings.is_measured(entry):
                quantities.append((section, entry, texts))
                continue
            after = write(root, after, address, entry.read(texts or [""], state.get(address)), entry.field)
            changed.append(address)
    if conflicts:
        raise StaleNode(
            "Somebody else changed the same field. Both texts are kept here: choose one and save again.",
            mine={address: texts for address, (texts, _) in conflicts.items()},
            theirs={address: texts for address, (_, texts) in conflicts.items()},
        )
    for section, entry, texts in quantities:
        address = section.address(entry)
        settled = readings.settle(after, section, entry, texts or [""], comma=comma)
        after = write(root, after, address, settled.value, entry.field)
        for at, unit in settled.units.items():
            after = write(root, after, at, unit)
        changed += [address, *settled.units]
        said |= settled.said
    return after, changed, said


def seen_texts(given: _Posted, now: Texts) -> Texts:
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


def is_same(entry: Control, one: list[str], other: list[str]) -> bool:
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
