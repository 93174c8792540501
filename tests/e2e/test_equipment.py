"""Sheets in a browser: a chain of transforms is followed as it is typed, in the page that is open."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e


def test_a_chain_shows_where_the_tip_ends_as_it_is_typed(sign_in):
    page = sign_in("surgeon", viewport={"width": 1280, "height": 900})
    page.goto("/equipment/chain/")
    page.locator("[name=preset]").first.select_option("BREGMA_ARI")
    page.locator("button[value=preset]").first.click()
    expect(page).to_have_url("/equipment/chain/?at=coordinate_system")
    page.locator("#sf-page .sf-crumbs a").first.click()
    page.locator("button[value='add:Translation']").click()
    expect(page).to_have_url("/equipment/chain/?at=transform.0")
    for index, number in enumerate(("-2", "1.5", "0.25")):
        page.locator(f'[data-path="transform.0.translation.{index}"]').fill(number)
        page.keyboard.press("Tab")
    expect(page.locator("#chain-result td strong")).to_have_text(["-2.000", "1.500", "0.250"])
    expect(page.locator("#chain-result svg")).to_have_count(3)
    steps = json.loads(page.locator("#chain-json").input_value())
    assert [step["translation"] for step in steps] == [[-2, 1.5, 0.25]]
