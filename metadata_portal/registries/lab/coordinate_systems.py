"""Coordinate systems and frames of devices: those of the standard's library, and the lab's own in versions."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from metadata_portal.registries.declaring import Group, Row, declare
from metadata_portal.registries.systems import SYSTEMS, check_system, deprecation_of, with_own_name
from schema_core.components.coordinate_library import systems
from schema_core.components.coordinates import CoordinateSystem


class SystemRow(Row):
    """A coordinate system; choosing it fills a node. Records keep the version that they were given."""

    name: str = Field(title="Name", description="By which coordinates refer to it; say origin and axes: BREGMA_ARI")
    purpose: str | None = Field(default=None, title="What for", description="When to use it")
    version: int = Field(default=1, ge=1, title="Version", description="Counts the changes of origin, axes and unit")
    deprecated: str | None = Field(
        default=None, title="Deprecated", description="Why it is not to be used any more; empty while it may"
    )
    system: dict[str, Any] = Field(
        default={}, title="Origin, axes and unit", description="As the standard writes a coordinate system"
    )


def stock() -> Iterator[Mapping[str, Any]]:
    """The systems of the standard's library."""
    for name, system in systems().items():
        data = system.model_dump(mode="json")
        yield {"name": name, "purpose": None, "version": 1, "deprecated": deprecation_of(data), "system": data}


def check(data: Mapping[str, Any]) -> None:
    """Refuse a system that the standard does not take; one without axes is not described yet."""
    check_system(CoordinateSystem, with_own_name(data))


COORDINATE_SYSTEMS = declare(
    slug=SYSTEMS,
    title="Coordinate systems",
    purpose="Where positions are counted from and along which axes: of an animal, an arena, a device.",
    icon="axis-3d",
    group=Group.SPACE,
    model=SystemRow,
    read=stock,
    names=("name", "purpose"),
    check=check,
    columns=("version", "deprecated"),
    kept=("version",),
    details_url="equipment:system-detail",
    fills=("Coordinate system",),
)
