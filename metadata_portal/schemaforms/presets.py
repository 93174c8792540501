"""Fragments of JSON that seed a node: the library's coordinate systems, and new nodes of every shape."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from metadata_portal.registries.lab.lab_protocols import protocol_for
from metadata_portal.schemaforms.layouts import layout_of
from schema_core.components import coordinates
from schema_core.introspect import Alternative, Free, List, Map, Scalar, Shape, Struct, Union

_FIRST = ("BREGMA_ARI", "BREGMA_RAS")


def seed(shape: Shape) -> Any:
    """Give the JSON of a new node: the marker of its kind, and the protocol that the lab follows for this kind."""
    if isinstance(shape, Struct):
        return {"object_type": shape.object_type, **_protocol(shape)} if shape.object_type else {}
    if isinstance(shape, List):
        return []
    return {} if isinstance(shape, Map | Free) else None


def _protocol(shape: Struct) -> dict[str, str]:
    """Name the protocol of a kind of procedure, where the lab follows one alone."""
    entry = shape.by_name.get("protocol_id")
    if entry is None or not isinstance(entry.shape, Scalar):
        return {}
    doi = protocol_for(shape.object_type or "")
    return {"protocol_id": doi} if doi else {}


def chosen(entry: Alternative, before: Any) -> Any:
    """Give the seed of a branch, with what the branch before it said under the same names."""
    new = seed(entry.shape)
    if isinstance(entry.shape, Struct) and isinstance(before, dict):
        kept = {key: value for key, value in before.items() if key in entry.shape.by_name and key != "object_type"}
        return {**new, **kept}
    return new


def offered(shape: Shape) -> list[tuple[str, str]]:
    """List the presets of a node: name and label."""
    branches = [entry.shape for entry in shape.alternatives] if isinstance(shape, Union) else [shape]
    if not any(isinstance(entry, Struct) and layout_of(entry).presets == "coordinate_systems" for entry in branches):
        return []
    return [(name, f"{name} ({_label(system)})") for name, system in coordinate_systems().items()]


def fragment(shape: Shape, name: str) -> Any:
    """Give a fresh copy of a preset; KeyError when the node has no such preset."""
    if name not in dict(offered(shape)):
        raise KeyError(name)
    system = coordinate_systems()[name]
    return {**system, "axes": [dict(axis) for axis in system["axes"]]}


@cache
def coordinate_systems() -> dict[str, dict[str, Any]]:
    """Give the library's coordinate systems as JSON, those of surgery first."""
    found = dict(_library())
    return {name: found[name] for name in (*_FIRST, *(name for name in found if name not in _FIRST))}


def _library() -> Iterator[tuple[str, dict[str, Any]]]:
    """Read the library; systems with a deprecated depth axis are left out."""
    library = coordinates.CoordinateSystemLibrary
    for name in dir(library):
        if name.isupper() and not name.endswith(("ARID", "RASD", "RSAB")):
            yield name, getattr(library, name).model_dump(mode="json")


def _label(system: dict[str, Any]) -> str:
    """Say where a system starts and which way its axes run."""
    axes = ", ".join(axis["name"] for axis in system["axes"])
    return f"{str(system['origin']).replace('_', ' ')}: {axes}"
