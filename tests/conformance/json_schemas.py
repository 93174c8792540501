"""Comparing two JSON Schemas by what they allow: titles, descriptions and the names of definitions do not count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

WORDS = ("title", "description", "$defs", "examples", "$schema", "$id")


Node = dict[str, Any]


class Schema:
    """A JSON Schema and the definitions it refers to."""

    def __init__(self, whole: Node) -> None:
        self.whole = whole
        self.definitions = whole.get("$defs", {})

    def named(self, node: Any) -> str | None:
        """The definition that a node refers to, unless that is a registry's."""
        if not isinstance(node, dict) or "$ref" not in node:
            return None
        name = str(node["$ref"]).removeprefix("#/$defs/")
        return None if self._listed(self.definitions[name]) else name

    def plain(self, node: Any) -> Any:
        """A node without words; a union of a registry's terms as the list of their keys."""
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            node = {**self.definitions[node["$ref"].removeprefix("#/$defs/")], **beside(node)}
        terms = self._terms(node)
        kept = {key: value for key, value in node.items() if key not in WORDS}
        if terms is None:
            return kept
        return {"terms": terms, **({"default": kept["default"]} if "default" in kept else {})}

    def _terms(self, node: Node) -> list[Any] | None:
        choice = node.get("discriminator", {})
        if choice and choice["propertyName"] != "object_type":
            return sorted(choice["mapping"])
        return self._listed(node)

    def _listed(self, node: Node) -> list[Any] | None:
        """The keys where a definition holds its terms as `oneOf` constants, told apart by its one required field."""
        if "oneOf" not in node or "properties" not in node:
            return None
        (key,) = node["required"]
        return sorted(node["properties"][key]["enum"])


def differences(ours: Node, theirs: Node, name: str) -> Iterator[tuple[str, Any, Any]]:
    """Where two schemas part: the place, what we say, what they say."""
    mine, yours, seen = Schema(ours), Schema(theirs), set()
    waiting: list[tuple[str, Any, Any]] = [(name, ours, theirs)]
    while waiting:
        place, one, other = waiting.pop()
        left, right = mine.named(one), yours.named(other)
        if left and right:
            if (left, right) not in seen:
                seen.add((left, right))
                known = right.rpartition("__")[2]
                waiting.append((known, mine.definitions[left], yours.definitions[right]))
            one, other = beside(one), beside(other)
        one, other = mine.plain(one), yours.plain(other)
        if isinstance(one, dict) and isinstance(other, dict):
            yield from _parted(one, other, place, waiting)
        elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
            waiting += [(f"{place}[{index}]", *pair) for index, pair in enumerate(zip(one, other, strict=True))]
        elif one != other or type(one) is not type(other):
            yield place, one, other


def beside(node: Node) -> Node:
    """What a node says beside its reference."""
    return {key: value for key, value in node.items() if key != "$ref"}


def _parted(one: Node, other: Node, place: str, waiting: list[tuple[str, Any, Any]]) -> Iterator[tuple[str, Any, Any]]:
    for key in one.keys() ^ other.keys():
        yield f"{place}.{key}", one.get(key), other.get(key)
    shared = one.keys() & other.keys() - {"properties", "discriminator"}
    waiting += [(f"{place}.{key}", one[key], other[key]) for key in shared]
    mine, yours = one.get("properties", {}), other.get("properties", {})
    if list(mine) != list(yours):
        yield f"{place} (order)", list(mine), list(yours)
    waiting += [(f"{place}.{key}", mine[key], yours[key]) for key in mine.keys() & yours.keys()]
    if _tags(one) != _tags(other):
        yield f"{place}.discriminator", _tags(one), _tags(other)


def _tags(node: Node) -> list[str]:
    return sorted(node.get("discriminator", {}).get("mapping", {}))
