"""Two presses, two tabs, two surgeons, a lost answer: nothing is done twice and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.drafts import draft_of, serious_findings
from tests.e2e.drafts import save_answered as saved
from tests.e2e.hands import Mouse

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

pytestmark = pytest.mark.e2e

TEN_SECONDS = 10_000
SURGERY = "subject_procedures.0"


@pytest.fixture
def context(open_freely) -> BrowserContext:
    """A browser of the surgeon's that may complain: refused saves and cut connections are errors on its console."""
    found = open_freely()
    found.new_page()
    return found


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


@pytest.fixture
def losing(context) -> list[int]:
    """The first save arrives, its answer does not: the codes of the answers that were lost."""
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost or route.request.method != "POST":
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    context.pages[0].route("**/edit/", lose_the_first_answer)
    return lost


def test_a_save_whose_answer_was_lost_is_sent_again_without_a_conflict(context, losing):
    page = context.pages[0]
    hands = begin(page, "740002")
    hands.type("notes", "typed once")
    page.locator("#sf-message").get_by_role("button", name="Try again").click()
    expect(page.locator("#sf-message")).to_be_empty()
    assert losing == [200]
    expect(hands.control("notes")).to_have_value("typed once")
    page.reload()
    expect(hands.control("notes")).to_have_value("typed once")


def test_who_types_on_after_a_lost_answer_has_no_conflict_with_themselves(context, losing, portal):
    page = context.pages[0]
    hands = begin(page, "740007")
    hands.type("notes", "typed once")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "offline")
    assert losing == [200]
    hands.type("notes", "typed once and again")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved", timeout=TEN_SECONDS)
    expect(page.locator("#sf-message")).to_be_empty()
    assert draft_of(portal, "740007")["notes"] == "typed once and again"


def test_fields_changed_in_two_tabs_are_chosen_one_by_one_in_place(context, portal):
    first = context.pages[0]
    one = begin(first, "740003")
    one.add("subject_procedures", "Surgery")
    second = context.new_page()
    second.goto(first.url)
    for page, texts in ((first, ("SWS 1", "111", "one")), (second, ("SWS 2", "222", None))):
        hands = Mouse(page)
        status = 200 if page is first else 409
        for name, text in zip(("workstation_id", "ethics_review_id", "notes"), texts, strict=True):
            if text is not None:
                with saved(page, status):
                    hands.type(f"{SURGERY}.{name}", text)
    message = second.locator("#sf-message")
    expect(message.locator("fieldset")).to_have_count(2)
    expect(message).to_contain_text("SWS 1")
    expect(message).to_contain_text("SWS 2")
    assert serious_findings(second) == []
    expect(second.locator("#save-state")).to_have_text("not saved")
    message.locator("fieldset", has_text="222").get_by_label("Saved meanwhile").check()
    with second.expect_navigation():
        second.get_by_role("button", name="Save what is chosen").press("Enter")
    (surgery,) = draft_of(portal, "740003")["subject_procedures"]
    assert (surgery["workstation_id"], surgery["ethics_review_id"], surgery["notes"]) == ("SWS 2", "111", "one")
    expect(second.locator("#kept > *")).to_have_count(0)
    second.reload()
    expect(second.locator("#kept > *")).to_have_count(0)


def test_a_node_changed_in_another_tab_is_no_conflict(context, portal):
    first = context.pages[0]
    one = begin(first, "740005")
    one.add("subject_procedures", "Surgery")
    second = context.new_page()
    two = Mouse(second)
    second.goto(first.url.partition("?")[0])
    with saved(first):
        one.type(f"{SURGERY}.notes", "from the first tab")
    with saved(second):
        two.type("notes", "from the second tab")
    document = draft_of(portal, "740005")
    assert document["notes"] == "from the second tab"
    assert document["subject_procedures"][0]["notes"] == "from the first tab"


def test_a_value_that_two_surgeons_changed_is_shown_with_both_and_chosen(portal, sign_in):
    portal.add_people(partner=["surgeon"])
    mine, theirs = sign_in("surgeon"), sign_in("partner")
    log_surgery(mine, "740006", "2026-03-02")
    Mouse(mine).follow(mine.get_by_role("button", name="Submit as revision 1"))
    edit = mine.url + "edit/"
    for page, plate, note in ((mine, "steel", "a note of mine"), (theirs, "titanium", "")):
        page.goto(edit)
        Mouse(page).follow(page.locator("main form button[type=submit]").first)
        page.goto(f"{edit}?at={SURGERY}.procedures.0")
        with saved(page):
            Mouse(page).type(f"{SURGERY}.procedures.0.headframe_type", plate)
        if note:
            page.goto(edit)
            with saved(page):
                Mouse(page).type("notes", note)
    for page, button in ((mine, "Submit as revision 2"), (theirs, "")):
        page.goto(edit.replace("/edit/", "/submit/"))
        if button:
            page.locator("#id_reason").fill("another plate")
            Mouse(page).follow(page.get_by_role("button", name=button))
    conflict = theirs.locator("[data-conflict]")
    expect(conflict).to_have_count(1)
    expect(conflict).to_contain_text("steel")
    expect(conflict).to_contain_text("titanium")
    conflict.get_by_label("Yours").check()
    Mouse(theirs).follow(theirs.get_by_role("button", name="Bring into my draft"))
    document = draft_of(portal, "740006", "partner")
    assert document["subject_procedures"][0]["procedures"][0]["headframe_type"] == "titanium"
    assert document["notes"] == "a note of mine"


def test_the_text_of_a_draft_that_was_saved_elsewhere_meanwhile_stays_on_the_page(context, portal):
    page = context.pages[0]
    hands = begin(page, "740007")
    text = context.new_page()
    text.goto(page.url.partition("?")[0].replace("/edit/", "/json/"))
    with saved(page):
        hands.type("notes", "from the form")
    mine = '{"object_type": "Procedures", "subject_id": "740007", "notes": "from the text"}'
    text.locator("#id_text").fill(mine)
    with text.expect_navigation():
        text.get_by_role("button", name="Save", exact=True).click()
    expect(text.locator("#id_text")).to_have_value(mine)
    expect(text.locator("main")).to_contain_text("from the form")
    assert draft_of(portal, "740007")["notes"] == "from the form"
    with text.expect_navigation():
        text.get_by_role("button", name="Save what I typed").click()
    assert draft_of(portal, "740007")["notes"] == "from the text"


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
