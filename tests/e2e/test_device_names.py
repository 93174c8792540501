"""A device gets another name in the form of its rig, and what names it in two records follows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.e2e.portal import Portal

pytestmark = [pytest.mark.e2e, pytest.mark.alike]
RECORDS = """
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.models import Record
from metadata_portal.entries.services import draft_open, record_create
project = Project.objects.order_by("pk").first()
by = User.objects.get(username="surgeon")
rig = {
    "object_type": "Instrument",
    "instrument_id": "NAMES-1",
    "modification_date": "2026-01-01",
    "components": [{"object_type": "Device", "name": name} for name in ("Camera A", "DAQ 1")],
    "connections": [{"object_type": "Connection", "source_device": "DAQ 1", "target_device": "Camera A"}],
}
session = {
    "object_type": "Acquisition",
    "subject_id": "551177",
    "instrument_id": "NAMES-1",
    "acquisition_start_time": "2026-03-01T10:00:00+00:00",
    "data_streams": [{"object_type": "Data stream", "active_devices": ["DAQ 1", "Camera A"]}],
}
one = record_create(kind="instrument", key="NAMES-1", project=project, by=by, document=rig)
two = record_create(kind="acquisition", key="551177_2026-03-01_10-00-00", project=project, by=by, document=session)
print(one.pk, two.pk)
"""


@pytest.fixture
def records(portal: Portal) -> list[str]:
    """The addresses of a rig and of an acquisition on it, both drafts of the surgeon's."""
    return [f"{portal.url}/records/{pk}/" for pk in portal.manage("shell", "-v0", "-c", RECORDS).split()[-2:]]


def draft(page: Page, record: str) -> dict[str, object]:
    """A draft as the server has it."""
    return json.loads(page.request.get(f"{record}draft.json").text())


def test_a_new_name_is_offered_to_everything_that_says_the_old_one(
    sign_in: Callable[..., Page], records: list[str]
) -> None:
    page = sign_in("surgeon")
    rig, session = records
    page.goto(f"{rig}edit/?at=components.0")
    name = page.locator('[data-path="components.0.name"]')
    name.fill("Camera B")
    name.press("Tab")
    offer = page.locator("#sf-old-name")
    expect(offer).to_contain_text("2 references in 2 records still say “Camera A”")
    with page.expect_navigation():
        offer.get_by_role("link").click()
    expect(page.locator(".rename-places code")).to_have_text(
        ["connections.0.target_device", "data_streams.0.active_devices.1"]
    )
    page.get_by_label("Why is it renamed?").fill("It looks at the left eye.")
    with page.expect_navigation():
        page.get_by_role("button", name="Rename", exact=True).click()
    expect(page.get_by_text("Camera A is called Camera B now, with 2 places that named it.")).to_be_visible()
    assert draft(page, rig)["connections"][0]["target_device"] == "Camera B"
    assert draft(page, session)["data_streams"][0]["active_devices"] == ["DAQ 1", "Camera B"]


def test_devices_of_the_rig_are_offered_where_an_acquisition_names_them(
    sign_in: Callable[..., Page], portal: Portal
) -> None:
    made = RECORDS.replace("NAMES-1", "NAMES-2").replace("551177", "551178")
    submit = """
from metadata_portal.entries.provenance import origins_of
from metadata_portal.entries.services.submitting import revision_write
kept = one.drafts.get()
content = {"text": kept.document, "item_ids": kept.item_ids, "origins": origins_of(kept)}
revision_write(record=one, by=by, reason="", problems=[], last=None, **content)
"""
    pk = portal.manage("shell", "-v0", "-c", made + submit).split()[-1]
    page = sign_in("surgeon")
    page.goto(f"/records/{pk}/edit/?at=data_streams.0")
    listed = page.locator('[data-path="data_streams.0.active_devices.0"]').get_attribute("list")
    assert page.locator(f"#{listed} option").evaluate_all("all => all.map(one => one.value)") == ["Camera A", "DAQ 1"]
