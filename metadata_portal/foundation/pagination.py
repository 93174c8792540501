"""One page of a list, kept inside its bounds whatever the address says."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_SIZE = 25


def page_of(request: HttpRequest, rows: Any, *, size: int = PAGE_SIZE) -> Page[Any]:
    """Return the page of rows that ``?page=`` asks for; nonsense gets the first, too far the last."""
    asked = request.GET.get("page", "")
    # int() also takes signs, underscores, other scripts' digits and thousands of them
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1  # noqa: PLR2004 - digits
    return Paginator(rows, size).get_page(max(number, 1))
