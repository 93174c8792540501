"""The record form by hand: search in the outline, undo, kinds by search, deep links, problems behind folds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.drafts import serious_findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.e2e.portal import Portal

pytestmark = [pytest.mark.e2e, pytest.mark.alike]

PHONE = {"width": 390, "height": 844}
RIG = """
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.services import record_create
devices = [{{"object_type": "Laser", "name": f"Laser {{n}}", "wavelength_unit": "nanometer"}} for n in range({devices})]
document = {{"object_type": "Instrument", "instrument_id": {key!r}, "components": devices}}
project = Project.objects.order_by("pk").first()
by = User.objects.get(username="surgeon")
print(record_create(kind="instrument", key={key!r}, project=project, by=by, document=document).pk)
"""
DRAFT = """
from metadata_portal.entries.models import Draft
print(Draft.objects.get(record__key={key!r}).document)
"""


class Rig:
    """An instrument of the surgeon's, and what its draft says."""

    def __init__(self, portal: Portal, key: str, devices: int) -> None:
        self.portal, self.key = portal, key
        made = portal.manage("shell", "-v0", "-c", RIG.format(key=key, devices=devices))
        self.url = f"/records/{made.split()[-1]}/edit/"

    def names(self) -> list[str | None]:
        """The names of its devices as the server has them."""
        document = json.loads(self.portal.manage("shell", "-v0", "-c", DRAFT.format(key=self.key)))
        return [device.get("name") for device in document["components"]]


