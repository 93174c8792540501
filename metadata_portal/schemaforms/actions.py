"""What a form's buttons do to the document: the words of ``do``, one function each."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.utils import timezone

from metadata_portal.errors import FormError
from metadata_portal.schemaforms import depths, histories, presets, reader, sections, typed
from metadata_portal.schemaforms.documents import ABSENT, Document
from metadata_portal.schemaforms.fitting import takes, types_of
from metadata_portal.schemaforms.origins import Origin
from metadata_portal.schemaforms.pasting import RowWriter, read_block
from metadata_portal.schemaforms.summaries import title_of
from schema_core import paths
from schema_core.introspect import Choice, List, Map, Place, Struct, Union, places


class Fragment(Protocol):
    """A structure that can be brought in: its value, the word for what it is, where it comes from."""

    @property
    def value(self) -> Any:
        """Give the value."""

    @property
    def type(self) -> str:
        """Give the word for what it is."""

    @property
    def origin(self) -> Origin:
        """Say where it comes from."""


Fragments = Callable[[str], Fragment]
Devices = Callable[[str], Fragment | None]


@dataclass(frozen=True, slots=True)
class Step:
    """The document after an action, the address to show next, what changed; its origin if not the person."""

    state: Document
    at: str
    changed: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One action as posted: the node, the word after the colon, and the other words of the form."""

    root: Struct
    state: Document
    place: Place
    name: str
    words: Mapping[str, str]
    device: Devices | None
    fragments: Fragments | None = None


Action = Callable[[Order], Step]
_actions: dict[str, Action] = {}


def does(word: str) -> Callable[[Action], Action]:
    """Register the action of a word; a second one is refused."""

    def register(action: Action) -> Action:
        if word in _actions:
            raise ValueError(f"{word!r} is done already by {_actions[word].__name__}")
        _actions[word] = action
        return action

    return register


def act(
    root: Struct,
    state: Document,
    path: str,
    words: Mapping[str, str],
    device: Devices | None,
    fragments: Fragments | None = None,
) -> Step:
    """Carry out the action of a form, on the document as its fields left it."""
    word, _, name = (words.get("do") or "save").partition(":")
    if word not in _actions:
        raise FormError(f"do: {word[:40]!r} is nothing a form can do.", field="do")
    place = places(root, state.json, path)[-1]
    return _actions[word](Order(root, state, place, name, words, device, fragments))


@does("save")
def save(order: Order) -> Step:
    """Only keep the fields."""
    return Step(order.state, order.words.get("page", order.place.path))


@does("confirm")
def confirm(order: Order) -> Step:
    """Only keep the fields: what is confirmed stands beside the document."""
    return save(order)


@does("add")
def add(order: Order) -> Step:
    """Add an item, a named value, or the node itself."""
    place = order.place
    if isinstance(place.shape, List):
        return _add_item(order, place.shape)
    if isinstance(place.shape, Map):
        return _add_named(order, place.shape)
    if place.present and place.value is not None:
        raise FormError("do: this is filled already.", field="do")
    if isinstance(place.declared, Union):
        return choose(order)
    return _filled(order, presets.seed(place.shape))


def _add_item(order: Order, shape: List) -> Step:
    """Append an item: of the named kind, or as the last depth was."""
    path, items = order.place.path, order.place.value if isinstance(order.place.value, list) else []
    if len(items) >= reader.MAX_ITEMS:
        raise FormError(f"A list holds at most {reader.MAX_ITEMS:,} items.", field="do")
    if depths.is_depth_list(shape) and order.name != "list":
        new: Any = depths.seed(items[-1] if items else ABSENT)
    elif isinstance(shape.item, Union):
        kind = order.name or order.words.get("alternative", "")
        branch = shape.item.alternative(kind)
        if branch is None:
            raise FormError(f"do: {kind[:60]!r} is no kind of {order.place.path or 'item'}.", field="do")
        new = presets.seed(branch.shape)
    else:
        new = presets.seed(shape.item)
    state = _seeded(order).arrange(path, [*range(len(items)), None], new)
    return _went(state, paths.child(path, len(items)))


def _add_named(order: Order, shape: Map) -> Step:
    """Add a value under a key."""
    key = order.words.get("key", "").strip()
    held = order.place.value if isinstance(order.place.value, dict) else {}
    if not key or key in held:
        raise FormError("key: give a name that is not there yet.", field="key")
    if isinstance(shape.key, Choice) and key not in shape.key.values:
        raise FormError(f"key: {key[:60]!r} is none of the names to choose from.", field="key")
    path = paths.child(order.place.path, key)
    return _went(_seeded(order).put(path, presets.seed(shape.value)), path)


