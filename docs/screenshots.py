"""Take the README's pictures: a portal with the example data, a headless Chromium, a surgeon at work.

make screenshots
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import BROWSERS, FLAGS
from tests.e2e.portal import PASSWORD, Portal, running_portal

IMAGES = ROOT / "docs" / "images"
WINDOW = {"width": 1280, "height": 860}
TALL = {"width": 1280, "height": 1500}
# the editor at the first brain injection that somebody drafts, and the asset with the most bundles
FIND = """
import json
from urllib.parse import urlencode
from metadata_portal.bundles.models import Bundle
from metadata_portal.entries.models import Draft
for draft in Draft.objects.filter(editor__username="moreno", record__kind="procedures"):
    for i, entry in enumerate(json.loads(draft.document).get("subject_procedures", [])):
        for j, procedure in enumerate(entry.get("procedures", [])):
            if procedure["object_type"] == "Brain injection":
                at = urlencode({"at": f"subject_procedures.{i}.procedures.{j}"})
                print("editor", f"/records/{draft.record_id}/edit/?{at}")
print("asset", Bundle.objects.order_by("-number").first().asset.get_absolute_url())
"""


def addresses(portal: Portal) -> dict[str, str]:
    """Return where to point the camera, by the name of the picture."""
    found = (line.split() for line in portal.manage("shell", "-v", "0", "-c", FIND).splitlines() if line)
    return dict(reversed([(words[0], words[1]) for words in found]))


def sign_in(page: Page) -> None:
    """Sign in as the surgeon of the pictures."""
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("moreno")
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def main() -> None:
    """Write every picture."""
    IMAGES.mkdir(exist_ok=True)
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    with (
        tempfile.TemporaryDirectory() as folder,
        running_portal(Path(folder)) as portal,
        sync_playwright() as playwright,
    ):
        portal.manage("seed_demo")
        portal.add_people(moreno=["surgeon"])
        portal.add_to_all_projects()
        portal.open_drafts("moreno")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(base_url=portal.url, viewport=WINDOW)
        sign_in(page)
        for name, address in addresses(portal).items():
            page.set_viewport_size(TALL if name == "editor" else WINDOW)
            page.goto(address)
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
