"""*None*, where that is said and not only left out: an empty list or an empty object that has to be given.

An empty control leaves its field out, and the standard asks for it. Where the shape of the field takes an empty list,
the line that asks has a button that says there is none. An empty text is written ``""`` (``values.py``).
"""

from typing import Any, Final

from metadata_portal.errors import FormError
from metadata_portal.schemaforms.actions import Order, Step, does
from metadata_portal.schemaforms.documents import Document
from schema_core.errors import UnknownPath
from schema_core.introspect import Free, List, Map, Place, Struct, places

WORD: Final = "none"
LABEL: Final = "None \N{EN DASH} said so"
SAID: Final = "None, and that is said."


def nothing_at(root: Struct, document: Any, path: str) -> list[Any] | dict[str, Any] | None:
    """Give what says *none* at an address; None where the schema asks for something, or takes nothing at all."""
    try:
        place = places(root, document, path)[-1]
    except UnknownPath:
        return None
    return _nothing(place)


def is_said(root: Struct, state: Document, path: str) -> bool:
    """Say whether *none* was said at an address."""
    held = state.get(path)
    return isinstance(held, list | dict) and not held and nothing_at(root, state.json, path) == held


def _nothing(place: Place) -> list[Any] | dict[str, Any] | None:
    if place.field is None or not place.field.required:
        return None
    if isinstance(place.shape, List):
        return [] if place.shape.min_length == 0 else None
    return {} if isinstance(place.shape, Map | Free) else None


@does(WORD)
def say_none(order: Order) -> Step:
    """Say that a list, or an object, that has to be given holds nothing."""
    path = order.state.path_of(order.name)
    if path is None:
        raise FormError("do: the place was removed meanwhile.", field="do")
    nothing = nothing_at(order.root, order.state.json, path)
    if nothing is None:
        raise FormError("do: an empty list has no place here.", field="do")
    if order.state.get(path):
        raise FormError("do: something stands here meanwhile: take it away first.", field="do")
    state = order.state.put(path, nothing)
    return Step(state, order.words.get("page", order.place.path), (path,))
