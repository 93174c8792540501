"""What was done to an animal, read from its procedures document."""

from __future__ import annotations

from metadata_portal.site_admin.demo import documents
from metadata_portal.subjects.history import Step, events

DONE = next(document for kind, document in documents.SUBMITTED if kind == "procedures")


def test_events_come_in_the_order_of_time_with_their_addresses():
    turned = {**DONE, "subject_procedures": DONE["subject_procedures"][::-1]}
    assert [(event.date, event.title, event.path) for event in events(turned)] == [
        ("2025-05-12", "Surgery", "subject_procedures.2"),
        ("2025-05-26", "Water restriction", "subject_procedures.1"),
        ("2025-06-24", "Surgery", "subject_procedures.0"),
    ]


def test_a_surgery_lists_its_procedures_with_what_tells_them_apart():
    first = events(DONE)[0]
    assert (first.people, first.weights) == ("Maria Ortega", "24.8 → 25.1 g")
    assert first.steps == [
        Step("subject_procedures.0.procedures.0", "Headframe", "AI straight · 0160-100-10"),
        Step("subject_procedures.0.procedures.1", "Craniotomy", "Circle · 2.0 mm"),
        Step("subject_procedures.0.procedures.2", "Brain injection", "Caudoputamen · AAV9-CAG-dLight1.3b · 3 depths"),
        Step(
            "subject_procedures.0.procedures.3",
            "Brain injection",
            "Ventral tegmental area · AAV5-Syn-FLEX-rc[ChrimsonR-tdTomato] · 2 depths",
        ),
        Step("subject_procedures.0.procedures.4", "Probe implant", "Fiber A"),
    ]


def test_a_half_entered_document_is_shown_as_far_as_it_goes():
    document = {
        "subject_procedures": [
            "nonsense",
            {"object_type": "Surgery", "procedures": [None, {}, {"object_type": "Brain injection", "dynamics": "x"}]},
            {"start_date": "2025-01-02", "experimenters": "not a list", "procedures": 3},
        ],
        "specimen_procedures": None,
    }
    assert [(event.date, event.title, len(event.steps)) for event in events(document)] == [
        ("2025-01-02", "Not chosen yet", 0),
        ("", "Surgery", 2),
    ]
    assert events({}) == []
