"""The field `coordinate_system`, which got two new names within version 2 and is gone from 3.0."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from schema_core.upgrade.steps import keep, step
from schema_core.upgrade.whole import is_whole, with_values

if TYPE_CHECKING:
    from schema_core.upgrade.steps import Log
    from schema_core.upgrade.walk import Place

OLD: Final = "coordinate_system"
NEW: Final = ("global_coordinate_system", "local_coordinate_system")
_ANY: Final = "DataModel"


def new_name(place: Place) -> str | None:
    """What a class calls its coordinate system now; None for one that never had the older name."""
    fields = place.cls.model_fields
    if OLD not in fields:
        return None
    return next((name for name in NEW if name in fields), None)


@step("older", _ANY)
def older_name_is_copied(place: Place, log: Log) -> None:
    """Where only the older name is given, the standard fills the newer one."""
    name = new_name(place)
    if name and OLD in place.values and name not in place.values:
        place.values[name] = deepcopy(place.values[OLD])
        if place.values[OLD] is not None:
            log.changed(place.at(name), f"copied from {OLD}", f"{OLD} is the older name of the field")


@step("forward", _ANY)
def older_name_goes(place: Place, log: Log) -> None:
    """3.0 has the newer name only."""
    name = new_name(place)
    if name is None or OLD not in place.values:
        return
    old, new = place.values.pop(OLD), place.values.get(name)
    if old is None:
        return
    if new is None:
        place.values[name] = old
        log.changed(place.at(name), f"holds what {OLD} held", f"3.0 has no {OLD}")
    elif old == new:
        log.changed(place.at(OLD), "taken out", f"3.0 has no {OLD}; {name} holds the same")
    else:
        keep(place, OLD, old, log, f"3.0 has no {OLD}, and {name} holds another system")


@step("backward", _ANY)
def older_name_comes_back(place: Place, log: Log) -> None:
    """Earlier releases of version 2 know the older name only, so a node written in full has both, as 2.9 writes it."""
    name = new_name(place)
    if name is None or OLD in place.values or not is_whole(place, OLD):
        return
    with_values(place, {OLD: deepcopy(place.values[name])})
    if place.values[name] is not None:
        log.changed(place.at(OLD), f"the same as {name}", f"earlier releases know {OLD} only")
