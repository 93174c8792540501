"""How the data of one acquisition came about."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from schema_core import paths
from schema_core.base import AwareDatetimeWithDefault, DataCoreModel, DiscriminatedList, described_by
from schema_core.components.coordinates import CoordinateSystem
from schema_core.components.identifiers import ProtocolListMixin
from schema_core.components.measurements import CALIBRATIONS, Maintenance
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.core.acquisition.epochs import AcquisitionSubjectDetails, Manipulation, StimulusEpoch
from schema_core.core.acquisition.streams import DataStream, ExternalDataStream, merged_streams
from schema_core.registries.time_zones import TimeZoneName, extract_timezone_from_datetime
from schema_core.rules import needles
from schema_core.rules.findings import Finding
from schema_core.rules.registration import fills, rule
from schema_core.rules.spans import span
from schema_core.rules.times import Span, misplaced
from schema_core.utils.merge import (
    merge_coordinate_systems,
    merge_notes,
    merge_optional_list,
    merge_str_alphabetical,
    remove_duplicates,
)
from schema_core.utils.validators import subject_specimen_id_compatibility

SPECIMEN_MODALITIES = ["SPIM", "confocal"]
"""Modalities that look at tissue, not at the living subject."""

_MINUTES = 60


class Acquisition(ProtocolListMixin, DataCoreModel):
    """One acquisition: what was recorded, and what the subject met meanwhile."""

    describedBy: str = described_by("core/acquisition.py")  # noqa: N815 - the standard's name
    schema_version: Literal["2.5.4"] = Field(default="2.5.4", title="Version")
    subject_id: str = Field(description="Number of the subject in this lab")
    specimen_id: str | list[str] | None = Field(
        default=None,
        title="Specimen",
        description="The piece of tissue that was imaged: the subject ID, an underscore and a number",
    )
    acquisition_start_time: AwareDatetimeWithDefault = Field(
        title="Started", description="Day and time of the beginning, with the offset from UTC"
    )
    acquisition_start_tz: int | TimeZoneName | None = Field(
        default=None,
        title="Time zone",
        description="Name of the zone (America/Los_Angeles) or whole hours from UTC; read from the start if empty",
    )
    acquisition_end_time: AwareDatetimeWithDefault = Field(
        title="Ended", description="Day and time of the end, with the offset from UTC"
    )
    experimenters: list[str] = Field(default=[], description="Who ran the acquisition")
    ethics_review_id: list[str] | None = Field(
        default=None, title="Ethics approvals", description="Numbers of the ethics approvals it was done under"
    )
    instrument_id: str | None = Field(
        default=None, description="Name of the instrument, as it calls itself; needed unless all data came from outside"
    )
    acquisition_type: str = Field(
        title="Type", description="What kind of acquisition it was, in the same words each time"
    )
    notes: str | None = Field(default=None, description="Anything else that others should know")
    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("global"))
    global_coordinate_system: CoordinateSystem | None = Field(
        default=None,
        title="Coordinate system",
        description="System that the placements of devices and images lead into",
    )
    calibrations: list[CALIBRATIONS] = Field(
        default=[], description="Calibrations that were made for this acquisition, before it"
    )
    maintenance: list[Maintenance] = Field(
        default=[], description="Work on the instrument that was done for this acquisition, before it"
    )
    data_streams: DiscriminatedList[DataStream | ExternalDataStream] = Field(
        description="What was recorded; devices that started or stopped at other times make a stream of their own"
    )
    stimulus_epochs: list[StimulusEpoch] = Field(
        default=[], title="Stimuli", description="What the subject was shown or did, one entry for each purpose"
    )
    manipulations: list[Manipulation] = Field(
        default=[], description="What was done to the subject while data were acquired"
    )
    subject_details: AcquisitionSubjectDetails | None = Field(
        default=None, title="Subject", description="The living subject that day; needed unless tissue was imaged"
    )

    @field_validator("acquisition_start_tz", mode="before")
    @classmethod
    def coerce_fixed_offset_tz_string(cls, v: Any) -> Any:
        """An offset written as hours and minutes, in whole hours, rounded down; anything else as it is."""
        found = re.fullmatch(r"([+-]?)(\d{2}):(\d{2})", v) if isinstance(v, str) else None
        if found is None:
            return v
        minutes = int(found[2]) * _MINUTES + int(found[3])
        return (-minutes if found[1] == "-" else minutes) // _MINUTES

    @property
    def acquisition_start_time_local(self) -> dt.datetime:
        """The start on the clock of its time zone; ValueError where that is no zone on earth."""
        zone = self.acquisition_start_tz
        if zone is None:
            return self.acquisition_start_time
        clock = dt.timezone(dt.timedelta(hours=zone)) if isinstance(zone, int) else ZoneInfo(zone)
        return self.acquisition_start_time.astimezone(clock)

    @classmethod
    def _merge_data_streams(cls, streams: list[DataStream], overlap_s: int = 120) -> list[DataStream]:
        """The streams, those that overlap as one."""
        return merged_streams(streams, overlap_s)

    def __add__(self, other: "Acquisition") -> "Acquisition":
        """Both acquisitions as one; ValueError where they disagree on what cannot be joined."""
        if self.schema_version != other.schema_version:
            raise ValueError(f"Schema versions differ: {self.schema_version} and {other.schema_version}")
        system = merge_coordinate_systems(self.global_coordinate_system, other.global_coordinate_system)
        for name in ("subject_id", "specimen_id", "acquisition_type"):
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine != theirs and (name != "acquisition_type" or (mine and theirs)):
                raise ValueError(
                    f"These acquisitions cannot be joined: {name} is {mine!r} in one and {theirs!r} in the other"
                )
        if self.subject_details and other.subject_details:
            raise ValueError("Both acquisitions have subject_details: they can be joined when only one has")
        ethics = merge_optional_list(self.ethics_review_id, other.ethics_review_id)
        streams = self.data_streams + other.data_streams
        regular = [stream for stream in streams if isinstance(stream, DataStream)]
        external = [stream for stream in streams if isinstance(stream, ExternalDataStream)]
        first = self if self.acquisition_start_time <= other.acquisition_start_time else other
        return Acquisition(
            protocol_id=merge_optional_list(self.protocol_id, other.protocol_id),
            subject_id=self.subject_id,
            specimen_id=self.specimen_id,
            acquisition_start_time=first.acquisition_start_time,
            acquisition_start_tz=first.acquisition_start_tz,
            acquisition_end_time=max(self.acquisition_end_time, other.acquisition_end_time),
            experimenters=remove_duplicates(self.experimenters + other.experimenters),
            ethics_review_id=ethics and remove_duplicates(ethics),
            instrument_id=merge_str_alphabetical(self.instrument_id, other.instrument_id),
            acquisition_type=self.acquisition_type or other.acquisition_type,
            notes=merge_notes(self.notes, other.notes),
            global_coordinate_system=system,
            calibrations=self.calibrations + other.calibrations,
            maintenance=self.maintenance + other.maintenance,
            data_streams=[*self._merge_data_streams(regular), *external],
            stimulus_epochs=self.stimulus_epochs + other.stimulus_epochs,
            manipulations=self.manipulations + other.manipulations,
            subject_details=self.subject_details or other.subject_details,
        )


renamed_system(Acquisition, "global_coordinate_system")


@rule(Acquisition, reads=("acquisition_start_time", "acquisition_start_tz"), code="time-zone-missing")
def start_has_a_zone(node: Acquisition) -> Finding | None:
    """The start says its zone, or the acquisition does; only what was made without validation can lack both."""
    start = node.__dict__.get("acquisition_start_time")
    if node.acquisition_start_tz is None and start is not None and getattr(start, "tzinfo", None) is None:
        return Finding(f"The start, {start}, is no time with an offset: give one", at="acquisition_start_time")
    return None


@fills(Acquisition)
def zone_from_start(node: Acquisition) -> None:
    """Without a zone of its own, an acquisition has that of its start."""
    if node.acquisition_start_tz is None:
        node.acquisition_start_tz = extract_timezone_from_datetime(node.acquisition_start_time)


@rule(Acquisition, reads=("subject_id", "specimen_id"), code="specimen-of-subject")
def specimens_are_of_subject(node: Acquisition) -> Iterator[Finding]:
    """A specimen's name contains that of the subject."""
    several = isinstance(node.specimen_id, list)
    for place, name in enumerate(node.specimen_id if isinstance(node.specimen_id, list) else [node.specimen_id]):
        if name is not None and (name or several) and not subject_specimen_id_compatibility(node.subject_id, name):
            yield Finding(
                f"Specimen {name!r} does not contain the subject ID {node.subject_id!r}: correct one of them",
                at=paths.join(["specimen_id", *([place] if several else [])]),
                also=("subject_id",),
            )


