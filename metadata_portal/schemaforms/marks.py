"""Which controls of a document show values that nobody has confirmed yet; where every value came from."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

from metadata_portal.schemaforms import controls, depths, emptiness, tree
from metadata_portal.schemaforms.documents import ABSENT, Document, get
from metadata_portal.schemaforms.origins import Origin, Origins
from metadata_portal.schemaforms.scope import NO_AXES
from metadata_portal.schemaforms.sections import is_pairs
from schema_core import paths
from schema_core.compiled import compiled
from schema_core.introspect import Field, List, Map, Shape, Struct, choose


@dataclass(frozen=True, slots=True)
class Mark:
    """One control with an unconfirmed value: its address, the same by item ids, where the value came from."""

    address: str
    id_path: str
    origin: Origin
    severity: ClassVar[Literal["copied"]] = "copied"

    @property
    def message(self) -> str:
        """Say what is to be done."""
        return f"{self.origin.where} \N{EN DASH} not confirmed"


class Marks:
    """The unconfirmed values of a document by address, worked out when they are first asked for."""

    def __init__(self, root: Struct, state: Document, origins: Origins) -> None:
        self._root = root
        self._state = state
        self._origins = origins

    @cached_property
    def found(self) -> Mapping[str, Mark]:
        """Give every mark by the address of its control, in the order of the document."""
        waiting = self._origins.open_paths
        if not waiting:
            return {}
        walk = _Walk(self._state, self._origins, frozenset(above for path in waiting for above in _above(path)))
        return {mark.address: mark for mark in walk.node(self._root, self._state.json, "", "", None)}

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(above for address in self.found for above in _above(address))

    def id_path(self, path: str) -> str:
        """Name an address of the document by item ids."""
        return self._state.id_path(path)

    def may_be_none(self, path: str) -> bool:
        """Say whether an empty list, or object, would do at an address where something is missing."""
        return emptiness.nothing_at(self._root, self._state.json, path) is not None

    def count(self, path: str) -> int:
        """Count the marks at and below an address."""
        return self._counts[path]

    def __bool__(self) -> bool:
        return bool(self.found)


def sourced(root: Struct, state: Document, origins: Origins, path: str) -> Iterator[Mark]:
    """Give every value at and below an address with its origin; those without one are left out."""
    place = tree.place_at(root, state.json, path)
    at = state.id_path(path)
    yield from _Walk(state, origins, None).node(place.declared, place.value, path, at, origins.of(at))


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk through a document; ``leads`` are the addresses on the way to what is not confirmed, None for all."""

    state: Document
    origins: Origins
    leads: frozenset[str] | None

    def node(self, declared: Shape, value: Any, path: str, at: str, above: Origin | None) -> Iterator[Mark]:
        """Give the marks at and below one place."""
        row = self.origins.at.get(at)
        origin = above if row is None else self.origins.rows[row]
        waits = origin is not None and (self.leads is None or origin.is_open)
        if _says_nothing(value) or not (waits or self.leads is None or at in self.leads):
            return
        chosen = choose(declared, value)
        shape = chosen.shape if chosen else declared
        if isinstance(shape, Struct) and isinstance(value, dict):
            for entry in _told(shape):
                held = value.get(entry.name)
                # what an empty form shows, too, says nothing of its own
                if held is not None and (self.leads is None or held != entry.default):
                    below = paths.child(path, entry.name), paths.child(at, entry.name)
                    yield from self.node(entry.shape, held, *below, origin)
        elif isinstance(shape, List) and isinstance(value, list) and not controls.is_leaf(shape):
            yield from self._items(shape, value, path, at, origin)
        elif isinstance(shape, Map) and isinstance(value, dict) and not is_pairs(shape):
            for key, item in value.items():
                yield from self.node(shape.value, item, paths.child(path, key), paths.child(at, key), origin)
        elif waits and origin is not None:
            yield Mark(path, at, origin)

    def _items(self, shape: List, value: list[Any], path: str, at: str, origin: Origin | None) -> Iterator[Mark]:
        ids = self.state.ids_at(path)
        for index, item in enumerate(value):
            below = paths.child(path, index), paths.child(at, ids[index])
            if depths.is_depth_list(shape) and depths.fits(item):
                yield from self._depth(item, below[0])
            else:
                yield from self.node(shape.item, item, *below, origin)

    def _depth(self, entry: Any, path: str) -> Iterator[Mark]:
        """Give the marks of the numbers of one row."""
        for control in depths.row(NO_AXES):
            address = f"{path}.{control.at}"
            at = self.state.id_path(address)
            origin = self.origins.of(at)
            waits = origin is not None and (self.leads is None or origin.is_open)
            if waits and origin is not None and get(entry, control.at) not in (None, ABSENT, 0):
                yield Mark(address, at, origin)


@compiled
def _told(struct: Struct) -> tuple[Field, ...]:
    """Give the fields that say something by themselves."""
    return tuple(entry for entry in struct.fields if not (entry.constant or is_unit(entry.name)))


def is_unit(name: str) -> bool:
    """Say whether a field is the unit of another: the two are one value, and confirmed as one."""
    return name == "unit" or name.endswith("_unit")


def _says_nothing(value: Any) -> bool:
    return value is None or value is ABSENT or (isinstance(value, str | list | dict) and not value)


def _above(path: str) -> Iterator[str]:
    while path:
        yield path
        path = paths.parent(path)
    yield ""
