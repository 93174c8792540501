"""No connection, a dead computer, a broken server, an error page: what was typed stays, and is saved in order later."""

from __future__ import annotations

import random
import time
from http import HTTPStatus
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.drafts import HeldSaves, begin, begin_mouse, draft_of, save_answered, serious_findings

pytestmark = pytest.mark.e2e
MINUTES = 60_000
TEN_SECONDS = 10_000
A_COLD_START = 30_000
PROXY_PAGE = "<html><body><h1>Bad gateway</h1></body></html>"


@pytest.fixture
def context(open_freely) -> BrowserContext:
    """A browser that may complain: the errors that these tests provoke are errors on its console."""
    return open_freely()


@pytest.fixture
def page(context) -> Page:
    return context.new_page()


def control(page: Page, path: str):
    return page.locator(f'[data-path="{path}"]')


def state(page: Page):
    return page.locator("#save-state")


def is_save(request) -> bool:
    return request.method == "POST" and "/edit/" in request.url


def node_of(request) -> str:
    return parse_qs(request.post_data, keep_blank_values=True)["at"][0]


def test_what_is_typed_without_a_connection_is_saved_in_order_within_ten_seconds_of_its_return(portal, context, page):
    page.clock.install()
    begin_mouse(page, "760001")
    sent: list[str] = []
    page.on("response", lambda answer: sent.append(node_of(answer.request)) if is_save(answer.request) else None)
    context.set_offline(True)
    for path, text in [("notes", "first"), ("subject_details.genotype", "wt/wt"), ("notes", "first and third")]:
        control(page, path).fill(text)
        control(page, path).blur()
    expect(state(page)).to_have_text("not saved: no connection")
    assert serious_findings(page) == []
    page.clock.fast_forward(10 * MINUTES)
    expect(state(page)).to_have_attribute("data-state", "offline")
    assert "notes" not in draft_of(portal, "760001")
    sent.clear()
    context.set_offline(False)
    expect(state(page)).to_have_attribute("data-state", "saved", timeout=TEN_SECONDS)
    assert sent == ["", "subject_details", ""]  # the first save may have arrived: it goes again as it was
    document = draft_of(portal, "760001")
    assert document["notes"] == "first and third"
    assert document["subject_details"]["genotype"] == "wt/wt"


@pytest.mark.alike
def test_nothing_is_called_saved_before_the_server_said_so(portal, page):
    begin(page, "760002")
    saves = HeldSaves(page)
    control(page, "notes").fill("one")
    control(page, "notes").blur()
    first = saves.next()
    expect(state(page)).to_have_text("saving…")
    control(page, "notes").fill("one two")
    control(page, "notes").blur()
    assert saves.held == []
    first.continue_()
    second = saves.next()
    expect(state(page)).to_have_text("saving…")
    second.continue_()
    expect(state(page)).to_have_attribute("data-state", "saved")
    assert draft_of(portal, "760002")["notes"] == "one two"


@pytest.mark.alike
@pytest.mark.parametrize(
    "code", [403, 413, 429, 500, 503, *(pytest.param(c, marks=pytest.mark.slow) for c in (502, 504))]
)
def test_an_error_page_never_takes_the_place_of_a_form(portal, page, code):
    key = f"7601{code}"
    begin(page, key)
    page.route(
        "**/edit/",
        lambda route: (
            route.fulfill(status=code, body=PROXY_PAGE, content_type="text/html")
            if is_save(route.request)
            else route.continue_()
        ),
    )
    with save_answered(page, code):
        control(page, "notes").fill(f"kept through {code}")
        control(page, "notes").blur()
    message = page.locator("#sf-message")
    expect(message).to_contain_text("Not saved")
    expect(message.get_by_role("button", name="Try again")).to_be_visible()
    expect(state(page)).to_contain_text("not saved")
    expect(page.get_by_text("Bad gateway")).to_have_count(0)
    expect(control(page, "notes")).to_have_value(f"kept through {code}")
    page.unroute("**/edit/")
    with save_answered(page):
        message.get_by_role("button", name="Try again").click()
    expect(message).to_be_empty()
    expect(state(page)).to_have_attribute("data-state", "saved")
    assert draft_of(portal, key)["notes"] == f"kept through {code}"


def test_a_server_killed_during_a_save_and_started_again_gets_the_save(portal, page):
    begin_mouse(page, "760003")
    notes = control(page, "notes")
    notes.fill("typed before")
    with save_answered(page):
        notes.blur()
    portal.server.kill()
    notes.fill("typed while the server was away")
    notes.blur()
    control(page, "subject_details.genotype").fill("wt/wt")
    control(page, "subject_details.genotype").blur()
    expect(state(page)).to_have_attribute("data-state", "offline")
    portal.server.start()
    expect(state(page)).to_have_attribute("data-state", "saved", timeout=A_COLD_START)
    document = draft_of(portal, "760003")
    assert document["notes"] == "typed while the server was away"
    assert document["subject_details"]["genotype"] == "wt/wt"


