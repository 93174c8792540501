"""The front page and the search box."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metadata_portal.accounts import roles
from metadata_portal.accounts.notices import notice_send
from metadata_portal.entries.services import draft_open, record_create, record_import
from metadata_portal.site_admin.search import search
from tests.metadata_portal.entries.documents import procedures, subject, surgery


@pytest.fixture
def surgery_record(project, surgeon):
    """A submitted procedures record of animal 730945, done at workstation SWS 3."""
    document = procedures(surgery(workstation_id="SWS 3"))
    return record_import(document=document, kind="procedures", project=project, by=surgeon)[0]


def test_a_surgeon_begins_with_a_surgery(client_for):
    client = client_for(roles.SURGEON)
    assert 'href="/surgeries/new/"' in client.get("/").content.decode()
    assert client.get("/surgeries/new/")["Location"] == "/records/procedures/new/"


@pytest.mark.parametrize(
    ("role", "offered", "withheld"),
    [
        (roles.DATA_USER, ["Find an asset"], ["Log a surgery", "My drafts", "/people/"]),
        (roles.REGISTRY_MANAGER, ["Open the registries"], ["Log a surgery", "My drafts", "/people/"]),
        (roles.SURGEON, ["Log a surgery", "My drafts"], ["/people/"]),
        (roles.ADMINISTRATOR, ["Log a surgery", "My drafts", "/people/"], []),
    ],
)
def test_each_role_is_offered_what_it_may_do(client_for, role, offered, withheld):
    page = client_for(role).get("/").content.decode()
    assert [text for text in offered if text not in page] == []
    assert [text for text in withheld if text in page] == []


def test_my_drafts_lead_to_the_editor_and_say_what_is_left_to_do(client_for, surgeon, project):
    record = record_create(kind="subject", key="730945", project=project, by=surgeon, document={"subject_id": "730945"})
    draft = record.drafts.get()
    page = client_for(surgeon).get("/").content.decode()
    assert f'href="/records/{record.pk}/edit/"' in page
    assert f"{draft.blocking_count} to do" in page


def test_drafts_are_shown_to_nobody_else(client_for, surgeon, project):
    record = record_create(kind="subject", key="730945", project=project, by=surgeon)
    for role in (roles.SURGEON, roles.ADMINISTRATOR, roles.DATA_USER):
        assert str(record.pk) not in client_for(role).get("/").content.decode()


def test_submitted_records_are_shown_to_the_project(client_for, surgery_record, other_surgeon):
    address = f"/records/{surgery_record.pk}/"
    for role in (roles.SURGEON, roles.REGISTRY_MANAGER, roles.DATA_USER, roles.ADMINISTRATOR):
        assert address in client_for(role).get("/").content.decode()
    assert address not in client_for(other_surgeon).get("/").content.decode()


def test_a_person_without_a_project_is_told_what_to_do(client_for):
    page = client_for(roles.SURGEON, projects=[]).get("/").content.decode()
    assert "You are not in a project yet" in page


def test_the_dashboard_costs_a_fixed_number_of_queries(client_for, surgeon, project, surgery_record):
    queries_of(client_for(surgeon))
    before = queries_of(client_for(surgeon))
    for number in range(4):
        record_create(kind="subject", key=f"80000{number}", project=project, by=surgeon)
        record_import(document=subject(f"81000{number}"), kind="subject", project=project, by=surgeon)
    draft_open(record=surgery_record, by=surgeon)
    assert queries_of(client_for(surgeon)) == before


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return len(queries)


@pytest.mark.parametrize("text", ["730945", "7309", "sws 3", "SWS"])
def test_search_finds_a_subject_and_a_workstation(client_for, surgery_record, text):
    page = client_for(roles.SURGEON).get("/search/", {"q": text}).content.decode()
    assert f'href="/records/{surgery_record.pk}/"' in page


def test_search_says_where_a_device_is_named(surgery_record, surgeon):
    (mention,) = search(text="sws", user=surgeon).mentions
    assert mention.record == surgery_record
    assert mention.places == (("subject_procedures.0.workstation_id", "SWS 3"),)


def test_search_shows_nothing_of_other_projects(surgery_record, other_surgeon):
    assert not search(text="730945", user=other_surgeon)
    assert not search(text="SWS", user=other_surgeon)


@pytest.mark.parametrize("text", ["%", "_", "\\", '"', "'; drop table", "x" * 5000, " "])
def test_search_takes_any_text(client_for, surgery_record, text):
    assert client_for(roles.SURGEON).get("/search/", {"q": text}).status_code == 200


def test_a_notice_stays_on_its_persons_dashboard_until_they_have_read_it(client_for, surgeon, other_surgeon):
    notice = notice_send(to=surgeon, text="<b>FVB/NJ</b> is approved.", address="/registries/strains/1/")
    mine, theirs = client_for(surgeon), client_for(other_surgeon)
    assert "&lt;b&gt;FVB/NJ&lt;/b&gt; is approved." in mine.get("/").content.decode()
    assert "is approved" not in theirs.get("/").content.decode()
    assert theirs.post(f"/notices/{notice.pk}/close/").status_code == 404
    assert mine.post(f"/notices/{notice.pk}/close/").status_code == 302
    assert "is approved" not in mine.get("/").content.decode()
