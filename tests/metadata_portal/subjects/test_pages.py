"""The page of a subject."""

from __future__ import annotations

import pytest
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.bundles.services import asset_create
from metadata_portal.entries.services import record_create, record_import
from metadata_portal.site_admin.demo import documents
from metadata_portal.subjects.panels import panel_add

DONE = next(document for kind, document in documents.SUBMITTED if kind == "procedures")
MOUSE = next(document for kind, document in documents.SUBMITTED if kind == "subject")


def address(subject_id: str = "814201") -> str:
    return reverse("subjects:subject-detail", args=[subject_id])


@pytest.fixture
def mouse(project, surgeon) -> None:
    """A mouse with its procedures."""
    for kind, document in (("subject", MOUSE), ("procedures", DONE)):
        record_import(document=document, kind=kind, project=project, by=surgeon)


def test_every_role_of_the_project_reads_a_subject(mouse, client_for):
    for role in roles.ROLES:
        page = client_for(role).get(address()).content.decode()
        assert "C57BL/6J" in page
        assert page.index("2025-05-12") < page.index("2025-05-26") < page.index("2025-06-24")


def test_a_subject_of_another_project_is_not_found(mouse, client_for, other_surgeon):
    assert client_for(other_surgeon).get(address()).status_code == 404


def test_what_is_missing_can_be_created_by_who_may(project, surgeon, client_for, data_user):
    record_import(document=DONE, kind="procedures", project=project, by=surgeon)
    link = reverse("entries:record-new", args=["subject"]) + "?key=814201"
    assert link in client_for(surgeon).get(address()).content.decode()
    assert link not in client_for(data_user).get(address()).content.decode()


def test_a_draft_shows_to_its_editor_only(project, surgeon, client_for, make_user):
    record_create(kind="procedures", key="814201", project=project, by=surgeon, document=DONE)
    page = client_for(surgeon).get(address()).content.decode()
    assert "From your draft" in page
    assert "/edit/?at=subject_procedures.0.procedures.2" in page
    assert "Caudoputamen" in page
    assert client_for(make_user(roles.SURGEON)).get(address()).status_code == 404


def test_the_assets_of_a_subject_are_listed(mouse, project, surgeon, client_for):
    subject = project.records.get(kind="subject")
    asset_create(name="814201_data", project=project, by=surgeon, records=[subject])
    assert "/assets/814201_data/" in client_for(surgeon).get(address()).content.decode()


def test_an_imported_identifier_with_a_slash_has_its_page(project, surgeon, client_for):
    record_import(document={**DONE, "subject_id": "lab/7"}, kind="procedures", project=project, by=surgeon)
    response = client_for(surgeon).get(address("lab/7"))
    assert response.status_code == 200
    assert "Subject lab/7" in response.content.decode()


def test_a_panel_is_added_once():
    with pytest.raises(ValueError, match="already"):
        panel_add("bundles/_subject_panel.html", lambda *_: {})