@pytest.mark.alike
def test_a_long_pause_in_typing_saves_without_leaving_the_field(portal, page):
    begin(page, "760004")
    notes = control(page, "notes")
    with save_answered(page):
        notes.press_sequentially("still typing")
    expect(state(page)).to_have_attribute("data-state", "saved")
    assert page.evaluate("document.activeElement.dataset.path") == "notes"
    assert draft_of(portal, "760004")["notes"] == "still typing"


@pytest.mark.alike
def test_the_browser_asks_before_leaving_only_when_something_is_really_unsaved(page, context):
    begin(page, "760005")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    notes = control(page, "notes")
    notes.fill("x")
    with save_answered(page):
        notes.blur()
    expect(state(page)).to_have_attribute("data-state", "saved")
    with page.expect_navigation():
        page.evaluate("location.reload()")
    notes.press_sequentially("y")
    notes.press("Backspace")
    with page.expect_navigation():
        page.evaluate("location.reload()")
    assert asked == []
    page.route("**/edit/", lambda route: route.abort() if is_save(route.request) else route.continue_())
    notes.fill("unsaved")
    notes.blur()
    expect(state(page)).to_have_attribute("data-state", "offline")
    with page.expect_navigation():
        page.evaluate("location.reload()")
    assert asked == ["beforeunload"]


@pytest.mark.alike
def test_a_network_that_swallows_everything_delays_a_save_and_loses_none(portal, page):
    begin(page, "760006")
    page.route("**/edit/", lambda route: None if is_save(route.request) else route.continue_())
    control(page, "notes").fill("sent into the dark")
    control(page, "notes").blur()
    expect(state(page)).to_have_attribute("data-state", "offline", timeout=30_000)
    page.unroute("**/edit/")
    expect(state(page)).to_have_attribute("data-state", "saved", timeout=TEN_SECONDS)
    assert draft_of(portal, "760006")["notes"] == "sent into the dark"


@pytest.mark.alike
def test_a_fold_that_could_not_be_loaded_says_so_and_tries_again(page):
    begin_mouse(page, "760007")
    page.reload()
    page.route("**fragment=node**", lambda route: route.fulfill(status=502, body=PROXY_PAGE, content_type="text/html"))
    page.locator("summary", has_text="Details").click()
    retry = page.locator("details.sf-fold").get_by_role("button", name="Try again")
    expect(retry).to_be_visible()
    expect(page.get_by_text("Bad gateway")).to_have_count(0)
    page.unroute("**fragment=node**")
    retry.click()
    expect(control(page, "subject_details.genotype")).to_be_visible()


@pytest.mark.alike
def test_typing_on_and_on_is_saved_again_and_again_without_a_conflict_with_itself(portal, page):
    begin(page, "760008")
    codes: list[int] = []
    page.on("response", lambda answer: codes.append(answer.status) if is_save(answer.request) else None)
    control(page, "notes").focus()
    text = "typing on and on " * 6
    page.keyboard.type(text, delay=100)
    assert len(codes) >= 2
    control(page, "notes").blur()
    expect(state(page)).to_have_attribute("data-state", "saved", timeout=TEN_SECONDS)
    assert set(codes) == {200}
    assert draft_of(portal, "760008")["notes"] == text.strip()


@pytest.mark.slow
def test_what_is_lost_with_a_computer_that_dies_is_less_than_five_seconds_old(portal, page, record_property):
    """At any moment of ninety seconds of typing with pauses: how old is the first key that the server has not got?"""
    begin(page, "760009")
    notes = control(page, "notes")
    notes.focus()
    keys: list[float] = []  # when each was pressed
    arrived: list[tuple[float, int]] = [(time.monotonic(), 0)]  # when the server had how many of them

    def answered(answer):
        if is_save(answer.request) and answer.status == HTTPStatus.OK:
            sent = parse_qs(answer.request.post_data, keep_blank_values=True)
            arrived.append((time.monotonic(), len(next(iter(sent.get("notes", sent.get("root-notes", [""])))))))

    page.on("response", answered)
    chance = random.Random(12)
    end = time.monotonic() + 90
    while time.monotonic() < end:
        page.keyboard.type("x")
        keys.append(time.monotonic())
        page.wait_for_timeout(chance.choice((60, 120, 120, 250, 400, 2500)))
    expect(state(page)).to_have_attribute("data-state", "saved", timeout=TEN_SECONDS)
    assert draft_of(portal, "760009")["notes"] == "x" * len(keys)
    ages = sorted(_age(keys, arrived, chance.uniform(keys[0], keys[-1])) for _ in range(10_000))
    figure = {share: round(ages[int(len(ages) * share) - 1], 2) for share in (0.5, 0.9, 0.99, 1)}
    record_property("seconds lost when the computer dies", figure)
    assert figure[0.99] <= 5, figure


def _age(keys: list[float], arrived: list[tuple[float, int]], died: float) -> float:
    """How old the first key was that the server had not got when the computer died."""
    had = max(count for at, count in arrived if at <= died)
    return max(0.0, died - keys[had]) if had < len(keys) else 0.0
