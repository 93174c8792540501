"""What names a record of each kind, and the document it starts with."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from metadata_portal.entries.errors import KeyRefused

KEY_FIELD: Final[Mapping[str, str]] = {"subject": "subject_id", "procedures": "subject_id", "data_description": "name"}
MAX_LENGTH: Final = 200
_RAW_NAME = re.compile(r"(?P<subject>[^_]+)_(?P<date>\d{4}-\d{2}-\d{2})_(?P<time>\d{2}-\d{2}-\d{2})", re.ASCII)


def key_of(kind: str, document: Mapping[str, Any]) -> str:
    """The key that a document says it belongs under; empty when it does not say."""
    value = document.get(KEY_FIELD[kind])
    return value if isinstance(value, str) else ""


def subject_of(kind: str, key: str, document: Mapping[str, Any]) -> str:
    """The animal that a record is about, for searching."""
    if KEY_FIELD[kind] == "subject_id":
        return key
    value = document.get("subject_id")
    return value[:MAX_LENGTH] if isinstance(value, str) else ""


def safe_key(text: str) -> str:
    """The key without surrounding spaces; refuses what no page, file name or database can hold."""
    key = unicodedata.normalize("NFC", text).strip()
    if not key:
        raise KeyRefused("Give the identifier: a record is found by it.")
    if len(key) > MAX_LENGTH:
        raise KeyRefused(f"The identifier has {len(key)} characters: give at most {MAX_LENGTH}.")
    bad = next((character for character in key if _is_invisible(character)), "")
    if bad:
        raise KeyRefused(f"The identifier holds an invisible character (U+{ord(bad):04X}): type it again.")
    if key.strip(".") == "":
        raise KeyRefused("The identifier cannot be dots only.")
    return key


def _is_invisible(character: str) -> bool:
    """Controls, marks of direction, odd spaces, and what stands for something unreadable."""
    return (unicodedata.category(character)[0] in "CZ" and character != " ") or character == "\N{REPLACEMENT CHARACTER}"


def new_key(kind: str, text: str) -> str:
    """The key of a record made here: no slash, and no underscore in a subject's, which asset names are split at."""
    key = safe_key(text)
    refused = "/\\" if kind == "data_description" else "/\\_"
    bad = next((character for character in key if character in refused), "")
    if bad:
        raise KeyRefused(f"The identifier holds “{bad}”: use letters, digits, dots and hyphens.")
    return key


def start_document(kind: str, key: str, zone: ZoneInfo) -> dict[str, Any]:
    """What a new record's document says already."""
    return _STARTS.get(kind, _start_with_key)(kind, key, zone)


def _start_with_key(kind: str, key: str, _zone: ZoneInfo) -> dict[str, Any]:
    return {KEY_FIELD[kind]: key}


def _start_description(_kind: str, key: str, zone: ZoneInfo) -> dict[str, Any]:
    """A raw asset's name says whose data it is and when they were taken."""
    found = _RAW_NAME.fullmatch(key)
    if found is None:
        return {"name": key}
    try:
        taken = datetime.strptime(f"{found['date']} {found['time']}", "%Y-%m-%d %H-%M-%S").replace(tzinfo=zone)
    except ValueError:
        return {"name": key}
    return {
        "subject_id": found["subject"],
        "creation_time": taken.isoformat(),
        "name": key,
        "data_level": "raw",
    }


_STARTS: Mapping[str, Callable[[str, str, ZoneInfo], dict[str, Any]]] = {"data_description": _start_description}
