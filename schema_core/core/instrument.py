"""The devices that acquire data, and how they are wired."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pydantic import Field

from schema_core import paths
from schema_core.base import DataCoreModel, DiscriminatedList, described_by
from schema_core.components.connections import ENDS, Connection
from schema_core.components.coordinates import CoordinateSystem
from schema_core.components.devices import (
    AdditionalImagingDevice,
    AirPuffDevice,
    Arena,
    Camera,
    CameraAssembly,
    Computer,
    DAQDevice,
    Detector,
    Device,
    DigitalMicromirrorDevice,
    Disc,
    Enclosure,
    EphysAssembly,
    FiberAssembly,
    FiberPatchCord,
    Filter,
    HarpDevice,
    Lamp,
    Laser,
    LaserAssembly,
    Lens,
    LickSpout,
    LickSpoutAssembly,
    LightAssembly,
    LightEmittingDiode,
    Microscope,
    Monitor,
    MotorizedStage,
    NeuropixelsBasestation,
    Objective,
    Olfactometer,
    OpenEphysAcquisitionBoard,
    PatchClampEphysAssembly,
    PockelsCell,
    PolygonalScanner,
    Scanner,
    ScanningStage,
    Speaker,
    Treadmill,
    Tube,
    Wheel,
)
from schema_core.components.measurements import CALIBRATIONS
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.registries.devices import CameraTarget
from schema_core.registries.modalities import Modality
from schema_core.rules.findings import Finding, each
from schema_core.rules.names import KnownNames, Mention, Named, Steps, named_nodes, names_in, pairs_in
from schema_core.rules.registration import fills, rule
from schema_core.rules.warned import is_collecting
from schema_core.utils.merge import merge_notes, merge_optional_list, merge_str_alphabetical
from schema_core.wording import nearest

logger = logging.getLogger(__name__)

DEVICES_REQUIRED: dict[str, list[list[type[Any]]]] = {
    "fib": [[Laser, LightEmittingDiode, Lamp], [Detector], [FiberPatchCord]],
    "pophys": [[Laser], [Detector], [Objective]],
    "slap2": [[Laser], [Detector], [Objective], [DigitalMicromirrorDevice], [Microscope]],
    "behavior-videos": [[CameraAssembly]],
    "SPIM": [[Laser], [Objective], [ScanningStage]],
}
"""Abbreviation of a modality -> groups of classes; an instrument for it has a component of each group."""

DEVICES = (
    Device,
    CameraAssembly,
    EphysAssembly,
    FiberAssembly,
    LaserAssembly,
    LickSpoutAssembly,
    LightAssembly,
    PatchClampEphysAssembly,
)
"""What has a name of its own: devices, and what is assembled of them."""


class Instrument(DataCoreModel):
    """A rig: its devices, from one change to the next."""

    describedBy: str = described_by("core/instrument.py")  # noqa: N815 - the standard's name
    schema_version: Literal["2.2.8"] = Field(default="2.2.8", title="Version")
    location: str | None = Field(default=None, description="Where the instrument stands, for example the room")
    instrument_id: str = Field(description="Name of the instrument, unique in this lab; acquisitions refer to it")
    modification_date: dt.date = Field(
        title="Last changed", description="Day of the last change to its devices, their wiring or calibration"
    )
    modalities: list[Modality.ONE_OF] = Field(description="What it can acquire; they are kept in alphabetical order")
    calibrations: list[CALIBRATIONS] | None = Field(
        default=None, description="What was measured on its devices since it was set up"
    )
    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("global"))
    global_coordinate_system: CoordinateSystem = Field(
        title="Coordinate system", description="System that the placements of its devices are given in"
    )
    temperature_control: bool | None = Field(
        default=None, title="Temperature controlled", description="Whether it keeps its temperature constant"
    )
    notes: str | None = Field(default=None, description="Anything else that others should know")
    connections: list[Connection] = Field(default=[], description="Which device is wired to which")
    components: DiscriminatedList[
        Monitor
        | Olfactometer
        | LickSpout
        | LickSpoutAssembly
        | AirPuffDevice
        | Speaker
        | CameraAssembly
        | Enclosure
        | EphysAssembly
        | FiberAssembly
        | LaserAssembly
        | FiberPatchCord
        | Laser
        | LightEmittingDiode
        | Lamp
        | Detector
        | Camera
        | Objective
        | Scanner
        | Filter
        | Lens
        | DigitalMicromirrorDevice
        | PatchClampEphysAssembly
        | PolygonalScanner
        | PockelsCell
        | HarpDevice
        | NeuropixelsBasestation
        | OpenEphysAcquisitionBoard
        | MotorizedStage
        | ScanningStage
        | AdditionalImagingDevice
        | Disc
        | Wheel
        | Tube
        | Treadmill
        | Arena
        | DAQDevice
        | Computer
        | Microscope
        | Device
    ] = Field(title="Devices", description="Every device of the instrument")

    def get_component_names(self) -> list[str]:
        """Names of all components and of everything named inside them, then the instrument's own."""
        return [*names_in(self.components), self.instrument_id]

    def __add__(self, other: "Instrument") -> "Instrument":
        """Both as one instrument; ValueError where they disagree on version, place, coordinates or temperature."""
        if self.schema_version != other.schema_version:
            raise ValueError(f"Schema versions differ: {self.schema_version} and {other.schema_version}")
        for name in ("location", "global_coordinate_system", "temperature_control"):
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine != theirs:
                raise ValueError(f"These instruments differ in {name}: {mine!r} and {theirs!r}")
        modalities = {modality.abbreviation: modality for modality in self.modalities + other.modalities}
        return Instrument(
            location=self.location,
            instrument_id=merge_str_alphabetical(self.instrument_id, other.instrument_id),
            modification_date=max(self.modification_date, other.modification_date),
            modalities=list(modalities.values()),
            calibrations=merge_optional_list(self.calibrations, other.calibrations),
            global_coordinate_system=self.global_coordinate_system,
            temperature_control=self.temperature_control,
            notes=merge_notes(self.notes, other.notes),
            connections=self.connections + other.connections,
            components=_joined(self.components, other.components),
        )


