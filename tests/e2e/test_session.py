"""A rig operator describes a session: devices by name, in a fold of the page, one input after the other."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from metadata_portal.site_admin.demo import session
from metadata_portal.site_admin.demo.documents import RECORDED

pytestmark = [pytest.mark.e2e, pytest.mark.alike]

STREAM = "data_streams.0"
DEVICES = f"{STREAM}.active_devices"


def test_devices_are_named_in_a_fold_and_an_input_more_follows(filled_portal, sign_in):
    page = sign_in("surgeon")
    page.goto(f"/records/?kind=acquisition&q={RECORDED}")
    page.get_by_role("link", name=RECORDED).first.click()
    page.get_by_role("link", name="Continue your draft").click()
    fold = page.locator("details.sf-fold", has_text="Data stream").first
    fold.locator("summary").first.click()
    inputs = fold.locator(f'[data-path^="{DEVICES}."]')
    size = 7  # six names, one to spare
    expect(inputs).to_have_count(size)
    offered = page.locator(f"#{inputs.first.get_attribute('list')} option")
    values = offered.evaluate_all("options => options.map(option => option.value)")
    assert {session.GREEN, session.COMPUTER, "Fiber A"} <= set(values)

    inputs.nth(size - 1).fill(session.COMPUTER)
    expect(inputs).to_have_count(size + 1)
    with page.expect_response(lambda response: response.request.method == "POST" and response.status == 200):
        inputs.nth(size).fill("Tube 1")
        inputs.nth(size).press("Tab")
    expect(page.locator("#sf-message")).to_have_count(1)
    expect(page.locator("form.is-dirty")).to_have_count(0)

    page.goto(f"{page.url.partition('?')[0]}?at={STREAM}")
    names = [entry.input_value() for entry in page.locator(f'[data-path^="{DEVICES}."]').all()]
    assert names[-4:] == ["Fiber A", session.COMPUTER, "Tube 1", ""]
