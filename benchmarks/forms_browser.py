"""What is measured in a browser: opening a page, typing into it, adding to it."""

from __future__ import annotations

import contextlib
import json
import shutil
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from tests.e2e.conftest import BROWSERS as NAMES
from tests.e2e.conftest import DESKTOP, FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page

USABLE = (Path(__file__).parent / "forms_usable.js").read_text(encoding="utf-8")
PATIENCE_MS = 60_000
KEYS = "ab cd ef gh ij kl mn op qr"
BETWEEN_KEYS_MS = 80
ADDED = 7
# where an item is added, and by what: the first kind that a list of several offers, or a copy of the first device
ADDS = {
    "procedures": ("", 'form:has(input[name="at"][value="subject_procedures"]) button[name="do"][value^="add:"]'),
    "instrument": ("?at=components", 'button[name="do"][value^="duplicate:"]'),
}
UNFOLD = "button => { for (let up = button; up; up = up.parentElement) if (up.matches('details')) up.open = true; }"
# from the click until the page shows the item: its first field has the cursor and kept a typed character for a frame
PRESSED = """() => {
  const before = new Set(document.querySelectorAll("input, textarea"));
  let pressed = 0;
  let tried = null;
  addEventListener("click", (event) => { pressed = event.timeStamp; }, { capture: true, once: true });
  window.added = new Promise((resolve) => requestAnimationFrame(function look() {
    const field = document.activeElement;
    if (tried && tried === field && field.value.includes("7")) return resolve(performance.now() - pressed);
    tried = pressed && field.matches("input[type=text], textarea") && !before.has(field) ? field : null;
    if (tried) document.execCommand("insertText", false, "7");
    requestAnimationFrame(look);
  }));
}"""
SAVED = "#save-state[data-state=saved]"
TRACED = ["devtools.timeline", "toplevel"]
SCRIPT = frozenset({"FunctionCall", "EvaluateScript", "RunMicrotasks", "TimerFire", "FireAnimationFrame"})


@dataclass(frozen=True)
class Target:
    """A page to visit, and what the browser brings along."""

    url: str
    state: Any = None


@dataclass(frozen=True)
class Load:
    """What a page cost when it was opened."""

    bytes: int
    nodes: int


@dataclass(frozen=True)
class Typing:
    """What typing cost on a page: our handlers a key, and the longest task meanwhile, in milliseconds."""

    a_key: float
    longest: float


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of the tests."""
    found = next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser: Browser, target: Target, slowed: int = 1) -> Iterator[tuple[Page, CDPSession]]:
    """Open an empty page of a browser that has nothing in its cache."""
    context = browser.new_context(viewport=DESKTOP, storage_state=target.state)
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(USABLE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    if slowed > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    yield page, session
    context.close()


def usable_ms(browser: Browser, target: Target, slowed: int = 1) -> float:
    """Milliseconds from the start of a visit until a text field of the form keeps a typed character."""
    with opened(browser, target, slowed) as (page, _):
        return _visit(page, target)


def _visit(page: Page, target: Target) -> float:
    page.goto(target.url, wait_until="commit")
    return page.evaluate("() => window.usableAt")


def load(browser: Browser, target: Target) -> Load:
    """Bytes that a first visit transfers, headers included, and elements of the settled page."""
    with opened(browser, target) as (page, session):
        received: list[float] = []
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        _visit(page, target)
        page.wait_for_load_state("networkidle")
        nodes = page.evaluate("document.getElementsByTagName('*').length")
        return Load(int(sum(received)), nodes)


def typing(browser: Browser, target: Target, slowed: int = 1, field: str = "") -> Typing:
    """Type into the first usable text field, or that of a selector, and add up what scripts took for each key."""
    with opened(browser, target, slowed) as (page, _):
        _visit(page, target)
        page.wait_for_load_state("networkidle")
        page.evaluate("selector => (selector ? document.querySelector(selector) : usableField).focus()", field)
        page.keyboard.type("w", delay=BETWEEN_KEYS_MS)
        page.wait_for_timeout(500)
        browser.start_tracing(page=page, categories=TRACED)
        page.keyboard.type(KEYS, delay=BETWEEN_KEYS_MS)
        page.wait_for_timeout(500)
        return _told(json.loads(browser.stop_tracing())["traceEvents"])


def adding_ms(browser: Browser, target: Target, kind: str) -> list[float]:
    """Press the button that adds an item, several times: milliseconds until its page is settled and usable."""
    with opened(browser, target) as (page, _):
        return [_added(page, target, kind) for _ in range(ADDED + 1)][1:]


def _added(page: Page, target: Target, kind: str) -> float:
    """Add one item to the page as it was opened; what was typed into it to see whether it is usable is saved before."""
    where, what = ADDS[kind]
    page.goto(target.url + where, wait_until="networkidle")
    page.evaluate("() => { if (window.usableField) usableField.blur(); }")
    page.locator(SAVED).wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    button = page.locator(what).first
    button.evaluate(UNFOLD)
    page.evaluate(PRESSED)
    button.click()
    return page.evaluate("() => added")


def _told(events: list[dict[str, Any]]) -> Typing:
    """Read a trace: processor time of scripts on the main thread of the page, and the longest task there."""
    main = _main_thread(events)
    spans = [event for event in events if (event["pid"], event["tid"]) == main and event.get("ph") == "X"]
    scripts = sorted(
        (event["ts"], event["ts"] + event["dur"], _cpu(event)) for event in spans if event["name"] in SCRIPT
    )
    total, reached = 0.0, 0.0
    for begin, end, cpu in scripts:
        if begin >= reached:
            total += cpu
            reached = end
    tasks = [_cpu(event) for event in spans if event["name"] in {"RunTask", "ThreadControllerImpl::RunTask"}]
    return Typing(total / 1000 / len(KEYS), max(tasks) / 1000)


def _cpu(event: dict[str, Any]) -> float:
    """Give microseconds of processor time: what else the machine does meanwhile does not count."""
    return event.get("tdur", event["dur"])


def _is_key(event: dict[str, Any]) -> bool:
    return event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "keydown"


def _main_thread(events: list[dict[str, Any]]) -> tuple[int, int]:
    """Find the thread that handled the keys."""
    keys = [
        event for event in events if event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "keydown"
    ]
    return statistics.mode((event["pid"], event["tid"]) for event in keys)
