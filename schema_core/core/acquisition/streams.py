"""Streams of data: what was recorded over one stretch of time, with which devices, set how."""

import logging
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from schema_core.base import AwareDatetimeWithDefault, DataModel, DiscriminatedList
from schema_core.components.configs import (
    AirPuffConfig,
    CatheterConfig,
    DetectorConfig,
    DeviceConfig,
    EphysAssemblyConfig,
    FiberAssemblyConfig,
    ImagingConfig,
    LaserConfig,
    LickSpoutConfig,
    LightEmittingDiodeConfig,
    ManipulatorConfig,
    MISCameraConfig,
    MRIScan,
    PatchCordConfig,
    ProbeConfig,
    SampleChamberConfig,
)
from schema_core.components.connections import ENDS, Connection
from schema_core.components.identifiers import Code
from schema_core.registries.modalities import Modality
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule
from schema_core.rules.spans import span
from schema_core.rules.times import TimeValidation
from schema_core.utils.merge import merge_notes, merge_optional_list, remove_duplicates

logger = logging.getLogger(__name__)

CONFIG_REQUIREMENTS: dict[str, list[list[type[DeviceConfig]]]] = {
    "ecephys": [[EphysAssemblyConfig, ProbeConfig, ManipulatorConfig]],
    "fib": [[LightEmittingDiodeConfig, LaserConfig], [PatchCordConfig, FiberAssemblyConfig]],
    "pophys": [[ImagingConfig]],
    "MRI": [[MRIScan]],
    "SPIM": [[ImagingConfig], [SampleChamberConfig]],
    "slap2": [[ImagingConfig]],
}
"""By modality: of each group of configurations, a stream needs at least one."""

_MODALITIES = "What was recorded in this stream"
_START = "Day and time the recording began, within the acquisition"
_END = "Day and time the recording ended, within the acquisition"


class DataStream(DataModel):
    """Devices that recorded together, from start to end."""

    stream_start_time: Annotated[AwareDatetimeWithDefault, TimeValidation.BETWEEN] = Field(
        title="Started", description=_START
    )
    stream_end_time: Annotated[AwareDatetimeWithDefault, TimeValidation.BETWEEN] = Field(
        title="Ended", description=_END
    )
    modalities: list[Modality.ONE_OF] = Field(description=_MODALITIES)
    code: list[Code] | None = Field(default=None, description="Programs that ran the recording")
    notes: str | None = Field(default=None, description="Anything else that others should know")
    active_devices: list[str] = Field(
        description="Names of the devices that were in use, as in the instrument or the procedures"
    )
    configurations: DiscriminatedList[
        LightEmittingDiodeConfig
        | LaserConfig
        | ManipulatorConfig
        | DetectorConfig
        | PatchCordConfig
        | FiberAssemblyConfig
        | MISCameraConfig
        | MRIScan
        | LickSpoutConfig
        | AirPuffConfig
        | ImagingConfig
        | SampleChamberConfig
        | ProbeConfig
        | EphysAssemblyConfig
        | CatheterConfig
    ] = Field(description="How these devices were set")
    connections: list[Connection] = Field(
        default=[], description="Wiring that was made for this recording only; the rest stands in the instrument"
    )

    @classmethod
    def overlapping(cls, stream1: "DataStream", stream2: "DataStream", overlap_s: int) -> bool:
        """Whether both streams begin, and both end, within so many seconds of each other."""
        begin = stream1.stream_start_time - stream2.stream_start_time
        end = stream1.stream_end_time - stream2.stream_end_time
        return abs(begin.total_seconds()) <= overlap_s and abs(end.total_seconds()) <= overlap_s

    def __add__(self, other: "DataStream", overlap_s: int = 120) -> "DataStream":
        """Both streams as one; ValueError where they do not overlap."""
        if not DataStream.overlapping(self, other, overlap_s):
            raise ValueError(f"These streams do not start and end within {overlap_s} s of each other: keep them apart")
        active_devices = remove_duplicates(self.active_devices + other.active_devices)
        shared = [name for name in active_devices if name in self.active_devices and name in other.active_devices]
        if shared:
            logger.warning("Both streams use %s: only a shared DAQ should be in two streams", ", ".join(shared))
        return DataStream(
            stream_start_time=min(self.stream_start_time, other.stream_start_time),
            stream_end_time=max(self.stream_end_time, other.stream_end_time),
            modalities=remove_duplicates(self.modalities + other.modalities),
            code=merge_optional_list(self.code, [one for one in other.code or [] if one not in (self.code or [])]),
            notes=merge_notes(self.notes, other.notes),
            active_devices=active_devices,
            configurations=self.configurations + other.configurations,
            connections=self.connections + other.connections,
        )


@rule(DataStream, reads=("modalities", "configurations"), code="stream-configuration")
def modalities_have_their_configurations(node: DataStream) -> Iterator[Finding]:
    """What was recorded calls for the settings of the devices that recorded it."""
    for index, modality in enumerate(node.modalities):
        for group in CONFIG_REQUIREMENTS.get(modality.abbreviation, ()):
            if not any(isinstance(one, tuple(group)) for one in node.configurations):
                wanted = " or ".join(str(cls.model_fields["object_type"].default) for cls in group)
                yield Finding(
                    f"Recording {modality.abbreviation} calls for the settings of its devices: add {wanted}",
                    at="configurations",
                    also=(f"modalities.{index}",),
                )


@rule(DataStream, reads=("connections", "active_devices"), code="connection-inactive")
def connections_join_active_devices(node: DataStream) -> Iterator[Finding]:
    """Whatever is connected is in use."""
    if not node.connections:
        return
    active = set(node.active_devices)
    for index, connection in enumerate(node.connections):
        for end in ENDS:
            name = connection.__dict__[end]
            if name not in active:
                yield Finding(
                    f"{name!r} is connected but is not among the active devices: add it there, or correct the name",
                    at=f"connections.{index}.{end}",
                    also=("active_devices",),
                )


class ExternalDataStream(DataModel):
    """A recording made elsewhere, with devices that nobody described."""

    stream_start_time: Annotated[AwareDatetimeWithDefault, TimeValidation.BETWEEN] = Field(
        title="Started", description=_START
    )
    stream_end_time: Annotated[AwareDatetimeWithDefault, TimeValidation.BETWEEN] = Field(
        title="Ended", description=_END
    )
    modalities: list[Modality.ONE_OF] = Field(description=_MODALITIES)
    notes: str | None = Field(default=None, description="Anything else that others should know")


span(DataStream, "stream_start_time", "stream_end_time")
span(ExternalDataStream, "stream_start_time", "stream_end_time")


def merged_streams(streams: list[DataStream], overlap_s: int) -> list[DataStream]:
    """The streams, those that overlap with the first of a group as one; ValueError where the merged one drifts away."""
    groups: list[list[DataStream]] = []
    for stream in streams:
        near = next((group for group in groups if DataStream.overlapping(group[0], stream, overlap_s)), None)
        if near is None:
            groups.append([stream])
        else:
            near.append(stream)
    merged = []
    for first, *others in groups:
        whole = first
        for stream in others:
            whole = whole + stream
        merged.append(whole)
    return merged
