"""Buttons of the record form act in the page that is open: the focus follows, undo and back work, nothing is lost."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.drafts import save_answered, sign_in
from tests.e2e.portal import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Route

pytestmark = pytest.mark.e2e

RIG = """
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.services import record_create
devices = [{{"object_type": "Laser", "name": f"Laser {{n}}", "wavelength_unit": "nanometer"}} for n in range(3)]
connections = [{{"object_type": "Connection", "source_device": "Laser 0", "target_device": "Laser 1"}}]
document = {{
    "object_type": "Instrument", "instrument_id": {key!r}, "components": devices, "connections": connections,
}}
project = Project.objects.order_by("pk").first()
by = User.objects.get(username="surgeon")
print(record_create(kind="instrument", key={key!r}, project=project, by=by, document=document).pk)
"""
END_SESSIONS = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"
_keys = count(1)


@pytest.fixture
def context(browser, portal) -> Iterator[BrowserContext]:
    """A browser that may complain: the errors that these tests provoke are errors on its console."""
    with browser.new_context(base_url=portal.url, viewport={"width": 1280, "height": 900}) as found:
        yield found


@pytest.fixture
def page(portal, context) -> Page:
    """The editor of an instrument of three lasers and one connection; ``stays`` is lost when a page is loaded."""
    page = context.new_page()
    sign_in(page)
    said = portal.manage("shell", "-v0", "-c", RIG.format(key=f"ACT-{next(_keys)}"))
    page.goto(f"/records/{said.split()[-1]}/edit/")
    page.evaluate("window.stays = true")
    return page


def control(page: Page, path: str) -> Locator:
    return page.locator(f'[data-path="{path}"]')


def add(page: Page) -> Locator:
    return page.get_by_role("button", name="Add connection")


def said(page: Page, text: str) -> None:
    """Wait until the page says what was done; it must be the page that was open before."""
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()
    assert page.evaluate("window.stays")


def draft(page: Page) -> dict[str, Any]:
    """The document as the server has it."""
    return json.loads(page.request.get(page.url.partition("edit/")[0] + "draft.json").text())


def sources(page: Page) -> list[str | None]:
    return [row.get("source_device") for row in draft(page)["connections"]]


class Held:
    """Posts of the page that wait until they are let go."""

    def __init__(self, page: Page) -> None:
        self.page, self.routes = page, []
        page.route("**/edit/", self._hold)

    def _hold(self, route: Route) -> None:
        if route.request.method == "POST":
            self.routes.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        for route in self.routes:
            route.continue_()
        self.page.unroute("**/edit/", self._hold)


def test_an_item_is_added_in_place_and_undo_and_back_go_on_from_there(page):
    before = page.url
    add(page).click()
    said(page, "Added Connection 2")
    expect(control(page, "connections.1.source_device")).to_be_focused()
    page.keyboard.type("Laser 2")
    with save_answered(page):
        page.keyboard.press("Tab")
    assert sources(page) == ["Laser 0", "Laser 2"]
    page.get_by_role("button", name="Remove Connections, row 1").click()
    said(page, "Removed Connection 1")
    assert page.evaluate("document.activeElement !== document.body")
    assert sources(page) == ["Laser 2"]
    page.get_by_role("button", name="Undo").click()
    said(page, "Undone: Removed Connection 1")
    assert sources(page) == ["Laser 0", "Laser 2"]
    with page.expect_event("load"):
        page.evaluate("history.go(-3)")
    assert page.url == before
    expect(control(page, "connections.1.source_device")).to_have_value("Laser 2")


def test_a_page_of_its_own_is_opened_in_place_with_its_outline_and_the_way_back(page):
    page.get_by_role("button", name="Duplicate Laser 3").click()
    said(page, "Duplicated Laser 3 (Laser 2)")
    expect(control(page, "components.3.name")).to_be_focused()
    expect(page.locator("#sf-outline [aria-current]")).to_contain_text("Laser")
    assert page.evaluate("scrollY") == 0
    page.get_by_role("button", name="Move up Laser").press("Enter")
    said(page, "Moved up")
    expect(page.get_by_role("button", name="Move up Laser")).to_be_focused()
    with page.expect_navigation():
        page.reload()
    expect(control(page, "components.2.name")).to_have_value("Laser 2")
    page.go_back()
    page.wait_for_url("**at=components.3&did=*")
    expect(control(page, "components.3.name")).to_be_visible()


def test_what_is_typed_while_an_item_is_added_is_its_first_field_s(page):
    held = Held(page)
    add(page).press("Enter")
    page.keyboard.type("Laser 1")
    held.let_go()
    said(page, "Added Connection 2")
    expect(control(page, "connections.1.source_device")).to_have_value("Laser 1")
    with save_answered(page):
        page.keyboard.press("Tab")
    assert sources(page) == ["Laser 0", "Laser 1"]


def test_what_is_typed_elsewhere_meanwhile_is_saved_before_the_item_is_shown(page):
    held = Held(page)
    add(page).click()
    control(page, "location").click()
    page.keyboard.type("Room 12")
    held.let_go()
    said(page, "Added Connection 2")
    expect(control(page, "location")).to_be_focused()
    expect(control(page, "location")).to_have_value("Room 12")
    assert draft(page)["location"] == "Room 12"
    assert len(draft(page)["connections"]) == 2


def test_a_second_press_before_the_answer_adds_nothing_and_one_after_it_does(page):
    held = Held(page)
    add(page).dblclick()
    held.let_go()
    said(page, "Added Connection 2")
    assert len(held.routes) == 1
    add(page).click()
    said(page, "Added Connection 3")
    assert len(draft(page)["connections"]) == 3


def test_a_button_pressed_without_a_connection_is_done_once_when_it_is_tried_again(page):
    control(page, "location").fill("Room 7")
    page.route("**/edit/", lambda route: route.abort())
    add(page).click()
    retry = page.locator("#sf-message").get_by_role("button", name="Try again")
    retry.wait_for()
    expect(control(page, "location")).to_have_value("Room 7")
    page.unroute("**/edit/")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    add(page).click()
    said(page, "Added Connection 2")
    assert draft(page)["location"] == "Room 7"
    page.route("**/edit/", lambda route: (route.fetch(), route.abort()))
    add(page).click()
    retry.wait_for()
    page.unroute("**/edit/")
    retry.click()
    said(page, "Added Connection 3")
    assert len(draft(page)["connections"]) == 3


@pytest.mark.usefixtures("sessions_end")
def test_a_button_pressed_after_the_session_ended_is_done_once_somebody_signed_in_again(portal, page):
    portal.manage("shell", "-c", END_SESSIONS)
    add(page).click()
    page.locator("#sign-in-password").fill(PASSWORD)
    page.keyboard.press("Enter")
    said(page, "Added Connection 2")
    expect(page.locator("#sf-message")).to_be_empty()
    assert len(draft(page)["connections"]) == 2


def test_a_button_waits_until_it_is_decided_which_of_two_texts_stands(page, context):
    other = context.new_page()
    other.goto(page.url)
    control(other, "location").fill("theirs")
    with save_answered(other):
        control(other, "location").blur()
    control(page, "location").fill("mine")
    with save_answered(page, 409):
        add(page).click()
    expect(page.locator("#sf-message")).to_contain_text("theirs")
    expect(page.locator("#sf-message input[value=mine]")).to_be_focused()
    expect(control(page, "location")).to_have_value("mine")
    assert (draft(page)["location"], len(draft(page)["connections"])) == ("theirs", 1)
