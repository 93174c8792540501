"""Tables of the record form: a block pasted from a spreadsheet, and the keyboard from cell to cell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.e2e.portal import Portal

pytestmark = [pytest.mark.e2e, pytest.mark.alike]

RIG = """
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.services import record_create
names = ["DAQ 1", "Camera 1"]
devices = [{{"object_type": "Device", "name": name}} for name in names]
wires = [{{"object_type": "Connection", "source_device": "DAQ 1", "target_device": "Camera 1"}} for _ in range(2)]
document = {{"object_type": "Instrument", "instrument_id": {key!r}, "components": devices, "connections": wires}}
project = Project.objects.order_by("pk").first()
by = User.objects.get(username="surgeon")
print(record_create(kind="instrument", key={key!r}, project=project, by=by, document=document).pk)
"""


@pytest.fixture
def rig(portal: Portal) -> Callable[[str], str]:
    """The address of the form of a rig with two devices and two connections, made for one test."""
    return lambda key: (
        f"{portal.url}/records/{portal.manage('shell', '-v0', '-c', RIG.format(key=key)).split()[-1]}/edit/"
    )


@pytest.fixture
def page(sign_in: Callable[..., Page]) -> Page:
    """A page of the surgeon's that may use the clipboard."""
    found = sign_in("surgeon")
    found.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return found


@pytest.fixture
def refused_page(open_freely: Callable[..., BrowserContext]) -> Page:
    """A page of the surgeon's whose browser may complain of a refused block."""
    return open_freely(permissions=["clipboard-read", "clipboard-write"]).new_page()


def cell(page: Page, row: int, name: str):
    return page.locator(f'[data-path="connections.{row}.{name}"]')


def paste(page: Page, row: int, name: str, block: str) -> None:
    """Paste as people do: the block is in the clipboard, the cursor in the cell."""
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    cell(page, row, name).focus()
    with page.expect_navigation():
        page.keyboard.press("Control+V")


def stored(page: Page) -> list[dict[str, object]]:
    """The connections as the server has them."""
    answer = page.request.get(page.url.partition("edit/")[0] + "draft.json")
    return json.loads(answer.text())["connections"]


def test_a_block_of_twelve_rows_fills_cells_to_the_right_and_down(page: Page, rig: Callable[[str], str]) -> None:
    page.goto(rig("Paste 12"))
    block = "\n".join(f"DAQ 1\tDO{number}\tCamera 1\tIN{number}" for number in range(12))
    cell(page, 0, "source_port").fill("typed before")
    paste(page, 1, "source_device", block)
    rows = stored(page)
    assert [(row["source_port"], row.get("target_port")) for row in rows] == [
        ("typed before", None),
        *((f"DO{number}", f"IN{number}") for number in range(12)),
    ]
    assert cell(page, 12, "target_port").input_value() == "IN11"
    assert page.evaluate("document.activeElement.dataset.path") == "connections.1.source_device"


def test_a_block_that_does_not_fit_comes_back_as_it_was(refused_page: Page, rig: Callable[[str], str]) -> None:
    page = refused_page
    page.goto(rig("Paste wide"))
    block = "a\tb\tc\td\tfalse\tone too many"
    paste(page, 0, "source_device", block)
    assert page.locator("#paste-message").inner_text().startswith("The block has 6 columns")
    assert page.locator("#block").input_value() == block
    page.locator("#block").fill("DAQ 1\tDO7")
    with page.expect_navigation():
        page.get_by_role("button", name="Paste again").click()
    assert stored(page)[0]["source_port"] == "DO7"


def test_rows_are_pasted_without_scripts(sign_in: Callable[..., Page], rig: Callable[[str], str]) -> None:
    page = sign_in("surgeon", java_script_enabled=False)
    page.goto(rig("Paste plain"))
    page.get_by_text("Paste rows…").click()
    page.get_by_label("Rows to paste into Connections").fill("From\tTo\nDAQ 1\tCamera 1\nDAQ 1\tCamera 9")
    with page.expect_navigation():
        page.get_by_role("button", name="Paste", exact=True).click()
    assert [row["target_device"] for row in stored(page)] == ["Camera 1", "Camera 1", "Camera 1", "Camera 9"]
    assert page.locator('[data-problem-path="connections.3.target_device"]').first.is_visible()


def test_enter_and_arrows_go_from_cell_to_cell(page: Page, rig: Callable[[str], str]) -> None:
    page.goto(rig("Keys"))
    focus = "document.activeElement.dataset.path || document.activeElement.value"
    cell(page, 0, "source_port").focus()
    steps = []
    for key in ("1", "Enter", "2", "ArrowUp", "ArrowRight", "ArrowRight", "Shift+Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
        steps.append(str(page.evaluate(focus)).removeprefix("connections."))
    assert steps == [
        "0.source_port",
        "1.source_port",
        "1.source_port",
        "0.source_port",
        "0.target_device",
        "0.target_port",
        "0.target_port",
        "1.target_port",
        "add",
    ]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert [row.get("source_port") for row in stored(page)] == ["1", "2", None]
    assert page.evaluate(focus) == "connections.2.source_device"


DEPTHS = """
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.services import record_create
from metadata_portal.schemaforms import depths
injection = {"object_type": "Brain injection", "coordinates": [depths.seed()]}
surgery = {"object_type": "Surgery", "procedures": [injection]}
document = {"object_type": "Procedures", "subject_id": "551190", "subject_procedures": [surgery]}
project = Project.objects.order_by("pk").first()
by = User.objects.get(username="surgeon")
print(record_create(kind="procedures", key="551190", project=project, by=by, document=document).pk)
"""


def test_depths_are_pasted_as_rows_too(page: Page, portal: Portal) -> None:
    at = "subject_procedures.0.procedures.0"
    pk = portal.manage("shell", "-v0", "-c", DEPTHS).split()[-1]
    page.goto(f"{portal.url}/records/{pk}/edit/?at={at}")
    block = "-2.5\t1.2\t0\t10\t2.7\n-2.5\t1.2\t0\t10\t2.9"
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    page.locator(f'[data-path="{at}.coordinates.0.0.translation.0"]').focus()
    with page.expect_navigation():
        page.keyboard.press("Control+V")
    document = json.loads(page.request.get(f"/records/{pk}/draft.json").text())
    entries = document["subject_procedures"][0]["procedures"][0]["coordinates"]
    assert [(entry[0]["translation"], entry[1]["angles"][0], entry[2]["translation"][2]) for entry in entries] == [
        ([-2.5, 1.2, 0], 10, 2.7),
        ([-2.5, 1.2, 0], 10, 2.9),
    ]
