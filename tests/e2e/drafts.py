"""What tests of saving share: a record begun in the browser, and what the server's draft says of it afterwards."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

from tests.e2e.portal import PASSWORD, Portal

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

SURGEON = "surgeon"
DRAFT = """
from metadata_portal.entries.models import Draft
print(Draft.objects.get(record__key="{key}", editor__username="{who}").document)
"""
PATIENCE_SECONDS = 30
IMPACTS = {"serious", "critical"}


def sign_in(page: Page, username: str = SURGEON) -> None:
    """Sign in by the ordinary page."""
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def begin(page: Page, key: str) -> None:
    """Begin the subject record of this animal."""
    page.goto("/records/subject/new/")
    page.locator("[name=key]").fill(key)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def begin_mouse(page: Page, key: str) -> None:
    """Begin the subject record of a mouse, with a second form open on the page: the details of the animal."""
    begin(page, key)
    page.locator("details", has=page.locator("button[value='choose:Mouse subject']")).evaluate(
        "fold => fold.open = true"
    )
    with page.expect_navigation():
        page.locator("button[value='choose:Mouse subject']").click()
    page.goto(page.url.partition("?")[0])
    page.locator("summary", has_text="Details").click()
    page.locator("[data-path='subject_details.genotype']").wait_for()


def draft_of(portal: Portal, key: str, who: str = SURGEON) -> dict[str, Any]:
    """The document of this person's draft of the record with this key, as the server has it."""
    return json.loads(portal.manage("shell", "-v0", "-c", DRAFT.format(key=key, who=who)))


def save_answered(page: Page, status: int = 200) -> Any:
    """Wait for a save to be answered like this."""
    return page.expect_response(
        lambda answer: answer.request.method == "POST" and "/edit/" in answer.url and answer.status == status
    )


class HeldSaves:
    """Saves of a page wait on their way to the server until the test lets them go on."""

    def __init__(self, page: Page) -> None:
        self.page, self.held = page, []
        page.route("**/edit/", self._take)

    def _take(self, route: Route) -> None:
        if route.request.method == "POST":
            self.held.append(route)
        else:
            route.continue_()

    def next(self) -> Route:
        """The save that is sent next; a test that asks before it was sent waits for it."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.held and time.monotonic() < until:
            self.page.wait_for_timeout(10)  # routes arrive while playwright waits
        return self.held.pop(0)


def serious_findings(page: Page, **options: Any) -> list[str]:
    """What axe finds serious on the page as it is now; ``rules={…}`` looks at more than is usual."""
    violations = Axe().run(page, options=options or None).response["violations"]
    return [
        f"{violation['id']}: {node['target']}"
        for violation in violations
        if violation["impact"] in IMPACTS
        for node in violation["nodes"]
    ]
