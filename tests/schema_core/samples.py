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
