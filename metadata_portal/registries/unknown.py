"""*Unknown* where the standard has a word for it: an answer that somebody gave, offered last, and no empty field."""

from collections.abc import Iterable
from typing import Final

UNKNOWN: Final = "Unknown"
SAID: Final = "Unknown (said so)"
NOT_SAID: Final = "not said"
HELP: Final = "Leave it empty until somebody says; Unknown is an answer, too"


def said_last(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give options of value and label with the word for unknown at the end, told apart from an empty field."""
    known = list(options)
    others = [(value, label) for value, label in known if value != UNKNOWN]
    return [*others, (UNKNOWN, SAID)] if len(others) < len(known) else others
