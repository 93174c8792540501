"""The history of a record by the keyboard alone: what changed, bringing a revision back, verifying the chain."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.e2e, pytest.mark.alike]

CORRECT = """
from uuid import uuid4
from metadata_portal.accounts.models import User
from metadata_portal.entries.models import Draft, Record
from metadata_portal.entries.services import draft_open, draft_save, record_submit
person = User.objects.get(username="surgeon")
record = Record.objects.filter(kind="quality_control").first()
Draft.objects.filter(record=record, editor=person).delete()
draft = draft_open(record=record, by=person)
metrics = draft.data["metrics"]
metrics += [{**metrics[0], "name": f"Dropped frames of camera {n}"} for n in range(40)]
metrics.insert(0, metrics.pop(1))
document = {**draft.data, "metrics": metrics, "notes": "Every camera"}
draft_save(draft=draft, by=person, op=uuid4(), document=document, version=draft.version)
draft.refresh_from_db()
record_submit(draft=draft, by=person, reason="Every camera")
print(record.get_absolute_url())
"""


def press(page, link, key="Enter"):
    link.focus()
    assert link.evaluate("link => link.matches(':focus-visible')")
    with page.expect_navigation():
        page.keyboard.press(key)
    assert [entry["id"] for entry in Axe().run(page).response["violations"]] == []


def test_by_the_keyboard_one_reads_what_changed_restores_and_verifies(filled_portal, sign_in):
    address = filled_portal.manage("shell", "-v", "0", "-c", CORRECT).strip()
    page = sign_in("surgeon", viewport={"width": 820, "height": 1180})
    page.goto(f"{address}history/")
    press(page, page.get_by_role("link", name="What changed in revision 2"))
    assert page.locator('.told-line[data-what="added"]').count() == 41
    assert page.locator('[data-path="notes"] ins').inner_text().split() == ["Now:", "Every", "camera"]
    fold = page.locator(".told-more > summary")
    hidden = page.locator(".told-more .told-line").last
    assert not hidden.is_visible()
    fold.focus()
    page.keyboard.press("Enter")
    assert hidden.is_visible()
    press(page, page.get_by_role("link", name="Restore revision 1"))
    page.get_by_label("Why is it restored?").fill("Only one camera was on")
    press(page, page.get_by_role("button", name="Restore as revision 3"))
    assert page.get_by_role("heading", level=1).is_visible()
    page.goto(f"{address}history/")
    assert page.get_by_text("Restored from revision 1: Only one camera was on").is_visible()
    press(page, page.get_by_role("button", name="Verify the chain"))
    assert page.get_by_role("status").filter(has_text="3 revisions are as submitted").is_visible()
