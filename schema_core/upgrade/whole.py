"""Nodes written in full, with their empty fields, stay so on the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schema_core.upgrade.walk import Place


def is_whole(place: Place, *names: str) -> bool:
    """Whether a node writes all its fields, whatever of these."""
    return all(name in place.values or name in names for name in place.cls.model_fields)


def with_nulls(place: Place, *names: str) -> None:
    """Write fields that 3.0 lacks as empty, in the order of 2.9, where the node writes all its other fields."""
    if is_whole(place, *names):
        with_values(place, dict.fromkeys(names))


def with_values(place: Place, added: dict[str, Any]) -> None:
    """Write fields where 2.9 writes them."""
    given = {**added, **place.values}
    place.values.clear()
    place.values.update({name: given.pop(name) for name in place.cls.model_fields if name in given} | given)
