"""A surgeon makes a template, begins a record from it, confirms what came along, submits, and copies a part."""

from __future__ import annotations

import pytest

from tests.e2e.drafts import draft_of, serious_findings
from tests.e2e.hands import Mouse, NoScript

pytestmark = [pytest.mark.e2e, pytest.mark.alike]

SURGERY = "subject_procedures.0"
PERFUSION = f"{SURGERY}.procedures.0"
# a day in the surgery room of the first animal, submitted
FIRST = """
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.models import Draft
from metadata_portal.entries.services import record_create, record_submit
person, project = User.objects.get(username="surgeon"), Project.objects.order_by("pk").first()
surgery = {{
    "object_type": "Surgery", "start_date": "2026-01-15", "experimenters": ["Sam"], "ethics_review_id": "2109",
    "animal_weight_prior": 22.5, "workstation_id": "SWS 1", "notes": "bled a little",
    "procedures": [
        {{"object_type": "Perfusion", "protocol_id": "dx.doi.org/10.1/x", "output_specimen_ids": ["{key}"]}}
    ],
}}
document = {{"subject_id": "{key}", "subject_procedures": [surgery]}}
record = record_create(kind="procedures", key="{key}", project=project, by=person, document=document)
record_submit(draft=Draft.objects.get(record=record, editor=person), by=person)
print(record.get_absolute_url())
"""


def make_template(page, address, name, part=""):
    """Make a template of a submitted record or of one part of it, by the links of its pages."""
    page.goto(address)
    page.get_by_role("link", name="Reuse: copy or make a template").click()
    if part:
        page.get_by_role("link", name=part).click()
    page.get_by_role("link", name="Make a template").click()
    page.get_by_label("Name", exact=True).fill(name)
    with page.expect_navigation():
        page.get_by_role("button", name="Keep the template").click()


def begin_from(page, key, start):
    page.goto("/records/procedures/new/")
    page.get_by_label("Subject id").fill(key)
    page.get_by_text(start, exact=True).click()
    with page.expect_navigation():
        page.get_by_role("button", name="Begin", exact=True).click()
    return page.url.partition("/edit/")[0]


def mark(page, path):
    return page.locator(f'[data-mark-path="{path}"]')


def fill(hands, path, text):
    """Put text into a control, or into the first one of several."""
    hands.write(hands.page.locator(f'[data-path="{path}"], [data-path="{path}.0"]').first, text)


def saved(hands, path):
    """See to it that what was typed into a node is on the server."""
    hands.save(path)
    if hands.java_script:
        hands.page.wait_for_function("() => !window.portal.unsaved().length")


@pytest.mark.parametrize("kind", [Mouse, NoScript])
def test_what_a_template_brought_is_confirmed_by_typing_and_by_buttons_before_it_is_submitted(portal, sign_in, kind):
    key = {Mouse: "6101", NoScript: "6201"}[kind]
    page = sign_in("surgeon", java_script_enabled=kind.java_script)
    hands = kind(page)
    make_template(page, portal.manage("shell", "-v", "0", "-c", FIRST.format(key=key)).strip(), f"Perfusion day {key}")
    record = begin_from(page, f"{key}9", f"Perfusion day {key}")
    document = draft_of(portal, f"{key}9")
    assert document["subject_id"] == f"{key}9"
    assert set(document["subject_procedures"][0]) == {"object_type", "ethics_review_id", "workstation_id", "procedures"}

    page.goto(f"{record}/edit/?at={SURGERY}")
    assert mark(page, f"{SURGERY}.workstation_id").inner_text().startswith(f"From template Perfusion day {key}")
    fill(hands, f"{SURGERY}.workstation_id", "SWS 2")
    fill(hands, f"{SURGERY}.start_date", "2026-02-02")
    fill(hands, f"{SURGERY}.experimenters.0", "Sam")
    if kind is Mouse:  # what was typed over is confirmed, and the page says so without being loaded again
        mark(page, f"{SURGERY}.workstation_id").wait_for(state="detached")
    saved(hands, SURGERY)
    hands.follow(mark(page, f"{SURGERY}.ethics_review_id").get_by_role("button", name="Confirm"))
    assert page.locator("[data-mark-path]").count() == 0
    page.goto(f"{record}/edit/?at={PERFUSION}")
    fill(hands, f"{PERFUSION}.output_specimen_ids", f"{key}9")
    saved(hands, PERFUSION)
    assert page.get_by_text("1 copied value to confirm").is_visible()

    page.goto(f"{record}/submit/")
    assert page.get_by_text("1 value was copied and not confirmed yet").is_visible()
    assert page.get_by_role("button", name="Submit as revision").count() == 0
    part = page.locator("details.confirm-group")
    hands.press(part.locator("summary"))
    assert part.get_by_text("dx.doi.org/10.1/x").is_visible()
    hands.follow(part.get_by_role("button", name="I looked at these: confirm"))
    hands.follow(page.get_by_role("button", name="Submit as revision 1"))
    assert page.get_by_role("heading", level=1, name=f"Procedures {key}9").is_visible()
    page.get_by_role("link", name="Where the values came from").click()
    row = page.get_by_role("row", name="Ethics approval").inner_text()
    assert f"From template Perfusion day {key}" in row
    assert "confirmed by surgeon" in row


def test_a_part_of_a_submitted_record_is_copied_into_my_draft_and_confirmed_where_it_stands(portal, sign_in):
    page = sign_in("surgeon")
    hands = Mouse(page)
    first = portal.manage("shell", "-v", "0", "-c", FIRST.format(key="6301")).strip()
    make_template(page, first, "A perfusion", part="Perfusion")
    assert serious_findings(page) == []
    page.goto("/records/procedures/new/")
    page.get_by_label("Subject id").fill("63019")
    hands.follow(page.get_by_role("button", name="Begin", exact=True))
    hands.add("subject_procedures", "Surgery")
    record = page.url.partition("/edit/")[0]
    hands.press(page.locator(".sf-offers summary").first)
    hands.follow(page.get_by_role("button", name="A perfusion"))
    page.goto(first)
    page.get_by_role("link", name="Reuse: copy or make a template").click()
    page.get_by_role("link", name="Perfusion").click()
    assert serious_findings(page) == []
    draft = page.get_by_role("heading", name="Procedures 63019").locator("xpath=following-sibling::ul[1]")
    hands.follow(draft.get_by_role("button").first)
    kept = draft_of(portal, "63019")["subject_procedures"][0]["procedures"]
    assert kept == [{"object_type": "Perfusion", "protocol_id": "dx.doi.org/10.1/x"}] * 2
    assert page.url.startswith(f"{record}/edit/?at=subject_procedures.0.procedures.1")
    assert mark(page, f"{SURGERY}.procedures.1.protocol_id").inner_text().startswith("Copied from Procedures 6301")
    assert serious_findings(page) == []
    hands.follow(page.get_by_role("button", name="Confirm what is shown here"))
    assert mark(page, f"{SURGERY}.procedures.1.protocol_id").count() == 0
