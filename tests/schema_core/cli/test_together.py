"""What files tell of each other before their record is complete."""

from __future__ import annotations

import json

import pytest

import schema_core
from schema_core import UnknownKind
from schema_core.cli import main
from schema_core.core.acquisition import Acquisition
from schema_core.core.instrument import Instrument
from schema_core.together import problems_between
from schema_core.utils.compatibility_check import together
from tests.schema_core import samples
from tests.schema_core.cli.running import write


def rig(*components, **changes):
    return {
        "object_type": "Instrument",
        "instrument_id": "Rig1",
        "modification_date": "2024-03-01",
        "modalities": [],
        "global_coordinate_system": samples.system(),
        "components": [{"object_type": "Device", "name": name} for name in components],
        **changes,
    }


def acquired(*devices, **changes):
    return samples.acquisition(data_streams=[samples.data_stream(active_devices=list(devices))], **changes)


def found(**files):
    return [(one.path, one.code, one.severity) for one in problems_between(files)]


ACTIVE = "acquisition.data_streams.0.active_devices.0"


def test_files_that_fit_have_nothing_to_say():
    assert found(instrument=rig("Camera"), acquisition=acquired("Camera")) == []


def test_an_acquisition_names_its_instrument():
    assert found(instrument=rig(instrument_id="Rig2"), acquisition=acquired()) == [
        ("acquisition.instrument_id", "instrument-differs", "error")
    ]


def test_a_device_may_be_an_implant_while_there_are_no_procedures():
    pair = {"instrument": rig(), "acquisition": acquired("Probe")}
    assert found(**pair) == [(ACTIVE, "device-unknown", "warning")]
    assert found(**pair, procedures=samples.procedures()) == [(ACTIVE, "device-unknown", "error")]


def test_without_an_instrument_no_device_is_missed():
    assert found(acquisition=acquired("Probe"), procedures=samples.procedures()) == []


def test_what_gives_a_stimulus_stands_at_the_rig():
    epoch = samples.stimulus_epoch(active_devices=["Screen"])
    acquisition = acquired(stimulus_epochs=[epoch])
    assert found(instrument=rig("Screen"), acquisition=acquisition) == []
    assert found(instrument=rig("Scren"), acquisition=acquisition) == [
        ("acquisition.stimulus_epochs.0.active_devices.0", "stimulus-device-unknown", "error")
    ]


def test_times_are_held_against_the_acquisition():
    born = samples.subject(samples.mouse(date_of_birth="2025-01-01"))
    assert found(subject=born, acquisition=acquired()) == [
        ("subject.subject_details.date_of_birth", "time-of-acquisition", "error")
    ]


def test_what_one_file_says_of_itself_is_not_told_again():
    late = {
        "object_type": "Maintenance",
        "maintenance_date": "2025-01-01T00:00:00Z",
        "device_name": "Camera",
        "description": "Cleaned",
    }
    pair = {"instrument": rig("Camera"), "acquisition": acquired("Camera", maintenance=[late])}
    assert schema_core.validate(pair["acquisition"]) != []
    assert found(**pair) == []


def test_files_are_about_one_animal():
    other = samples.subject(subject_id="1")
    assert found(subject=other, procedures=samples.procedures()) == [
        ("procedures.subject_id", "portal-subject-differs", "warning")
    ]


def test_files_of_which_a_part_cannot_be_read_tell_the_rest():
    broken = acquired("Probe", instrument_id="Rig2", acquisition_type=3)
    assert ("acquisition.instrument_id", "instrument-differs", "error") in found(instrument=rig(), acquisition=broken)


def test_absent_files_and_one_file_alone_are_no_problem():
    assert found(subject=samples.subject()) == []
    assert found(acquisition=samples.acquisition(subject_details=None)) == []


def test_it_agrees_with_the_check_of_the_two():
    for instrument, acquisition in (
        (rig("Camera"), acquired("Camera", "Probe")),
        (rig(instrument_id="Rig2"), acquired(stimulus_epochs=[samples.stimulus_epoch(active_devices=["Screen"])])),
    ):
        pair = together(Instrument.model_validate(instrument), Acquisition.model_validate(acquisition))
        assert problems_between({"instrument": instrument, "acquisition": acquisition}) == pair


def test_a_kind_that_is_no_core_file_is_refused():
    with pytest.raises(UnknownKind):
        problems_between({"metadata": samples.metadata()})


# On the command line


def test_a_pair_is_judged_at_the_rig(tmp_path, capsys):
    instrument = write(tmp_path, "instrument.json", rig(instrument_id="Rig2"))
    acquisition = write(tmp_path, "acquisition.json", acquired("Camera"))
    assert main(["validate", str(instrument), str(acquisition)]) == 0
    capsys.readouterr()
    assert main(["validate", "--together", str(instrument), str(acquisition)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [f"{instrument}: valid", f"{acquisition}: valid", "together: invalid"]
    assert lines[3].startswith("acquisition.instrument_id  Acquired with 'Rig1', but the instrument here is 'Rig2'")
    assert lines[4].startswith(f"{ACTIVE}  warning: No device is called 'Camera'")


def test_json_says_which_files_were_held_together(tmp_path, capsys):
    paths = [write(tmp_path, "instrument.json", rig()), write(tmp_path, "acquisition.json", acquired())]
    assert main(["validate", "--together", "--json", *map(str, paths)]) == 0
    last = json.loads(capsys.readouterr().out)[-1]
    assert last == {"file": "together", "kind": None, "files": list(map(str, paths)), "valid": True, "problems": []}


def test_one_file_of_each_kind(tmp_path, capsys):
    paths = [write(tmp_path, name, rig()) for name in ("instrument.json", "instrument_2.json")]
    assert main(["validate", "--together", "--json", *map(str, paths)]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"{paths[0]} and {paths[1]} are both of kind instrument: give one with --together\n"
    assert len(json.loads(captured.out)) == 2


def test_a_whole_record_holds_its_files_already(tmp_path, capsys):
    path = write(tmp_path, "metadata.json", samples.metadata(subject=samples.subject()))
    assert main(["validate", "--together", str(path)]) == 2
    assert "holds its files already" in capsys.readouterr().err
