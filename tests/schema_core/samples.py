"""Small valid documents to break in tests."""

from __future__ import annotations

import json
from typing import Any

from schema_core.components.coordinates import CoordinateSystemLibrary


def system(name: str = "BREGMA_ARI") -> dict[str, Any]:
    return json.loads(getattr(CoordinateSystemLibrary, name).model_dump_json())


def translation(*distances: float) -> dict[str, Any]:
    return {"object_type": "Translation", "translation": list(distances)}


def delivery(**changes: Any) -> dict[str, Any]:
    return {"profile": "Bolus", "volume": 400, "volume_unit": "nanoliter", **changes}


def brain_injection(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Brain injection",
        "injection_materials": [{"object_type": "Viral material", "name": "AAV1-Syn-GFP"}],
        "coordinate_system_name": "BREGMA_ARI",
        "coordinates": [[translation(-2, 1, depth)] for depth in (1.0, 2.0, 3.0)],
        "dynamics": [delivery() for _ in range(3)],
        **changes,
    }


def craniotomy(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Craniotomy",
        "craniotomy_type": "Circle",
        "coordinate_system_name": "BREGMA_ARI",
        "position": translation(-2, 1, 0),
        "size": 3,
        "size_unit": "millimeter",
        **changes,
    }


def surgery(*steps: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"object_type": "Surgery", "start_date": "2024-03-01", "procedures": list(steps), **changes}


def procedures(*steps: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Procedures",
        "subject_id": "654321",
        "global_coordinate_system": system(),
        "subject_procedures": [surgery(*steps)] if steps else [],
        **changes,
    }


def specimen_procedure(**changes: Any) -> dict[str, Any]:
    return {
        "procedure_type": "Clearing",
        "specimen_id": "654321_001",
        "start_date": "2024-03-05",
        "end_date": "2024-03-06",
        **changes,
    }


def mouse(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Mouse subject",
        "sex": "Female",
        "date_of_birth": "2024-01-01",
        "strain": {"name": "C57BL/6J"},
        "species": {"name": "Mus musculus"},
        "genotype": "wt/wt",
        "source": {"name": "Jackson Laboratory"},
        **changes,
    }


def subject(details: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    return {"object_type": "Subject", "subject_id": "654321", "subject_details": details or mouse(), **changes}


def data_description(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Data description",
        "subject_id": "654321",
        "creation_time": "2024-03-10T11:12:13-08:00",
        "institution": {"name": "Allen Institute"},
        "funding_source": [{"funder": {"name": "Allen Institute"}}],
        "data_level": "raw",
        "investigators": [{"name": "Ada Example"}],
        "project_name": "Cells",
        "modalities": [{"abbreviation": "ecephys"}],
        **changes,
    }


def metadata(**changes: Any) -> dict[str, Any]:
    return {"object_type": "Metadata", "name": "654321_2024-03-10_11-12-13", "location": "s3://lab/x", **changes}


def detector(**changes: Any) -> dict[str, Any]:
    return {"object_type": "Detector config", "device_name": "PMT", "trigger_type": "Internal", **changes}


def channel(**changes: Any) -> dict[str, Any]:
    return {"object_type": "Channel", "channel_name": "Green", "detector": detector(), **changes}


def plane(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Plane",
        "depth": 190,
        "depth_unit": "micrometer",
        "power": 10,
        "power_unit": "milliwatt",
        "targeted_structure": {"atlas": "CCFv3", "name": "Primary visual area", "acronym": "VISp", "id": "385"},
        **changes,
    }


def image(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Planar image",
        "channel_name": "Green",
        "image_to_acquisition_transform": [translation(0, 0)],
        "planes": [plane()],
        **changes,
    }


def imaging(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Imaging config",
        "device_name": "Microscope",
        "channels": [channel()],
        "images": [image()],
        **changes,
    }


def data_stream(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Data stream",
        "stream_start_time": "2024-03-10T10:00:00-08:00",
        "stream_end_time": "2024-03-10T11:00:00-08:00",
        "modalities": [{"abbreviation": "behavior"}],
        "active_devices": [],
        "configurations": [],
        **changes,
    }


def stimulus_epoch(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Stimulus epoch",
        "stimulus_start_time": "2024-03-10T10:10:00-08:00",
        "stimulus_end_time": "2024-03-10T10:20:00-08:00",
        "stimulus_name": "Gratings",
        "stimulus_modalities": ["Visual"],
        **changes,
    }


def acquisition(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Acquisition",
        "subject_id": "654321",
        "acquisition_start_time": "2024-03-10T10:00:00-08:00",
        "acquisition_end_time": "2024-03-10T11:00:00-08:00",
        "instrument_id": "Rig1",
        "acquisition_type": "Task",
        "data_streams": [data_stream()],
        "subject_details": {"object_type": "Acquisition subject details", "mouse_platform_name": "Wheel"},
        **changes,
    }


def process(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Data process",
        "process_type": "Spike sorting",
        "name": "sorting",
        "stage": "Processing",
        "code": {"url": "https://example.org/sorter", "version": "1.0"},
        "experimenters": ["Ada Example"],
        "start_date_time": "2024-03-10T12:00:00-08:00",
        **changes,
    }


def processing(*processes: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"object_type": "Processing", "data_processes": list(processes) or [process()], **changes}


def verdict(status: str = "Pass", **changes: Any) -> dict[str, Any]:
    return {"evaluator": "Ada Example", "status": status, "timestamp": "2024-03-11T10:00:00-08:00", **changes}


def metric(status: str = "Pass", **changes: Any) -> dict[str, Any]:
    return {
        "object_type": "QC metric",
        "name": "Drift",
        "modality": {"abbreviation": "ecephys"},
        "stage": "Raw data",
        "value": 5,
        "status_history": [verdict(status)],
        **changes,
    }


def quality_control(*metrics: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"object_type": "Quality control", "metrics": list(metrics), "default_grouping": ["probe"], **changes}


def training(**changes: Any) -> dict[str, Any]:
    process_fields = {**process(), "process_type": "Model training", "name": "training"}
    return {**process_fields, "object_type": "Model training", "train_performance": [], **changes}


def model(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Model",
        "name": "Cell finder",
        "version": "2",
        "example_run_code": {"url": "https://example.org/finder", "version": "2"},
        "architecture": "UNet",
        "intended_use": "Finding cells",
        "training": [training()],
        **changes,
    }
