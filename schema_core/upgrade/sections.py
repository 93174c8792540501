"""Sections of tissue: coordinates moved from `Section` to `PlanarSection` within version 2, and 3.0 insists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema_core.upgrade.steps import drop, step
from schema_core.upgrade.whole import with_nulls

if TYPE_CHECKING:
    from schema_core.upgrade.steps import Log
    from schema_core.upgrade.walk import Place

GONE: Final = (
    "coordinate_system_name",
    "start_coordinate",
    "end_coordinate",
    "thickness",
    "thickness_unit",
    "partial_slice",
)
_WHY: Final = "3.0 keeps the place of planar sections only"


def _is_planar(values: dict[str, object]) -> bool:
    given = {name for name in GONE if values.get(name)}
    return {"coordinate_system_name", "start_coordinate"} <= given and bool(given & {"end_coordinate", "thickness"})


@step("forward", "Section")
def section_with_place_is_planar(place: Place, log: Log) -> None:
    """A plain section that has all of a planar one becomes one; otherwise what it says of its place has to go."""
    if place.cls.__name__ != "Section":
        return
    among_planar = place.above is not None and place.above.cls.__name__ == "PlanarSectioning"
    if among_planar and _is_planar(place.values):
        place.values["object_type"] = "Planar section"
        log.changed(place.at("object_type"), "Planar section", "it has the coordinates of one")
        return
    for name in GONE:
        drop(place, name, log, _WHY)


@step("backward", "Section")
def section_in_full(place: Place, log: Log) -> None:  # noqa: ARG001 - steps are called alike
    """2.9 writes all fields of a section, empty ones too."""
    if place.cls.__name__ == "Section":
        with_nulls(place, *GONE)
