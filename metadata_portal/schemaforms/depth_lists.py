"""Several depths typed into one row become a row each: the same entry point and tilt, and a delivery for each depth."""

from collections.abc import Iterable
from typing import Any, Final

from metadata_portal.errors import FormError
from metadata_portal.schemaforms import depths, presets, reader, readings
from metadata_portal.schemaforms.actions import Order, Step, does
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.measures import distance, measures_of
from metadata_portal.schemaforms.scope import axes_at
from metadata_portal.schemaforms.sections import Section
from schema_core import paths
from schema_core.introspect import List, Place, Struct, places

_DELIVERIES: Final = "dynamics"
"""What a site has one of for each depth."""


def wanted(state: Document, sections: Iterable[Section], written: Iterable[str], *, comma: bool) -> str:
    """Give the action that makes rows of the depths that were just typed; empty where there are none."""
    for section in sections:
        at = paths.child(section.path, depths.DEPTH) + depths.DEPTH_AT.removeprefix(str(depths.DEPTH))
        if section.depth is not None and at in written and len(listed(state.json, section.path, comma=comma)) > 1:
            return f"depths:{section.item_id}{':comma' if comma else ''}"
    return ""


def listed(document: Any, path: str, *, comma: bool = False) -> list[int | float]:
    """Give the depths that are typed in the row at a path, none unless they are read for certain."""
    row = Document(document).get(path)
    text = row[depths.DEPTH]["translation"][depths.DOWN] if depths.fits(row) else None
    if not isinstance(text, str):
        return []
    measure = distance(axes_at(document, path), depths.DOWN, surface=True)
    if measure is None:
        return []
    found = readings.understand(text, measure, measure.unit, comma=comma)
    return [int(number) if number == int(number) else float(number) for number in found.values]


@does("depths")
def make_rows(order: Order) -> Step:
    """Make a row of each depth that is typed in one."""
    path, ids = order.place.path, order.state.ids_at(order.place.path)
    item, _, comma = order.name.partition(":")
    if item not in ids:
        raise FormError("do: this depth was removed meanwhile.", field="do")
    index = ids.index(item)
    numbers = listed(order.state.json, paths.child(path, index), comma=bool(comma))
    if len(numbers) < 2 or len(ids) + len(numbers) > reader.MAX_ITEMS:  # noqa: PLR2004 - one is no list
        raise FormError("do: there are no depths to make rows of.", field="do")
    row = order.state.get(paths.child(path, index))
    spread = _spread(order.state, path, index, len(numbers))
    for place, number in enumerate(numbers, index):
        spread = spread.put(paths.child(path, place), depths.at_depth(row, number))
    spread, added = _with_deliveries(order, spread.with_ids(), index, len(ids), len(numbers))
    last = paths.child(path, index + len(numbers) - 1)
    new = [paths.child(path, place) for place in range(index, index + len(numbers))]
    return Step(spread.with_ids(), last, (*new, *added))


def _spread(state: Document, path: str, index: int, count: int) -> Document:
    """Make room for more items behind one."""
    size = len(state.get(path))
    order = [*range(index + 1), *[None] * (count - 1), *range(index + 1, size)]
    return state.arrange(path, order, state.get(paths.child(path, index)))


def _with_deliveries(
    order: Order, state: Document, index: int, before: int, count: int
) -> tuple[Document, tuple[str, ...]]:
    """Give each new depth its delivery, like the one beside it without its amounts; not where they did not match."""
    holder = places(order.root, state.json, paths.parent(order.place.path))[-1]
    item = _delivery(holder)
    if item is None:
        return state, ()
    path = paths.child(holder.path, _DELIVERIES)
    held = state.get(path)
    known = held if isinstance(held, list) else []
    if len(known) not in (0, before):
        return state, ()
    if not known:
        fresh = [presets.seed(item) for _ in range(before + count - 1)]
        return state.put(path, fresh), (path,)
    state = _spread(state, path, index, count)
    for place in range(index + 1, index + count):
        state = state.put(paths.child(path, place), _without_amounts(item, known[index]))
    return state, tuple(paths.child(path, place) for place in range(index + 1, index + count))


def _delivery(holder: Place) -> Struct | None:
    """Give what one delivery is, where a node has one for each of its depths."""
    entry = holder.shape.by_name.get(_DELIVERIES) if isinstance(holder.shape, Struct) else None
    shape = entry.shape if entry is not None else None
    return shape.item if isinstance(shape, List) and isinstance(shape.item, Struct) else None


def _without_amounts(item: Struct, held: Any) -> Any:
    """Copy a delivery: how, in which units, but not how much."""
    amounts = measures_of(item).keys()
    return {key: value for key, value in held.items() if key not in amounts} if isinstance(held, dict) else held
