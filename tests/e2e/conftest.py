"""A running portal, a headless Chromium, and pages that fail the test when the browser complains."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.e2e.drafts import SURGEON
from tests.e2e.drafts import sign_in as sign_in_by_page
from tests.e2e.portal import Portal, running_portal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import StorageState

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 30_000
"""Milliseconds: a disk that is busy elsewhere can hold a save for long."""


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal with one person of each role (all with the same password)."""
    with running_portal(tmp_path_factory.mktemp("portal")) as found:
        found.add_people(surgeon=["surgeon"], manager=["registry manager"], reader=["data user"])
        yield found


@pytest.fixture(scope="session")
def filled_portal(portal: Portal) -> Portal:
    """The portal with example records and an assembled bundle, so that no page is empty."""
    portal.manage("seed_demo", "--among-others")
    portal.add_to_all_projects()
    portal.open_drafts("surgeon")
    return portal


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail("No Chromium: run `make .venv/.browser-stamp`.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def kept_sessions() -> dict[tuple[str, str], StorageState]:
    """The cookies of everyone who has signed in, by portal and name. A test that ends sessions clears this."""
    return {}


@pytest.fixture
def session_of(browser: Browser, portal: Portal, kept_sessions) -> Callable[[str], StorageState]:
    """``session_of("surgeon")`` gives the cookies of this person, who signs in once for all tests."""

    def cookies(username: str) -> StorageState:
        if (portal.url, username) not in kept_sessions:
            with browser.new_context(base_url=portal.url) as context:
                sign_in_by_page(context.new_page(), username)
                kept_sessions[portal.url, username] = {"cookies": context.cookies(), "origins": []}
        return kept_sessions[portal.url, username]

    return cookies


@pytest.fixture
def sessions_end(kept_sessions) -> Iterator[None]:
    """For a test that ends or ages everyone's sessions: whoever comes later signs in again."""
    yield
    kept_sessions.clear()


@pytest.fixture(autouse=True)
def no_server_error(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test when the server met an error meanwhile, with the server's own words."""
    if not request.node.get_closest_marker("e2e"):
        yield
        return
    log = request.getfixturevalue("portal").log
    before = log.stat().st_size
    yield
    with log.open() as file:
        file.seek(before)
        said = file.read()
    assert "Traceback" not in said, said


@pytest.fixture(autouse=True)
def attempts_counted_anew(request: pytest.FixtureRequest) -> None:
    """Forget the sign-ins of the tests before: together they are more a minute than the portal lets through."""
    if request.node.get_closest_marker("e2e"):
        place = Path(request.getfixturevalue("portal").environment["PORTAL_VAR"]) / "cache"
        for kept in place.glob("*.djcache"):
            kept.unlink(missing_ok=True)


@pytest.fixture
def open_context(browser: Browser, portal: Portal) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts whose console errors, script errors and policy violations fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(**options) -> BrowserContext:
        context = browser.new_context(**{"base_url": portal.url, "viewport": DESKTOP} | options)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        context.on("weberror", lambda error: complaints.append(error.error.stack or str(error.error)))
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def is_complaint(message: ConsoleMessage) -> bool:
    """Whether a page complains; what has no address comes from the scripts of the test itself."""
    return message.type == "error" and bool(message.location["url"])


@pytest.fixture
def sign_in(open_context: Callable[..., BrowserContext], portal: Portal, session_of) -> Callable[..., Page]:
    """Open a page signed in as this person: ``sign_in("surgeon", java_script_enabled=False)``."""

    def sign_in_as(username: str, **options) -> Page:
        page = open_context(storage_state=session_of(username), **options).new_page()
        page.goto("/")
        assert page.url == f"{portal.url}/"
        return page

    return sign_in_as


@pytest.fixture
def open_freely(browser: Browser, portal: Portal, session_of) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts of the surgeon's that may complain, as where saves are refused or connections cut."""
    with contextlib.ExitStack() as stack:

        def open_one(**options) -> BrowserContext:
            options = {"base_url": portal.url, "viewport": DESKTOP, "storage_state": session_of(SURGEON)} | options
            return stack.enter_context(browser.new_context(**options))

        yield open_one