@rule(Acquisition, reads=("instrument_id", "data_streams"), code="instrument-unnamed")
def streams_have_an_instrument(node: Acquisition) -> Iterator[Finding]:
    """What was recorded here was recorded with an instrument."""
    if node.instrument_id:
        return
    for index, stream in enumerate(node.data_streams):
        if isinstance(stream, DataStream):
            yield Finding(
                "Data were recorded with an instrument: say which (its instrument_id), or describe the recording as "
                "an external data stream",
                at="instrument_id",
                also=(f"data_streams.{index}",),
            )
            return


@rule(Acquisition, reads=("specimen_id", "data_streams"), code="specimen-missing")
def tissue_is_named(node: Acquisition) -> Iterator[Finding]:
    """Imaging tissue, one says which."""
    if node.specimen_id:
        return
    for index, stream in enumerate(node.data_streams):
        for place, modality in enumerate(stream.modalities):
            if modality.abbreviation in SPECIMEN_MODALITIES:
                yield Finding(
                    f"{modality.abbreviation} looks at tissue: give the specimen (subject ID, underscore, number)",
                    at="specimen_id",
                    also=(f"data_streams.{index}.modalities.{place}",),
                )
                return


span(Acquisition, "acquisition_start_time", "acquisition_end_time")
_TIMED = ("calibrations", "maintenance", "data_streams", "stimulus_epochs", "manipulations")


