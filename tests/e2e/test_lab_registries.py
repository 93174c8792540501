"""What the lab's registries do in a form: a term is proposed without losing one's place, a lot and a name fill in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.drafts import begin_mouse, draft_of, save_answered, serious_findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.e2e.portal import Portal

pytestmark = [pytest.mark.e2e, pytest.mark.alike]
KEY, ORCID = "660101", "0000-0002-1825-0097"
MATERIALS = "subject_procedures.0.procedures.0.injection_materials"
ROWS = f"""
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.services import record_create
from metadata_portal.registries.services import term_add
lot = {{"lot_number": "VT5182G", "name": "AAV1-GCaMP8s", "stock_titer": "2.5e13", "prep_date": "2025-05-01"}}
term_add(vocabulary="materials", data=lot, by=None)
term_add(vocabulary="people", data={{"name": "Josiah Carberry", "initials": "JC", "orcid": "{ORCID}"}}, by=None)
by, project = User.objects.get(username="surgeon"), Project.objects.order_by("pk").first()
virus = {{"object_type": "Viral material", "tars_identifiers": {{"object_type": "Tars virus identifiers"}}}}
step = {{"object_type": "Brain injection", "injection_materials": [virus]}}
surgery = {{"object_type": "Surgery", "procedures": [step]}}
one = {{"subject_id": "660102", "subject_procedures": [surgery]}}
two = {{"investigators": [{{"object_type": "Person"}}]}}
for kind, key, document in (("procedures", "660102", one), ("data_description", "660102_2026-01-15_10-00-00", two)):
    print(record_create(kind=kind, key=key, project=project, by=by, document=document).pk)
"""


@pytest.fixture(scope="module")
def records(portal: Portal) -> list[str]:
    """The addresses of an injection and of a data description, both drafts of the surgeon's."""
    return [f"{portal.url}/records/{pk}/" for pk in portal.manage("shell", "-v0", "-c", ROWS).split()[-2:]]


def draft(page: Page, record: str) -> dict[str, object]:
    """A draft as the server has it."""
    return json.loads(page.request.get(f"{record}draft.json").text())


def test_a_term_is_proposed_from_inside_a_form_without_losing_place_or_words(
    sign_in: Callable[..., Page], portal: Portal
) -> None:
    page = sign_in("surgeon")
    begin_mouse(page, KEY)
    source = page.locator("[data-path='subject_details.source']")
    with save_answered(page):
        source.fill("Our own vivarium")
        source.press("Tab")
    link = page.get_by_role("link", name="Propose “Our own vivarium”")
    expect(link).to_be_visible()
    genotype = page.locator("[data-path='subject_details.genotype']")
    genotype.fill("Slc6a3-IRES-Cre/wt")
    link.click()
    window = page.get_by_role("dialog", name="Propose for organizations")
    expect(window.get_by_label("Name")).to_have_value("Our own vivarium")
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(source).to_be_focused()
    link.click()
    window.get_by_label("Name").fill("Our vivarium")
    with save_answered(page):
        window.get_by_role("button", name="Propose").click()
    expect(window).to_be_hidden()
    expect(source).to_be_focused()
    expect(source).to_have_value("Our vivarium")
    expect(genotype).to_have_value("Slc6a3-IRES-Cre/wt")
    expect(page.locator("[data-problem-path='subject_details.source']")).to_have_text(
        "Our vivarium is proposed: a registry manager has not looked at it yet."
    )
    details = draft_of(portal, KEY)["subject_details"]
    assert (details["source"]["name"], details["genotype"]) == ("Our vivarium", "Slc6a3-IRES-Cre/wt")


def test_a_typed_lot_fills_its_material_and_the_page_says_so(sign_in: Callable[..., Page], records: list[str]) -> None:
    page = sign_in("surgeon")
    page.goto(f"{records[0]}edit/?at={MATERIALS}.0")
    lot = page.locator(f"[data-path='{MATERIALS}.0.tars_identifiers.prep_lot_number']")
    lot.press_sequentially("VT5182G")
    with page.expect_navigation():
        lot.press("Tab")
    expect(page.locator(f"[data-path='{MATERIALS}.0.name']")).to_have_value("AAV1-GCaMP8s")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    material = draft(page, records[0])["subject_procedures"][0]["procedures"][0]["injection_materials"][0]
    assert material["tars_identifiers"]["prep_date"] == "2025-05-01"
    assert "titer" not in material


def test_initials_become_a_name_with_its_id_in_the_same_row(sign_in: Callable[..., Page], records: list[str]) -> None:
    page = sign_in("surgeon")
    page.goto(f"{records[1]}edit/?at=investigators")
    name = page.locator("[data-path='investigators.0.name']")
    name.fill("JC")
    with save_answered(page):
        name.press("Tab")
    expect(name).to_have_value("Josiah Carberry")
    expect(page.locator("[data-path='investigators.0.registry_identifier']")).to_have_value(ORCID)
    assert draft(page, records[1])["investigators"][0]["registry_identifier"] == ORCID
