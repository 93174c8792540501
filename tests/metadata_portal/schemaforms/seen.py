"""What a drawn page shows where: parsed as browsers do, and asked only for the addresses that pages promise to carry.

Controls carry ``data-path``, problems ``data-problem-path``; fields say their address in ``data-field``, panels and
closed children in ``data-node``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from metadata_portal.schemaforms.documents import within
from schema_core import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode


class Page:
    """One drawn page; ``messages`` by address: the words of each, and the address of the element that it stands in."""

    def __init__(self, html: str) -> None:
        tree = LexborHTMLParser(html)
        self.controls = {path: _field_of(entry) for entry, path in _with(tree, "data-path")}
        self.fields = {path for _, path in _with(tree, "data-field")}
        self.groups = {path for _, path in _with(tree, "data-node")}
        self.groups |= {above for path in self.controls for above in _above(path)} & set(map(_row, tree.css(".sf-row")))
        self.messages: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for entry, at in _with(tree, "data-problem-path"):
            self.messages[at].add((words(entry), stands_in(entry.parent)))
        self.counted = {path: _count(entry) for entry, path in _with(tree, "data-node") if _is_closed(entry)}

    def place_of(self, at: str) -> str:
        """The address of the control that shows an address, else of the deepest group around it."""
        around = [path for path in self.controls if within(at, path)]
        if around:
            return self.controls[max(around, key=_depth)]
        drawn = [path for path in (*self.fields, *self.groups) if within(at, path)]
        return max(drawn, key=_depth, default="")

    def shows(self, at: str, message: str) -> bool:
        """Whether a message stands beside the control or the group of its address, and no further up than its node."""
        place = self.place_of(at)
        near = place in {at, paths.parent(at)} or any(within(at, path) for path in self.controls)
        return near and any(text == message and beside in {place, at} for text, beside in self.messages[at])


def stands_in(entry: LexborNode | None) -> str:
    """The address of the smallest element that says one, or that holds controls: then what they have in common."""
    while entry is not None:
        for name in ("data-field", "data-node"):
            if name in entry.attributes:
                return entry.attributes[name] or ""
        held = [path for _, path in _with(entry, "data-path")]
        if held:
            return _common(held)
        entry = entry.parent
    return ""


def _field_of(entry: LexborNode) -> str:
    """The address of the field that an input is part of."""
    here: LexborNode | None = entry
    while here is not None and "data-field" not in here.attributes:
        here = here.parent
    return (entry if here is None else here).attributes["data-path" if here is None else "data-field"] or ""


def words(entry: LexborNode) -> str:
    """What an element says, without the blanks between its lines."""
    return " ".join(entry.text().split())


def _with(tree: LexborHTMLParser | LexborNode, name: str) -> Iterator[tuple[LexborNode, str]]:
    return ((entry, entry.attributes[name] or "") for entry in tree.css(f"[{name}]"))


def _row(entry: LexborNode) -> str:
    return _common([path for _, path in _with(entry, "data-path")])


def _common(found: list[str]) -> str:
    """The address above several, or the one that they are."""
    steps = [path.split(".") for path in found]
    same = [step for step, *others in zip(*steps, strict=False) if all(other == step for other in others)]
    return ".".join(same)


def _is_closed(entry: LexborNode) -> bool:
    return "sf-child" in (entry.attributes.get("class") or "").split()


def _count(entry: LexborNode) -> int:
    """How many problems the badges of an element count."""
    return sum(int((badge.attributes["title"] or "0").split()[0]) for badge in entry.css('[class^="count-"]'))


def _above(path: str) -> Iterator[str]:
    while path:
        yield path
        path = paths.parent(path)


def _depth(path: str) -> int:
    return path.count(".") + 1 if path else 0
