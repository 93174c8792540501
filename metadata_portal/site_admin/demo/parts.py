"""Pieces of documents as the standard writes them, for the example data."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

ORCID = "Open Researcher and Contributor ID (ORCID)"
ROR = "Research Organization Registry (ROR)"
MGI = "Mouse Genome Informatics (MGI)"

MOUSE: Json = {
    "name": "Mus musculus",
    "common_name": "House mouse",
    "registry": "National Center for Biotechnology Information (NCBI)",
    "registry_identifier": "NCBI:txid10090",
}
C57BL6J: Json = {
    "name": "C57BL/6J",
    "species": "Mus musculus",
    "registry": MGI,
    "registry_identifier": "MGI:3028467",
}
BALB_C: Json = {"name": "BALB/c", "species": "Mus musculus", "registry": MGI, "registry_identifier": "MGI:2159737"}
# Two terms that the stock vocabularies lack: a registry manager of this lab added them.
FVB_NJ: Json = {
    "name": "FVB/NJ",
    "species": "Mus musculus",
    "registry": "Research Resource Identifiers (RRID)",
    "registry_identifier": "IMSR_JAX:001800",
}
UCL: Json = {
    "name": "University College London",
    "abbreviation": "UCL",
    "registry": ROR,
    "registry_identifier": "02jx3x895",
}
JACKSON: Json = {
    "name": "Jackson Laboratory",
    "abbreviation": "JAX",
    "registry": ROR,
    "registry_identifier": "021sy4w91",
}
_STRUCTURES = {
    "VTA": ("Ventral tegmental area", "749"),
    "CP": ("Caudoputamen", "672"),
    "ACB": ("Nucleus accumbens", "56"),
    "VISp": ("Primary visual area", "385"),
}


def structure(acronym: str) -> Json:
    """Return a structure of the Allen mouse atlas."""
    name, number = _STRUCTURES[acronym]
    return {"atlas": "CCFv3", "name": name, "acronym": acronym, "id": number}


def bregma() -> Json:
    """Return the library's system at bregma: anterior, right and down are positive, in millimetres."""
    axes = (
        ("AP", "Posterior_to_anterior"),
        ("ML", "Left_to_right"),
        ("SI", "Superior_to_inferior"),
    )
    return {
        "object_type": "Coordinate system",
        "name": "BREGMA_ARI",
        "origin": "Bregma",
        "axes": [{"object_type": "Axis", "name": name, "direction": direction} for name, direction in axes],
        "axis_unit": "millimeter",
    }


def translation(*values: float, reference: str = "global") -> Json:
    """Return a shift along the axes of a system."""
    return {
        "object_type": "Translation",
        "translation": list(values),
        "reference_coordinate_system": reference,
    }


def depth_entry(ap: float, ml: float, depth: float, angle: float = 0.0) -> list[Json]:
    """Return one depth: the entry point at the surface, the tilt about it, then down along the track."""
    return [
        translation(ap, ml, 0.0),
        {
            "object_type": "Rotation",
            "angles": [angle, 0.0, 0.0],
            "angles_unit": "degrees",
            "axis_order": "xyz",
            "reference_coordinate_system": "local",
            "rotation_direction": "right_hand",
            "pivot": "local",
        },
        translation(0.0, 0.0, depth, reference="local"),
    ]


def virus(name: str, titer: int, lot: str) -> Json:
    """Return a viral material of a lot, at its effective titer."""
    return {
        "object_type": "Viral material",
        "name": name,
        "tars_identifiers": {
            "object_type": "Tars virus identifiers",
            "prep_lot_number": lot,
            "prep_type": "Purified",
        },
        "titer": titer,
        "titer_unit": "gc/mL",
    }


def brain_injection(target: str, site: tuple[float, float, float], depths: list[float], material: Json) -> Json:
    """Return 150 nL of a material at each depth below one burr hole: `site` is AP, ML and tilt."""
    ap, ml, angle = site
    return {
        "object_type": "Brain injection",
        "protocol_id": "dx.doi.org/10.17504/protocols.io.bgpujvnw",
        "injection_materials": [material],
        "targeted_structure": structure(target),
        "dynamics": [
            {
                "object_type": "Injection dynamics",
                "profile": "Bolus",
                "volume": 150.0,
                "volume_unit": "nanoliter",
                "duration": 6.0,
                "duration_unit": "minute",
            }
            for _ in depths
        ],
        "coordinate_system_name": "BREGMA_ARI",
        "coordinates": [depth_entry(ap, ml, depth, angle) for depth in depths],
    }


