"""Administrators make people, and people set their own passwords."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from metadata_portal.accounts import roles
from metadata_portal.accounts.links import LinkTokens
from metadata_portal.accounts.models import AuditEvent, User
from metadata_portal.accounts.services import password_link_create, user_create, user_update
from metadata_portal.errors import NotAllowed

PASSWORD = "correct-horse-battery"
NEW_PASSWORD = "violet-tractor-ninety"


def link_on(response) -> str:
    found = re.search(r'value="http://testserver(/accounts/set-password/[^"]+)"', response.content.decode())
    return found.group(1) if found else ""


def post_new_person(client, project, **changes):
    fields = {"username": "rosa", "name": "Rosa Mouse", "roles": [roles.SURGEON], "projects": [project.pk]}
    return client.post("/people/new/", fields | changes, follow=True)


def set_password(client, path, password=NEW_PASSWORD):
    form = client.get(path, follow=True)
    where = form.redirect_chain[-1][0] if form.redirect_chain else path
    return client.post(where, {"new_password1": password, "new_password2": password})


def test_a_new_person_sets_a_password_with_the_link_and_signs_in(client_for, project):
    path = link_on(post_new_person(client_for(roles.ADMINISTRATOR), project))
    rosa = Client()
    assert set_password(rosa, path)["Location"] == "/accounts/login/"
    answer = rosa.post("/accounts/login/", {"login": "rosa", "password": NEW_PASSWORD})
    assert answer["Location"] == "/"
    assert rosa.get("/").status_code == 200
    person = User.objects.get(username="rosa")
    assert person.role_names == {roles.SURGEON}
    assert list(person.projects.all()) == [project]


def test_the_link_is_shown_once(client_for, project):
    client = client_for(roles.ADMINISTRATOR)
    assert link_on(post_new_person(client, project))
    assert not link_on(client.get(f"/people/{User.objects.get(username='rosa').pk}/"))


def test_a_link_works_once(surgeon, administrator):
    path = password_link_create(user=surgeon, by=administrator)
    assert set_password(Client(), path).status_code == 302
    assert "This link has ended" in Client().get(path, follow=True).content.decode()


def test_a_newer_link_ends_the_older_one(surgeon, administrator):
    older = password_link_create(user=surgeon, by=administrator)
    newer = password_link_create(user=surgeon, by=administrator)
    assert "This link has ended" in Client().get(older, follow=True).content.decode()
    assert "Set your password" in Client().get(newer, follow=True).content.decode()


def test_a_link_ends_after_three_days(surgeon, administrator, monkeypatch):
    path = password_link_create(user=surgeon, by=administrator)
    later = timezone.now().replace(tzinfo=None) + timedelta(days=3, minutes=1)
    monkeypatch.setattr(LinkTokens, "_now", lambda _self: later)
    assert "This link has ended" in Client().get(path, follow=True).content.decode()


def test_a_deactivated_person_has_no_use_of_a_link(surgeon, administrator):
    path = password_link_create(user=surgeon, by=administrator)
    User.objects.filter(pk=surgeon.pk).update(is_active=False)
    assert "This link has ended" in Client().get(path, follow=True).content.decode()
    surgeon.refresh_from_db()
    with pytest.raises(NotAllowed):
        password_link_create(user=surgeon, by=administrator)


def test_a_weak_password_is_refused_beside_its_field(surgeon, administrator):
    client = Client()
    path = password_link_create(user=surgeon, by=administrator)
    response = set_password(client, path, "short")
    assert "too short" in response.content.decode()


def test_a_taken_name_is_refused_whatever_its_case(client_for, project):
    client = client_for(roles.ADMINISTRATOR)
    post_new_person(client, project)
    response = post_new_person(client, project, username="ROSA")
    assert response.status_code == 422
    assert "Taken." in response.content.decode()
    assert User.objects.filter(username__iexact="rosa").count() == 1


def test_a_deactivated_person_is_signed_out_at_once(client_for, surgeon, administrator, project):
    client = client_for(surgeon)
    assert client.get("/").status_code == 200
    response = client_for(administrator).post(
        f"/people/{surgeon.pk}/", {"name": "Sam", "roles": [roles.SURGEON], "projects": [project.pk]}
    )
    assert response["Location"] == "/people/"
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_an_administrator_keeps_their_own_role(client_for, administrator):
    response = client_for(administrator).post(
        f"/people/{administrator.pk}/", {"name": "A", "roles": [roles.SURGEON], "is_active": "on"}
    )
    assert response.status_code == 422
    assert "ask another administrator" in response.content.decode()
    assert User.objects.get(pk=administrator.pk).role_names == {roles.ADMINISTRATOR}


def test_the_last_administrator_stays_one(administrator, make_user):
    by = make_user(roles.ADMINISTRATOR)
    User.objects.filter(pk=by.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        user_update(user=administrator, name="A", role_names=[], projects=[], is_active=True, by=by)


def test_people_change_their_own_password(client_for, surgeon):
    client = client_for(surgeon)
    response = client.post(
        "/accounts/password/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert response.status_code == 302
    assert client.get("/").status_code == 200
    surgeon.refresh_from_db()
    assert surgeon.check_password(NEW_PASSWORD)
    assert AuditEvent.objects.get(action="user.password-change").by == surgeon


def test_sign_out_ends_the_session(client_for):
    client = client_for(roles.SURGEON)
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/").status_code == 302


def test_sign_out_by_a_link_asks_first(client_for):
    client = client_for(roles.SURGEON)
    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert client.get("/").status_code == 200


def test_guessing_passwords_is_stopped(surgeon):
    client = Client()
    answers = [
        client.post("/accounts/login/", {"login": surgeon.username, "password": f"guess {number}"}).content.decode()
        for number in range(12)
    ]
    assert "Too many failed login attempts" in answers[-1]
    response = client.post("/accounts/login/", {"login": surgeon.username, "password": PASSWORD})
    assert "Too many failed login attempts" in response.content.decode()


def test_sign_in_goes_to_no_other_site(surgeon):
    response = Client().post(
        "/accounts/login/?next=https://elsewhere.example/",
        {"login": surgeon.username, "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert response["Location"] == "/"


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"])
def test_nobody_signs_up_or_resets_by_mail(client, db, address):
    assert client.get(address).status_code == 404


def test_each_change_of_a_person_is_written_down(client_for, administrator, surgeon, project, make_project):
    other = make_project("Cortex")
    client_for(administrator).post(
        f"/people/{surgeon.pk}/",
        {"name": "Sam S", "roles": [roles.DATA_USER], "projects": [project.pk, other.pk], "is_active": "on"},
    )
    event = AuditEvent.objects.get(action="user.update")
    assert event.by == administrator
    assert event.object_id == str(surgeon.pk)
    assert (event.before["name"], event.after["name"]) == ("Sam Surgeon", "Sam S")
    assert (event.before["roles"], event.after["roles"]) == ([roles.SURGEON], [roles.DATA_USER])
    assert event.after["projects"] == ["Basal ganglia", "Cortex"]


def test_an_audit_event_is_never_changed_or_deleted(surgeon):
    event = AuditEvent.objects.get(action="user.create", object_id=str(surgeon.pk))
    event.why = "other"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_an_unknown_role_is_refused(client_for, project):
    response = post_new_person(client_for(roles.ADMINISTRATOR), project, roles=["root"])
    assert response.status_code == 422
    assert not User.objects.filter(username="rosa").exists()


def test_a_name_that_nobody_could_type_is_refused(db):
    with pytest.raises(ValidationError):
        user_create(username="ro sa", name="Rosa", role_names=[roles.SURGEON], by=None)
    assert not User.objects.filter(username="ro sa").exists()


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
def test_an_unknown_person_is_not_found(client_for, pk):
    assert client_for(roles.ADMINISTRATOR).get(f"/people/{pk}/").status_code == 404


def test_people_are_found_by_part_of_their_name(client_for, make_user):
    make_user(username="rosa", name="Rosa Mouse")
    make_user(username="otto", name="Otto Rat")
    page = client_for(roles.ADMINISTRATOR).get("/people/", {"q": "mous"}).content.decode()
    assert "Rosa Mouse" in page
    assert "Otto Rat" not in page