renamed_system(Instrument, "global_coordinate_system")


def _joined(mine: list[Any], theirs: list[Any]) -> list[Any]:
    """The components of both; of theirs, only those whose name is new."""
    components = list(mine)
    known: dict[str, Any] = {component.name: component for component in reversed(mine)}
    for component in theirs:
        twin = known.get(component.name)
        if component.name not in known:
            components.append(component)
            known[component.name] = None
        elif _sets_clock(twin) and _sets_clock(component):
            logger.info("%s sets the clock of both instruments and is kept once", component.name)
        else:
            logger.error("%s is a component of both instruments and is kept once, as in the first", component.name)
    return components


def _sets_clock(component: Any) -> bool:
    return isinstance(component, HarpDevice) and component.is_clock_generator is True


_OTHER_TARGET = CameraTarget.OTHER.value


@rule(Instrument, reads=("notes", "components"), code="camera-target-other")
def other_camera_targets_are_explained(node: Instrument) -> Iterator[Finding]:
    """What a camera looks at, where the list lacks it, is explained in the notes."""
    if node.notes is not None:
        return
    for index, component in enumerate(node.components):
        if component.__dict__.get("target") == _OTHER_TARGET and isinstance(component, CameraAssembly):
            yield Finding(
                f"Camera {component.name!r} looks at something other: say in the instrument's notes what it is",
                at="notes",
                also=(f"components.{index}.target",),
            )


@rule(Instrument, reads=("components",), code="next-component-duplicate")
def devices_have_names_of_their_own(node: Instrument) -> Iterator[Finding]:
    """A name that two devices share says of neither which is meant; one device described twice is no repetition."""
    if not _may_repeat(node.components):
        return
    first: dict[str, Named] = {}
    for again in named_nodes(node.components, ("components",)):
        if not isinstance(again.node, DEVICES):
            continue
        known = first.setdefault(again.name, again)
        both_on_top = len(known.steps) == len(again.steps) == _TOP
        if known is not again and (both_on_top or known.node != again.node):
            yield _duplicate(again, known)


def _may_repeat(components: list[Any]) -> bool:
    """Whether any name stands for devices twice: the quick look before the thorough one."""
    names = [name for name, inner in pairs_in(components) if isinstance(inner, DEVICES)]
    return len(set(names)) < len(names)


_TOP = len(("components", 0))


def _duplicate(again: Named, known: Named) -> Finding:
    return Finding(
        f"Another device is also called {again.name!r}, so nobody can tell which is meant, and the next version of the "
        "standard refuses it: give each its own name",
        at=paths.join((*again.steps, "name")),
        also=(paths.join((*known.steps, "name")),),
        severity="warning",
    )


_MOST_HINTS = 20


