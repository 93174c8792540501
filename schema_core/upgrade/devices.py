"""Devices: sizes that became shapes, the channel's index, and parts that bear the name of their assembly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema_core.upgrade.steps import drop, keep, step
from schema_core.upgrade.whole import with_nulls, with_values

if TYPE_CHECKING:
    from schema_core.upgrade.steps import Log
    from schema_core.upgrade.walk import Place

_FLAT: Final = 2
_WHY: Final = "3.0 gives the shape of an arena or enclosure instead of its size"
_CALLED: Final = {"Camera": "Detector"}
"""What a part is called when it bears its assembly's name; the standard's own guide names cameras so."""


def size_of(shape: Any) -> tuple[list[float], str] | None:
    """The size and unit of what a shape covers."""
    match shape:
        case {"width": width, "height": height, "size_unit": str(unit)}:
            lengths = _lengths([width, height])
        case {"radius": radius, "radius_unit": str(unit)}:
            lengths = [2 * one for one in _lengths([radius, radius])]
        case _:
            return None
    return (lengths, unit) if lengths else None


def _lengths(given: Any) -> list[float]:
    """Numbers, also those written as text; none where one of them is no number."""
    try:
        return [float(one) for one in given]
    except (TypeError, ValueError):
        return []


@step("forward", "Arena", "Enclosure")
def size_becomes_shape(place: Place, log: Log) -> None:
    """Width and depth become a rectangle, unless the shape is told; a height has no place any more."""
    size, unit = place.values.pop("size", None), place.values.pop("size_unit", None)
    lengths = _lengths(size.get("scale")) if isinstance(size, dict) else []
    if len(lengths) < _FLAT:
        if size is not None:
            keep(place, "size", size, log, _WHY)
        return
    if place.values.get("shape") is None:
        width, height = lengths[:_FLAT]
        place.values["shape"] = {"object_type": "Rectangle", "width": width, "height": height, "size_unit": unit}
        log.changed(place.at("shape"), f"a rectangle of {width} by {height} {unit}", _WHY)
    elif size_of(place.values["shape"]) != (lengths[:_FLAT], unit):
        keep(place, "size", [*lengths, unit], log, _WHY)
        return
    if len(lengths) > _FLAT:
        keep(place, "size", [*lengths, unit], log, "A shape in 3.0 is flat")


@step("backward", "Arena", "Enclosure")
def shape_gives_size(place: Place, log: Log) -> None:
    """2.9 asks for the size, and takes the shape beside it."""
    found = size_of(place.values.get("shape"))
    if found is None or "size" in place.values:
        return
    lengths, unit = found
    size = {"object_type": "Scale", "scale": lengths, "pivot": "global"}
    with_values(place, {"size": size, "size_unit": unit})
    log.changed(place.at("size"), f"{lengths} {unit}", "2.9 asks for the size; it is that of the shape")


@step("forward", "DAQChannel")
def index_becomes_port(place: Place, log: Log) -> None:
    """The index of a channel is its port."""
    index, port = place.values.get("channel_index"), place.values.get("port")
    if index is not None and port in (None, index):
        place.values["port"] = index
        log.changed(place.at("port"), str(index), "3.0 has no channel_index; the port is its newer name")
        place.values["channel_index"] = None
    drop(place, "channel_index", log, "3.0 has no channel_index, and the port is another")


@step("backward", "DAQChannel")
def channel_in_full(place: Place, log: Log) -> None:  # noqa: ARG001 - steps are called alike
    """2.9 writes the empty field."""
    with_nulls(place, "channel_index")


@step("forward", "BreedingInfo")
def breeding_group_goes(place: Place, log: Log) -> None:
    """The standard had cleared it already."""
    drop(place, "breeding_group", log, "3.0 has no breeding group")


@step("backward", "BreedingInfo")
def breeding_in_full(place: Place, log: Log) -> None:  # noqa: ARG001 - steps are called alike
    """2.9 writes the empty field."""
    with_nulls(place, "breeding_group")


@step("forward", "CameraAssembly", "LightAssembly", "LaserAssembly", "EphysAssembly", "FiberAssembly")
@step("forward", "PatchClampEphysAssembly", "LickSpoutAssembly")
def parts_have_own_names(place: Place, log: Log) -> None:
    """Connections and streams speak of the assembly, so it keeps its name, and a part of the same name gets another."""
    for field, value in place.values.items():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict) and part.get("name") == place.values.get("name") and "object_type" in part:
                _renamed(place, field, part, log)


def _renamed(place: Place, field: str, part: dict[str, Any], log: Log) -> None:
    kind = str(part["object_type"])
    old, part["name"] = part["name"], f"{part['name']} {_CALLED.get(kind, kind)}"
    log.lost(
        place.at(field),
        "upgrade-renamed",
        f"3.0 wants a name of its own for every device: {old!r} is the assembly now, its {kind.lower()} "
        f"is called {part['name']!r}",
    )