@rule(Acquisition, reads=("acquisition_start_time", "acquisition_end_time", *_TIMED), code="portal-time-outside")
def times_fit_the_acquisition(node: Acquisition) -> Iterator[Finding]:
    """What belongs to an acquisition happened during it, or before; the standard asks only in a whole record."""
    during = Span.of(node.acquisition_start_time, node.acquisition_end_time)
    if during.end < during.start:
        return
    for name in _TIMED:
        for found in misplaced(node.__dict__[name], during, ((), name)):
            bound = "acquisition_end_time" if found.end else "acquisition_start_time"
            yield Finding(found.message, at=found.at, also=(bound,), severity="warning")


_EARLIEST, _LATEST = -12, 14


@rule(Acquisition, reads=("acquisition_start_tz",), code="portal-zone-offset")
def zone_is_on_earth(node: Acquisition) -> Finding | None:
    """An offset in hours is one that clocks somewhere have."""
    zone = node.acquisition_start_tz
    if isinstance(zone, int) and not _EARLIEST <= zone <= _LATEST:
        return Finding(
            f"No clock on earth is {zone} hours from UTC: give whole hours from {_EARLIEST} to {_LATEST}, or the name "
            "of the zone, as in America/Los_Angeles",
            at="acquisition_start_tz",
            severity="warning",
        )
    return None


rule(Acquisition, reads=("manipulations", "global_coordinate_system"), code="portal-depth-up")(
    needles.manipulation_depth_findings
)
