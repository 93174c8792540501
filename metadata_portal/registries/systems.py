"""What coordinate systems and atlases of the registries put into documents."""

import copy
from collections.abc import Mapping
from typing import Any, Final

from metadata_portal.errors import FormError
from schema_core.components.coordinates import CoordinateSystem
from schema_core.judging import Judge
from schema_core.registries.coordinates import AxisName

SYSTEMS: Final = "coordinate-systems"
ATLASES: Final = "atlases"


def deprecation_of(system: Mapping[str, Any]) -> str | None:
    """Why a system of the library is not to be used any more."""
    if any(axis["name"] == AxisName.DEPTH for axis in system["axes"]):
        return "It has a Depth axis, which the standard gives up: use three axes"
    return None


def system_of(registry: str, key: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A fresh copy of a row's system as a document holds it, under the row's name; an atlas has one of its own."""
    system: dict[str, Any] = copy.deepcopy(dict(data.get("system") or {}))
    return {**system, "name": key} if registry == SYSTEMS and system else system


def with_own_name(data: Mapping[str, Any]) -> dict[str, Any]:
    """The system of a row under the row's name; empty where it is not described yet."""
    system = data.get("system") or {}
    return {**system, "name": data["name"]} if system else {}


def check_system(cls: type[CoordinateSystem], system: Mapping[str, Any]) -> None:
    """Refuse what the standard does not take; nothing at all is no fault yet."""
    if not system:
        return
    court = Judge()
    court.node(cls, dict(system), "")
    for problem in court.problems:
        if problem.severity != "warning":
            raise FormError(f"{problem.path or 'system'}: {problem.message}.", field="system")
