"""Three ways to use a page: with a mouse, with the keyboard alone, and with a mouse where scripts do not run."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MOST_TABS = 400
# how many stops of the Tab key lie between the focus and the target: a guess that saves asking after each key
STOPS_BETWEEN = """target => {
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter(stop => stop.tabIndex >= 0 && !stop.disabled && stop.type !== "hidden" && stop.checkVisibility());
  return stops.indexOf(target) - stops.indexOf(document.activeElement) - 1;
}"""


class Mouse:
    """Clicks and types; leaving a field saves it."""

    java_script = True

    def __init__(self, page: Page) -> None:
        self.page = page

    # On controls of a record form, by their address in the document --------------------------------------------------

    def control(self, path: str) -> Locator:
        """The control of this address."""
        return self.page.locator(f'[data-path="{path}"]')

    def type(self, path: str, text: str) -> None:
        """Put text into the control of this address."""
        self.write(self.control(path), text)

    def choose(self, path: str, label: str) -> None:
        """Choose an option of the control of this address by what it says."""
        self.pick(self.control(path), label)

    def term(self, path: str, name: str) -> None:
        """Name a term of a vocabulary: short ones are selects, long ones are typed."""
        control = self.control(path)
        is_select = control.evaluate("control => control.tagName === 'SELECT'")
        (self.pick if is_select else self.write)(control, name)

    def open(self, path: str) -> None:
        """Go to the node of this address by a link of the page."""
        self.follow(self.page.locator(f'#main a[href$="at={quote_plus(path)}"]:visible').first)

    def action(self, path: str, do: str) -> Locator:
        """The button of the node of this address that does this."""
        form = self.page.locator(f'form:has(input[name="at"][value="{path}"])')
        button = f'button[name="do"][value="{do}"]:not([aria-hidden])'
        name = form.first.get_attribute("id")
        inside = form.locator(button)
        return inside.or_(self.page.locator(f'{button}[form="{name}"]')) if name else inside

    def act(self, path: str, do: str) -> None:
        """Press the button of the node of this address that does this."""
        self.follow(self.action(path, do).first)

    def add(self, path: str, kind: str) -> None:
        """Unfold what can be added to a list of several kinds, and choose one."""
        self.follow(self.unfolded(self.action(path, f"add:{kind}")))

    def become(self, path: str, kind: str) -> None:
        """Unfold the alternatives of a node that holds nothing yet, and choose one."""
        self.follow(self.unfolded(self.action(path, f"choose:{kind}")))

    def unfolded(self, button: Locator) -> Locator:
        """Open the fold that hides a button, if it is closed."""
        fold = self.page.locator("details:not([open])", has=button)
        if fold.count():
            self.press(fold.locator("> summary"))
        return button

    def save(self, path: str) -> None:
        """See to it that what was typed into this node is on the server; with scripts it went there by itself."""

    # On anything -----------------------------------------------------------------------------------------------------

    def press(self, target: Locator) -> None:
        """Press a button or link."""
        target.click()

    def follow(self, target: Locator) -> None:
        """Press a button or link that leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            self.press(target)

    def write(self, target: Locator, text: str) -> None:
        """Put text into a field."""
        target.fill(text)
        target.blur()

    def pick(self, target: Locator, label: str) -> None:
        """Choose an option of a select."""
        target.select_option(label=label)

    def tick(self, target: Locator) -> None:
        """Tick a box."""
        target.check()


class Keyboard(Mouse):
    """Goes from one thing to the next with Tab, presses with Enter, types."""

    def reach(self, target: Locator) -> None:
        """Press Tab until the target has the focus."""
        for _ in range(target.evaluate(STOPS_BETWEEN)):
            self.page.keyboard.press("Tab")
        for _ in range(MOST_TABS):
            if target.evaluate("target => target === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def press(self, target: Locator) -> None:
        """Press with Enter."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        """Replace what stands there and move on."""
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def pick(self, target: Locator, label: str) -> None:
        """Type the beginning of the option."""
        self.reach(target)
        self.page.keyboard.type(label)
        assert target.evaluate("select => select.selectedOptions[0].label") == label
        self.page.keyboard.press("Tab")

    def tick(self, target: Locator) -> None:
        """Tick with the space bar."""
        self.reach(target)
        self.page.keyboard.press("Space")
        assert target.is_checked()


class NoScript(Mouse):
    """Presses Save after typing; every action loads a page."""

    java_script = False

    def write(self, target: Locator, text: str) -> None:
        """Put text into a field."""
        target.fill(text)

    def save(self, path: str) -> None:
        """Press Save."""
        self.act(path, "save")
