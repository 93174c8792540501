"""A surgeon who is signed out in the middle loses nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.portal import PASSWORD

pytestmark = pytest.mark.e2e


def enter(page, username="surgeon"):
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("cookies", [["sessionid"], ["sessionid", "csrftoken"]], ids=["session ended", "cookies gone"])
def test_a_page_goes_on_after_signing_in_again_in_another_tab(browser, portal, cookies):
    # a context of its own: the refusals that this test provokes are errors on the console
    context = browser.new_context(base_url=portal.url)
    page = context.new_page()
    enter(page)
    page.goto("/records/subject/new/")
    page.locator("[name=key]").fill(f"7{len(cookies)}0946")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    notes = page.locator("[data-path=notes]")
    for name in cookies:
        context.clear_cookies(name=name)

    notes.fill("typed while signed out")
    notes.press("Tab")
    expect(page.locator("#messages")).to_contain_text("You have been signed out")
    expect(notes).to_have_value("typed while signed out")

    enter(context.new_page())
    notes.fill("typed while signed out, and more")
    with page.expect_response(lambda response: response.request.method == "POST" and response.ok):
        notes.press("Tab")
    expect(page.locator("#messages")).to_be_empty()
    page.reload()
    expect(page.locator("[data-path=notes]")).to_have_value("typed while signed out, and more")
    context.close()
