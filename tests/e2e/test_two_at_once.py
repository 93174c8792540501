"""Two presses, two tabs, two surgeons, a lost answer: nothing is done twice and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Mouse
from tests.e2e.portal import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

pytestmark = pytest.mark.e2e

SURGERY = "subject_procedures.0"


@pytest.fixture
def context(browser, portal) -> BrowserContext:
    """A browser of the surgeon's that may complain: refused saves and cut connections are errors on its console."""
    with browser.new_context(base_url=portal.url) as found:
        page = found.new_page()
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill("surgeon")
        page.locator("[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        yield found


def begin(page: Page, key: str) -> Mouse:
    """Begin, or go on with, the procedures record of an animal."""
    hands = Mouse(page)
    page.goto("/records/procedures/new/")
    hands.write(page.locator("#id_key"), key)
    hands.follow(page.get_by_role("button", name="Begin"))
    return hands


def log_surgery(page: Page, key: str, day: str) -> Mouse:
    """Add a surgery of that day, with something done in it."""
    hands = begin(page, key)
    hands.add("subject_procedures", "Surgery")
    hands.type(f"{SURGERY}.start_date", day)
    hands.add(f"{SURGERY}.procedures", "Headframe")
    hands.type(f"{SURGERY}.procedures.0.headframe_type", f"plate of {day}")
    hands.follow(page.locator(".btn", has_text="Submit…"))
    return hands


def test_pressing_submit_twice_makes_one_revision(sign_in):
    page = sign_in("surgeon")
    log_surgery(page, "740001", "2026-03-02")
    page.get_by_role("button", name="Submit as revision 1").dblclick()
    expect(page.get_by_text("is submitted as revision 1")).to_be_visible()
    page.goto(f"{page.url}history/")
    expect(page.locator('a[href*="/revisions/1/"]').first).to_be_visible()
    expect(page.locator('a[href*="/revisions/2/"]')).to_have_count(0)


def test_a_save_whose_answer_was_lost_is_sent_again_without_a_conflict(context):
    page = context.pages[0]
    hands = begin(page, "740002")
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost or route.request.method != "POST":
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/edit/", lose_the_first_answer)
    hands.type("notes", "typed once")
    page.locator("#sf-message").get_by_role("button", name="Try again").click()
    expect(page.locator("#sf-message")).to_be_empty()
    assert lost == [200]
    expect(hands.control("notes")).to_have_value("typed once")
    page.reload()
    expect(hands.control("notes")).to_have_value("typed once")


def test_a_field_changed_in_two_tabs_shows_both_texts_and_loses_none(context):
    first = context.pages[0]
    one = begin(first, "740003")
    second = context.new_page()
    two = Mouse(second)
    second.goto(first.url)
    with first.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 200):
        one.type("notes", "from the first tab")
    with second.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 409):
        two.type("notes", "from the second tab")
    expect(two.control("notes")).to_have_value("from the second tab")
    expect(second.locator("#sf-message")).to_contain_text("from the first tab")
    expect(second.locator("#sf-message")).to_contain_text("from the second tab")
    first.reload()
    expect(one.control("notes")).to_have_value("from the first tab")


def test_two_surgeons_adding_to_one_animal_merge_without_a_conflict(portal, sign_in):
    portal.add_people(colleague=["surgeon"])
    mine, theirs = sign_in("surgeon"), sign_in("colleague")
    log_surgery(mine, "740004", "2026-03-02")
    log_surgery(theirs, "740004", "2026-03-03")
    Mouse(mine).follow(mine.get_by_role("button", name="Submit as revision 1"))
    theirs.reload()
    theirs.locator("#id_reason").fill("follow-up surgery")
    Mouse(theirs).follow(theirs.get_by_role("button", name="Submit as revision 2"))
    expect(theirs.locator("#main")).to_contain_text("plate of 2026-03-02")
    expect(theirs.locator("#main")).to_contain_text("plate of 2026-03-03")
