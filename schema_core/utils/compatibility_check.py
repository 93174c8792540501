"""What an instrument and an acquisition can tell of each other, without any other file."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from schema_core.core.acquisition import Acquisition
from schema_core.core.instrument import Instrument
from schema_core.errors import Problem
from schema_core.rules.findings import each
from schema_core.utils import across_files

logger = logging.getLogger(__name__)


class InstrumentAcquisitionCompatibility:
    """Compares an instrument with an acquisition."""

    def __init__(self, instrument: Instrument, acquisition: Acquisition) -> None:
        self.inst = instrument
        self.acquisition = acquisition

    def run_compatibility_check(self, raise_for_missing_devices: bool = False) -> None:
        """Raise ValueError with a message for each thing that does not fit.

        Devices of data streams that the instrument lacks may be implants: they are only logged, unless
        `raise_for_missing_devices` is set.
        """
        messages = []
        for found in together(self.inst, self.acquisition):
            if found.severity != "warning" or raise_for_missing_devices:
                messages.append(f"{found.path}: {found.message}")
            else:
                logger.error("%s: %s", found.path, found.message)
        if messages:
            raise ValueError(messages)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A record of two files, for the rules that span files."""

    instrument: Instrument
    acquisition: Acquisition
    procedures: None = None


_CERTAIN = (
    ("instrument-differs", across_files.acquired_with_this_instrument),
    ("stimulus-device-unknown", across_files.stimulus_devices_are_described),
)
_UNLESS_IMPLANTED = (
    ("device-unknown", across_files.active_devices_are_described),
    ("connection-device-unknown", across_files.connected_devices_are_described),
)


def together(instrument: Instrument, acquisition: Acquisition) -> list[Problem]:
    """What does not fit; addresses begin with `instrument` or `acquisition`.

    A device of a data stream that the instrument lacks is a warning: it may be an implant, which procedures describe.
    """
    return list(_found(_Pair(instrument, acquisition)))


def _found(pair: _Pair) -> Iterator[Problem]:
    for code, check in _CERTAIN:
        for found in each(check(pair)):
            yield Problem(found.at, code, found.message, also=found.also)
    for code, check in _UNLESS_IMPLANTED:
        for found in each(check(pair)):
            yield Problem(found.at, code, found.message, "warning", found.also)
