"""Warnings from the lab's registries: ethics protocols, expired lots, one serial number in two living animals."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metadata_portal.entries.judging import blocking, judge
from metadata_portal.entries.serials import serials_elsewhere
from metadata_portal.entries.services import draft_problems, record_import, revision_withdraw
from metadata_portal.registries.models import Term
from metadata_portal.registries.services import term_add, term_edit
from metadata_portal.site_admin.demo import parts
from tests.metadata_portal.entries.documents import procedures, surgery

pytestmark = pytest.mark.django_db

SURGERY = "subject_procedures.0"


@pytest.fixture
def ethics():
    """Protocol 2109: craniotomies in 2025."""
    data = {"protocol_id": "2109", "title": "Circuits", "procedures": ["Craniotomy"], "valid_to": "2025-12-31"}
    return term_add(vocabulary="ethics-protocols", data=data, by=None)


def warned(document, kind="procedures", key="730945"):
    return {(one.path, one.code): one.message for one in judge(kind, key, document) if one.code.startswith("portal-e")}


def test_a_surgery_outside_its_ethics_protocol_is_warned_about_and_may_be_submitted(ethics):
    document = procedures(surgery("2026-01-15"))
    found = warned(document)
    assert found == {
        (f"{SURGERY}.ethics_review_id", "portal-ethics-date"): (
            "Ethics protocol 2109 held until 2025-12-31; this was done on 2026-01-15."
        ),
        (f"{SURGERY}.ethics_review_id", "portal-ethics-cover"): (
            "Ethics protocol 2109 does not name perfusion among the procedures that it covers."
        ),
    }
    assert blocking(judge("procedures", "730945", document)) == []


def test_what_a_protocol_covers_in_its_time_is_not_warned_about(ethics):
    assert warned(procedures(surgery("2025-12-31", procedures=[{"object_type": "Craniotomy"}]))) == {}
    assert warned(procedures(surgery(ethics_review_id="another"))) == {}


@pytest.mark.parametrize("odd", [None, 5, [], {"a": 1}, "2109 ", ["2109"]])
def test_a_document_of_any_shape_is_judged(ethics, odd):
    broken = [odd, {"object_type": odd, "ethics_review_id": "2109", "start_date": odd, "procedures": odd}]
    assert isinstance(warned({"subject_id": "1", "subject_procedures": broken}), dict)
    assert isinstance(warned({"subject_id": "1", "subject_procedures": odd}), dict)
    assert isinstance(warned({"ethics_review_id": odd, "acquisition_start_time": odd}, "acquisition"), dict)


def test_an_acquisition_after_the_last_day_of_its_protocol_is_warned_about(ethics):
    document = {"ethics_review_id": ["9", "2109"], "acquisition_start_time": "2026-02-01T10:00:00+01:00"}
    assert [path for path, _ in warned(document, "acquisition")] == ["ethics_review_id.1"]


def test_a_lot_used_after_its_last_day_is_warned_about_where_it_is_named():
    lot = {"lot_number": "VT5182G", "name": "AAV1", "expiration_date": "2026-01-14"}
    term_add(vocabulary="materials", data=lot, by=None)
    virus = {"object_type": "Viral material", "name": "AAV1", "tars_identifiers": {"prep_lot_number": "VT5182G"}}
    dye = {"object_type": "Non viral material", "name": "Dextran", "expiration_date": "2025-01-01"}
    step = {"object_type": "Brain injection", "injection_materials": [virus, dye]}
    at = f"{SURGERY}.procedures.0.injection_materials"
    found = warned(procedures(surgery("2026-01-15", procedures=[step])))
    assert found == {
        (f"{at}.0.tars_identifiers.prep_lot_number", "portal-expired"): (
            "Lot VT5182G expired on 2026-01-14 and was used on 2026-01-15."
        ),
        (f"{at}.1.expiration_date", "portal-expired"): "Dextran expired on 2025-01-01 and was used on 2026-01-15.",
    }
    assert warned(procedures(surgery("2025-01-01", procedures=[step]))) == {}


def test_a_kept_verdict_follows_the_registries(make_draft, ethics):
    draft = make_draft(procedures(surgery("2026-01-15")))
    assert "portal-ethics-date" in {one.code for one in draft_problems(draft)}
    row = Term.objects.get(pk=ethics.pk)
    term_edit(term=row, data={**row.data, "valid_to": None}, aliases=(), reason="prolonged", by=None)
    assert "portal-ethics-date" not in {one.code for one in draft_problems(draft)}


def implanted(subject_id: str, *more, serial: str = "SN-1842"):
    """An animal that lives with a fibre, unless more was done to it."""
    step = parts.fiber_implant("Fiber A", "CP", 1.2, -1.6, 2.8)
    step["implanted_device"]["serial_number"] = serial
    done = parts.surgery("2026-01-15", "Sam", (25.0, 26.0), 60, [step, *more])
    return procedures(done, subject_id=subject_id)


@pytest.fixture
def keep(project, surgeon):
    """``keep(document)`` submits an animal's procedures."""

    def submit(document, project=project, by=surgeon):
        return record_import(document=document, kind="procedures", project=project, by=by)[0]

    return submit


def test_a_serial_number_in_two_living_animals_is_warned_about_with_links(keep, client_for, surgeon):
    first, second = keep(implanted("730945")), keep(implanted("730946"))
    (found,) = serials_elsewhere(second, implanted("730946"), surgeon)
    assert (found.serial, found.subject_id, found.record) == ("SN-1842", "730945", first)
    client = client_for(surgeon)
    shown = client.get(f"/records/{second.pk}/").content.decode()
    assert 'href="/subjects/730945/"' in shown
    assert "also implanted in another living animal" in shown
    client.post(f"/records/{second.pk}/start/")
    for page in (f"/records/{second.pk}/edit/", f"/records/{second.pk}/submit/"):
        assert "SN-1842</span>, which is also implanted" in client.get(page).content.decode()


@pytest.mark.parametrize("serial", ["SN-1843", "", "sn-1842 "])
def test_another_serial_number_is_another_device(keep, surgeon, serial):
    keep(implanted("730945"))
    record = keep(implanted("730946", serial=serial))
    assert serials_elsewhere(record, implanted("730946", serial=serial), surgeon) == []


def test_an_animal_that_is_dead_or_the_same_is_no_second_one(keep, surgeon, reopen):
    perfusion = {"object_type": "Perfusion", "protocol_id": None, "output_specimen_ids": ["730945"]}
    keep(implanted("730945", perfusion))
    second = keep(implanted("730946"))
    assert serials_elsewhere(second, implanted("730946"), surgeon) == []
    assert serials_elsewhere(second, implanted("730946", perfusion), surgeon) == []
    third = keep(implanted("730947"))
    revision_withdraw(record=second, reason="wrong animal", by=surgeon)
    assert serials_elsewhere(third, implanted("730947"), surgeon) == []


def test_a_stranger_learns_nothing_of_another_projects_animal(keep, other_surgeon):
    keep(implanted("730945"))
    theirs = keep(implanted("730946"), project=other_surgeon.projects.get(), by=other_surgeon)
    assert serials_elsewhere(theirs, implanted("730946"), other_surgeon) == []


def test_looking_for_a_serial_number_is_one_query_however_many_animals_there_are(keep, surgeon):
    records = [keep(implanted(f"73100{number}")) for number in range(4)]
    document = implanted("731000")
    with CaptureQueriesContext(connection) as captured:
        found = serials_elsewhere(records[0], document, surgeon)
    assert len(found) == 3
    assert len(captured) <= 2