def craniotomy(ap: float, ml: float, size: float) -> Json:
    """Return a round craniotomy over a point, of a diameter in millimetres."""
    return {
        "object_type": "Craniotomy",
        "craniotomy_type": "Circle",
        "coordinate_system_name": "BREGMA_ARI",
        "position": translation(ap, ml, 0.0),
        "size": size,
        "size_unit": "millimeter",
        "protective_material": "Duragel",
        "dura_removed": False,
    }


def headframe() -> Json:
    """Return a straight titanium headframe with a well."""
    return {
        "object_type": "Headframe",
        "protocol_id": "dx.doi.org/10.17504/protocols.io.bm7bk9in",
        "headframe_type": "AI straight",
        "headframe_part_number": "0160-100-10",
        "headframe_material": "Titanium",
        "well_part_number": "0160-200-20",
        "well_type": "Mesoscope",
    }


def fiber_implant(name: str, target: str, ap: float, ml: float, depth: float) -> Json:
    """Return an optic fibre of 4.5 mm, implanted to a depth below the surface."""
    return {
        "object_type": "Probe implant",
        "implanted_device": {
            "object_type": "Fiber probe",
            "name": name,
            "core_diameter": "200",
            "core_diameter_unit": "micrometer",
            "numerical_aperture": "0.37",
            "ferrule_material": "Ceramic",
            "total_length": "4.5",
            "length_unit": "millimeter",
        },
        "device_config": {
            "object_type": "Probe config",
            "device_name": name,
            "primary_targeted_structure": structure(target),
            "local_coordinate_system": _probe_system(),
            "transform": depth_entry(ap, ml, depth),
        },
    }


def _probe_system() -> Json:
    axes = (("X", "Left_to_right"), ("Y", "Back_to_front"), ("Z", "Up_to_down"))
    return {
        "object_type": "Coordinate system",
        "name": "MPM_MANIP_RFB",
        "origin": "Tip",
        "axes": [{"object_type": "Axis", "name": name, "direction": direction} for name, direction in axes],
        "axis_unit": "millimeter",
    }


def surgery(date: str, surgeon: str, weights: tuple[float, float], minutes: float, procedures: list[Json]) -> Json:
    """Return one surgery under isoflurane, coordinates measured from bregma."""
    return {
        "object_type": "Surgery",
        "protocol_id": "dx.doi.org/10.17504/protocols.io.kqdg392o7g25",
        "start_date": date,
        "experimenters": [surgeon],
        "ethics_review_id": "2414",
        "animal_weight_prior": weights[0],
        "animal_weight_post": weights[1],
        "anaesthesia": {
            "object_type": "Anaesthetic",
            "anaesthetic_type": "Isoflurane",
            "duration": minutes,
            "duration_unit": "minute",
            "level": 1.5,
        },
        "workstation_id": "SWS 3",
        "global_coordinate_system": bregma(),
        "measured_coordinates": {"Lambda": translation(-4.21, 0.0, 0.0)},
        "procedures": procedures,
    }


def perfusion(date: str, surgeon: str, specimen: str) -> Json:
    """Return the last surgery of an animal."""
    return {
        "object_type": "Surgery",
        "start_date": date,
        "experimenters": [surgeon],
        "ethics_review_id": "2414",
        "procedures": [
            {
                "object_type": "Perfusion",
                "protocol_id": "dx.doi.org/10.17504/protocols.io.bg5vjy66",
                "output_specimen_ids": [specimen],
            }
        ],
    }


def water_restriction(start: str, end: str, baseline: float) -> Json:
    """Return a water restriction to 85 % of the baseline weight."""
    return {
        "object_type": "Water restriction",
        "ethics_review_id": "2414",
        "target_fraction_weight": 85,
        "minimum_water_per_day": 1.0,
        "baseline_weight": baseline,
        "start_date": start,
        "end_date": end,
    }


def person(name: str, orcid: str | None = None) -> Json:
    """Return somebody who stands behind the data."""
    return {"object_type": "Person", "name": name, "registry": ORCID, "registry_identifier": orcid}
