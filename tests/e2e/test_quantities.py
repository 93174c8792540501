"""Numbers as people type them, in a real browser: a list of depths, units, a decimal comma, a side against its sign."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

from schema_core.components.coordinates import CoordinateSystemLibrary
from tests.e2e.drafts import SURGEON, draft_of, save_answered

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from playwright.sync_api import Page

    from tests.e2e.portal import Portal

pytestmark = [pytest.mark.e2e, pytest.mark.alike]

SITE = "subject_procedures.0.procedures.0"
VOLUME = f"{SITE}.dynamics.0.volume"
BEGIN = """
import json
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.services import record_create
project = Project.objects.order_by("pk").first()
by = User.objects.get(username={who!r})
document = json.loads({document!r})
print(record_create(kind="procedures", key={key!r}, project=project, by=by, document=document).pk)
"""
ROW = [
    {"object_type": "Translation", "translation": [-2.5, None, 0], "reference_coordinate_system": "global"},
    {
        "object_type": "Rotation",
        "angles": [0, 0, 0],
        "angles_unit": "degrees",
        "axis_order": "xyz",
        "reference_coordinate_system": "local",
        "rotation_direction": "right_hand",
        "pivot": "local",
    },
    {"object_type": "Translation", "translation": [0, 0, None], "reference_coordinate_system": "local"},
]


def site(key: str) -> dict[str, Any]:
    """Give a surgery with one injection at one depth that is still to be typed."""
    injection = {
        "object_type": "Brain injection",
        "coordinate_system_name": "BREGMA_ARI",
        "coordinates": [deepcopy(ROW)],
        "dynamics": [{"object_type": "Injection dynamics", "profile": "Bolus", "volume_unit": "nanoliter"}],
    }
    system = CoordinateSystemLibrary.BREGMA_ARI.model_dump(mode="json")
    surgery = {"object_type": "Surgery", "global_coordinate_system": system, "procedures": [injection]}
    return {"object_type": "Procedures", "subject_id": key, "subject_procedures": [surgery]}


@pytest.fixture
def opened(portal: Portal, page: Page) -> Callable[[str], Page]:
    """The page of an injection, in the record made for one test."""

    def open_(key: str) -> Page:
        code = BEGIN.format(who=SURGEON, key=key, document=json.dumps(site(key)))
        pk = portal.manage("shell", "-v0", "-c", code).split()[-1]
        page.goto(f"/records/{pk}/edit/?at={SITE}")
        return page

    return open_


@pytest.fixture
def page(sign_in: Callable[..., Page]) -> Page:
    return sign_in(SURGEON)


def control(page: Page, path: str):
    return page.locator(f'[data-path="{path}"]')


def typed(page: Page, path: str, text: str) -> None:
    """Type into a control and leave it; the save was answered."""
    control(page, path).fill(text)
    with save_answered(page):
        control(page, path).blur()


def delivered(portal: Portal, key: str) -> dict[str, Any]:
    return draft_of(portal, key)["subject_procedures"][0]["procedures"][0]["dynamics"][0]


def test_a_list_of_depths_becomes_rows_with_a_delivery_each(opened, portal):
    page = opened("q-depths")
    depth = control(page, f"{SITE}.coordinates.0.2.translation.2")
    depth.fill("2.7, 2.9, 3.1")
    with page.expect_navigation():
        depth.blur()
    rows = [control(page, f"{SITE}.coordinates.{row}.2.translation.2") for row in range(3)]
    assert [row.input_value() for row in rows] == ["2.7", "2.9", "3.1"]
    injection = draft_of(portal, "q-depths")["subject_procedures"][0]["procedures"][0]
    assert [row[2]["translation"] for row in injection["coordinates"]] == [[0, 0, 2.7], [0, 0, 2.9], [0, 0, 3.1]]
    assert len(injection["dynamics"]) == 3


def test_depths_typed_slowly_become_rows_when_the_field_is_left_and_not_before(opened, portal):
    page = opened("q-slowly")
    depth = control(page, f"{SITE}.coordinates.0.2.translation.2")
    depth.focus()
    with save_answered(page):  # a pause long enough to save
        page.keyboard.type("2.7, 2.9")
    page.get_by_role("button", name="Make 2 rows").wait_for()
    page.keyboard.type(", 3.1")
    assert depth.input_value() == "2.7, 2.9, 3.1"
    with page.expect_navigation():
        depth.blur()
    control(page, f"{SITE}.coordinates.2.2.translation.2").wait_for()
    injection = draft_of(portal, "q-slowly")["subject_procedures"][0]["procedures"][0]
    assert [row[2]["translation"][2] for row in injection["coordinates"]] == [2.7, 2.9, 3.1]


def test_another_unit_is_converted_and_the_reading_is_shown(opened, portal):
    page = opened("q-units")
    typed(page, VOLUME, "1.5uL")
    page.locator(f'[data-reading-path="{VOLUME}"]', has_text="Read as 1500 nL").wait_for()
    assert control(page, VOLUME).input_value() == "1.5uL", "what is typed is never replaced"
    assert delivered(portal, "q-units")["volume"] == 1500
    typed(page, f"{SITE}.dynamics.0.duration", "90 s")
    page.locator(f'[data-reading-path="{SITE}.dynamics.0.duration"]', has_text="Read as").wait_for()
    unit = control(page, f"{SITE}.dynamics.0.duration_unit")
    assert unit.input_value() == "second", "the unit that was typed is chosen on the page, too"
    typed(page, f"{SITE}.dynamics.0.duration", "95")
    assert (delivered(portal, "q-units")["duration"], delivered(portal, "q-units")["duration_unit"]) == (95, "second")
    assert delivered(portal, "q-units")["volume"] == 1500
    assert page.locator(f'[data-reading-path="{VOLUME}"]').is_visible(), "other saves leave what was said"


def test_a_decimal_comma_is_asked_about_and_kept_as_typed(opened, portal):
    page = opened("q-comma")
    typed(page, VOLUME, "2,5")
    problem = page.locator(f'[data-problem-path="{VOLUME}"]', has_text="Is “2,5” one number or two?")
    problem.first.wait_for()
    assert control(page, VOLUME).get_attribute("aria-invalid") == "true"
    assert delivered(portal, "q-comma")["volume"] == "2,5"
    page.reload()
    assert control(page, VOLUME).input_value() == "2,5"
    typed(page, VOLUME, "2.5")
    page.wait_for_function("path => !document.querySelector(`.sf-slot [data-problem-path='${path}']`)", arg=VOLUME)


def test_a_browser_that_speaks_german_settles_the_comma(portal, sign_in):
    german_page = sign_in(SURGEON, locale="de-DE")
    code = BEGIN.format(who=SURGEON, key="q-german", document=json.dumps(site("q-german")))
    german_page.goto(f"/records/{portal.manage('shell', '-v0', '-c', code).split()[-1]}/edit/?at={SITE}")
    typed(german_page, VOLUME, "2,5")
    german_page.locator(f'[data-reading-path="{VOLUME}"]', has_text="Read as 2.5 nL").wait_for()
    assert delivered(portal, "q-german")["volume"] == 2.5


def test_a_side_is_read_checked_and_asked_for(opened, portal):
    page = opened("q-side")
    ml = f"{SITE}.coordinates.0.0.translation.1"

    def stored() -> Any:
        injection = draft_of(portal, "q-side")["subject_procedures"][0]["procedures"][0]
        return injection["coordinates"][0][0]["translation"][1]

    typed(page, ml, "-1.3 right")
    page.locator(f'[data-problem-path="{ml}"]', has_text="Which one is right?").first.wait_for()
    assert stored() == "-1.3 right"
    typed(page, ml, "1.3")
    page.locator(f'[data-problem-path="{ml}"]', has_text="Left or right?").first.wait_for()
    page.reload()
    page.get_by_role("button", name="The sign is as typed").click()
    page.locator(f'[data-problem-path="{ml}"]', has_text="Left or right?").wait_for(state="detached")
    assert stored() == 1.3
    typed(page, ml, "1.3 L")
    page.locator(f'[data-reading-path="{ml}"]', has_text="Read as -1.3 mm, left of the midline").wait_for()
    assert stored() == -1.3


def test_readings_are_said_without_scripts_too(portal, sign_in):
    page = sign_in(SURGEON, java_script_enabled=False)
    code = BEGIN.format(who=SURGEON, key="q-plain", document=json.dumps(site("q-plain")))
    page.goto(f"/records/{portal.manage('shell', '-v0', '-c', code).split()[-1]}/edit/?at={SITE}.dynamics")
    control(page, VOLUME).fill("1.5uL")
    with page.expect_navigation():
        control(page, VOLUME).press("Enter")
    assert page.locator(f'[data-reading-path="{VOLUME}"]').inner_text() == "Read as 1500 nL"
    assert control(page, VOLUME).input_value() == "1500"
