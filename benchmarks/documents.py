"""What the benchmark of the standard is run on: the peer's examples, whole records, instruments of any size, faults."""

from __future__ import annotations

import json
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.conformance.records import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Document = dict[str, Any]

KINDS = ("subject", "data_description", "procedures", "instrument", "acquisition", "processing", "quality_control")
SIZES = (10, 40, 150, 600)


def kind_of(example: str) -> str:
    """The kind of an example, which its name ends in."""
    return next(kind for kind in (*KINDS, "model") if example.endswith(kind))


def examples(folder: Path) -> dict[str, Document]:
    """The peer's examples by name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*/*.json"))}


def record(found: dict[str, Document]) -> Document:
    """A whole record: all eight core files of one recording of neurons, made to fit one another."""
    return next(records({name: (kind_of(name), json.dumps(document)) for name, document in found.items()}))


def instrument(template: Document, size: int) -> Document:
    """An instrument of this many devices, each connected to the one before: ten of the template's, over and over."""
    models = [component for component in template["components"] if "ports" not in component][: SIZES[0]]
    components = [_numbered(models[number % len(models)], number) for number in range(size)]
    names = [component["name"] for component in components]
    connections = [
        {"object_type": "Connection", "source_device": source, "target_device": target}
        for source, target in pairwise(names)
    ]
    return {**template, "components": components, "connections": connections, "calibrations": []}


def shown(folder: Path, kind: str, devices: int = 0) -> Document:
    """The document that a form is measured on: the procedures of 7 kB, or an instrument of this many devices."""
    found = examples(folder)
    return instrument(found["ephys_instrument"], devices) if kind == "instrument" else found["ophys_procedures"]


def _numbered(node: Any, number: int) -> Any:
    """A device and those inside it under names of their own."""
    if isinstance(node, list):
        return [_numbered(inner, number) for inner in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _numbered(value, number) for key, value in node.items()}
    if "serial_number" in node or node.get("object_type", "").endswith("assembly"):
        inner["name"] = f"{node['name']} {number}"
    return inner


def record_of(whole: Document, devices: Document) -> Document:
    """A record whose acquisition used every device of this instrument, beside its own."""
    held = whole["instrument"]
    joined = {**held, "components": [*held["components"], *devices["components"]]}
    acquisition = deepcopy(whole["acquisition"])
    stream = acquisition["data_streams"][0]
    stream["active_devices"] += [component["name"] for component in devices["components"]]
    stream["connections"] += devices["connections"]
    return {**whole, "instrument": joined, "acquisition": acquisition}


def broken(document: Document) -> Document:
    """The same with a fault in every tenth node: a number where a text must be, in turn with an unknown field."""
    faulty = deepcopy(document)
    for place, node in enumerate(_nodes(faulty)):
        if place % 20 == 9:
            node["colour"] = "blue"
        elif place % 20 == 19:
            texts = [key for key, value in node.items() if isinstance(value, str) and key not in _KEPT]
            node[texts[0] if texts else "colour"] = 5
    return faulty


_KEPT = {"object_type", "describedBy", "schema_version"}


def _nodes(value: Any) -> Iterator[Document]:
    """Every node of a document but registry terms, innermost last."""
    if isinstance(value, dict) and "object_type" in value:
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(inner)