def press_and_land(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_search_by_keyboard_leads_to_the_field(portal: Portal, sign_in: Callable[..., Page]):
    rig, page = Rig(portal, "SEARCH-1", 30), sign_in("surgeon")
    page.goto(rig.url)
    page.locator("body").click()
    page.keyboard.press("Control+K")
    expect(page.locator("#sf-find")).to_be_focused()
    page.keyboard.type("laser 17")
    expect(page.locator("#sf-found [data-text='laser 17']")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sf-found a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#sf-find")).to_be_focused()
    press_and_land(page, "Enter")
    expect(page.locator("h2.sf-title")).to_have_text("Laser")
    page.keyboard.press("Control+K")
    page.keyboard.type("laser 3 name")
    page.locator("#sf-found [data-text='laser 3 name']").wait_for()
    press_and_land(page, "Enter")
    assert page.url.endswith(f"{rig.url}?at=components.3.name")
    expect(page.locator("[data-path='components.3.name']")).to_be_focused()


def test_search_works_without_scripts(portal: Portal, sign_in: Callable[..., Page]):
    rig, page = Rig(portal, "SEARCH-2", 30), sign_in("surgeon", java_script_enabled=False)
    page.goto(rig.url)
    page.locator("#sf-find").fill("laser 29")
    with page.expect_navigation():
        page.locator("#sf-find").press("Enter")
    with page.expect_navigation():
        page.locator("#sf-found a").first.click()
    assert page.locator("[data-path='components.29.name'], [data-path='components.28.name']").count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_removed_device_comes_back_by_undo(portal: Portal, sign_in: Callable[..., Page], scripts: bool):
    rig = Rig(portal, f"UNDO-{scripts}", 3)
    page = sign_in("surgeon", java_script_enabled=scripts)
    page.goto(rig.url)
    with page.expect_navigation():
        page.get_by_role("button", name="Remove Laser 2").click()
    expect(page.get_by_role("status").filter(has_text="Removed Laser 2 (Laser 1)")).to_be_visible()
    assert rig.names() == ["Laser 0", "Laser 2"]
    with page.expect_navigation():
        page.get_by_role("button", name="Undo").press("Enter")
    assert rig.names() == ["Laser 0", "Laser 1", "Laser 2"]
    expect(page.get_by_role("status").filter(has_text="Undone: Removed Laser 2")).to_be_visible()


def test_undo_goes_back_step_by_step(portal: Portal, sign_in: Callable[..., Page]):
    rig, page = Rig(portal, "UNDO-STEPS", 3), sign_in("surgeon")
    page.goto(rig.url)
    for name in ("Move down Laser 1", "Duplicate Laser 3", "Remove Laser 1"):
        with page.expect_navigation():
            page.get_by_role("button", name=name).click()
        page.goto(rig.url)
    page.locator(".moremenu summary").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Undo the last step").click()
    for _ in range(3):
        with page.expect_navigation():
            page.get_by_role("button", name="Undo").click()
    assert rig.names() == ["Laser 0", "Laser 1", "Laser 2"]
    assert page.get_by_role("button", name="Undo").count() == 0


def test_a_kind_is_chosen_by_typing_what_people_call_it(portal: Portal, sign_in: Callable[..., Page]):
    rig, page = Rig(portal, "KINDS-1", 1), sign_in("surgeon")
    page.goto(rig.url)
    page.get_by_text("Add device", exact=True).click()
    search = page.get_by_role("searchbox", name="Search kinds")
    expect(search).to_be_focused()
    assert serious_findings(page) == []
    search.fill("no such thing")
    expect(page.get_by_text("No kind fits").first).to_be_visible()
    search.fill("photometry")
    cards = page.locator("[id$=add-kinds] .sf-card:visible .sf-card-title")
    expect(cards).to_have_text(["Fiber assembly", "Fiber patch cord"], use_inner_text=True)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    press_and_land(page, "Enter")
    expect(page.locator("h2.sf-title")).to_have_text("Fiber patch cord")


def test_enter_takes_the_kind_whose_name_begins_like_that(portal: Portal, sign_in: Callable[..., Page]):
    rig, page = Rig(portal, "KINDS-2", 1), sign_in("surgeon")
    page.goto(rig.url)
    page.get_by_text("Add device", exact=True).click()
    search = page.get_by_role("searchbox", name="Search kinds")
    expect(search).to_be_focused()
    page.keyboard.type("lens")
    press_and_land(page, "Enter")
    expect(page.locator("h2.sf-title")).to_have_text("Lens")
    assert rig.names() == ["Laser 0", None]


def test_all_kinds_can_be_chosen_without_scripts(portal: Portal, sign_in: Callable[..., Page]):
    rig, page = Rig(portal, "KINDS-3", 1), sign_in("surgeon", java_script_enabled=False)
    page.goto(rig.url)
    page.get_by_text("Add device", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("link", name="Show the 40 kinds").click()
    with page.expect_navigation():
        page.locator("button[value='add:Wheel']").click()
    expect(page.locator("h2.sf-title")).to_have_text("Wheel")


def test_a_problem_behind_a_fold_is_opened_and_focused_by_its_link(portal: Portal, sign_in: Callable[..., Page]):
    rig, page = Rig(portal, "PROBLEM-1", 2), sign_in("surgeon")
    page.goto(f"{rig.url}?at=components.1")
    page.locator("[data-path='components.1.wavelength']").fill("red")
    page.locator("[data-path='components.1.wavelength']").blur()
    link = page.locator("#sf-problems a[data-problem-link='components.1.wavelength']")
    link.wait_for()
    page.goto(rig.url)
    badge = page.locator("#c-components-1-badges, #o-components-1").first
    expect(badge).to_contain_text("1")
    with page.expect_navigation():
        link.click()
    expect(page.locator("[data-path='components.1.wavelength']")).to_be_focused()
    assert serious_findings(page) == []


def test_the_json_beside_the_form_follows_what_is_saved(portal: Portal, sign_in: Callable[..., Page]):
    rig, page = Rig(portal, "JSON-1", 2), sign_in("surgeon")
    page.goto(f"{rig.url}?at=components.1")
    expect(page.locator("#sf-json")).to_contain_text('"name": "Laser 1"')
    page.locator("[data-path='components.1.name']").fill("Blue laser")
    page.locator("[data-path='components.1.name']").blur()
    expect(page.locator("#sf-json")).to_contain_text('"name": "Blue laser"')


def test_on_a_phone_the_outline_opens_over_the_form(portal: Portal, sign_in: Callable[..., Page]):
    rig, page = Rig(portal, "PHONE-1", 3), sign_in("surgeon", viewport=PHONE)
    page.goto(rig.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.locator("#sf-outline")).to_be_hidden()
    page.get_by_role("button", name="Outline and problems").click()
    expect(page.locator("#sf-outline")).to_be_visible()
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#sf-outline")).to_be_hidden()
    page.locator("a[href='#sf-problems']").click()
    expect(page.locator("#sf-problems")).to_be_visible()
    with page.expect_navigation():
        page.locator("#sf-outline a").nth(1).click()
    expect(page.locator("h2.sf-title")).to_have_text("Laser")
