"""What the lab's registries fill in: a lot its material, a name the ORCID iD beside it.

What was typed is never overwritten by itself: a typed lot fills what is empty, a chosen one all that it
knows. No lot fills a titer: the standard's is that of what was injected, and a lot knows only that of its stock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from metadata_portal.errors import FormError
from metadata_portal.registries.lab.materials import LOT_FIELDS, MATERIALS, lot_of, material_node
from metadata_portal.registries.lab.people import PEOPLE, person_fields
from metadata_portal.schemaforms import presets, reader
from metadata_portal.schemaforms.actions import Order, Step, does
from metadata_portal.schemaforms.documents import ABSENT, Document
from metadata_portal.schemaforms.origins import Origin
from metadata_portal.schemaforms.readings import Said
from metadata_portal.schemaforms.sections import Section
from schema_core import paths
from schema_core.introspect import List, Struct, Union
from schema_core.registries.entries import Entry

_PERSON: Final = "Person"
_IDENTIFIER: Final = "registry_identifier"
_EMPTY: Final[tuple[Any, ...]] = (None, ABSENT, "", [], {})


@dataclass(frozen=True, slots=True)
class Filled:
    """The document after names were completed, the addresses that changed, and what is said beside controls."""

    state: Document
    changed: tuple[str, ...] = ()
    said: dict[str, Said] = field(default_factory=dict)


def beside(state: Document, sections: Iterable[Section], written: Iterable[str]) -> Filled:
    """Complete what was just typed: a person of the lab gets the iD; a known lot says what it is."""
    fresh, changed, said = set(written), list[str](), dict[str, Said]()
    for section in sections:
        if section.struct is not None and section.struct.object_type == _PERSON:
            state, found = _person(state, section, fresh)
            changed += found.changed
            said |= found.said
        for address in (section.address(entry) for entry in section.controls):
            material = material_path(state, address) if address in fresh else ""
            if material and (lot := _fillable(state, material, address)):
                said[address] = Said(f"Lot {lot.key}: {lot.data['name']}.", does="fill", offers="Fill in")
    return Filled(state, tuple(changed), said)


def wanted(state: Document, sections: Iterable[Section], written: Iterable[str]) -> str:
    """Give the action that fills a material from the lot that was just typed; empty where there is nothing to fill."""
    fresh = set(written)
    for section in sections:
        for address in (section.address(entry) for entry in section.controls):
            material = material_path(state, address) if address in fresh else ""
            if material and _fillable(state, material, address):
                return "fill"
    return ""


def material_path(state: Document, address: str) -> str:
    """Give the address of the material that a node or a control belongs to; empty where there is none."""
    while address:
        value = state.get(address)
        if isinstance(value, dict) and value.get("object_type") in LOT_FIELDS:
            return address
        address = paths.parent(address)
    return ""


def takes_lots(shape: Any) -> bool:
    """Say whether a node is a material, or a list of materials."""
    if isinstance(shape, List):
        kinds = shape.item.alternatives if isinstance(shape.item, Union) else ()
        return bool(kinds) and all(takes_lots(entry.shape) for entry in kinds)
    return isinstance(shape, Struct) and shape.object_type in LOT_FIELDS


@does("lot")
def lot(order: Order) -> Step:
    """Fill a material from the lot that was chosen, or add it to a list of materials; the titer is never filled."""
    name = (order.name or order.words.get("lot", "")).strip()
    found = MATERIALS.lookup(name) if name else None
    if found is None or found.status == "retired":
        raise FormError(f"lot: there is no lot {name[:60]!r} among the material lots.", field="lot")
    node = material_node(found)
    if isinstance(order.place.shape, List) and takes_lots(order.place.shape):
        return _from(found, _added(order, node))
    path = order.place.path
    held = order.place.value if isinstance(order.place.value, dict) else {}
    if not takes_lots(order.place.shape) or held.get("object_type") != found.data["kind"]:
        raise FormError(f"lot: {found.key} is a {found.data['kind'].lower()}, not for this place.", field="lot")
    before = lot_of(held)
    kept = dict(held)
    if before is not None and before.key != found.key:  # the titer was that of another lot
        kept.pop("titer", None)
    return _from(found, Step(order.state.put(path, _over(kept, node)).with_ids(), path, (path,)))


@does("fill")
def fill(order: Order) -> Step:
    """Fill what is empty in the material whose lot was typed."""
    path = material_path(order.state, order.place.path)
    held: dict[str, Any] = order.state.get(path) if path else {}
    found = lot_of(held)
    if found is None or found.data["kind"] != held["object_type"]:
        raise FormError("do: the lot that stands here is not among the material lots.", field="do")
    filled = _under(held, material_node(found))
    step = Step(order.state.put(path, filled).with_ids(), order.place.path, _differing(path, held, filled))
    return _from(found, step)


def _person(state: Document, section: Section, fresh: set[str]) -> tuple[Document, Filled]:
    """Write full name and iD of a person who was just typed, where the iD is empty or somebody else's."""
    name = paths.child(section.path, "name")
    text = state.get(name)
    found = person_fields(text) if name in fresh and isinstance(text, str) else None
    if found is None:
        return state, Filled(state)
    at = paths.child(section.path, _IDENTIFIER)
    held = state.get(at)
    known = {entry.data.get("orcid") for entry in PEOPLE.entries()}
    sets = [(f"{section.prefix}-name", found["name"])]
    after = state.put(name, found["name"])
    changed = [name]
    if found[_IDENTIFIER] and at not in fresh and (held in _EMPTY or held in known):
        after = after.put(at, found[_IDENTIFIER])
        changed.append(at)
        sets.append((f"{section.prefix}-{_IDENTIFIER}", found[_IDENTIFIER]))
    orcid = f", ORCID iD {found[_IDENTIFIER]}" if found[_IDENTIFIER] else ""
    said = Said(f"{found['name']}{orcid}: from the people of the lab.", sets=tuple(sets))
    return after, Filled(after, tuple(changed), {name: said} if after != state else {})


