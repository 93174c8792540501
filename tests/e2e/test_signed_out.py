"""A session that ends in the middle of a form costs nothing that was typed, and shows it to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.drafts import SURGEON, begin, draft_of, save_answered, serious_findings, sign_in
from tests.e2e.portal import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.e2e, pytest.mark.alike, pytest.mark.usefixtures("sessions_end")]
COLLEAGUE = "other"
END_SESSIONS = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"
AGE_SESSIONS = """
import time
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for row in Session.objects.all():
    session = SessionStore(row.session_key)
    session["{what}"] = int(time.time()) - {seconds}
    session.save()
"""


@pytest.fixture(scope="module")
def people(portal) -> None:
    """One more surgeon of the same project."""
    portal.add_people(**{COLLEAGUE: ["surgeon"]})


@pytest.fixture
def context(browser, portal) -> Iterator[BrowserContext]:
    """A browser that may complain: the refusals that these tests provoke are errors on its console."""
    with browser.new_context(base_url=portal.url, viewport={"width": 1280, "height": 900}) as found:
        yield found


def sign_in_here(page: Page, username: str = SURGEON, password: str = PASSWORD) -> None:
    """Fill in the dialog by the keyboard alone: the cursor stands in the password."""
    expect(page.locator("#sign-in")).to_be_visible()
    assert page.evaluate("document.activeElement.name") == "password"
    if page.locator("#sign-in-login").input_value() != username:
        page.locator("#sign-in-login").fill(username)
        page.locator("#sign-in-password").focus()
    page.keyboard.type(password)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("cookies", [(), ("csrftoken",)], ids=["session ended", "token gone too"])
def test_the_page_asks_to_sign_in_again_and_saves_what_was_typed(portal, context, cookies):
    page = context.new_page()
    sign_in(page)
    begin(page, f"75{len(cookies)}001")
    notes = page.locator("[data-path=notes]")
    portal.manage("shell", "-c", END_SESSIONS)
    for name in cookies:
        context.clear_cookies(name=name)

    notes.fill("typed while signed out")
    with save_answered(page, 401):
        notes.press("Tab")
    expect(page.locator("#save-state")).to_have_text("not saved: signed out")
    assert serious_findings(page) == []
    sign_in_here(page, password="wrong")
    expect(page.locator("#sign-in [role=alert]")).to_contain_text("not correct")
    page.locator("#sign-in-password").fill("")
    with save_answered(page):
        sign_in_here(page)
    expect(page.locator("#sign-in")).to_be_hidden()
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    expect(notes).to_have_value("typed while signed out")
    assert draft_of(portal, f"75{len(cookies)}001")["notes"] == "typed while signed out"


def test_signing_in_in_another_tab_serves_as_well(portal, context):
    page = context.new_page()
    sign_in(page)
    begin(page, "752001")
    portal.manage("shell", "-c", END_SESSIONS)
    notes = page.locator("[data-path=notes]")
    notes.fill("typed while signed out")
    with save_answered(page, 401):
        notes.press("Tab")
    page.locator("#sign-in").get_by_role("button", name="Not now").click()
    page.locator("#sf-message").get_by_role("button", name="Try again").click()
    expect(page.locator("#sign-in")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sign-in")).to_be_hidden()
    sign_in(context.new_page())
    notes.fill("typed while signed out, and more")
    with save_answered(page):
        notes.press("Tab")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    assert draft_of(portal, "752001")["notes"] == "typed while signed out, and more"


def test_another_person_neither_sees_nor_saves_what_was_typed_and_its_writer_finds_it_again(portal, people, context):
    page = context.new_page()
    sign_in(page)
    begin(page, "752002")
    edit = page.url
    portal.manage("shell", "-c", END_SESSIONS)
    notes = page.locator("[data-path=notes]")
    notes.fill("for my eyes")
    with save_answered(page, 401):
        notes.press("Tab")
    with page.expect_navigation():
        sign_in_here(page, COLLEAGUE)
    assert page.url == f"{portal.url}/"
    assert "for my eyes" not in page.content()
    with page.expect_navigation():
        page.goto(edit)
    assert "for my eyes" not in page.content()
    page.locator("summary[aria-label$='your menu']").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()

    sign_in(page)
    page.goto(edit)
    kept = page.locator("#kept")
    expect(kept).to_contain_text("for my eyes")
    with page.expect_navigation():
        kept.get_by_role("button", name="Save what is chosen").click()
    assert draft_of(portal, "752002")["notes"] == "for my eyes"
    expect(page.locator("#kept > *")).to_have_count(0)


def test_a_tab_of_somebody_who_was_replaced_in_another_tab_saves_nothing_as_the_other(portal, people, context):
    page = context.new_page()
    sign_in(page)
    begin(page, "752003")
    other = context.new_page()
    portal.manage("shell", "-c", END_SESSIONS)
    sign_in(other, COLLEAGUE)
    begin(other, "752003")
    notes = page.locator("[data-path=notes]")
    notes.fill("mine")
    with save_answered(page, 401):
        notes.press("Tab")
    expect(page.locator("#sign-in [data-why=other]")).to_be_visible()
    with save_answered(page):
        sign_in_here(page)
    assert draft_of(portal, "752003")["notes"] == "mine"
    assert "notes" not in draft_of(portal, "752003", COLLEAGUE)


# Without scripts ------------------------------------------------------------------------------------------------------


@pytest.fixture
def plain(browser, portal) -> Iterator[Page]:
    """A page where scripts do not run, signed in as the surgeon."""
    with browser.new_context(base_url=portal.url, java_script_enabled=False) as found:
        page = found.new_page()
        sign_in(page)
        yield page


@pytest.mark.parametrize("cookies", [(), ("csrftoken",)], ids=["session ended", "token gone too"])
def test_without_scripts_what_was_typed_goes_through_the_sign_in_page(portal, plain, cookies):
    key = f"753{len(cookies)}01"
    begin(plain, key)
    plain.locator("[data-path=notes]").fill("line one\n  line <two>")
    portal.manage("shell", "-c", END_SESSIONS)
    for name in cookies:
        plain.context.clear_cookies(name=name)
    with plain.expect_navigation():
        plain.get_by_role("button", name="Save", exact=True).click()
    plain.locator("[name=login]").fill(SURGEON)
    plain.locator("[name=password]").fill("wrong")
    with plain.expect_navigation():
        plain.keyboard.press("Enter")
    plain.locator("[name=password]").fill(PASSWORD)
    with plain.expect_navigation():
        plain.keyboard.press("Enter")
    assert "notes" not in draft_of(portal, key)
    with plain.expect_navigation():
        plain.get_by_role("button", name="Save what I typed").click()
    assert draft_of(portal, key)["notes"] == "line one\n  line <two>"
    expect(plain.locator("[data-path=notes]")).to_have_value("line one\n  line <two>")


def test_without_scripts_another_person_cannot_take_what_was_typed(portal, people, plain):
    begin(plain, "753201")
    plain.locator("[data-path=notes]").fill("not for you")
    portal.manage("shell", "-c", END_SESSIONS)
    with plain.expect_navigation():
        plain.get_by_role("button", name="Save", exact=True).click()
    plain.locator("[name=login]").fill(COLLEAGUE)
    plain.locator("[name=password]").fill(PASSWORD)
    with plain.expect_navigation():
        plain.keyboard.press("Enter")
    expect(plain.locator("main")).to_contain_text("somebody else's")
    assert "not for you" not in plain.content()
    plain.locator("[name=login]").fill(SURGEON)
    plain.locator("[name=password]").fill(PASSWORD)
    with plain.expect_navigation():
        plain.keyboard.press("Enter")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Save what I typed").click()
    assert draft_of(portal, "753201")["notes"] == "not for you"


def test_the_text_of_a_draft_goes_through_the_sign_in_page_too(portal, context):
    page = context.new_page()
    sign_in(page)
    begin(page, "753301")
    page.goto(page.url.replace("/edit/", "/json/"))
    text = '{"object_type": "Subject", "subject_id": "753301", "notes": "typed as JSON"}'
    page.locator("#id_text").fill(text)
    portal.manage("shell", "-c", END_SESSIONS)
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    page.locator("main [name=login]").fill(SURGEON)
    page.locator("main [name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Save what I typed").press("Enter")
    assert draft_of(portal, "753301")["notes"] == "typed as JSON"


# Before it ends -------------------------------------------------------------------------------------------------------


def near_the_end(portal, page, what: str, limit: int, left: int) -> None:
    """Let a session have this many seconds left, on the server's clock and on the page's."""
    portal.manage("shell", "-c", AGE_SESSIONS.format(what=what, seconds=limit - left))
    page.clock.fast_forward((3600 - left) * 1000)


def test_people_are_warned_before_an_idle_session_ends_and_stay_by_one_key(portal, context):
    page = context.new_page()
    page.clock.install()
    sign_in(page)
    begin(page, "754001")
    page.locator("[data-path=notes]").focus()
    near_the_end(portal, page, "seen", 3600, 170)
    warning = page.locator("#session-ends")
    expect(warning).to_contain_text("You will be signed out at")
    assert serious_findings(page) == []
    with page.expect_response(lambda answer: "/accounts/session/" in answer.url and answer.request.method == "POST"):
        page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.path") == "notes"
    assert page.evaluate("portal.session.ask().then(state => state.idle > 3500)")


def test_typing_counts_as_a_sign_of_life(portal, context):
    page = context.new_page()
    page.clock.install()
    sign_in(page)
    begin(page, "754002")
    page.goto(page.url.replace("/edit/", "/json/"))
    page.locator("#id_text").press_sequentially(" ")
    with page.expect_response(lambda answer: "/accounts/session/" in answer.url and answer.request.method == "POST"):
        near_the_end(portal, page, "seen", 3600, 170)
    expect(page.locator("#session-ends")).to_be_hidden()


def test_before_the_last_limit_one_can_sign_in_again_and_go_on(portal, context):
    page = context.new_page()
    page.clock.install()
    sign_in(page)
    begin(page, "754003")
    page.locator("[data-path=notes]").press_sequentially("before")
    near_the_end(portal, page, "since", 12 * 3600, 170)
    page.locator("#session-ends").get_by_role("button", name="Sign in again now").click()
    sign_in_here(page)
    expect(page.locator("#sign-in")).to_be_hidden()
    assert page.evaluate("portal.session.ask().then(state => state.whole > 12 * 3600 - 60)")
    notes = page.locator("[data-path=notes]")
    notes.fill("before and after")
    notes.blur()
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    assert draft_of(portal, "754003")["notes"] == "before and after"
