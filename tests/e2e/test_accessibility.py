"""The record form by keyboard, by screen reader, zoomed in, without motion, in the person's own colours."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_pages import serious
from tests.metadata_portal.schemaforms.samples import INJECTION, SURGERY, surgery

pytestmark = [pytest.mark.e2e, pytest.mark.alike]

_numbers = count(830001)
RECORD = """
import json
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.services import record_create
by = User.objects.get(username="surgeon")
project = Project.objects.order_by("pk").first()
record = record_create(kind="procedures", key={key!r}, project=project, by=by, document=json.loads({document!r}))
print("pk=" + str(record.pk))
"""
# every stop of the Tab key, and whether any of it is to be seen where it is
STOP = """() => {
  const stop = document.activeElement;
  const box = stop.getBoundingClientRect();
  const isLabel = (part) => stop.labels && [...stop.labels].includes(part);
  const inside = (part) => part && (stop.contains(part) || part.contains(stop) || isLabel(part));
  const shares = [0.5, 0.1, 0.9];
  const points = shares.flatMap((x) => shares.map((y) => [box.left + box.width * x, box.top + box.height * y]));
  return {
    isPage: stop === document.body,
    seen: points.some(([x, y]) => inside(document.elementFromPoint(x, y))),
    what: `${stop.localName}#${stop.id} ${stop.getAttribute("aria-label") || stop.textContent.trim().slice(0, 30)}`,
  };
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((part) => {
  const style = getComputedStyle(part);
  const lasts = [style.transitionDuration, style.animationDuration].some((time) => parseFloat(time) > 0);
  return lasts || style.scrollBehavior === "smooth";
}).map((part) => part.outerHTML.slice(0, 80))"""
NAMED_ROLES = {"textbox", "combobox", "button", "checkbox", "searchbox", "spinbutton", "radio", "link"}


@pytest.fixture
def edit(portal) -> str:
    """The address of the editor of a surgery that is half entered."""
    key = str(next(_numbers))
    document = json.dumps({**surgery().json, "subject_id": key})
    said = portal.manage("shell", "-c", RECORD.format(document=document, key=key))
    return f"/records/{said.partition('pk=')[2].strip()}/edit/"


def control(page: Page, path: str):
    return page.locator(f'[data-path="{path}"]')


def answered(page: Page):
    return page.expect_response(lambda response: response.request.method == "POST" and response.status == 200)


def focused(page: Page) -> str:
    """The address of the control that has the focus, or what else has it."""
    return page.evaluate("document.activeElement.dataset.path || document.activeElement.outerHTML.slice(0, 200)")


def names(page: Page) -> list[tuple[str, str]]:
    """Role and name of every control of the page, after the name of its group, as assistive technology is told them."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    return [
        (role_of(node), " ".join((*groups_of(node, nodes), name_of(node))))
        for node in nodes.values()
        if not node.get("ignored") and role_of(node) in NAMED_ROLES
    ]


def role_of(node: dict[str, Any]) -> str:
    return node.get("role", {}).get("value", "")


def name_of(node: dict[str, Any]) -> str:
    return node.get("name", {}).get("value", "")


def groups_of(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> list[str]:
    """The name of the nearest group around a field; buttons and links have to speak for themselves."""
    if role_of(node) in {"button", "link"}:
        return []
    while node := nodes.get(node.get("parentId")):
        if role_of(node) == "group":
            return [name_of(node)]
    return []


@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, {"width": 390, "height": 700}])
def test_what_has_the_focus_is_never_hidden_behind_a_bar(sign_in, edit, size):
    page = sign_in("surgeon", viewport=size)
    page.goto(f"{edit}?at={INJECTION}")
    page.evaluate("document.activeElement.blur()")
    stops = []
    for _ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["isPage"] and stops:
            break
        stops.append(stop)
    assert [stop["what"] for stop in stops if not stop["seen"] and not stop["isPage"]] == []
    assert len(stops) > 40


