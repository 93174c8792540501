"""What the language of a person's browser says about numbers."""

from typing import Final

from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils.formats import get_format
from django.utils.translation.trans_real import parse_accept_lang_header

_MIXED: Final = frozenset({"ch", "li", "us", "mx"})
"""Regions whose people write otherwise than the language's name says."""


def has_decimal_comma(request: HttpRequest) -> bool:
    """Say whether 1,5 is one and a half for sure: in the first language that the browser asks for."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    language = wanted[0][0] if wanted else ""
    base, _, region = language.partition("-")
    if base not in LANG_INFO or region in _MIXED:
        return False
    return bool(get_format("DECIMAL_SEPARATOR", base, use_l10n=True) == ",")
