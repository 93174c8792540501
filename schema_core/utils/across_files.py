"""What core files of one asset must tell alike: checks that `Metadata` registers as its rules.

Each takes the record, and copes with files of which only a part could be read: what is missing is not judged.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Literal

from schema_core import paths
from schema_core.components.connections import ENDS, Connection
from schema_core.components.injection_procedures import Injection
from schema_core.components.subject_procedures import Surgery, TrainingProtocol
from schema_core.core.acquisition import DataStream, StimulusEpoch
from schema_core.core.data_description import DataDescription
from schema_core.core.instrument import names_of_no_device, no_device
from schema_core.registries.modalities import Modality
from schema_core.rules.coordinates import BROKEN
from schema_core.rules.findings import Finding
from schema_core.rules.names import KnownNames, Mention, Steps
from schema_core.rules.times import Span, misplaced
from schema_core.rules.warned import is_collecting
from schema_core.utils.validators import is_before_day_of
from schema_core.wording import nearest

TIMED = ("acquisition", "processing", "subject", "instrument", "procedures")
"""The core files whose marked times are held against the acquisition."""


OF_A_SUBJECT = ("subject", "procedures", "data_description", "acquisition")
"""The core files that name the subject they are about."""


def _readable(node: Any, name: str) -> Any:
    """A field's value; None where it is absent or could not be read."""
    values = node.__dict__ if node is not None else {}
    return None if name in values.get(BROKEN, ()) else values.get(name)


def _items(node: Any, name: str, kind: type) -> list[tuple[int, Any]]:
    """The items of a list that are of one kind, with their places; those that could not be read drop out."""
    held = node.__dict__.get(name) if node is not None else None
    return [(index, item) for index, item in enumerate(held) if isinstance(item, kind)] if type(held) is list else []


def _texts(node: Any, name: str) -> list[tuple[int, str]]:
    held = _readable(node, name)
    return [(index, item) for index, item in enumerate(held) if isinstance(item, str)] if type(held) is list else []


def _parts(instrument: Any) -> KnownNames | None:
    """Names of an instrument's parts; None where they could not all be read."""
    components, own = _readable(instrument, "components"), _readable(instrument, "instrument_id")
    return KnownNames(components, own) if isinstance(components, list) and own is not None else None


def _devices(record: Any) -> KnownNames | None:
    """Names of all devices of a record; None where they could not all be read."""
    components, others = [], []
    if record.instrument is not None:
        components, own = _readable(record.instrument, "components"), _readable(record.instrument, "instrument_id")
        if not isinstance(components, list) or own is None:
            return None
        others.append(own)
    if record.procedures is not None:
        if _readable(record.procedures, "subject_procedures") is None:
            return None
        others += record.procedures.get_device_names()
    return KnownNames(components, *others)


class _Hints:
    """Guesses at what was meant, for the first few names: each is held against all that are known."""

    def __init__(self, known: KnownNames) -> None:
        self.known, self.left = known, 20

    def for_name(self, name: str) -> str:
        self.left -= 1
        return nearest(name, self.known.all) if self.left >= 0 else ""


_ABSENT = {
    (True, True): "neither the instrument nor the implants have it",
    (True, False): "the instrument does not have it, and there are no procedures that could describe an implant",
    (False, True): "the implants do not have it, and there is no instrument",
    (False, False): "there is no instrument that could have it",
}
"""(whether there is an instrument, whether there are procedures) -> where a device was looked for in vain."""


def _unknown_device(name: str, hints: _Hints, record: Any, steps: Steps) -> Finding:
    homes = {"instrument": "instrument.components", "procedures": "procedures.subject_procedures"}
    given = [home for file, home in homes.items() if getattr(record, file) is not None]
    where = _ABSENT[record.instrument is not None, record.procedures is not None]
    return Finding(
        f"No device is called {name!r}, {where}{hints.for_name(name)}: correct the name, or describe the device",
        at=paths.join(steps),
        also=tuple(given) or ("instrument",),
    )


def files_are_about_one_subject(record: Any) -> Iterator[Finding]:
    """All files name the same subject; the standard never compares them."""
    named = [(kind, _readable(getattr(record, kind), "subject_id")) for kind in OF_A_SUBJECT]
    given = [(kind, subject_id) for kind, subject_id in named if isinstance(subject_id, str)]
    for kind, subject_id in given[1:]:
        first, expected = given[0]
        if subject_id != expected:
            yield Finding(
                f"{kind} is about subject {subject_id}, but {first} is about {expected}: correct one of them",
                at=f"{kind}.subject_id",
                also=(f"{first}.subject_id",),
                severity="warning",
            )


