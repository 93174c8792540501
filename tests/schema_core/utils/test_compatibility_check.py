"""What an instrument and an acquisition tell of each other."""

from __future__ import annotations

import logging

import pytest

from schema_core import load
from schema_core.core.instrument import Instrument
from schema_core.utils.compatibility_check import InstrumentAcquisitionCompatibility, together
from tests.schema_core import rigs, samples


def rig() -> Instrument:
    return Instrument.model_validate(rigs.instrument(rigs.camera_assembly(), rigs.monitor()))


def acquired(*streams, epochs=(), **fields):
    document = samples.acquisition(data_streams=list(streams), stimulus_epochs=list(epochs), **fields)
    return load(document)


def stream(*devices, **fields):
    return samples.data_stream(active_devices=list(devices), **fields)


def epoch(*devices):
    return samples.stimulus_epoch(active_devices=list(devices))


def found(acquisition):
    return [(one.code, one.path, one.severity) for one in together(rig(), acquisition)]


FITTING = acquired(stream("Face camera", "Face camera lens"), epochs=[epoch("Monitor", "Rig1")])


def test_files_that_fit_have_nothing_to_tell():
    assert together(rig(), FITTING) == []
    InstrumentAcquisitionCompatibility(rig(), FITTING).run_compatibility_check(raise_for_missing_devices=True)


@pytest.mark.parametrize(
    ("acquisition", "expected"),
    [
        (acquired(instrument_id="Rig2"), ("instrument-differs", "acquisition.instrument_id")),
        (acquired(instrument_id=None), ("instrument-differs", "acquisition.instrument_id")),
        (
            acquired(stream("Monitor"), epochs=[epoch("Monitor"), epoch("Monitor", "Speaker")]),
            ("stimulus-device-unknown", "acquisition.stimulus_epochs.1.active_devices.1"),
        ),
    ],
)
def test_what_surely_does_not_fit_is_refused(acquisition, expected):
    assert found(acquisition) == [(*expected, "error")]
    with pytest.raises(ValueError, match=expected[1]):
        InstrumentAcquisitionCompatibility(rig(), acquisition).run_compatibility_check()


def test_a_device_that_may_be_an_implant_is_only_remarked_upon(caplog):
    acquisition = acquired(stream("Monitor"), stream("Probe A", "Monitor"))
    path = "acquisition.data_streams.1.active_devices.0"
    assert found(acquisition) == [("device-unknown", path, "warning")]
    check = InstrumentAcquisitionCompatibility(rig(), acquisition)
    check.run_compatibility_check()
    assert [(record.levelno, path in record.getMessage()) for record in caplog.records] == [(logging.ERROR, True)]
    with pytest.raises(ValueError, match="Probe A"):
        check.run_compatibility_check(raise_for_missing_devices=True)


def test_ends_of_connections_are_told_where_they_are():
    wires = [rigs.connection("Monitor", "Probe A")]
    acquisition = acquired(stream("Monitor", "Probe A", connections=wires))
    assert [path for _, path, _ in found(acquisition)] == [
        "acquisition.data_streams.0.active_devices.1",
        "acquisition.data_streams.0.connections.0.target_device",
    ]


def test_every_message_is_in_the_error():
    acquisition = acquired(epochs=[epoch("Speaker")], instrument_id="Rig2")
    with pytest.raises(ValueError, match="Rig2") as raised:
        InstrumentAcquisitionCompatibility(rig(), acquisition).run_compatibility_check()
    assert len(raised.value.args[0]) == 2


def test_data_from_elsewhere_name_no_devices():
    external = samples.data_stream(object_type="External data stream")
    external = {key: value for key, value in external.items() if key not in {"active_devices", "configurations"}}
    acquisition = acquired(external, instrument_id="Rig1")
    assert together(rig(), acquisition) == []
