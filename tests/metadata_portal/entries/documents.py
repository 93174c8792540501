"""Small documents that are valid as they stand."""

from __future__ import annotations

from typing import Any

STRAIN = {
    "name": "C57BL/6J",
    "species": "Mus musculus",
    "registry": "Mouse Genome Informatics (MGI)",
    "registry_identifier": "MGI:3028467",
}
SPECIES = {
    "name": "Mus musculus",
    "common_name": "House mouse",
    "registry": "National Center for Biotechnology Information (NCBI)",
    "registry_identifier": "NCBI:txid10090",
}
ALLEN = {
    "name": "Allen Institute",
    "abbreviation": "AI",
    "registry": "Research Organization Registry (ROR)",
    "registry_identifier": "03cpe7c52",
}


def subject(subject_id: str = "730945", **details: Any) -> dict[str, Any]:
    """A mouse."""
    return {
        "subject_id": subject_id,
        "subject_details": {
            "object_type": "Mouse subject",
            "sex": "Male",
            "date_of_birth": "2022-11-22",
            "strain": STRAIN,
            "species": SPECIES,
            "genotype": "wt/wt",
            "housing": {"object_type": "Housing", "cage_id": "7"},
            "source": ALLEN,
            "breeding_info": {
                "object_type": "Breeding info",
                "maternal_id": "546543",
                "maternal_genotype": "wt/wt",
                "paternal_id": "232323",
                "paternal_genotype": "Cre/wt",
            },
            **details,
        },
        "notes": None,
    }


def surgery(start_date: str = "2026-01-15", **fields: Any) -> dict[str, Any]:
    """A surgery in which the animal was perfused."""
    return {
        "object_type": "Surgery",
        "start_date": start_date,
        "experimenters": ["Sam Surgeon"],
        "ethics_review_id": "2109",
        "protocol_id": None,
        "procedures": [
            {"object_type": "Perfusion", "protocol_id": "dx.doi.org/10.1/x", "output_specimen_ids": ["730945"]}
        ],
        **fields,
    }


def procedures(*surgeries: dict[str, Any], subject_id: str = "730945", **fields: Any) -> dict[str, Any]:
    """What was done to an animal."""
    return {"subject_id": subject_id, "subject_procedures": list(surgeries or [surgery()]), **fields}
