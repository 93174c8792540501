"""Forms that changed within version 2: the standard still reads them, and writes the newer form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema_core.upgrade.steps import drop, step

if TYPE_CHECKING:
    from schema_core.upgrade.steps import Log
    from schema_core.upgrade.walk import Place

_PERCENT: Final = "percent"


@step("older", "QualityControl")
def grouping_has_names(place: Place, log: Log) -> None:
    """Where tags were lists, the grouping listed their values; it names modality and first tag now."""
    metrics, grouping = place.values.get("metrics"), place.values.get("default_grouping")
    if not isinstance(metrics, list) or not metrics or not isinstance(grouping, list):
        return
    listed = isinstance(metrics[0], dict) and isinstance(metrics[0].get("tags"), list)
    if listed and all(isinstance(entry, str) for entry in grouping):
        place.values["default_grouping"] = [["modality"], ["tag_1"]]
        log.changed(place.at("default_grouping"), "[[modality], [tag_1]]", "tags have names since 2.3")
        if grouping:
            log.lost(
                place.at("default_grouping"),
                "upgrade-dropped",
                f"The grouping {', '.join(grouping)} named no tags and was replaced, as the standard does",
            )


@step("older", "QCMetric")
def tags_have_names(place: Place, log: Log) -> None:
    """A list of tags becomes tag_1, tag_2 and so on."""
    tags = place.values.get("tags")
    if isinstance(tags, list):
        place.values["tags"] = {f"tag_{number}": tag for number, tag in enumerate(tags, start=1)}
        log.changed(place.at("tags"), "tag_1, tag_2, … instead of a list", "tags have names since 2.3")


@step("older", "Monitor")
def monitors_have_units(place: Place, log: Log) -> None:
    """Contrast and brightness are given in percent."""
    for name in ("contrast", "brightness"):
        unit = f"{name}_unit"
        if place.values.get(name) is not None and unit not in place.values:
            place.values[unit] = _PERCENT
            log.changed(place.at(unit), _PERCENT, f"the unit that {name} always had")


@step("older", "BreedingInfo")
def breeding_group_is_cleared(place: Place, log: Log) -> None:
    """The standard clears the breeding group; here it is kept in words."""
    if place.values.get("breeding_group"):
        drop(place, "breeding_group", log, "The standard clears the breeding group")
        place.values["breeding_group"] = None
