"""What a node can refer to: coordinate systems that enclose it, devices that the document names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from metadata_portal.schemaforms.documents import get
from schema_core import paths
from schema_core.compiled import compiled
from schema_core.components import devices
from schema_core.introspect import List, Map, Reference, Shape, Struct, choose
from schema_core.rules.needles import downward

_SYSTEMS: Final = ("global_coordinate_system", "local_coordinate_system", "coordinate_system")
_ENDS: Final = {
    "Left_to_right": ("to the right", "to the left"),
    "Right_to_left": ("to the left", "to the right"),
    "Posterior_to_anterior": ("forward", "back"),
    "Anterior_to_posterior": ("back", "forward"),
    "Back_to_front": ("forward", "back"),
    "Front_to_back": ("back", "forward"),
}
_UNITS: Final = {
    "millimeter": "mm",
    "micrometer": "µm",
    "centimeter": "cm",
    "pixel": "px",
    "nanometer": "nm",
    "meter": "m",
}


@dataclass(frozen=True, slots=True)
class Axes:
    """The axes that numbers at some address run along."""

    system: str = ""
    names: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    unit: str = ""
    origin: str = ""

    def label(self, index: int) -> str:
        """Name the axis at a place; a number where the system does not say."""
        return self.names[index] if index < len(self.names) else f"Axis {index + 1}"

    @property
    def depth(self) -> str:
        """Label the third axis as a depth and say which sign is down."""
        sign = {1: "down is +", -1: "down is \N{MINUS SIGN}"}.get(self.down)
        return f"Depth ({sign})" if sign else "Depth"

    @property
    def down(self) -> int:
        """Give the sign that leads down along the third axis; 0 where the system does not say."""
        return downward(self.directions[2]) if len(self.directions) > 2 else 0  # noqa: PLR2004 - the third axis

    @property
    def tilt(self) -> str:
        """Say where a right-handed turn about the first axis takes the tip; empty where the system does not tell.

        The turn takes what points along the third axis against the second: Rx(a) (0, 0, d) = (0, -d sin a, d cos a).
        """
        ends = _ENDS.get(self.directions[1]) if len(self.directions) > 1 else None
        if ends is None or not self.down:
            return ""
        return f"A positive angle about {self.label(0)} takes the tip {ends[1 if self.down > 0 else 0]}"


NO_AXES: Final = Axes()


def axes_at(document: Any, path: str) -> Axes:
    """Find the axes of the nearest coordinate system that encloses an address."""
    for system in systems_at(document, path):
        listed = system.get("axes")
        axes = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
        if axes:
            return Axes(
                str(system.get("name") or ""),
                tuple(str(entry.get("name") or "?") for entry in axes),
                tuple(str(entry.get("direction") or "") for entry in axes),
                _UNITS.get(str(system.get("axis_unit")), str(system.get("axis_unit") or "")),
                str(system.get("origin") or ""),
            )
    return Axes()


def systems_at(document: Any, path: str) -> Iterator[dict[str, Any]]:
    """Give the coordinate systems around an address, the nearest first."""
    while True:
        holder = get(document, path)
        if isinstance(holder, dict):
            yield from (holder[key] for key in _SYSTEMS if isinstance(holder.get(key), dict))
        if not path:
            return
        path = paths.parent(path)


def system_names(document: Any, path: str) -> list[str]:
    """Name the coordinate systems around an address, each once, the nearest first."""
    names = (system.get("name") for system in systems_at(document, path))
    return list(dict.fromkeys(name for name in names if isinstance(name, str)))


_SAID: Final[dict[Reference, tuple[str, str]]] = {
    "channel": ("Channel", "channel_name"),
    "pipeline": ("Code", "name"),
    "port": ("DAQ channel", "channel_name"),
    "training_protocol": ("Training protocol", "training_name"),
}
"""What names are given to: the kind of node and its field."""

OWN_NAMES: Final = ("device", *_SAID)
"""What a document itself can hold for others to refer to."""


def names_said(document: Any, named: str) -> list[str]:
    """Name what a document holds for others to refer to, each once."""
    if named == "device":
        return device_names(document)
    found = _SAID.get(named)  # type: ignore[call-overload]  # what only other records hold is asked for, too
    return list(dict.fromkeys(_said(document, *found))) if found else []


def _said(value: Any, kind: str, field: str) -> Iterator[str]:
    """Give a field of every node of a kind."""
    if isinstance(value, dict) and value.get("object_type") == kind and isinstance(value.get(field), str):
        yield value[field]
    for entry in value.values() if isinstance(value, dict) else value:
        if isinstance(entry, dict | list):
            yield from _said(entry, kind, field)


def device_names(document: Any) -> list[str]:
    """Name the devices that a document holds, each once."""
    return list(dict.fromkeys(name for _, name in named_devices(document)))


def named_devices(document: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Give the address and name of every device that a document holds."""
    if isinstance(document, dict):
        if is_device(document):
            yield path, document["name"]
        entries: Iterable[tuple[Any, Any]] = document.items()
    else:
        entries = enumerate(document)
    for key, entry in entries:
        if isinstance(entry, dict | list):
            yield from named_devices(entry, paths.child(path, key))


def is_device(value: Any) -> bool:
    """Say whether a node is a device that has a name."""
    return (
        isinstance(value, dict) and value.get("object_type") in _device_types() and isinstance(value.get("name"), str)
    )


def mentions(shape: Shape, value: Any, of: Reference, path: str = "") -> Iterator[tuple[str, str]]:
    """Give address and name wherever a node refers to something by name."""
    chosen = choose(shape, value)
    shape = chosen.shape if chosen else shape
    if isinstance(shape, Struct) and isinstance(value, dict):
        for entry in shape.fields:
            if entry.name in value:
                at = paths.child(path, entry.name)
                found = _names_at if entry.refers_to == of else mentions
                yield from found(entry.shape, value[entry.name], of, at)
    elif isinstance(shape, List) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from mentions(shape.item, item, of, paths.child(path, index))
    elif isinstance(shape, Map) and isinstance(value, dict):
        for key, item in value.items():
            yield from mentions(shape.value, item, of, paths.child(path, key))


def _names_at(shape: Shape, value: Any, of: Reference, path: str) -> Iterator[tuple[str, str]]:
    """Give a name, or each of a list of names."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _names_at(shape, item, of, paths.child(path, index))


@compiled
def _device_types() -> frozenset[str]:
    """Give the ``object_type`` of everything that is named as a device: devices, a lab's own too, and assemblies."""
    known = (getattr(devices, name) for name in devices.__all__)
    found = {cls for cls in known if cls.__module__.startswith(devices.__name__)}
    waiting = [devices.Device]
    while waiting:
        cls = waiting.pop()
        found.add(cls)
        waiting += cls.__subclasses__()
    fields = [getattr(cls, "model_fields", {}) for cls in found]
    return frozenset(entry["object_type"].default for entry in fields if {"name", "object_type"} <= entry.keys())
