"""Characters that no text in the portal may hold, and how they are named to people."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

# NUL and other control characters (tab and line ends are text), lone surrogates, non-characters, what Django puts
# in the place of bytes that are no text, and the direction overrides that make a text read differently from what it is
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff\u202a-\u202e\u2066-\u2069]"
)
NAMES = {"\x00": "NUL", "\ufffe": "reversed byte order mark"}
KINDS = {"Cc": "control character", "Cs": "half of a character", "Cn": "not a character"}


def forbidden_character(text: str) -> str | None:
    """Return the name of the first character in the text that cannot be stored, or None."""
    match = FORBIDDEN.search(text)
    return describe_character(match.group()) if match else None


def describe_character(character: str) -> str:
    """Return a character as people can look it up: ``U+202E right-to-left override``."""
    kind = KINDS.get(unicodedata.category(character), "")
    name = NAMES.get(character) or unicodedata.name(character, kind).lower()
    return f"U+{ord(character):04X} {name}"


def reads_any_text(field: str) -> Callable[[View], View]:
    """Mark a view that answers forbidden characters in this field itself, with what was typed still on its page."""

    def mark(view: View) -> View:
        view.reads_any_text = field  # type: ignore[attr-defined]
        return view

    return mark
