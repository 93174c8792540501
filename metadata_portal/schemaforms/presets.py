"""Fragments of JSON that seed a node: coordinate systems and atlases of the registries, new nodes of every shape."""

from collections.abc import Mapping
from typing import Any

from metadata_portal.registries.declaring import declaration
from metadata_portal.registries.lab.lab_protocols import protocol_for
from metadata_portal.registries.systems import ATLASES, SYSTEMS, system_of
from metadata_portal.schemaforms.layouts import layout_of
from schema_core.introspect import Alternative, Free, List, Map, Scalar, Shape, Struct, Union
from schema_core.registries.entries import Entry

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
    registry = _registry_of(shape)
    if not registry:
        return []
    return [(entry.key, f"{entry.key} ({_label(entry.data)})") for entry in _described(registry)]


def fragment(shape: Shape, name: str) -> Any:
    """Give a fresh copy of a preset; KeyError when the node has no such preset."""
    registry = _registry_of(shape)
    found = next((entry for entry in _described(registry) if entry.key == name), None) if registry else None
    if found is None:
        raise KeyError(name)
    return system_of(registry, found.key, found.data)


def _registry_of(shape: Shape) -> str:
    """Name the registry whose rows fill a node: that of atlases, or of coordinate systems."""
    branches = [entry.shape for entry in shape.alternatives] if isinstance(shape, Union) else [shape]
    wanted = {layout_of(entry).presets for entry in branches if isinstance(entry, Struct)}
    return next((name for name in (ATLASES, SYSTEMS) if name in wanted), "")


def _described(registry: str) -> list[Entry]:
    """List the systems that can be used: the lab's own first, then those of surgery, then the rest of the library."""
    found = [
        entry
        for entry in declaration(registry).vocabulary.entries()
        if entry.data.get("system") and not entry.data.get("deprecated")
    ]
    order = {name: place for place, name in enumerate(_FIRST)}
    return sorted(found, key=lambda entry: (entry.stock, order.get(entry.key, len(order))))


def _label(data: Mapping[str, Any]) -> str:
    """Say where a system starts and which way its axes run, and which version of the lab's own it is."""
    system = data["system"]
    axes = ", ".join(str(axis.get("name")) for axis in system.get("axes", ()))
    said = f"{str(system.get('origin')).replace('_', ' ')}: {axes}"
    version = data.get("version", 1)
    return f"{said}, version {version}" if version > 1 else said