def _fillable(state: Document, material: str, address: str) -> Entry | None:
    """Give the lot that a control names, if it knows more of its material than the document says."""
    held = state.get(material)
    if address != paths.join((*paths.split(material), *LOT_FIELDS[held["object_type"]])):
        return None
    found = lot_of(held)
    if found is None or found.data["kind"] != held["object_type"]:
        return None
    return found if _under(held, material_node(found)) != held else None


def _added(order: Order, node: dict[str, Any]) -> Step:
    """Append a material."""
    path = order.place.path
    size = len(order.place.value) if isinstance(order.place.value, list) else 0
    if size >= reader.MAX_ITEMS:
        raise FormError(f"A list holds at most {reader.MAX_ITEMS:,} items.", field="do")
    state = order.state
    if not size and state.get(path) in _EMPTY:
        state = state.put(path, presets.seed(order.place.shape))
    at = paths.child(path, size)
    return Step(state.arrange(path, [*range(size), None], node).with_ids(), at, (at,))


def _over(held: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Write what a lot knows over what stands there."""
    found = dict(held)
    for key, value in node.items():
        inner = found.get(key)
        found[key] = _over(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return found


def _under(held: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Write what a lot knows where nothing stands."""
    found = dict(held)
    for key, value in node.items():
        inner = found.get(key, ABSENT)
        if inner in _EMPTY:
            found[key] = value
        elif isinstance(inner, dict) and isinstance(value, dict):
            found[key] = _under(inner, value)
    return found


def _differing(path: str, before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """Give the addresses of the fields that two states of a node differ in, one level deep and below objects."""
    found: list[str] = []
    for key, value in after.items():
        at, was = paths.child(path, key), before.get(key, ABSENT)
        if isinstance(was, dict) and isinstance(value, dict):
            found += _differing(at, was, value)
        elif was != value:
            found.append(at)
    return tuple(found)


def _from(lot: Entry, step: Step) -> Step:
    return replace(step, origin=Origin("lot", what=lot.key))
