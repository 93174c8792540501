"""Joining the parts of two records."""

from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")
Graph = dict[str, list[str]]


def merge_process_graph(
    graph1: Graph | None, graph2: Graph | None, processes1: Sequence[Any], processes2: Sequence[Any]
) -> Graph | None:
    """Both dependency graphs as one; the processes of a record without a graph depend on nothing."""
    if not graph1 and not graph2:
        return None
    first = graph1 or {}
    second = graph2 or {process.name: [] for process in processes2}
    if not graph1:
        return {**second, **{process.name: [] for process in processes1}}
    return {**first, **second}


def merge_str_tuple_lists(
    a: list[str | tuple[str, ...]], b: list[str | tuple[str, ...]]
) -> list[str | tuple[str, ...]]:
    """Position by position, the names of both lists, each once; a lone name stays a string."""
    merged: list[str | tuple[str, ...]] = []
    for place in range(max(len(a), len(b))):
        here = [side[place] for side in (a, b) if place < len(side)]
        if len(here) == 1:
            merged.append(here[0])
            continue
        names = tuple(dict.fromkeys(name for part in here for name in (part if isinstance(part, tuple) else (part,))))
        merged.append(names[0] if len(names) == 1 else names)
    return merged


def remove_duplicates(lst: list[T]) -> list[T]:
    """The items, each once, in order."""
    once = list(dict.fromkeys(lst))
    if len(once) != len(lst):
        import logging  # noqa: PLC0415 - whoever only reads does without its memory

        logging.getLogger(__name__).info("Dropped %d repeated items", len(lst) - len(once))
    return once


def merge_str_alphabetical(a: str | None, b: str | None) -> str | None:
    """Both names in alphabetical order, joined by an underscore; equal names once."""
    if a and b:
        return "_".join(sorted({a, b}))
    return a or b


def merge_optional_list(a: list[T] | None, b: list[T] | None) -> list[T] | None:
    """Both lists after each other; None for nothing."""
    return [*(a or []), *(b or [])] or None


def merge_notes(notes1: str | None, notes2: str | None) -> str | None:
    """Both notes, one a line."""
    if notes1 and notes2:
        return f"{notes1}\n{notes2}"
    return notes1 or notes2


def merge_coordinate_systems(cs1: T | None, cs2: T | None) -> T | None:
    """The one coordinate system that both use; ValueError where they differ."""
    if cs1 and cs2 and cs1 != cs2:
        raise ValueError(
            f"The coordinate systems differ: {getattr(cs1, 'name', cs1)!r} and {getattr(cs2, 'name', cs2)!r}"
        )
    return cs1 or cs2
