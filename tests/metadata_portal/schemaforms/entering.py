"""Types a whole document into the forms, by their own controls and buttons, and by nothing else.

Starts from what `/new/` makes. Asks the models what belongs where, and the pages which controls and buttons there are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from selectolax.lexbor import LexborHTMLParser

import schema_core
from metadata_portal.schemaforms import presets
from metadata_portal.schemaforms.controls import is_leaf
from metadata_portal.schemaforms.documents import ABSENT, Document, get, within
from metadata_portal.schemaforms.editor import Editor, FormContext
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.posting import apply
from metadata_portal.schemaforms.sections import is_pairs
from schema_core import paths
from schema_core.introspect import (
    MISSING,
    Anything,
    Free,
    List,
    Map,
    Scalar,
    Shape,
    Struct,
    Term,
    Union,
    choose,
    describe,
    places,
)
from tests.forms import Form, forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

Posted = dict[str, list[str]]


class Draft(Protocol):
    """What is typed into: pages that are opened, posts that are sent, the document as it is now."""

    document: Any
    item_ids: Mapping[str, list[str]]

    def html(self, at: str, kinds: str = "") -> str: ...

    def send(self, data: Posted) -> None: ...


class OnPaper:
    """A draft without a server: drawn and written by the form engine itself."""

    def __init__(self, kind: str, begun: Document | None = None) -> None:
        self.kind = kind
        first = (begun or Document(presets.seed(describe(schema_core.KINDS[kind])))).with_ids()
        self.document, self.item_ids = first.json, first.item_ids

    def html(self, at: str, kinds: str = "") -> str:
        editor = Editor(self.kind, self.document, self.item_ids, (), at, FormContext(save_url="/save/"))
        editor.choosing = (kinds, at)
        return editor.drawn

    def send(self, data: Posted) -> None:
        edited = apply(self.kind, self.document, self.item_ids, data)
        self.document, self.item_ids = edited.document, edited.item_ids


class Typist:
    """Someone who has a document on paper and enters it."""

    def __init__(self, kind: str, draft: Draft, wanted: Any) -> None:
        self.root, self.draft, self.wanted = describe(schema_core.KINDS[kind]), draft, wanted
        self.presses = 0

    def enter(self) -> None:
        """Type everything."""
        self._node("", self.root)

    # What stands there, and what should -------------------------------------------------------------------------------

    def _now(self, at: str) -> Any:
        return get(self.draft.document, at)

    def _shape(self, at: str) -> Shape:
        return places(self.root, self.wanted, at)[-1].shape

    def _node(self, at: str, declared: Shape) -> None:
        """Make a node what it should be: the right kind, its own controls, then what is below."""
        wanted = get(self.wanted, at)
        chosen = choose(declared, wanted)
        shape = chosen.shape if chosen else declared
        is_other = chosen is not None and choose(declared, self._now(at)) != chosen
        if is_other or (self._now(at) in (ABSENT, None) and not holds_others(shape)):
            self._press(at, f"choose:{chosen.key}" if chosen else "add")
        if isinstance(shape, Struct):
            self._fields(at)
            self._below(at, shape)
        elif isinstance(shape, List) and not is_leaf(shape):
            self._items(at, shape)
        elif isinstance(shape, Map) and holds_others(shape):
            self._entries(at, shape)
        else:
            self._fields(at)

    def _below(self, at: str, struct: Struct) -> None:
        for entry in struct.fields:
            path = paths.child(at, entry.name)
            wanted = get(self.wanted, path)
            if (
                entry.constant
                or entry.name in layout_of(struct).hidden
                or (entry.deprecated and wanted in (ABSENT, None))
                or same(entry.shape, self._now(path), wanted, entry.default)
            ):
                continue
            if is_leaf(entry.shape):
                raise AssertionError(f"{path}: {wanted!r} was typed, {self._now(path)!r} stands there")
            if wanted in (ABSENT, None):
                self._press(path, "remove")
            else:
                self._node(path, entry.shape)

    def _items(self, at: str, shape: List) -> None:
        wanted = get(self.wanted, at)
        if not wanted and self._now(at) in (ABSENT, None):  # an empty list is one that everything was taken from
            first = shape.item.alternatives[0].key if isinstance(shape.item, Union) else ""
            self._press(at, f"add:{first}" if first else "add")
        for index, item in enumerate(wanted):
            path = paths.child(at, index)
            chosen = choose(shape.item, item)
            if self._now(path) is ABSENT:
                self._press(at, f"add:{chosen.key}" if chosen else "add")
            if self._is_other_list(item, self._now(path)):
                self._press(at, "remove", item=index)
                self._press(at, "add:list")
            if not same(shape.item, self._now(path), item):
                self._node(path, shape.item)
        for index in reversed(range(len(wanted), len(self._now(at)))):
            self._press(at, "remove", item=index)

    @staticmethod
    def _is_other_list(wanted: Any, now: Any) -> bool:
        """Whether an item that is a list was begun as a depth, and is none."""
        kinds = [[part.get("object_type") for part in held] if isinstance(held, list) else [] for held in (wanted, now)]
        return isinstance(wanted, list) and bool(now) and kinds[0] != kinds[1]

    def _entries(self, at: str, shape: Map) -> None:
        for key in get(self.wanted, at):
            path = paths.child(at, key)
            if self._now(path) is ABSENT:
                self._press(at, "add", key=key)
            self._node(path, shape.value)

    # What a person does ----------------------------------------------------------------------------------------------

    def _forms(self, at: str, kinds: str = "") -> list[Form]:
        return forms(self.draft.html(at, kinds))

    def _press(self, at: str, button: str, item: int | None = None, **words: str) -> None:
        """Press a button of the form of a node, on the page that shows it."""
        wanted = self._named(button, at, item)
        for kinds in ("", button.partition(":")[0]):  # long lists of kinds are drawn when they are asked for
            for form in self._forms(at, kinds):
                if dict(form.fields).get("at") == at and ("do", wanted) in form.buttons:
                    self.presses += 1
                    self.draft.send(form.data(**words, do=wanted))
                    return
        raise AssertionError(f"no button {button!r} at {at!r} (item {item})")

    def _named(self, button: str, at: str, item: int | None) -> str:
        """What a button says; those of an item name it by its id."""
        return button if item is None else f"{button}:{self.draft.item_ids[at][item]}"

    def _fields(self, at: str) -> None:
        """Fill in the controls of a node on the page that shows it, and save."""
        html = self.draft.html(at)
        page = LexborHTMLParser(html)
        fields = [(box, box.attributes["data-field"] or "") for box in page.css("[data-field]")]
        for form in forms(html):
            if "digest" not in dict(form.fields):
                continue
            own = set(form.paths.values()) | {name for name, _ in form.fields}
            typed: Posted = {}
            for box, address in fields:
                if within(address, at) and self._is_own(at, address):
                    typed |= {
                        name: texts
                        for name, texts in self._typed(box, address).items()
                        if _stem(name) in map(_stem, own)
                    }
            if typed:
                self.draft.send({**form.data(do="save"), **typed})

    def _is_own(self, at: str, address: str) -> bool:
        """Whether a control is of the node itself, not of one below that has its turn later."""
        steps = paths.split(address)[len(paths.split(at)) :]
        return len(steps) <= 1 or isinstance(self._shape(at), List)

    def _typed(self, box: LexborNode, address: str) -> Posted:
        """What is typed into the inputs of one control."""
        wanted = get(self.wanted, address)
        said = wanted is not ABSENT
        if not said:
            entry = places(self.root, self.wanted, address)[-1].field
            wanted = None if entry is None or entry.default is MISSING else entry.default
        shape = places(self.root, self.wanted, address)[-1].shape
        inputs = [entry for entry in box.css("[name]") if "disabled" not in entry.attributes]
        names = [entry.attributes["name"] or "" for entry in inputs]
        if any(entry.attributes.get("type") == "checkbox" for entry in inputs):
            return {names[0]: ["", *texts_of(shape, wanted, options_of(inputs))]}
        if box.css_first(".sf-pairs") is not None:
            texts = [text for key, held in (wanted or {}).items() for text in (key, written(inner(shape), held))]
            return _numbered(names, texts)
        if box.css_first(".sf-parts") is not None:
            return _numbered(names, texts_of(shape, wanted, []))
        if isinstance(wanted, list) and not isinstance(shape, Anything):
            return {names[0]: ["\n".join(written(inner(shape), entry) for entry in wanted)]}
        is_nothing = wanted is None and not (said and isinstance(shape, Anything))
        return {names[0]: ["" if is_nothing else written(inner(shape), wanted, options_of(inputs))]}


def holds_others(shape: Shape) -> bool:
    """Whether a node has no controls of its own, and begins to be there with the first that is added to it."""
    return isinstance(shape, List | Map) and not is_leaf(shape) and not is_pairs(shape)


def _stem(name: str) -> str:
    stem, _, number = name.rpartition("-")
    return stem if number.isdigit() else name


def _numbered(names: list[str], texts: list[str]) -> Posted:
    """Texts in numbered inputs: the page grows one more as each is filled; those left over are emptied."""
    stem = _stem(names[0])
    size = max(len(names), len(texts))
    return {f"{stem}-{index}": [texts[index] if index < len(texts) else ""] for index in range(size)}


def inner(shape: Shape) -> Shape:
    """What the items of a list, or the values of an object, are."""
    if isinstance(shape, List):
        return shape.item
    if isinstance(shape, Union):
        return next((inner(entry.shape) for entry in shape.alternatives if isinstance(entry.shape, List)), shape)
    return shape.value if isinstance(shape, Map) else Anything() if isinstance(shape, Free) else shape


def options_of(inputs: list[LexborNode]) -> list[str]:
    """What can be chosen."""
    boxes = [entry for entry in inputs if entry.attributes.get("type") == "checkbox"]
    options = [option for entry in inputs for option in entry.css("option")]
    return [entry.attributes.get("value") or "" for entry in (*boxes, *options)]


def texts_of(shape: Shape, value: Any, options: list[str]) -> list[str]:
    """An item of a list each."""
    return [written(inner(shape), entry, options) for entry in value or []]


def written(shape: Shape, value: Any, options: list[str] = []) -> str:  # noqa: B006 - never changed
    """How a person writes a value: names of terms, plain numbers, anything odd as JSON."""
    if isinstance(shape, Union):
        if isinstance(value, str) and ("," in value or value[:1] in '["') and inner(shape) is not shape:
            return json.dumps(value)  # among rows of names between commas, a name with one stands in quotes
        chosen = choose(shape, value)
        shape = chosen.shape if chosen else shape
    if isinstance(shape, Anything):
        return value if isinstance(value, str) and _is_bare(value) else json.dumps(value, ensure_ascii=False)
    if value is None or value is ABSENT:
        return ""
    if isinstance(shape, Term) and isinstance(value, dict):
        said = [
            value[key] for key in ("name", "abbreviation", "registry_identifier") if isinstance(value.get(key), str)
        ]
        return next((text for text in said if text in options), said[0] if said else json.dumps(value))
    if isinstance(shape, List):
        return _row(shape, value)
    is_odd = isinstance(shape, Scalar) and shape.text and _looks_otherwise(value)  # where numbers may stand, too
    return value if isinstance(value, str) and not is_odd else json.dumps(value, ensure_ascii=False)


def _looks_otherwise(value: Any) -> bool:
    """Whether a text would be taken for a number, for a quoted text, or for nothing."""
    try:
        float(value)
    except ValueError:
        return value[:1] == '"' or value != value.strip() or not value or "\n" in value
    return True


def _row(shape: List, value: list[Any]) -> str:
    """A list inside a list: commas between its items where they cannot be misread, else JSON."""
    texts = [written(shape.item, entry) for entry in value]
    plain = not any("," in text or text != text.strip() or not text for text in texts) and len(texts) > 1
    return ", ".join(texts) if plain and texts[0][:1] not in '["' else json.dumps(value, ensure_ascii=False)


def _is_bare(text: str) -> bool:
    """Whether a text would be read as itself where anything may stand."""
    try:
        json.loads(text)
    except ValueError:
        return text == text.strip() != "" and "\n" not in text
    return False


def same(shape: Shape, one: Any, other: Any, default: Any = MISSING) -> bool:
    """Whether two values say the same, what is left out counting as its default."""
    return whole(shape, one, default) == whole(shape, other, default)


def whole(shape: Shape, value: Any, default: Any = MISSING) -> Any:
    """A value as the schema writes it: every field there, with its default where nothing was said."""
    if value is ABSENT or value is None:
        return None if value is None or default is MISSING else default
    if isinstance(shape, Union) and is_leaf(shape) and isinstance(value, list) and len(value) == 1:
        value = value[0]  # one line of a text or a list of texts is a text
    chosen = choose(shape, value)
    shape = chosen.shape if chosen else shape
    if isinstance(shape, Struct) and isinstance(value, dict):
        known = {entry.name: whole(entry.shape, value.get(entry.name, ABSENT), entry.default) for entry in shape.fields}
        return {**known, **{key: held for key, held in value.items() if key not in known}}
    if isinstance(shape, List) and isinstance(value, list):
        return [whole(shape.item, entry) for entry in value]
    if isinstance(shape, Map) and isinstance(value, dict):
        return {key: whole(shape.value, entry) for key, entry in value.items()}
    return value


def modern(shape: Shape, value: Any) -> Any:
    """A document as forms would say it: without what is worked out or deprecated, no text or list that says nothing."""
    if isinstance(shape, Union) and is_leaf(shape) and isinstance(value, list) and len(value) == 1:
        return value[0]
    chosen = choose(shape, value)
    shape = chosen.shape if chosen else shape
    if isinstance(shape, Struct) and isinstance(value, dict):
        return _of_today(shape, value)
    if isinstance(shape, List) and isinstance(value, list):
        return [modern(shape.item, entry) for entry in value]
    if isinstance(shape, Map) and isinstance(value, dict):
        return {key: modern(shape.value, entry) for key, entry in value.items()}
    return "none" if value == "" else value


def _of_today(struct: Struct, value: dict[str, Any]) -> dict[str, Any]:
    """An object with the fields that took over from deprecated ones."""
    known = {
        key: modern(struct.by_name[key].shape, held) if key in struct.by_name else held for key, held in value.items()
    }
    for old in struct.fields:
        if old.replaced_by and known.get(old.name) is not None:
            known[old.replaced_by] = known.get(old.replaced_by) or known[old.name]
            del known[old.name]
    hidden = layout_of(struct).hidden
    return {key: held for key, held in known.items() if key not in hidden}
