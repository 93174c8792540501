"""Where an address is, in words for people."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from metadata_portal.schemaforms import depths, summaries, tree
from schema_core import paths
from schema_core.introspect import List, Place, Struct

SEPARATOR: Final = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


def where(root: Struct, document: Any, path: str) -> str:
    """Say in words where an address is."""
    return SEPARATOR.join(_words(root, document, path)) or root.title


def _words(root: Struct, document: Any, path: str) -> Iterator[str]:
    found = depths.spoken(document, path)
    if found is not None:
        path, *words = found
        yield from _words(root, document, path)
        yield from words
        return
    places = tree.nearest(root, document, path)[1:]
    for place, below in zip_longest(places, places[1:]):
        if place.field is not None:
            # an item that says what it is needs no name of its list before it
            if not (isinstance(place.shape, List) and below and isinstance(below.shape, Struct)):
                yield place.field.title
        elif isinstance(place.shape, Struct):
            yield f"{place.shape.title} {_number(place.path)}"
        else:
            yield _number(place.path)


def label_of(place: Place) -> str:
    """Name a place in a way that tells it from its neighbours."""
    if place.field is None and place.path:
        last = paths.split(place.path)[-1]
        index = int(last) if last.isdigit() else 0
        return summaries.item_label(index, place.shape, place.value)
    return place.field.title if place.field else summaries.title_of(place.shape, "")


def name_of(place: Place) -> str:
    """Call a node by its field, or an item by kind and number."""
    return place.field.title if place.field is not None else name_in_list(place, summaries.title_of(place.shape, ""))


def name_in_list(place: Place, kind: str = "") -> str:
    """Call an item by its number, an entry of a map by its key; by ``kind`` where it has one."""
    last = paths.split(place.path)[-1] if place.path else ""
    if not last.isdigit():
        return summaries.key_label(last) or kind
    is_depth = place.parent is not None and depths.is_depth_list(place.parent) and depths.fits(place.value)
    return f"{kind or ('Depth' if is_depth else 'Entry')} {int(last) + 1}"


def _number(path: str) -> str:
    last = paths.split(path)[-1] if path else ""
    return str(int(last) + 1) if last.isdigit() else last
