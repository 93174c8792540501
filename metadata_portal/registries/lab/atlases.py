"""Atlases as coordinate systems: those of the standard's library, and the lab's own in versions."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from metadata_portal.registries.declaring import Group, Row, declare
from metadata_portal.registries.systems import ATLASES, check_system, deprecation_of
from schema_core.components.coordinate_library import AtlasLibrary
from schema_core.components.coordinates import Atlas


class AtlasRow(Row):
    """An atlas; choosing it fills a node. Records keep the version that they were given."""

    name: str = Field(title="Name", description="What people call it, with its resolution: CCFv3_25um")
    purpose: str | None = Field(default=None, title="What for", description="When to use it")
    version: int = Field(default=1, ge=1, title="Version", description="Counts the changes of what it says")
    deprecated: str | None = Field(
        default=None, title="Deprecated", description="Why it is not to be used any more; empty while it may"
    )
    system: dict[str, Any] = Field(
        default={}, title="Origin, axes and size", description="As the standard writes an atlas"
    )


def stock() -> Iterator[Mapping[str, Any]]:
    """The atlases of the standard's library."""
    for name in (name for name in vars(AtlasLibrary) if not name.startswith("_")):
        data = getattr(AtlasLibrary, name).model_dump(mode="json")
        yield {"name": name, "purpose": None, "version": 1, "deprecated": deprecation_of(data), "system": data}


def check(data: Mapping[str, Any]) -> None:
    """Refuse an atlas that the standard does not take; one without axes is not described yet."""
    check_system(Atlas, data.get("system") or {})


THE_ATLASES = declare(
    slug=ATLASES,
    title="Atlases",
    purpose="Atlases that positions can be given in.",
    icon="map",
    group=Group.SPACE,
    model=AtlasRow,
    read=stock,
    names=("name", "purpose"),
    check=check,
    columns=("version", "deprecated"),
    kept=("version",),
    details_url="equipment:system-detail",
    fills=("Atlas",),
)
