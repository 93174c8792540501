"""Every page, as each role sees it: usable with assistive technology, and whole at tablet width."""

from __future__ import annotations

import pytest

from tests.e2e.crawl import pages
from tests.e2e.drafts import serious_findings

pytestmark = [pytest.mark.e2e, pytest.mark.alike, pytest.mark.peer]

TABLET = {"width": 820, "height": 1180}
# the size of targets (WCAG 2.2, 24 px) is looked at only when asked for
RULES = {"target-size": {"enabled": True}}
PHONE, ZOOMED = {"width": 390, "height": 800}, {"width": 640, "height": 450}
WIDER_THAN_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def serious(page) -> list[str]:
    # the bar that floats over the foot of a form lies over whatever is scrolled below it just then
    page.evaluate("document.querySelector('.submit-bar')?.style.setProperty('position', 'static')")
    return serious_findings(page, rules=RULES)


# each page once, as somebody who works there; in `make test-all` every page as everyone who may see it
WORK = [
    ("surgeon", "/records/", "/records/"),
    ("manager", "/", "/(?!admin/|records/)"),
    ("admin", "/admin/", "/admin/"),
]


@pytest.mark.parametrize(
    ("person", "start", "within"),
    [*WORK, *(pytest.param(who, "/", "", marks=pytest.mark.slow) for who in ("surgeon", "manager", "reader", "admin"))],
)
def test_no_page_has_a_serious_barrier_or_is_wider_than_a_tablet(filled_portal, sign_in, person, start, within):
    page = sign_in(person, viewport=TABLET)
    found, visited = {}, []
    for address in pages(page, start, within):
        visited.append(address)
        faults = serious(page)
        if page.evaluate(WIDER_THAN_SCREEN) and not address.startswith("/admin/"):
            faults.append("wider than the screen")
        if not page.title() or (page.locator("h1").count() != 1 and not address.startswith("/admin/")):
            faults.append("needs a title and one first heading")
        if faults:
            found[address] = faults
    assert found == {}
    assert len(visited) >= 8, visited


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, ZOOMED])
def test_no_page_is_wider_than_a_phone_or_than_half_a_screen_zoomed_to_twice_its_size(filled_portal, sign_in, size):
    page = sign_in("manager", viewport=size)
    found, visited = {}, []
    for address in pages(page):
        visited.append(address)
        if address.startswith("/admin/"):
            continue
        if faults := [*serious(page), *(["wider than the screen"] if page.evaluate(WIDER_THAN_SCREEN) else [])]:
            found[address] = faults
    assert found == {}
    assert len(visited) >= 8, visited


@pytest.mark.parametrize("address", ["/accounts/login/", "/no/such/page/"])
def test_pages_for_people_who_are_not_signed_in_have_no_serious_barrier(portal, browser, address):
    context = browser.new_context(base_url=portal.url, viewport=TABLET)
    page = context.new_page()
    page.goto(address)
    assert serious(page) == []
    assert not page.evaluate(WIDER_THAN_SCREEN)
    context.close()
