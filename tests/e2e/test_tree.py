"""The tree of brain structures by the keyboard: branches are fetched when they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.drafts import serious_findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


def test_branches_open_and_close_by_the_keyboard_and_enter_leads_to_the_term(
    sign_in: Callable[..., Page], portal: Portal
) -> None:
    page = sign_in("surgeon")
    page.goto(f"{portal.url}/registries/brain-structures/tree/")
    expect(page.locator('[data-key="CB"]')).to_have_count(0)
    page.locator('[data-key="root"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-key="grey"]')).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-key="grey"]')).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("c")
    expect(page.locator('[data-key="CB"]')).to_be_focused()
    assert serious_findings(page) == []
    page.keyboard.press("ArrowLeft")
    expect(page.locator('[data-key="grey"]')).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator('[data-key="CB"]')).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Basic cell groups and regions")
