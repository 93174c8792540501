"""How long a session lasts, and what becomes of a form whose sender was signed out meanwhile."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from metadata_portal.accounts import roles
from metadata_portal.accounts.carrying import PERSON
from tests.metadata_portal.conftest import PASSWORD

HOUR = 60 * 60
SCRIPT = {"X-Requested-With": "fetch"}
FORM = {"reason": "typed <slowly>", PERSON: ""}


@pytest.fixture
def surgeon_client(client_for):
    return client_for(roles.SURGEON)


def age(client, **seconds) -> None:
    """Let the session's times lie this far back."""
    session = client.session
    for name, value in seconds.items():
        session[name] -= value
    session.save()


def person_of(client) -> str:
    return client.session["_auth_user_id"]


def carried_in(response) -> str:
    return unescape(re.search(r'name="carried" value="([^"]*)"', response.content.decode())[1])


def test_an_hour_without_a_sign_of_life_ends_a_session(surgeon_client):
    age(surgeon_client, seen=HOUR - 5)
    assert surgeon_client.get("/").status_code == 200
    age(surgeon_client, seen=HOUR)
    assert surgeon_client.get("/").status_code == 302
    assert "_auth_user_id" not in surgeon_client.session


def test_half_a_day_ends_a_session_whatever_was_sent(surgeon_client):
    age(surgeon_client, since=12 * HOUR - 5)
    assert surgeon_client.get("/").status_code == 200
    age(surgeon_client, since=5)
    assert surgeon_client.get("/", headers=SCRIPT).status_code == 401


def test_looking_at_the_clock_prolongs_nothing_and_asking_to_stay_does(surgeon_client):
    age(surgeon_client, seen=HOUR - 100)
    assert surgeon_client.get("/accounts/session/").json()["idle"] in range(90, 101)
    assert surgeon_client.get("/accounts/session/").json()["idle"] in range(90, 101)
    assert surgeon_client.post("/accounts/session/").json()["idle"] == HOUR


def test_signs_of_life_within_a_minute_write_nothing(surgeon_client):
    with CaptureQueriesContext(connection) as asked:
        surgeon_client.post("/accounts/session/")
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    age(surgeon_client, seen=60)
    with CaptureQueriesContext(connection) as asked:
        surgeon_client.post("/accounts/session/")
    assert "UPDATE" in {query["sql"].split()[0] for query in asked}


def test_the_limits_come_from_the_environment(surgeon_client, settings):
    settings.SESSION_COOKIE_AGE = 600
    age(surgeon_client, seen=601)
    assert surgeon_client.get("/", headers=SCRIPT).status_code == 401


def test_nobody_is_told_whose_session_there_is_without_one(client, db):
    assert client.get("/accounts/session/").json() == {"person": None}
    assert "csrftoken" in client.cookies


def test_a_page_of_somebody_else_is_told_who_is_signed_in_now(surgeon_client, make_user):
    writer = make_user(username="writer")
    answer = surgeon_client.post("/people/", headers=SCRIPT | {"X-Portal-Person": str(writer.pk)})
    assert answer.status_code == 401
    assert answer.json()["other"] == surgeon_client.get("/accounts/session/").wsgi_request.user.username


@pytest.mark.parametrize("with_person", [True, False], ids=["form says who", "session says who"])
def test_a_posted_form_is_carried_through_the_sign_in_page(client_for, make_user, with_person):
    writer = make_user(username="writer")
    client = Client()
    client.force_login(writer)
    form = FORM | {PERSON: str(writer.pk) if with_person else ""}
    age(client, seen=HOUR)
    page = client.post("/records/", form)
    assert page.status_code == 401
    assert "Sign in again" in page.content.decode()

    carried = carried_in(page)
    wrong = client.post("/accounts/login/", {"login": "writer", "password": "wrong", "carried": carried})
    assert carried_in(wrong) == carried
    done = client.post("/accounts/login/", {"login": "writer", "password": PASSWORD, "carried": carried})
    body = done.content.decode()
    assert done.status_code == 200
    assert 'action="/records/"' in body
    assert '<textarea name="reason" hidden>\ntyped &lt;slowly&gt;</textarea>' in body
    assert person_of(client) == str(writer.pk)


def test_what_is_carried_is_shown_to_nobody_but_its_writer(client, make_user):
    writer = make_user(username="writer")
    make_user(username="reader")
    page = client.post("/records/", FORM | {PERSON: str(writer.pk)})
    carried = carried_in(page)
    refused = client.post("/accounts/login/", {"login": "reader", "password": PASSWORD, "carried": carried})
    assert "typed &lt;slowly&gt;" not in refused.content.decode()
    assert "somebody else&#x27;s" in refused.content.decode()
    assert carried_in(refused) == carried
    assert "_auth_user_id" not in client.session


def test_a_page_that_another_person_opened_in_this_browser_is_not_sent_as_whoever_is_signed_in(client_for, make_user):
    writer, client = make_user(username="writer"), client_for(roles.SURGEON)
    page = client.post("/records/", FORM | {PERSON: str(writer.pk)})
    assert page.status_code == 401
    done = client.post("/accounts/login/", {"login": "writer", "password": PASSWORD, "carried": carried_in(page)})
    assert "typed &lt;slowly&gt;" in done.content.decode()
    assert person_of(client) == str(writer.pk)


@pytest.mark.parametrize("carried", ["", "made up", "eyJ0byI6Imh0dHBzOi8vZXZpbC5leGFtcGxlIn0:1t:x"])
def test_what_was_not_sealed_here_is_not_carried(client, make_user, carried):
    make_user(username="writer")
    done = client.post("/accounts/login/", {"login": "writer", "password": PASSWORD, "carried": carried})
    assert done.status_code == 302
    assert done["Location"] == "/"


@pytest.mark.parametrize(
    "more", [{"password": "x"}, {"new_password1": "x"}, {"file": SimpleUploadedFile("a.json", b"{}")}]
)
def test_passwords_and_files_are_not_carried(client, make_user, more):
    writer = make_user(username="writer")
    answer = client.post("/records/", FORM | {PERSON: str(writer.pk)} | more)
    assert answer.status_code == 302


def test_a_form_with_an_old_token_is_sent_again_by_a_press(make_user):
    writer, client = make_user(username="writer"), Client(enforce_csrf_checks=True)
    client.force_login(writer)
    form = FORM | {PERSON: str(writer.pk)}
    answer = client.post("/records/", form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 200
    assert "typed &lt;slowly&gt;" in answer.content.decode()
    assert client.post("/records/", form).status_code == 403
    assert client.post("/records/", form, headers={"Sec-Fetch-Site": "same-site"}).status_code == 403


def test_signing_out_clears_the_browser_unless_it_keeps_something_of_somebody_else(surgeon_client, client_for):
    assert surgeon_client.post("/accounts/logout/")["Clear-Site-Data"] == '"storage"'
    answer = client_for(roles.SURGEON).post("/accounts/logout/", {"others": "1"})
    assert "Clear-Site-Data" not in answer
