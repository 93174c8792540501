"""Every refusal says what happened, as a page or inside the page that htmx keeps."""

import pytest

from metadata_portal import errors
from metadata_portal.accounts import roles

EXPECTED = {
    errors.PortalError: 400,
    errors.BadRequest: 400,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.FormError: 422,
    errors.NotSubmittable: 422,
    errors.MissingVersion: 428,
}


@pytest.fixture
def raising(monkeypatch, client_for):
    """``raising(error)`` gives a client for whom the dashboard raises it."""

    def make(error):
        def broken(_user):
            raise error

        monkeypatch.setattr("metadata_portal.site_admin.views.dashboard_of", broken)
        return client_for(roles.SURGEON)

    return make


@pytest.mark.parametrize("error", EXPECTED, ids=lambda error: error.__name__)
def test_each_error_has_its_status_and_says_its_message(raising, error):
    response = raising(error("Depth 3 has no unit.")).get("/")
    assert response.status_code == EXPECTED[error]
    assert "Depth 3 has no unit." in response.content.decode()
    assert f"<h1>{error.title}</h1>" in response.content.decode()


def test_htmx_gets_the_message_without_losing_the_page(raising):
    response = raising(errors.Conflict("Somebody submitted meanwhile.")).get("/", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert response["HX-Reswap"] == "none"
    body = response.content.decode()
    assert 'id="messages"' in body
    assert "hx-swap-oob" in body
    assert "<html" not in body
    assert "Somebody submitted meanwhile." in body


def test_messages_are_escaped(raising):
    body = raising(errors.FormError("<script>alert(1)</script>")).get("/").content.decode()
    assert "<script>alert(1)" not in body


def test_a_page_that_is_not_there_says_so_in_our_look(client_for):
    response = client_for(roles.SURGEON).get("/no-such-page/")
    assert response.status_code == 404
    assert 'href="/surgeries/new/"' not in response.content.decode()
    assert "To the dashboard" in response.content.decode()


def test_a_page_one_may_not_open_says_who_can_help(client_for):
    response = client_for(roles.SURGEON).get("/people/")
    assert response.status_code == 403
    assert "An administrator can change your roles." in response.content.decode()


def test_an_unknown_host_is_refused(client, db):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_form_of_too_many_fields_is_refused(client_for):
    response = client_for(roles.SURGEON).post("/accounts/logout/", {f"f{n}": "" for n in range(1500)})
    assert response.status_code == 413
    assert "Nothing was changed." in response.content.decode()
