"""What every request passes."""

import gzip

import pytest
from django.test import Client

from metadata_portal.accounts import roles

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/health/", 200),
        ("/accounts/login/", 200),
        ("/", 302),
        ("/no-such-page/", 404),
        ("/static/portal/portal.css", 200),
        ("/static/bootstrap/css/bootstrap-reboot.min.css", 200),
        ("/?q=%00", 400),
    ],
)
def test_every_response_carries_the_content_policy(client, db, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    response.close()


def test_pages_are_compressed_and_files_are_left_alone(client, db):
    page = client.get("/accounts/login/", headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert b"<title>" in gzip.decompress(page.content)
    assert "Content-Encoding" not in client.get("/accounts/login/").headers
    file = client.get("/static/portal/portal.css", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in file.headers
    file.close()


def test_a_crash_is_answered_by_our_page_with_the_content_policy(client_for, monkeypatch):
    client = client_for(roles.SURGEON)
    client.raise_request_exception = False
    monkeypatch.setattr("metadata_portal.site_admin.views.dashboard_of", lambda _user: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY


def test_people_who_are_not_signed_in_are_sent_to_sign_in_and_back(client, db):
    response = client.get("/people/?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/people/%3Fpage%3D2"


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-Requested-With": "fetch"}], ids=["htmx", "fetch"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_scripts_of_signed_out_people_are_told_so_instead_of_being_sent_to_another_page(client, db, headers, method):
    response = getattr(client, method)("/people/", headers=headers)
    assert response.status_code == 401
    assert response["HX-Reswap"] == "none"
    assert response.json() == {"signed_out": True, "other": ""}


HOSTILE = ["%FF", "%00", "a%01b", "%ED%A0%80", "%EF%BF%BE", "%E2%80%AE", "%C2%9B", "%7F", "%EF%B7%90"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("address", ["/?q=x{}", "/?{}=x", "/people/?page={}", "/accounts/login/?next={}"])
def test_hostile_characters_in_an_address_are_refused(client_for, address, text):
    response = client_for(roles.ADMINISTRATOR).get(address.format(text))
    assert response.status_code == 400
    assert "U+" in response.content.decode()


@pytest.mark.parametrize("text", ["%00", "%01", "%E2%80%AE"])
def test_hostile_characters_in_a_path_are_refused(client_for, text):
    assert client_for(roles.ADMINISTRATOR).get(f"/assets/{text}/").status_code == 400


@pytest.mark.parametrize("value", ["a\x00b", '"\\000"', "a\x1fb"])
def test_hostile_cookies_are_refused(db, value):
    client = Client(headers={"cookie": f"sessionid={value}"})
    assert client.get("/").status_code == 400


@pytest.mark.parametrize(
    "value", ["Lab caf\u00e9".encode().decode("latin-1"), "Lab caf\u00e9", "\u00c0".encode().decode("latin-1")]
)
def test_headers_in_either_encoding_are_let_through(client, db, value):
    assert client.get("/health/", headers={"X-Anything": value}).status_code == 200


def test_hostile_headers_are_refused(client, db):
    assert client.get("/health/", headers={"X-Anything": "a\x00b"}).status_code == 400


@pytest.mark.parametrize("text", ["caf\u00e9", "\u03bcm \u00b1 2", "\u5c0f\u9f20", "line\nline", "tab\t"])
def test_the_words_people_type_are_let_through(client_for, text):
    assert client_for(roles.SURGEON).get("/", {"q": text}).status_code == 200


@pytest.mark.parametrize("field", ["login", "password", "extra"])
@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ufffe", "\u202e"])
def test_hostile_characters_in_a_form_are_refused_by_field(client, db, field, character):
    response = client.post("/accounts/login/", {"login": "a", "password": "b", field: f"x{character}"})
    assert response.status_code == 422
    assert f"“{field}”" in response.content.decode()


def test_bytes_that_are_no_text_are_refused_in_a_form(client, db):
    body = b"login=%ED%A0%80&password=b"
    response = client.post("/accounts/login/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert "U+FFFD replacement character" in response.content.decode()


def test_writes_started_by_another_site_are_refused(client_for):
    client = client_for(roles.ADMINISTRATOR)
    response = client.post("/accounts/logout/", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert client.get("/").status_code == 200


def test_links_from_another_site_open(client_for):
    assert client_for(roles.SURGEON).get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_forms_without_their_token_are_refused(client_for):
    client = client_for(roles.ADMINISTRATOR, enforce_csrf_checks=True)
    response = client.post("/accounts/logout/")
    assert response.status_code == 403
    assert "Please send that again" in response.content.decode()
    assert client.get("/").status_code == 200


def test_a_body_that_is_too_large_is_refused_as_a_client_error(client_for):
    response = client_for(roles.SURGEON).post("/accounts/logout/", {"a": "x" * 10_000_000})
    assert response.status_code == 413


def test_health_answers_without_sign_in(client, db):
    assert client.get("/health/").json()["status"] == "ok"


def test_pages_outside_the_list_stay_inside_it(client_for):
    client = client_for(roles.ADMINISTRATOR)
    for page in ["-1", "0", "999999999", "+1", "1_0", "\u0661", "9" * 5000, "x"]:
        assert client.get("/people/", {"page": page}).status_code == 200


def test_a_stale_token_of_a_signed_out_person_says_that_they_are_signed_out(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/people/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.json()["signed_out"] is True


@pytest.mark.parametrize("length", ["10000001", "9" * 18, "9" * 5000, "-1", "x", "١٢", "1e3"])
def test_a_body_too_long_or_of_no_length_is_refused_unread(client_for, length):
    answer = client_for(roles.SURGEON).post("/accounts/logout/", {"a": "1"}, CONTENT_LENGTH=length)
    assert answer.status_code == 413
