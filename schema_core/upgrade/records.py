"""What 3.0 insists on and 2.9 only advises: versions of code, names of time zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema_core.upgrade.steps import step

if TYPE_CHECKING:
    from schema_core.upgrade.steps import Log
    from schema_core.upgrade.walk import Place

UNKNOWN: Final = "unknown"
NO_ZONES: Final = frozenset({"localtime", "posixrules"})
"""Names that some machines take for time zones, and that say nothing on another machine."""


@step("forward", "Code")
def code_without_version(place: Place, log: Log) -> None:
    """3.0 wants version or commit; where neither is known, that is said."""
    if place.values.get("version") or place.values.get("commit_hash"):
        return
    place.values["version"] = UNKNOWN
    log.lost(
        place.at("version"),
        "upgrade-code-unknown",
        "3.0 wants the version or commit of code, and neither is given: 'unknown' was written; give it if you can",
    )


@step("forward", "Acquisition")
def zone_without_meaning(place: Place, log: Log) -> None:
    """The offset of the start says more than the name of a machine's own file."""
    zone = place.values.get("acquisition_start_tz")
    if isinstance(zone, str) and zone in NO_ZONES:
        place.values["acquisition_start_tz"] = None
        log.lost(
            place.at("acquisition_start_tz"),
            "upgrade-zone",
            f"{zone!r} names no time zone: the offset of acquisition_start_time counts instead",
        )