def asset_has_one_name(record: Any) -> Finding | None:
    """The asset and its description have the same name; the standard never compares them."""
    named = _readable(record.data_description, "name")
    if isinstance(named, str) and named != record.name:
        return Finding(
            f"The data description is named {named}, the asset {record.name}: give both the same name",
            at="data_description.name",
            also=("name",),
            severity="warning",
        )
    return None


def in_vivo_has_subject_details(record: Any) -> Finding | None:
    """What is not about a specimen says how the subject fared."""
    acquisition = record.acquisition
    if acquisition is None or {"specimen_id", "subject_details"} & set(acquisition.__dict__.get(BROKEN, ())):
        return None
    if not _readable(acquisition, "specimen_id") and not _readable(acquisition, "subject_details"):
        return Finding(
            "An acquisition from a living subject needs subject_details: give them, or the specimen_id",
            at="acquisition.subject_details",
            also=("acquisition.specimen_id",),
        )
    return None


_INJECTED = {modality.abbreviation: modality for modality in (Modality.SPIM, Modality.ECEPHYS)}


def _is_injected(modality: Any) -> bool:
    known = _INJECTED.get(getattr(modality, "abbreviation", None))
    return known is not None and type(modality) is type(known) and modality.__dict__ == known.__dict__


def injections_say_what(record: Any) -> Iterator[Finding]:
    """Where signals come from injected material, the injections say which."""
    modalities = _readable(record.data_description, "modalities")
    if not isinstance(modalities, list) or not any(map(_is_injected, modalities)):
        return
    for number, surgery in _items(record.procedures, "subject_procedures", Surgery):
        for place, step in _items(surgery, "procedures", Injection):
            values = step.__dict__
            if "injection_materials" in values.get(BROKEN, ()) or values.get("injection_materials") is not None:
                continue
            at = ("procedures", "subject_procedures", number, "procedures", place, "injection_materials")
            yield Finding(
                "This injection does not say what was injected: give injection_materials",
                at=paths.join(at),
                also=("data_description.modalities",),
            )


def acquired_with_this_instrument(record: Any) -> Finding | None:
    """The acquisition names the instrument of the record."""
    acquisition, held = record.acquisition, _readable(record.instrument, "instrument_id")
    if acquisition is None or held is None or "instrument_id" in acquisition.__dict__.get(BROKEN, ()):
        return None
    named = acquisition.__dict__.get("instrument_id")
    if named != held:
        said = "No instrument is named" if named is None else f"Acquired with {named!r}"
        return Finding(
            f"{said}, but the instrument here is {held!r}: use the same id, or the right instrument",
            at="acquisition.instrument_id",
            also=("instrument.instrument_id",),
        )
    return None


def stimulus_devices_are_described(record: Any) -> Iterator[Finding]:
    """What gave a stimulus is part of the instrument."""
    active = _mentions(record.acquisition, "stimulus_epochs", StimulusEpoch, _active)
    parts = _parts(record.instrument) if active else None
    if parts is None:
        return
    hints = _Hints(parts)
    for name, steps in _strangers(parts, active):
        yield Finding(
            f"The instrument has no {name!r} to give a stimulus{hints.for_name(name)}: correct the name, or "
            "describe the device",
            at=paths.join(steps),
            also=("instrument.components",),
        )


def active_devices_are_described(record: Any) -> Iterator[Finding]:
    """What acquired data is part of the instrument, or was implanted."""
    return _undescribed(record, _mentions(record.acquisition, "data_streams", DataStream, _active))


def connected_devices_are_described(record: Any) -> Iterator[Finding]:
    """Both ends of a connection are part of the instrument, or were implanted."""
    return _undescribed(record, _mentions(record.acquisition, "data_streams", DataStream, _connected))


def _strangers(known: KnownNames, mentions: list[Mention]) -> list[Mention]:
    """The mentions of what nothing is called."""
    strange = known.lacks({name for name, _ in mentions})
    return [mention for mention in mentions if mention[0] in strange] if strange else []


def _undescribed(record: Any, mentions: list[Mention]) -> Iterator[Finding]:
    known = _devices(record) if mentions else None
    if known is None:
        return
    hints = _Hints(known)
    for name, steps in _strangers(known, mentions):
        yield _unknown_device(name, hints, record, steps)


