"""Whether 1,5 is one and a half, by the language of the browser."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from metadata_portal.foundation.languages import has_decimal_comma


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", True),
        ("fr", True),
        ("en-US,en;q=0.9,de;q=0.8", False),
        ("de-CH,de;q=0.9", False),
        ("", False),
        ("*", False),
        ("xx-" + "y" * 5000, False),
        ("../../etc,de", False),
    ],
)
def test_the_first_language_of_the_browser_says_what_a_comma_is(header, expected):
    request = RequestFactory().get("/", headers={"accept-language": header})
    assert has_decimal_comma(request) is expected
