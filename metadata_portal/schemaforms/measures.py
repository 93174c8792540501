"""What a field measures: which kind of quantity, in which unit, along which axis.

A field with a unit of its own says it; of the others a layout does (``measures``), since a model does not.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.scope import Axes
from schema_core.compiled import compiled
from schema_core.introspect import Choice, Field, List, Scalar, Shape, Struct
from schema_core.quantities import KINDS, Toward, wanted

_NUMBERS: Final = (int, float, Decimal)
_SURFACE: Final = "dura/pia"
_LENGTHS: Final = {
    "mm": "millimeter",
    "µm": "micrometer",
    "cm": "centimeter",
    "px": "pixel",
    "nm": "nanometer",
    "m": "meter",
}
_TOWARD: Final[dict[str, Toward]] = {
    "Left_to_right": "right",
    "Right_to_left": "left",
    "Posterior_to_anterior": "anterior",
    "Back_to_front": "anterior",
    "Anterior_to_posterior": "posterior",
    "Front_to_back": "posterior",
    "Inferior_to_superior": "dorsal",
    "Superior_to_inferior": "ventral",
    "Down_to_up": "dorsal",
    "Up_to_down": "ventral",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number says: ``unit`` where nothing else is chosen in ``unit_name``, one of ``units`` if there are any.

    On an axis ``toward`` is its positive end, and ``reference`` the point that its numbers are counted from.
    """

    kind: str
    unit: str = ""
    unit_name: str = ""
    units: tuple[str, ...] = ()
    plain: type = float
    toward: Toward | None = None
    reference: str = ""


@compiled
def measures_of(struct: Struct) -> dict[str, Measure]:
    """Give what the fields of a struct measure; those that are no quantities are not in it."""
    told = dict(layout_of(struct).measures)
    found = ((entry.name, _measure(struct, entry, told.get(entry.name))) for entry in struct.fields)
    return {name: measure for name, measure in found if measure is not None}


def _measure(struct: Struct, entry: Field, told: tuple[str, str] | None) -> Measure | None:
    plain = _plain(entry.shape)
    if plain is None or not (told or entry.unit_field):
        return None
    kind, name = told or ("", entry.unit_field or "")
    unit = struct.by_name.get(name)
    if unit is None:
        return Measure(kind, name, plain=plain)
    units = tuple(str(value) for value in unit.shape.values) if isinstance(unit.shape, Choice) else ()
    usual = unit.default if isinstance(unit.default, str) else ""
    kind = kind or _kind(units or ((usual,) if usual else ()), entry.name)
    return Measure(kind, usual, "" if unit.constant else name, units, plain) if kind else None


def _plain(shape: Shape) -> type | None:
    """Give the plain type of a number, or of the numbers of a list."""
    item = shape.item if isinstance(shape, List) else shape
    return item.type if isinstance(item, Scalar) and item.type in _NUMBERS else None


@cache
def _kind(units: tuple[str, ...], name: str) -> str:
    """Find the narrowest kind of quantity that all units belong to."""
    if not units:
        return next((kind for kind in KINDS if kind in name.split("_")), "")
    kinds = sorted(KINDS, key=lambda kind: len(KINDS[kind]))
    return next((kind for kind in kinds if all(wanted(unit, kind).dimension in KINDS[kind] for unit in units)), "")


# Along axes ----------------------------------------------------------------------------------------------------------


def distance(axes: Axes, index: int, *, surface: bool = False) -> Measure | None:
    """Say what a number along an axis measures; ``surface`` where a depth is counted from the entry point."""
    unit = _LENGTHS.get(axes.unit)
    if unit is None:
        return None
    toward = _TOWARD.get(axes.directions[index]) if index < len(axes.directions) else None
    return Measure("length", unit, toward=toward, reference=_SURFACE if surface else axes.origin.casefold())


ANGLE: Final = Measure("angle", "degrees")


def along(name: str, axes: Axes, index: int) -> Measure | None:
    """Say what one number of a transform measures."""
    return {"translation": distance(axes, index), "angles": ANGLE}.get(name)


__all__ = ["ANGLE", "Measure", "along", "distance", "measures_of"]
