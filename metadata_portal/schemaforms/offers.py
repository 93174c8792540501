"""What can be done with a node: kinds to choose, items to add, presets, keys that are still free."""

import json
from dataclasses import dataclass

from metadata_portal.schemaforms import depths, presets, summaries
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.sections import is_pairs
from schema_core.components.devices import Device
from schema_core.introspect import Alternative, Choice, List, Map, Place, Struct, Union


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be added or chosen."""

    value: str
    title: str
    about: str
    icon: str
    group: str = ""
    words: str = ""


def choices(place: Place) -> list[Option]:
    """List the kinds of a union, the other kinds while one is chosen."""
    if not isinstance(place.declared, Union):
        return []
    return [_option("choose", entry) for entry in place.declared.alternatives if entry.shape is not place.shape]


def additions(place: Place) -> list[Option]:
    """List the kinds that can be added to a list."""
    if not isinstance(place.shape, List) or not isinstance(place.shape.item, Union):
        return []
    return [_option("add", entry) for entry in place.shape.item.alternatives]


def add_label(place: Place, title: str) -> str:
    """Say what one more item of a list is called."""
    if depths.is_depth_list(place.shape):
        return "Add a depth"
    item = place.shape.item if isinstance(place.shape, List) else place.shape
    if isinstance(item, Union) and item.alternative("Translation"):
        return "Add a transform"
    is_named = isinstance(item, Struct) and item.object_type
    name = summaries.title_of(item, "") if is_named else title.removesuffix("s")
    return f"Add {name if name[:2].isupper() else name[:1].lower() + name[1:]}"


def is_map(place: Place) -> bool:
    """Say whether a node holds named nodes."""
    return isinstance(place.shape, Map) and not is_pairs(place.shape)


def keys(place: Place) -> list[str]:
    """List the keys that a map still lacks, where they are fixed."""
    if not isinstance(place.shape, Map) or not isinstance(place.shape.key, Choice):
        return []
    held = place.value if isinstance(place.value, dict) else {}
    return [str(value) for value in place.shape.key.values if value not in held]


def presets_of(place: Place) -> list[Option]:
    """List the fragments that can fill a node."""
    return [Option(f"preset:{name}", label, "", "layers") for name, label in presets.offered(place.declared)]


def device_class(place: Place) -> str:
    """Name the class of devices that a node is; empty where it is none."""
    is_device = isinstance(place.shape, Struct) and issubclass(place.shape.model, Device)
    return (place.shape.object_type or "") if is_device and isinstance(place.shape, Struct) else ""


def unknown(place: Place) -> list[tuple[str, str]]:
    """List the keys that the model does not know, with what stands there."""
    if not isinstance(place.shape, Struct) or not isinstance(place.value, dict):
        return []
    known = place.shape.by_name
    return [(key, json.dumps(held)[:200]) for key, held in place.value.items() if key not in known]


def _option(verb: str, entry: Alternative) -> Option:
    """Describe one branch of a union."""
    if not isinstance(entry.shape, Struct):
        return Option(f"{verb}:{entry.key}", entry.title, entry.description, "list")
    layout = layout_of(entry.shape)
    words = " ".join(layout.words)
    return Option(f"{verb}:{entry.key}", entry.title, layout.about, layout.icon, layout.group, words)
