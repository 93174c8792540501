"""Nodes written in full, with their empty fields, stay so on the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schema_core.upgrade.walk import Place


def with_nulls(place: Place, *names: str) -> None:
    """Write fields that 3.0 lacks as empty, in the order of 2.9, where the node writes all its other fields."""
    fields, values = place.cls.model_fields, place.values
    if any(name not in values for name in fields if name not in names):
        return
    given = dict(values)
    values.clear()
    values.update({name: given.get(name) for name in fields})