@does("choose")
def choose(order: Order) -> Step:
    """Choose the branch of a union; what the branches have in common is kept."""
    if not isinstance(order.place.declared, Union):
        raise FormError("do: there is nothing to choose here.", field="do")
    key = order.name or order.words.get("alternative", "")
    branch = order.place.declared.alternative(key)
    if branch is None:
        raise FormError(f"do: {key[:60]!r} is none of the alternatives.", field="do")
    return _filled(order, presets.chosen(branch, order.place.value))


@does("preset")
def preset(order: Order) -> Step:
    """Fill the node from a fragment."""
    name = order.name or order.words.get("preset", "")
    try:
        value = presets.fragment(order.place.declared, name)
    except KeyError as error:
        raise FormError(f"do: there is no preset {name[:60]!r} here.", field="do") from error
    return _filled(order, value)


@does("device")
def device(order: Order) -> Step:
    """Fill the node from a device model or a device of the lab; what it does not say stays, and so does a name."""
    name = order.name or order.words.get("device", "")
    found = order.device(name) if order.device and name else None
    shape = order.place.shape
    if found is None or not isinstance(shape, Struct):
        raise FormError(f"device: there is no device model or device {name[:60]!r}.", field="device")
    if found.type != shape.object_type:
        said = f"device: {name[:60]!r} is of the kind {found.type}, and this place takes {shape.object_type}."
        raise FormError(said, field="device")
    held = order.place.value if isinstance(order.place.value, dict) else presets.seed(shape)
    known = {key: value for key, value in found.value.items() if key in shape.by_name and key != "object_type"}
    if held.get("name"):  # others may refer to it
        known.pop("name", None)
    return replace(_filled(order, {**held, **known}), origin=found.origin)


@does("bring")
def bring(order: Order) -> Step:
    """Bring a template or a copied node in: into an empty place, or to the end of a list."""
    name, place = order.name or order.words.get("bring", ""), order.place
    found = order.fragments(name) if order.fragments and name else None
    if found is None or not takes(place, found.type):
        raise FormError("bring: that does not fit in this place, or something stands here already.", field="bring")
    if isinstance(place.shape, List) and found.type in types_of(place.shape.item):
        size = len(place.value) if isinstance(place.value, list) else 0
        step = _went(
            _seeded(order).arrange(place.path, [*range(size), None], found.value), paths.child(place.path, size)
        )
    else:
        step = _filled(order, found.value)
    return replace(step, origin=found.origin)


@does("remove")
def remove(order: Order) -> Step:
    """Take an item, a named value or a whole node away."""
    place, index = _item(order)
    if index is None:
        return _went(_dropped(order, place), paths.parent(place.path))
    path = paths.parent(place.path)
    size = len(order.state.get(path))
    state = order.state.arrange(path, [other for other in range(size) if other != index])
    return _went(state, path)


@does("up")
def up(order: Order) -> Step:
    """Move an item one place towards the start."""
    return _moved(order, -1)


@does("down")
def down(order: Order) -> Step:
    """Move an item one place towards the end."""
    return _moved(order, 1)


@does("duplicate")
def duplicate(order: Order) -> Step:
    """Put a copy behind an item."""
    place, index = _item(order)
    if index is None:
        raise FormError("do: only items of a list are duplicated.", field="do")
    path = paths.parent(place.path)
    size = len(order.state.get(path))
    if size >= reader.MAX_ITEMS:
        raise FormError(f"A list holds at most {reader.MAX_ITEMS:,} items.", field="do")
    places_now = [*range(index + 1), None, *range(index + 1, size)]
    # verdicts on one thing are none on its copy
    state = order.state.arrange(path, places_now, histories.without(place.shape, order.state.get(place.path)))
    copied = paths.child(path, index + 1)
    origin = Origin("copy", what=f"{title_of(place.shape, 'entry')} {index + 1}")
    return Step(state, copied, (copied,), origin)


