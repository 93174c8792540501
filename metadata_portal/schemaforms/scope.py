"""What a node can refer to: coordinate systems that enclose it, devices that the document names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from metadata_portal.schemaforms.documents import get
from schema_core import paths
from schema_core.compiled import compiled
from schema_core.components import devices
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


def device_names(document: Any) -> list[str]:
    """Name the devices that a document holds, each once."""
    return list(dict.fromkeys(_devices(document)))


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


def _devices(value: Any) -> Iterator[str]:
    """Walk the devices of a document."""
    if isinstance(value, dict):
        if value.get("object_type") in _device_types() and isinstance(value.get("name"), str):
            yield value["name"]
        for entry in value.values():
            if isinstance(entry, dict | list):
                yield from _devices(entry)
    elif isinstance(value, list):
        for entry in value:
            if isinstance(entry, dict | list):
                yield from _devices(entry)