@rule(Instrument, reads=("connections", "components", "instrument_id"), code="connection-device-unknown")
def connections_join_devices(node: Instrument) -> Iterator[Finding] | None:
    """Both ends of a connection are part of the instrument."""
    ends = [connection.__dict__ for connection in node.connections]
    named = {held[end] for end in ENDS for held in ends}
    return _unknown(node, named, _ends(node)) if named else None


def _ends(node: Instrument) -> Iterator[Mention]:
    """The devices that connections name, and where."""
    for index, connection in enumerate(node.connections):
        for end in ENDS:
            yield getattr(connection, end), ("connections", index, end)


def _unknown(node: Instrument, named: set[str], mentions: Iterable[Mention]) -> Iterator[Finding] | None:
    """A finding for each mention of what no device of the instrument is called; None where there is none."""
    known = KnownNames(node.components, node.instrument_id)
    strange = known.lacks(named)
    return _told(known, [mention for mention in mentions if mention[0] in strange]) if strange else None


def _told(known: KnownNames, mentions: list[Mention]) -> Iterator[Finding]:
    """The first findings say what may have been meant."""
    for place, (name, steps) in enumerate(mentions):
        hint = nearest(name, known.all) if place < _MOST_HINTS else ""
        yield Finding(
            f"No device of this instrument is called {name!r}{hint}: correct the name, or add the device",
            at=paths.join(steps),
            also=("components",),
        )


def names_of_no_device(instrument: Instrument) -> set[str]:
    """Names of software, systems and axes: 2.9 takes them for names of devices, 3.0 does not."""
    named = pairs_in(instrument.components)
    devices = {name for name, node in named if isinstance(node, DEVICES)}
    return {name for name, _ in named} - devices - {instrument.instrument_id}


def no_device(name: str, at: str, *also: str) -> Finding:
    """Something that acts for a device but is none."""
    return Finding(
        f"{name!r} is the name of something else than a device, which version 3.0 refuses here: name the device",
        at=at,
        also=also,
        severity="warning",
    )


@rule(Instrument, reads=("connections", "components", "instrument_id"), code="next-device-unknown")
def connections_join_true_devices(node: Instrument) -> Iterator[Finding]:
    """Both ends of a connection are devices or assemblies, and no other named thing."""
    others = names_of_no_device(node) if node.connections and is_collecting() else ()
    if others:
        yield from (no_device(name, paths.join(steps), "components") for name, steps in _ends(node) if name in others)


@rule(Instrument, reads=("calibrations", "components", "instrument_id"), code="portal-device-unknown")
def mentioned_devices_are_described(node: Instrument) -> Iterator[Finding]:
    """What is calibrated, plugged in or followed is part of the instrument; the standard does not look."""
    mentions = [(name, steps) for name, steps in _mentions(node) if name]
    named = {name for name, _ in mentions}
    for found in each(_unknown(node, named, mentions) if named else None):
        yield found._replace(severity="warning")


def _mentions(node: Instrument) -> Iterator[tuple[str | None, Steps]]:
    """Names of devices inside an instrument, and where they stand."""
    for index, calibration in enumerate(node.calibrations or ()):
        yield calibration.device_name, ("calibrations", index, "device_name")
    for index, component in enumerate(node.components):
        held = component.__dict__
        if "polygonal_scanner" in held:
            yield held["polygonal_scanner"], ("components", index, "polygonal_scanner")
        for port, plugged in enumerate(held.get("ports", ())):
            for place, name in enumerate(plugged.probes):
                yield name, ("components", index, "ports", port, "probes", place)


@rule(Instrument, reads=("modalities", "components"), code="modality-devices")
def modalities_have_their_devices(node: Instrument) -> Iterator[Finding]:
    """What an instrument can acquire, it has the devices for."""
    kinds = set(map(type, node.components))
    for index, modality in enumerate(node.modalities):
        for group in DEVICES_REQUIRED.get(modality.abbreviation, ()):
            if not any(issubclass(kind, tuple(group)) for kind in kinds):
                wanted = " or ".join(cls.model_fields["object_type"].default for cls in group)
                yield Finding(
                    f"An instrument for {modality.abbreviation} needs a component of type {wanted}: add it, or take "
                    "the modality off the list",
                    at="components",
                    also=(f"modalities.{index}",),
                )


@fills(Instrument)
def sort_modalities(node: Instrument) -> None:
    """Modalities stand in alphabetical order of their abbreviations."""
    node.modalities = sorted(node.modalities, key=lambda modality: modality.abbreviation)