def test_a_save_leaves_the_focus_and_the_caret_where_they_are_and_is_told_politely(sign_in, edit):
    page = sign_in("surgeon")
    page.goto(f"{edit}?at={SURGERY}")
    control(page, f"{SURGERY}.start_date").fill("2026-03-03")
    field = control(page, f"{SURGERY}.ethics_review_id")
    with answered(page):
        field.focus()
    field.press_sequentially("21")
    assert focused(page) == f"{SURGERY}.ethics_review_id"
    assert field.evaluate("field => field.selectionStart") == 2
    with answered(page):
        field.blur()
    state = page.locator("#draft-state")
    expect(state).to_have_attribute("aria-live", "polite")
    expect(state).to_contain_text("saved ")


def test_adding_moving_and_removing_an_item_lead_the_focus_to_it_or_to_what_happened(sign_in, edit):
    page = sign_in("surgeon")
    page.goto(f"{edit}?at={INJECTION}")
    with page.expect_navigation():
        page.locator(f'form:has(input[name="at"][value="{INJECTION}.dynamics"]) button[value="add"]').press("Enter")
    assert focused(page).startswith(f"{INJECTION}.dynamics.2.")
    with page.expect_navigation():
        page.get_by_role("button", name="Move up Deliveries, row 3").press("Enter")
    assert "<body" not in focused(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Remove Deliveries, row 2").press("Enter")
    assert "<body" not in focused(page)
    expect(page.get_by_role("status").filter(has_text="emoved")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_a_problem_is_tied_to_its_control_while_it_lasts(sign_in, edit):
    page = sign_in("surgeon")
    page.goto(f"{edit}?at={SURGERY}")
    field = control(page, f"{SURGERY}.start_date")
    for text, is_wrong in (("yesterday", True), ("2026-03-02", False)):
        field.fill(text)
        with answered(page):
            field.blur()
        if is_wrong:
            expect(field).to_have_attribute("aria-invalid", "true")
            told = field.get_attribute("aria-describedby").split()
            assert any(page.locator(f"#{name} .problem-error").count() for name in told)
        else:
            expect(field).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("at", ["", SURGERY, INJECTION])
def test_every_control_has_a_name_and_those_of_items_tell_them_apart(sign_in, edit, at):
    page = sign_in("surgeon")
    page.goto(f"{edit}?at={at}")
    found = names(page)
    assert len(found) > 15
    assert [role for role, name in found if not name.strip()] == []
    in_form = [(role, name) for role, name in found if role in {"textbox", "combobox", "checkbox", "spinbutton"}]
    assert sorted({entry for entry in in_form if in_form.count(entry) > 1}) == []
    of_items = [name for role, name in found if role == "button" and name.startswith(("Move", "Remove", "Duplicate"))]
    assert sorted({name for name in of_items if of_items.count(name) > 1}) == []


@pytest.mark.parametrize("at", ["", SURGERY, INJECTION])
def test_at_twice_the_size_and_on_a_phone_nothing_is_scrolled_sideways(sign_in, edit, at):
    page = sign_in("surgeon")
    page.goto(f"{edit}?at={at}")
    for width in (640, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert serious(page) == []


def test_who_wants_no_motion_sees_none(sign_in, edit):
    page = sign_in("surgeon", reduced_motion="reduce")
    for address in ("/", "/records/", f"{edit}?at={SURGERY}"):
        page.goto(address)
        assert page.evaluate(MOVING) == []


def test_in_the_colours_of_the_person_controls_and_states_keep_their_edges(sign_in, edit):
    page = sign_in("surgeon", forced_colors="active")
    page.goto(f"{edit}?at={SURGERY}")
    field = control(page, f"{SURGERY}.start_date")
    field.fill("yesterday")
    with answered(page):
        field.blur()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert field.evaluate("field => getComputedStyle(field).borderTopWidth") == "2px"
    for part in (".btn-primary", ".problem", ".sf-node"):
        width = page.locator(part).first.evaluate("part => getComputedStyle(part).borderTopWidth")
        assert (part, width) != (part, "0px")
    assert page.locator(".outline a[aria-current]").evaluate("part => getComputedStyle(part).outlineStyle") == "solid"
