"""What is typed into a record form reaches the server, whatever the person does next."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.metadata_portal.schemaforms.samples import CRANIOTOMY, INJECTION, SURGERY, surgery

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.alike]

_numbers = count(810001)
RECORD = """
import json
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.services import draft_open, record_create
by = User.objects.get(username="surgeon")
document = json.loads({document!r})
record = record_create(kind="procedures", key={key!r}, project=Project.objects.order_by("pk").first(), by=by)
draft_open(record=record, by=by).delete()
draft_open(record=record, by=by, document=document)
print("pk=" + str(record.pk))
"""


@pytest.fixture
def edit(portal) -> str:
    """The address of the editor of a surgery that is half entered."""
    key = str(next(_numbers))
    document = json.dumps({**surgery().json, "subject_id": key})
    said = portal.manage("shell", "-c", RECORD.format(document=document, key=key))
    return f"/records/{said.partition('pk=')[2].strip()}/edit/"


@pytest.fixture
def page(sign_in) -> Page:
    """A page signed in as the surgeon."""
    return sign_in("surgeon")


def control(page: Page, path: str):
    return page.locator(f'[data-path="{path}"]')


def saved(page: Page):
    """Wait for the answer to a save."""
    return page.expect_response(lambda response: response.request.method == "POST" and response.status == 200)


def kept(page: Page, edit: str, path: str) -> str:
    """What the control shows when the page is opened anew."""
    page.goto(f"{edit}?at={path}")
    return control(page, path).input_value()


def test_leaving_a_field_saves_it_and_leaves_the_next_one_alone(page, edit):
    page.goto(f"{edit}?at={SURGERY}")
    first, second = (f"{SURGERY}.{name}" for name in ("workstation_id", "ethics_review_id"))
    control(page, first).fill("SWS 3")
    with saved(page):
        control(page, second).click()
    page.keyboard.type("21")
    assert page.evaluate("document.activeElement.dataset.path") == second
    assert control(page, second).input_value() == "21"
    with saved(page):
        page.keyboard.press("Tab")
    assert [kept(page, edit, first), kept(page, edit, second)] == ["SWS 3", "21"]


def test_problems_come_and_go_beside_the_control_without_a_new_page(page, edit):
    path = f"{SURGERY}.animal_weight_prior"
    page.goto(f"{edit}?at={path}")
    field, problem = control(page, path), page.locator(f'.sf-slot [data-problem-path="{path}"]')
    field.fill("27,0")
    with saved(page):
        field.blur()
    problem.wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator(f'#sf-problems [data-problem-link="{path}"]').count() == 1
    field.fill("27.0")
    with saved(page):
        field.blur()
    problem.wait_for(state="detached")
    assert field.get_attribute("aria-invalid") is None


def test_a_link_pressed_right_after_typing_takes_the_value_along(page, edit):
    path = f"{SURGERY}.workstation_id"
    page.goto(f"{edit}?at={SURGERY}")
    control(page, path).fill("SWS 9")
    with page.expect_navigation():
        page.locator("#sf-outline a").first.click()
    assert kept(page, edit, path) == "SWS 9"


def test_a_link_waits_for_a_save_that_takes_long(page, edit):
    path = f"{SURGERY}.workstation_id"
    page.clock.install()
    page.goto(f"{edit}?at={SURGERY}")
    held = []
    page.route("**/edit/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    control(page, path).fill("SWS 9")
    with page.expect_request(lambda request: request.method == "POST"):
        page.locator("#main .sf-crumbs a").first.click()
    page.clock.fast_forward(10_000)
    expect(page.locator("#sf-message")).to_contain_text("Saving what you typed")
    with page.expect_navigation():
        held[0].continue_()
    assert kept(page, edit, path) == "SWS 9"


def test_a_button_of_another_form_takes_the_value_along(page, edit):
    path = f"{INJECTION}.protocol_id"
    page.goto(f"{edit}?at={INJECTION}")
    control(page, path).fill("doi")
    with page.expect_navigation():
        page.get_by_role("button", name="Add a depth").click()
    assert control(page, path).input_value() == "doi"
    added = f"{INJECTION}.coordinates.2"
    assert page.evaluate("document.activeElement.dataset.path") == f"{added}.0.translation.0"
    assert control(page, f"{added}.0.translation.0").input_value() == "-2.5"
    assert control(page, f"{added}.2.translation.2").input_value() == ""


def test_enter_saves_where_one_is(page, edit):
    path = f"{SURGERY}.workstation_id"
    page.goto(f"{edit}?at={SURGERY}")
    control(page, path).fill("SWS 4")
    with saved(page):
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.path") == path
    assert kept(page, edit, path) == "SWS 4"


def test_a_closed_node_is_fetched_when_it_is_opened_and_saves_in_place(page, edit):
    path = f"{CRANIOTOMY}.size"
    page.goto(f"{edit}?at={SURGERY}")
    assert control(page, path).count() == 0
    page.locator("summary", has_text="Craniotomy").click()
    control(page, path).fill("2.5")
    with saved(page):
        control(page, path).blur()
    assert control(page, path).is_visible()
    assert kept(page, edit, path) == "2.5"


def test_terms_are_offered_while_somebody_types(page, edit):
    path = f"{INJECTION}.targeted_structure"
    page.goto(f"{edit}?at={INJECTION}")
    field = control(page, path)
    field.press_sequentially("primary vis")
    offered = page.locator(f"#{field.get_attribute('list')} option")
    expect(offered.first).to_have_attribute("value", "Primary visual area")
    field.fill("VISp")
    with saved(page):
        field.blur()
    assert kept(page, edit, path) == "Primary visual area"


@pytest.fixture
def complaining_page(open_freely) -> Page:
    """A page signed in as the surgeon whose browser may complain, as it does without a connection."""
    return open_freely().new_page()


def test_what_is_typed_without_a_connection_stays_and_is_sent_again(complaining_page, edit):
    page = complaining_page
    path = f"{SURGERY}.workstation_id"
    page.goto(f"{edit}?at={SURGERY}")
    page.route("**/edit/", lambda route: route.abort())
    control(page, path).fill("SWS 7")
    control(page, path).evaluate("field => field.blur()")
    message = page.locator("#sf-message")
    message.get_by_role("button", name="Try again").wait_for()
    assert control(page, path).input_value() == "SWS 7"
    page.unroute("**/edit/")
    with saved(page):
        message.get_by_role("button", name="Try again").click()
    expect(page.locator("#sf-message")).to_be_empty()
    assert kept(page, edit, path) == "SWS 7"


def test_kinds_to_add_are_found_by_typing(page, edit):
    page.goto(f"{edit}?at={SURGERY}")
    page.locator("summary", has_text="Add procedure").click()
    page.get_by_label("Search kinds").fill("head")
    shown = page.locator(".sf-picker .sf-card:visible")
    assert shown.all_inner_texts()[0].startswith("Headframe")
    with page.expect_navigation():
        shown.first.click()
    assert page.locator("h2.sf-title").inner_text() == "Headframe"


def test_a_late_save_never_does_what_the_button_under_the_focus_does(page, edit):
    path = f"{INJECTION}.coordinates"
    page.goto(f"{edit}?at={path}")
    depths = page.locator(".sf-depth").count()
    posts = []

    def slowly(route):
        if route.request.method == "POST":
            posts.append(parse_qs(route.request.post_data).get("do", ["save"]))
            page.wait_for_timeout(300)
        route.continue_()

    page.route("**/edit/", slowly)
    control(page, f"{path}.0.2.translation.2").fill("2.5")
    control(page, f"{path}.1.2.translation.2").fill("2.6")
    with page.expect_response(lambda response: response.request.method == "POST" and len(posts) == 2):
        page.get_by_role("button", name="Add a depth").focus()
    assert posts == [["save"], ["save"]]
    page.goto(f"{edit}?at={path}")
    assert page.locator(".sf-depth").count() == depths
    assert control(page, f"{path}.1.2.translation.2").input_value() == "2.6"
