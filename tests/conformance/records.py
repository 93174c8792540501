"""Records of whole data assets, put together from the peer's examples so that their files fit one another."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SUBJECT = "123456"
PAIRS = (
    ("ephys_acquisition", "ephys_instrument"),
    ("fip_ophys_acquisition", "fip_ophys_instrument"),
    ("multiplane_ophys_acquisition", "multiplane_ophys_instrument"),
    ("slap2_acquisition", "slap2_instrument"),
    ("slap2_structure_acquisition", "slap2_instrument"),
    ("exaspim_acquisition", "exaspim_instrument"),
    ("barseq_acquisition", None),
    ("ophys_acquisition", "fip_behavior_instrument"),
    ("bergamo_ophys_acquisition", "multiplane_ophys_instrument"),
    ("mri_acquisition", "isi_instrument"),
)
PROCEDURES = ("procedures", "ophys_procedures", "thermistor_procedures", "aibs_smartspim_procedures")


def records(examples: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Records with all files, each about one acquisition and the instrument that made it."""
    files = {name: json.loads(text) for name, (_, text) in examples.items()}
    for index, (acquisition, instrument) in enumerate(PAIRS):
        chosen = {
            "subject": files["subject"],
            "data_description": files["data_description"],
            "procedures": files[PROCEDURES[index % len(PROCEDURES)]],
            "instrument": files.get(instrument),
            "processing": files["processing"],
            "acquisition": files[acquisition],
            "quality_control": files["quality_control"],
            "model": files["model"],
        }
        yield joined({name: copy.deepcopy(file) for name, file in chosen.items() if file is not None})


def joined(files: dict[str, Any]) -> dict[str, Any]:
    """Files made to fit: one subject, one instrument, devices that are there, times that are in order."""
    files = replaced(files, {file["subject_id"]: SUBJECT for file in files.values() if file.get("subject_id")})
    acquisition = files["acquisition"]
    if "instrument" in files:
        acquisition["instrument_id"] = files["instrument"]["instrument_id"]
        files["instrument"]["components"] += [device(name) for name in lacking(acquisition, files["instrument"])]
    if not acquisition.get("subject_details"):
        acquisition["specimen_id"] = f"{SUBJECT}_1"
    for step in files["processing"]["data_processes"]:
        step["start_date_time"], step["end_date_time"] = "2035-01-01T10:00:00Z", "2035-01-01T11:00:00Z"
    files["subject"]["subject_details"]["date_of_birth"] = "2010-01-01"
    for file in (acquisition, files.get("instrument", {})):
        dated(file)
    return {
        "object_type": "Metadata",
        "name": files["data_description"]["name"],
        "location": "s3://bucket/asset",
        "other_identifiers": {"Code Ocean": ["abc"]},
        **files,
    }


def lacking(acquisition: dict[str, Any], instrument: dict[str, Any]) -> list[str]:
    """The devices that an acquisition names and its instrument has not."""
    named = [name for stream in acquisition["data_streams"] for name in stream.get("active_devices", ())]
    named += [name for epoch in acquisition["stimulus_epochs"] for name in epoch["active_devices"]]
    held = json.dumps(instrument)
    return [name for name in dict.fromkeys(named) if f'"name": {json.dumps(name)}' not in held]


def device(name: str) -> dict[str, Any]:
    """A device of this name."""
    return {"object_type": "Device", "name": name}


def dated(file: dict[str, Any]) -> None:
    """Calibrations and maintenance before everything else."""
    for event in (*(file.get("calibrations") or ()), *(file.get("maintenance") or ())):
        for key in event.keys() & {"calibration_date", "maintenance_date"}:
            event[key] = "2000-01-01T00:00:00Z"


def replaced(value: Any, words: dict[str, str]) -> Any:
    """The same with these texts replaced wherever they begin a text."""
    if isinstance(value, dict):
        return {key: replaced(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, words) for inner in value]
    if isinstance(value, str):
        for old, new in words.items():
            if value == old or value.startswith(f"{old}_"):
                return new + value[len(old) :]
    return value
