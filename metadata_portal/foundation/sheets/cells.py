"""A cell that a spreadsheet must not take for a formula, and back."""

import re
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?%?")
_LEADING: Final = "'\"` \u00a0"
# the wide forms are turned into the plain ones by some programs
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def is_risky(text: str) -> bool:
    """Return whether a spreadsheet may compute this text; a number such as -2.5 it may."""
    bare = text.lstrip(_LEADING)
    return bare.startswith(_STARTS) and _NUMBER.fullmatch(text.strip()) is None


def neutral(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{text}" if is_risky(text) else text


def as_meant(text: str) -> str:
    """Return the text without the apostrophe that `neutral` puts before it."""
    return text[1:] if text.startswith("'") and is_risky(text[1:]) else text