def devices_are_true_devices(record: Any) -> Iterator[Finding]:
    """What acts in an acquisition is a device or an assembly, and no other named thing of the instrument."""
    if not is_collecting() or _parts(record.instrument) is None or _devices(record) is None:
        return
    others = names_of_no_device(record.instrument)
    if record.procedures is not None:
        others.difference_update(record.procedures.get_device_names())
    if others:
        for field, kind in (("data_streams", DataStream), ("stimulus_epochs", StimulusEpoch)):
            acting = _mentions(record.acquisition, field, kind, _active, _connected)
            yield from (no_device(name, paths.join(steps)) for name, steps in acting if name in others)


def _mentions(acquisition: Any, field: str, kind: type, *ways: Callable[..., list[Mention]]) -> list[Mention]:
    """The devices that streams or epochs name in these ways."""
    return [
        mention
        for number, part in _items(acquisition, field, kind)
        for way in ways
        for mention in way(part, "acquisition", field, number)
    ]


def _active(part: Any, *at: str | int) -> list[Mention]:
    return [(name, (*at, "active_devices", place)) for place, name in _texts(part, "active_devices")]


def _connected(part: Any, *at: str | int) -> list[Mention]:
    return [
        (name, (*at, "connections", place, end))
        for place, connection in _items(part, "connections", Connection)
        for end in ENDS
        if isinstance(name := _readable(connection, end), str)
    ]


def training_protocols_are_described(record: Any) -> Iterator[Finding]:
    """A training protocol that an epoch names is one of the procedures."""
    if record.procedures is None or _readable(record.procedures, "subject_procedures") is None:
        return
    protocols = _items(record.procedures, "subject_procedures", TrainingProtocol)
    names = [_readable(protocol, "training_name") for _, protocol in protocols]
    known = {name for name in names if isinstance(name, str)}  # a record keeps also what it could not read
    for number, epoch in _items(record.acquisition, "stimulus_epochs", StimulusEpoch):
        name = _readable(epoch, "training_protocol_name")
        if name and isinstance(name, str) and name not in known:
            yield Finding(
                f"No training protocol of the procedures is called {name!r}: correct the name, or describe it",
                at=paths.join(("acquisition", "stimulus_epochs", number, "training_protocol_name")),
                also=("procedures.subject_procedures",),
                severity="warning",
            )


def times_fit_the_acquisition(record: Any) -> Iterator[Finding]:
    """What belongs into, before or after the acquisition happened then."""
    yield from _times(record, "error")


def overlooked_times_fit_too(record: Any) -> Iterator[Finding]:
    """So do the times that the standard means to check but overlooks: ends, and what a subclass inherits."""
    yield from _times(record, "warning")


def _times(record: Any, severity: Literal["error", "warning"]) -> Iterator[Finding]:
    start = _readable(record.acquisition, "acquisition_start_time")
    end = _readable(record.acquisition, "acquisition_end_time")
    if not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime):
        return
    acquired = Span.of(start, end)
    for name in TIMED:
        for found in misplaced(getattr(record, name), acquired, overlooked=severity == "warning"):
            bound = "acquisition_end_time" if found.end else "acquisition_start_time"
            yield Finding(found.message, at=f"{name}.{found.at}", also=(f"acquisition.{bound}",), severity=severity)


def _named(record: Any) -> tuple[str, Any] | None:
    """The name and level of an asset whose acquisition is at hand."""
    described = record.data_description
    if described is None or "data_level" in described.__dict__.get(BROKEN, ()):
        return None
    name, ended = _readable(described, "name"), _readable(record.acquisition, "acquisition_end_time")
    if not isinstance(name, str) or not name or ended is None or "data_level" not in described.__dict__:
        return None
    return name, described.data_level


def asset_is_named_after_acquiring(record: Any) -> Finding | None:
    """The name of an asset with an acquisition has the form of its level, and no time before the day that ended it."""
    named = _named(record)
    if named is None:
        return None
    try:
        created = DataDescription.parse_name(*named)["creation_time"]
    except ValueError as error:
        return Finding(
            f"{error}: correct the name, or the level",
            at="data_description.name",
            also=("data_description.data_level",),
        )
    ended = _readable(record.acquisition, "acquisition_end_time")
    return _named_too_early(created, ended) if isinstance(ended, dt.datetime) else None


def _named_too_early(created: dt.datetime, ended: dt.datetime) -> Finding | None:
    if not is_before_day_of(created, ended):
        return None
    return Finding(
        f"The name says {created.isoformat()}, but acquiring ended at {ended.isoformat()}: correct one of them",
        at="data_description.name",
        also=("acquisition.acquisition_end_time",),
        severity="warning",
        code="name-time",
    )