@does("paste")
def paste(order: Order) -> Step:
    """Write a block of cells from a spreadsheet into the rows of a list, from one cell on or below the last row."""
    place = order.place
    if not sections.is_rows(place.shape):
        raise FormError("do: cells are pasted into a list of rows.", field="do")
    items = list(place.value) if isinstance(place.value, list) else []
    first, start = _corner(order, len(items))
    writer = RowWriter(place, order.state.json, comma=bool(order.words.get("comma")))
    block = read_block(order.words.get("block", ""), writer.controls, writer.struct, start)
    size = first + len(block.rows)
    if size > reader.MAX_ITEMS:
        raise FormError(
            f"The block has {len(block.rows):,} rows: with those above, the list would have {size:,}, and "
            f"{reader.MAX_ITEMS:,} is the most. Nothing was pasted.",
            field="block",
        )
    for index, row in enumerate(block.rows, first):
        old = items[index] if index < len(items) else writer.new(items)
        items[index : index + 1] = [writer.written(old, block, row)]
    at = paths.join((*paths.split(place.path), str(first)))
    state = _seeded(order).put(place.path, items).with_ids()
    return Step(state, at, (place.path,))


def _corner(order: Order, size: int) -> tuple[int, int]:
    """Find the row and the control that a block begins at: behind the last row where no cell is named."""
    item, _, name = order.words.get("cell", "").partition(".")
    if not item:
        return size, 0
    ids = order.state.ids_at(order.place.path)
    names = [entry.name for entry in RowWriter(order.place, order.state.json).controls]
    if item not in ids or name not in names:
        raise FormError("cell: this row was removed meanwhile.", field="cell")
    return ids.index(item), names.index(name)


@does("now")
def now(order: Order) -> Step:
    """Write the time by the server's clock into a field of a row."""
    item, _, name = order.name.partition(".")
    ids = order.state.ids_at(order.place.path)
    shape = order.place.shape.item if isinstance(order.place.shape, List) else None
    entry = shape.by_name.get(name) if isinstance(shape, Struct) else None
    if item not in ids or entry is None or getattr(entry.shape, "type", None) is not dt.datetime:
        raise FormError("do: there is no time to set here.", field="do")
    path = paths.join((*paths.split(order.place.path), str(ids.index(item)), name))
    moment = timezone.localtime(timezone=typed.lab_zone()).isoformat(timespec="seconds")
    return _went(order.state.put(path, moment), path)


@does("drop")
def drop(order: Order) -> Step:
    """Take a key away that the model does not know."""
    held = order.place.value
    known = order.place.shape.by_name if isinstance(order.place.shape, Struct) else {}
    if not isinstance(held, dict) or order.name not in held or order.name in known:
        raise FormError("do: there is no such key to take away.", field="do")
    path = paths.child(order.place.path, order.name)
    return Step(order.state.drop(path), order.place.path, (path,))


def _moved(order: Order, by: int) -> Step:
    place, index = _item(order)
    if index is None:
        raise FormError("do: only items of a list are moved.", field="do")
    path = paths.parent(place.path)
    other = index + by
    size = len(order.state.get(path))
    if not 0 <= other < size:
        return Step(order.state, place.path)
    places_now: list[int | None] = list(range(size))
    places_now[index], places_now[other] = places_now[other], places_now[index]
    return _went(order.state.arrange(path, places_now), paths.child(path, other))


def _item(order: Order) -> tuple[Place, int | None]:
    """Find the item that an action means: the node itself, or the named item of its list."""
    place = order.place
    if order.name and isinstance(place.shape, List):
        ids = order.state.item_ids.get(place.path, [])
        if order.name not in ids:
            raise FormError("do: this item was removed meanwhile.", field="do")
        path = paths.child(place.path, ids.index(order.name))
        return places(order.root, order.state.json, path)[-1], ids.index(order.name)
    if order.name:
        raise FormError(f"do: there is no item {order.name[:40]!r} here.", field="do")
    if isinstance(place.parent, List):
        return place, int(paths.split(place.path)[-1])
    return place, None


def _dropped(order: Order, place: Place) -> Document:
    """Empty a node: its key goes, or its value becomes null where its place must stay."""
    from metadata_portal.schemaforms.posting import write  # noqa: PLC0415 - posting calls actions

    if not place.path:
        raise FormError("do: the record itself cannot be removed here.", field="do")
    return write(order.root, order.state, place.path, ABSENT, place.field)


def _filled(order: Order, value: Any) -> Step:
    """Write a whole node."""
    from metadata_portal.schemaforms.posting import write  # noqa: PLC0415 - posting calls actions

    state = write(order.root, _seeded(order), order.place.path, value, order.place.field)
    return _went(state, order.place.path)


def _seeded(order: Order) -> Document:
    """Make the objects above a node that are not there yet."""
    state = order.state
    for place in places(order.root, state.json, order.place.path)[:-1]:
        if state.get(place.path) in (ABSENT, None):
            state = state.put(place.path, presets.seed(place.shape))
    return state


def _went(state: Document, at: str) -> Step:
    """Show what changed."""
    return Step(state, at, (at,))
