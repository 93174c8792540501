"""What a button did, in words: *Removed Brain injection 2*."""

from collections.abc import Mapping
from typing import Final

from metadata_portal.schemaforms import summaries, tree
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.whereabouts import name_of
from schema_core import paths
from schema_core.introspect import List, Struct

_WORDS: Final[Mapping[str, str]] = {
    "add": "Added",
    "bring": "Brought in",
    "choose": "Chose",
    "depths": "Made rows down to",
    "device": "Filled in",
    "down": "Moved down",
    "drop": "Took away",
    "duplicate": "Duplicated",
    "fill": "Filled in what the lot says:",
    "lot": "Filled in the lot:",
    "none": "Said that there is none at",
    "paste": "Pasted into",
    "preset": "Filled in",
    "remove": "Removed",
    "up": "Moved up",
}


def deed(root: Struct, before: Document, after: Document, do: str, node: str, at: str) -> str:
    """Say what the word ``do`` of a form did with the node at an address; ``at`` is where it led."""
    word, _, name = do.partition(":")
    said = _WORDS.get(word, "Changed")
    if word == "drop":
        return f"{said} {name}"
    if word in ("remove", "duplicate", "paste"):
        return f"{said} {called(root, before, _meant(before, node, name))}"
    return f"{said} {called(root, after, at)}"


def called(root: Struct, state: Document, path: str) -> str:
    """Call a node by its field, or an item by kind and number, with what tells it apart."""
    place = tree.nearest(root, state.json, path)[-1]
    rest = summaries.summary_of(place.shape, place.value)
    return f"{name_of(place)} ({rest})" if rest and not isinstance(place.shape, List) else name_of(place)


def _meant(state: Document, node: str, item: str) -> str:
    """Give the address of the item that a list's button names, else of the node itself."""
    ids = state.item_ids.get(node, [])
    return paths.child(node, ids.index(item)) if item in ids else node
