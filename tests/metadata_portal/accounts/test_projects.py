"""Projects share records among their members."""

import pytest

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import AuditEvent, Project
from metadata_portal.accounts.services import project_create


def test_an_administrator_makes_a_project_with_members(client_for, surgeon):
    response = client_for(roles.ADMINISTRATOR).post("/projects/new/", {"name": "Cortex", "members": [surgeon.pk]})
    assert response["Location"] == "/projects/"
    project = Project.objects.get(slug="cortex")
    assert list(project.members.all()) == [surgeon]
    assert AuditEvent.objects.get(action="project.create", object_id=str(project.pk)).after == {
        "name": "Cortex",
        "members": [surgeon.username],
    }


def test_the_address_of_a_project_stays_when_its_name_changes(client_for, project):
    client_for(roles.ADMINISTRATOR).post(f"/projects/{project.slug}/", {"name": "Striatum", "members": []})
    project.refresh_from_db()
    assert (project.name, project.slug) == ("Striatum", "basal-ganglia")


def test_a_taken_project_name_is_refused(client_for, project):
    response = client_for(roles.ADMINISTRATOR).post("/projects/new/", {"name": project.name})
    assert response.status_code == 422
    assert Project.objects.count() == 1


@pytest.mark.parametrize(("name", "slug"), [("Café 2", "cafe-2"), ("New", "new-2")])
def test_a_project_has_an_address_word(db, name, slug):
    assert project_create(name=name, by=None).slug == slug


def test_names_in_other_scripts_have_an_address_word_too(db):
    first = project_create(name="小鼠", by=None)
    second = project_create(name="大鼠", by=None)
    assert len({first.slug, second.slug, ""}) == 3


def test_names_that_give_the_same_word_get_different_addresses(db):
    first = project_create(name="Lab 1", by=None)
    second = project_create(name="Lab-1", by=None)
    assert (first.slug, second.slug) == ("lab-1", "lab-1-2")


def test_each_person_sees_their_own_projects(surgeon, other_surgeon, administrator, project):
    assert list(Project.objects.visible_to(surgeon)) == [project]
    assert project not in Project.objects.visible_to(other_surgeon)
    assert Project.objects.visible_to(administrator).count() == 2
