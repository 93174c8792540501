"""The example records: three finished mice with a rig and a session, one mouse that is being entered."""

from __future__ import annotations

from metadata_portal.site_admin.demo import session
from metadata_portal.site_admin.demo.parts import (
    BALB_C,
    C57BL6J,
    FVB_NJ,
    JACKSON,
    MOUSE,
    UCL,
    Json,
    brain_injection,
    craniotomy,
    fiber_implant,
    headframe,
    perfusion,
    person,
    surgery,
    virus,
    water_restriction,
)

MARIA, JONAS = "Maria Ortega", "Jonas Weber"
PROJECT = "Striatal dopamine"
DLIGHT = "AAV9-CAG-dLight1.3b"
CHRIMSON = "AAV5-Syn-FLEX-rc[ChrimsonR-tdTomato]"


def subject(subject_id: str, sex: str, born: str, strain: Json, genotype: str, cage: str) -> Json:
    """Return one mouse from a breeder."""
    return {
        "subject_id": subject_id,
        "subject_details": {
            "object_type": "Mouse subject",
            "sex": sex,
            "date_of_birth": born,
            "strain": strain,
            "species": MOUSE,
            "genotype": genotype,
            "housing": {
                "object_type": "Housing",
                "cage_id": cage,
                "home_cage_enrichment": ["Running wheel", "Plastic shelter"],
            },
            "source": JACKSON,
        },
    }


def procedures(subject_id: str, *done: Json) -> Json:
    """Return what was done to one mouse."""
    return {"subject_id": subject_id, "subject_procedures": list(done)}


def description(name: str, taken: str, modalities: list[tuple[str, str]], institution: Json, summary: str) -> Json:
    """Return the description of one raw asset."""
    return {
        "subject_id": name.split("_", maxsplit=1)[0],
        "creation_time": taken,
        "name": name,
        "institution": institution,
        "funding_source": [{"object_type": "Funding", "funder": institution, "fundee": [person("Helen Achebe")]}],
        "data_level": "raw",
        "investigators": [person("Helen Achebe")],
        "project_name": PROJECT,
        "modalities": [{"name": title, "abbreviation": short} for title, short in modalities],
        "data_summary": summary,
    }


FIBER = ("Fiber photometry", "fib")
BEHAVIOR = ("Behavior", "behavior")
VIDEOS = ("Behavior videos", "behavior-videos")
ALLEN: Json = {
    "name": "Allen Institute for Neural Dynamics",
    "abbreviation": "AIND",
    "registry": "Research Organization Registry (ROR)",
    "registry_identifier": "04szwah67",
}

# (kind, document): all of it valid, submitted in this order.
SUBMITTED: list[tuple[str, Json]] = [
    ("subject", subject("814201", "Male", "2025-03-04", C57BL6J, "Slc6a3-IRES-Cre/wt", "C-1187")),
    ("subject", subject("814202", "Female", "2025-03-04", C57BL6J, "wt/wt", "C-1190")),
    ("subject", subject("820417", "Male", "2025-03-21", FVB_NJ, "wt/wt", "C-1204")),
    (
        "procedures",
        procedures(
            "814201",
            surgery(
                "2025-05-12",
                MARIA,
                (24.8, 25.1),
                95.0,
                [
                    headframe(),
                    craniotomy(1.2, -1.6, 2.0),
                    brain_injection("CP", (1.2, -1.6, 0.0), [2.7, 2.9, 3.1], virus(DLIGHT, 2500000000000, "VT5182G")),
                    brain_injection("VTA", (-3.1, -0.5, 0.0), [4.2, 4.4], virus(CHRIMSON, 3900000000000, "VT4410A")),
                    fiber_implant("Fiber A", "CP", 1.2, -1.6, 2.8),
                ],
            ),
            water_restriction("2025-05-26", "2025-06-20", 25.4),
            perfusion("2025-06-24", JONAS, "814201-001"),
        ),
    ),
    (
        "procedures",
        procedures(
            "814202",
            surgery(
                "2025-05-13",
                JONAS,
                (20.3, 20.6),
                70.0,
                [
                    headframe(),
                    brain_injection("ACB", (1.3, 1.1, 10.0), [4.1, 4.3, 4.5], virus(DLIGHT, 2500000000000, "VT5182G")),
                    fiber_implant("Fiber B", "ACB", 1.3, 1.1, 4.1),
                ],
            ),
        ),
    ),
    (
        "procedures",
        procedures(
            "820417",
            surgery(
                "2025-06-03",
                MARIA,
                (27.0, 28.7),
                82.0,
                [
                    headframe(),
                    craniotomy(-2.7, 2.4, 3.0),
                    brain_injection("VISp", (-2.7, 2.4, 0.0), [0.3, 0.6], virus(DLIGHT, 1800000000000, "VT5190C")),
                ],
            ),
        ),
    ),
    (
        "data_description",
        description(
            "814201_2025-06-16_10-12-44",
            "2025-06-16T10:12:44+01:00",
            [FIBER, BEHAVIOR],
            ALLEN,
            "Dopamine release in the dorsal striatum during a two-alternative choice.",
        ),
    ),
    (
        "data_description",
        description(
            "820417_2025-07-02_14-05-10",
            "2025-07-02T14:05:10+01:00",
            [FIBER, VIDEOS],
            UCL,
            "Visual cortex of an albino line under moving gratings.",
        ),
    ),
]

RECORDED = "814201_2025-06-16_10-12-44"
# (kind, key, document): what was recorded with the rig, and what became of it; the key where no document says it.
SESSION: list[tuple[str, str, Json]] = [
    ("instrument", "", session.instrument()),
    ("acquisition", "", session.acquisition("814201", "2025-06-16T10:12:44+01:00", "2025-06-16T11:02:10+01:00")),
    ("processing", RECORDED, session.processing()),
    ("quality_control", RECORDED, session.quality_control()),
    ("model", "", session.model()),
]


def unfinished_subject() -> Json:
    """Return a mouse of which not all is known yet."""
    document = subject("826033", "Female", "2025-05-02", BALB_C, "wt/wt", "C-1231")
    del document["subject_details"]["genotype"], document["subject_details"]["sex"]
    return document


def unfinished_procedures() -> Json:
    """Return a surgery as it is half entered: a unit forgotten, a depth without its dynamics."""
    injection = brain_injection("ACB", (1.3, -1.1, 0.0), [4.1, 4.3, 4.5], virus(DLIGHT, 2500000000000, "VT5182G"))
    del injection["dynamics"][2]
    del injection["dynamics"][0]["volume_unit"]
    return procedures("826033", surgery("2025-07-08", MARIA, (19.2, 19.4), 64.0, [headframe(), injection]))


DRAFTS: list[tuple[str, str, Json]] = [
    ("subject", "826033", unfinished_subject()),
    ("procedures", "826033", unfinished_procedures()),
]
ASSETS = (RECORDED, "820417_2025-07-02_14-05-10")
# An asset whose data description nobody wrote yet.
WAITING = "814202_2025-06-17_09-30-02"
