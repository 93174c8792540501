"""A file of the standard goes in by dropping it, by choosing it without scripts, and its draft is edited as text."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.conformance.peer import examples

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.alike, pytest.mark.peer]

_numbers = count(840001)
TABLET = {"width": 820, "height": 1180}
WIDER_THAN_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def document(portal) -> dict:
    """The standard's own example of procedures, of an animal that nobody has entered."""
    found = json.loads(examples()["procedures"][1])
    return found | {"subject_id": str(next(_numbers)), "specimen_procedures": []}


@pytest.fixture
def file(document, tmp_path) -> Path:
    """The document as a real file."""
    path = tmp_path / "procedures.json"
    path.write_text(json.dumps(document, indent=3), encoding="utf-8")
    return path


def dropped(page: Page, path: Path, target: str) -> None:
    """Let go of a file over an element, as the browser itself does it: no made-up event can carry a file."""
    page.locator(target).scroll_into_view_if_needed()
    box = page.locator(target).bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    at = {"x": box["x"] + box["width"] / 3, "y": box["y"] + 12, "data": data}
    session.send("Input.dispatchDragEvent", {"type": "dragEnter", **at})
    session.send("Input.dispatchDragEvent", {"type": "dragOver", **at})
    with page.expect_navigation():
        session.send("Input.dispatchDragEvent", {"type": "drop", **at})


@pytest.fixture
def refused_page(open_freely) -> Page:
    """A page without scripts, signed in as the surgeon, whose browser may complain of a refused save."""
    return open_freely(viewport=TABLET, java_script_enabled=False).new_page()


def check(page: Page) -> None:
    """Nothing in the way of assistive technology, nothing beyond the screen."""
    assert Axe().run(page).response["violations"] == []
    assert not page.evaluate(WIDER_THAN_SCREEN)


def test_a_dropped_file_is_looked_at_and_becomes_a_draft(portal, sign_in, document, file):
    page = sign_in("surgeon", viewport=TABLET)
    page.goto("/records/")
    dropped(page, file, "form[data-drop]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before anything is imported")
    expect(page.get_by_text(document["subject_id"], exact=True)).to_be_visible()
    check(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Make 1 draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(document["subject_id"])
    assert page.url.endswith("/edit/")


def test_a_file_dropped_beside_the_zone_is_taken_too(portal, sign_in, document, file):
    page = sign_in("surgeon")
    page.goto("/records/procedures/new/")
    dropped(page, file, "h1")
    expect(page.get_by_text(document["subject_id"], exact=True)).to_be_visible()


def test_a_file_dropped_on_the_form_of_a_record_may_take_the_place_of_its_draft(portal, sign_in, document, file):
    page = sign_in("surgeon")
    page.goto("/records/")
    dropped(page, file, "form[data-drop]")
    with page.expect_navigation():
        page.get_by_role("button", name="Make 1 draft").click()
    form = page.url
    file.write_text(json.dumps(document | {"notes": "from the other rig"}), encoding="utf-8")
    dropped(page, file, "h1")
    expect(page.get_by_text("of this record says something else")).to_be_visible()
    expect(page.locator("ins", has_text="from the other rig")).to_be_visible()
    page.get_by_role("checkbox").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Make 1 draft").click()
    assert page.url == form
    expect(page.locator('[data-path="notes"]')).to_have_value("from the other rig")


def test_without_scripts_a_file_is_chosen_submitted_and_its_correction_written_as_text(refused_page, document, file):
    page = refused_page
    page.goto("/records/")
    page.get_by_label("Import JSON files").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Submit what is valid").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Procedures {document['subject_id']}")
    page.get_by_role("button", name="Add or correct").click()
    page.goto(page.url.partition("/edit/")[0] + "/json/")
    text = page.get_by_label("The text of your draft")
    kept = text.input_value()
    text.fill(kept.replace('"notes": null', '"notes": oops', 1))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This is not JSON: Expecting value, line")
    assert '"notes": oops' in text.input_value()
    text.fill(kept.replace('"notes": null', '"notes": "written as text"', 1))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert "written as text" in text.input_value()


def test_the_text_of_a_draft_has_no_barrier(portal, sign_in, document, file):
    document["subject_procedures"][0]["start_date"] = "tomorrow"
    file.write_text(json.dumps(document), encoding="utf-8")
    page = sign_in("surgeon", viewport=TABLET)
    page.goto("/records/import/")
    check(page)
    dropped(page, file, "form[data-drop]")
    page.get_by_role("button", name="Make 1 draft").click()
    page.goto(page.url.partition("/edit/")[0] + "/json/")
    expect(page.locator("[data-problem-path='subject_procedures.0.start_date']")).to_be_visible()
    check(page)
