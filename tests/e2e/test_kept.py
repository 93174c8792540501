"""What a browser keeps until the server has it: offered again after a crash, never saved without being asked."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import BROWSERS, FLAGS
from tests.e2e.drafts import HeldSaves, begin, draft_of, save_answered, serious_findings, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.e2e, pytest.mark.alike]
KEPT_BY_PERSON = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("portal", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("kept", { keyPath: "id" });
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction("kept").objectStore("kept").getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result.map((entry) => entry.changed)); };
  };
})"""


@pytest.fixture
def open_profile(browser, portal, tmp_path) -> Iterator[Callable[[], BrowserContext]]:
    """Open a browser whose profile lies on disk, as after a crash of the one before."""
    opened: list[BrowserContext] = []
    found = next(filter(None, map(shutil.which, BROWSERS)))

    def open_one() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=found, args=FLAGS, base_url=portal.url
        )
        opened.append(context)
        return context

    yield open_one
    opened[-1].close()


@pytest.fixture
def page(browser, portal) -> Iterator[Page]:
    """A page that may complain, signed in as the surgeon in a session of its own, which tests end."""
    with browser.new_context(base_url=portal.url) as context:
        page = context.new_page()
        sign_in(page)
        yield page


def kill_all(profile: Path) -> None:
    """End every process of the browser with this profile at once, as a crash does."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and str(profile).encode() in _command(entry):
            os.kill(int(entry.name), signal.SIGKILL)


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def notes(page: Page):
    return page.locator("[data-path=notes]")


def hold_saves(page: Page) -> None:
    """Let no save through, as a network that swallows everything does."""
    page.route("**/edit/", lambda route: None if route.request.method == "POST" else route.continue_())


def typed_and_crashed(open_profile, tmp_path, key: str, text: str) -> str:
    """Type into the notes, and kill the browser half a second after the last key; the address of the form."""
    page = open_profile().new_page()
    sign_in(page)
    begin(page, key)
    edit = page.url
    page.keyboard.press("Tab")
    notes(page).focus()
    page.keyboard.type(text)
    page.wait_for_timeout(500)
    kill_all(tmp_path / "profile")
    return edit


def reopened(open_profile, edit: str) -> Page:
    page = open_profile().new_page()
    sign_in(page)
    page.goto(edit)
    return page


def test_a_killed_browser_offers_what_was_typed_half_a_second_before(portal, open_profile, tmp_path):
    edit = typed_and_crashed(open_profile, tmp_path, "770101", "typed and lost?")
    assert "notes" not in draft_of(portal, "770101")
    page = reopened(open_profile, edit)
    panel = page.locator("#kept .kept")
    expect(panel).to_contain_text("typed and lost?")
    expect(panel).to_contain_text("Typed")
    assert serious_findings(page) == []
    expect(notes(page)).to_have_value("")
    assert "notes" not in draft_of(portal, "770101")
    with page.expect_navigation():
        panel.get_by_role("button", name="Save what is chosen").press("Enter")
    expect(notes(page)).to_have_value("typed and lost?")
    assert draft_of(portal, "770101")["notes"] == "typed and lost?"
    page.wait_for_function(f"async () => !(await ({KEPT_BY_PERSON})()).length")
    expect(panel).to_have_count(0)


def test_what_was_kept_never_takes_the_place_of_what_was_saved_meanwhile_unasked(portal, open_profile, tmp_path, page):
    edit = typed_and_crashed(open_profile, tmp_path, "770102", "before the crash")
    page.goto(edit)
    notes(page).fill("on another computer")
    with save_answered(page):
        notes(page).blur()
    again = reopened(open_profile, edit)
    panel = again.locator("#kept .kept")
    expect(panel).to_contain_text("before the crash")
    expect(panel).to_contain_text("on another computer")
    expect(notes(again)).to_have_value("on another computer")
    panel.get_by_label("Saved meanwhile").check()
    with again.expect_navigation():
        panel.get_by_role("button", name="Save what is chosen").click()
    assert draft_of(portal, "770102")["notes"] == "on another computer"
    expect(panel).to_have_count(0)


def test_what_was_kept_can_be_thrown_away(portal, open_profile, tmp_path):
    edit = typed_and_crashed(open_profile, tmp_path, "770103", "not worth keeping")
    page = reopened(open_profile, edit)
    panel = page.locator("#kept .kept")
    panel.get_by_role("button", name="Throw it away").click()
    expect(panel).to_have_count(0)
    page.wait_for_function(f"async () => !(await ({KEPT_BY_PERSON})()).length")
    page.reload()
    expect(panel).to_have_count(0)
    assert "notes" not in draft_of(portal, "770103")


def test_what_is_typed_is_on_the_disk_before_the_server_has_it_and_gone_from_it_afterwards(page, portal):
    begin(page, "770104")
    saves = HeldSaves(page)
    notes(page).focus()
    page.keyboard.type("on its way")
    page.wait_for_function(f'async () => JSON.stringify(await ({KEPT_BY_PERSON})()) === \'[[["Notes","on its way"]]]\'')
    notes(page).blur()
    with save_answered(page):
        saves.next().continue_()
    page.wait_for_function(f"async () => !(await ({KEPT_BY_PERSON})()).length")
    assert draft_of(portal, "770104")["notes"] == "on its way"


def test_a_second_tab_does_not_offer_what_the_first_one_is_still_saving(page):
    begin(page, "770105")
    hold_saves(page)
    notes(page).focus()
    page.keyboard.type("in the first tab")
    page.wait_for_function(f"async () => (await ({KEPT_BY_PERSON})()).length")
    second = page.context.new_page()
    second.goto(page.url)
    second.wait_for_function(f"async () => (await ({KEPT_BY_PERSON})()).length")
    with second.expect_response(lambda answer: "/static/" in answer.url):
        second.reload()
    expect(second.locator("#kept > *")).to_have_count(0)


def test_a_place_that_is_gone_shows_what_was_typed_to_be_copied(portal, open_profile, tmp_path, page):
    edit = typed_and_crashed(open_profile, tmp_path, "770106", "for a draft that is gone")
    page.goto(edit.replace("/edit/", "/discard/"))
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    begin(page, "770106")
    again = reopened(open_profile, edit)
    assert again.locator("h1").count() == 1


def test_signing_out_leaves_nothing_of_the_draft_in_the_browser(page, portal):
    begin(page, "770107")
    notes(page).focus()
    page.keyboard.type("saved by signing out")
    page.locator("summary[aria-label$='your menu']").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    assert draft_of(portal, "770107")["notes"] == "saved by signing out"
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0


def test_signing_out_asks_before_it_throws_away_what_cannot_be_saved(page, portal):
    begin(page, "770108")
    page.route("**/edit/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    notes(page).fill("not on the server")
    notes(page).blur()
    expect(page.locator("#save-state")).to_have_attribute("data-state", "offline")
    page.locator("summary[aria-label$='your menu']").click()
    page.get_by_role("button", name="Sign out").click()
    asked = page.locator("#sign-out")
    expect(asked).to_contain_text("Notes: not on the server")
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    expect(notes(page)).to_have_value("not on the server")
    page.unroute("**/edit/")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    assert draft_of(portal, "770108")["notes"] == "not on the server"


def test_the_text_of_a_draft_is_kept_over_a_crash_too(portal, open_profile, tmp_path, page):
    begin(page, "770109")
    address = page.url.partition("?")[0].replace("/edit/", "/json/")
    crashing = open_profile().new_page()
    sign_in(crashing)
    crashing.goto(address)
    text = crashing.locator("#id_text")
    text.focus()
    crashing.keyboard.press("Control+A")
    crashing.keyboard.insert_text('{"object_type": "Subject", "subject_id": "770109", "notes": "typed as text"}')
    crashing.wait_for_timeout(500)
    kill_all(tmp_path / "profile")

    again = open_profile().new_page()
    sign_in(again)
    reminder = again.locator("#kept-elsewhere")
    with again.expect_navigation():
        reminder.get_by_role("link", name="Subject 770109 as JSON").click()
    panel = again.locator(".kept:visible")
    expect(panel).to_contain_text("Typed")
    assert "typed as text" not in again.locator("#id_text").input_value()
    panel.get_by_role("button", name="Put it into the text below").press("Enter")
    expect(panel).to_have_count(0)
    with again.expect_navigation():
        again.get_by_role("button", name="Save", exact=True).click()
    assert draft_of(portal, "770109")["notes"] == "typed as text"
    again.reload()
    expect(panel).to_have_count(0)


def test_the_browser_asks_before_an_unsaved_text_is_left(page):
    begin(page, "770110")
    page.goto(page.url.partition("?")[0].replace("/edit/", "/json/"))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with page.expect_navigation():
        page.evaluate("location.reload()")
    assert asked == []
    page.locator("#id_text").press_sequentially(" ")
    with page.expect_navigation():
        page.evaluate("location.reload()")
    assert asked == ["beforeunload"]
