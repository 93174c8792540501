"""Every page that a person can reach by links, once for each kind of page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

SAME_KIND = 2
# downloads are no pages, and signing out would end the walk
NO_PAGE = re.compile(r"\.(json|zip|csv|xlsx)$|/logout/|/json/?$|/download|^/admin/r/")
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
NAMED = re.compile(r"^/(assets|subjects|registries|people|projects|admin/\w+/\w+)/(?!new/|add/)[^/]+")


def kind_of_page(url: str) -> str:
    """Return the address without what differs between two pages of one kind."""
    parts = urlsplit(url)
    path = NAMED.sub(r"/\1/*", IDENTIFIER.sub("*", parts.path))
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if "at" in query and path.endswith("/edit/"):  # nodes are as many kinds of page as they have kinds of address
        return f"{path}?at={IDENTIFIER.sub('*', query['at'])}"
    shape = sorted(name + ("=…" if value else "") for name, value in query.items())
    return f"{path}?{'&'.join(shape)}" if shape else path


def pages(page: Page, start: str = "/", within: str = "") -> Iterator[str]:
    """Visit pages breadth first, at most two of a kind, and yield each address while its page is open.

    ``within`` is a pattern: links to other addresses are not followed.
    """
    origin = page.url.split("/", 3)[:3]
    waiting, seen, kinds = [start], {start}, Counter()
    while waiting:
        address = waiting.pop(0)
        is_one_enough = address.startswith("/admin/") or "/edit/?at=" in address
        if kinds[kind_of_page(address)] >= (1 if is_one_enough else SAME_KIND):
            continue
        kinds[kind_of_page(address)] += 1
        response = page.goto(address)
        assert response
        assert response.status < 400, f"{address} answers {response.status}"
        yield address
        for link in page.locator("a[href]").evaluate_all("links => links.map(link => link.href)"):
            parts = urlsplit(link)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if f"{parts.scheme}://{parts.netloc}" == "/".join(origin) and target not in seen:
                seen.add(target)
                # the admin's filters and orders are Django's own pages in endless combinations
                is_page = not NO_PAGE.search(parts.path) and not (parts.path.startswith("/admin/") and parts.query)
                if is_page and re.match(within, parts.path):
                    waiting.append(target)
