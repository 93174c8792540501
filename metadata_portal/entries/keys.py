"""What names a record of each kind, and the document it starts with."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from metadata_portal.entries.errors import KeyRefused
from metadata_portal.entries.kinds import KINDS
from metadata_portal.schemaforms.typed import happens_once

MAX_LENGTH: Final = 200
_STAMP: Final = "%Y-%m-%d_%H-%M-%S"
_RAW_NAME: Final = re.compile(r"(?P<subject>.+?)_(?P<stamp>\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2})", re.ASCII)
_TIME: Final = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})[Tt _](?P<time>\d{2}[:-]\d{2}(?:[:-]\d{2})?)", re.ASCII)
_OF_ANIMALS: Final = frozenset({"subject", "procedures", "acquisition"})


def key_of(kind: str, document: Mapping[str, Any]) -> str:
    """The key that a document says it belongs under; empty when it does not say."""
    said = said_by(kind, document)
    return KINDS[kind].between.join(said.values()) if said and all(said.values()) else ""


def said_by(kind: str, document: Mapping[str, Any]) -> dict[str, str]:
    """What the fields that a key is made of contribute to it; empty where one does not say."""
    return {name: _said(name, document.get(name)) for name in KINDS[kind].says}


def _said(name: str, value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return _stamped(value) if name.endswith("_time") else value


def _stamped(text: str) -> str:
    """A time as the names of raw assets have it: by the clock that it was written by."""
    try:
        return datetime.fromisoformat(text).strftime(_STAMP)
    except ValueError:
        return ""


def subject_of(kind: str, key: str, document: Mapping[str, Any]) -> str:
    """The animal that a record is about, for searching."""
    if KINDS[kind].says == ("subject_id",):
        return key
    value = document.get("subject_id")
    if not KINDS[kind].says and (named := _RAW_NAME.match(key)):
        value = named["subject"]
    return value[:MAX_LENGTH] if isinstance(value, str) else ""


def joined_key(kind: str, parts: Mapping[str, str]) -> str:
    """The key made of what was asked for; raises KeyRefused naming the part that does not serve."""
    words = KINDS[kind]
    return words.between.join(_part(part.name, parts.get(part.name, "")) for part in words.key)


def _part(name: str, text: str) -> str:
    text = text.strip()
    if not name.endswith("_time") or not text:
        return text
    found = _TIME.fullmatch(text)
    clock = found["time"].replace("-", ":") if found else ""
    stamp = _stamped(f"{found['date']}T{clock}") if found else ""
    if not stamp:
        raise KeyRefused("Write the start as YYYY-MM-DD HH:MM:SS, by the clock of the lab.", field=name)
    return stamp


def split_key(kind: str, key: str) -> dict[str, str]:
    """A key taken apart into what was asked for; what cannot be told is empty."""
    names = [part.name for part in KINDS[kind].key]
    if len(names) == 1:
        return {names[0]: key}
    if kind == "acquisition":
        found = _RAW_NAME.fullmatch(key)
        return dict(zip(names, (found["subject"], found["stamp"]) if found else (key, ""), strict=True))
    first, between, rest = key.rpartition(KINDS[kind].between)
    return dict(zip(names, (first, rest) if between else (key, ""), strict=True))


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
    parts = split_key(kind, key)
    if not all(parts.values()):
        lacking = next(part.label for part in KINDS[kind].key if not parts[part.name])
        raise KeyRefused(f"{lacking} is missing: a record is found by it.")
    animal = next(iter(parts.values())) if kind in _OF_ANIMALS else ""
    bad = next((character for character in key if character in "/\\"), "") or ("_" if "_" in animal else "")
    if bad:
        raise KeyRefused(f"The identifier holds “{bad}”: use letters, digits, dots and hyphens.")
    return key


def start_document(kind: str, key: str, zone: ZoneInfo) -> dict[str, Any]:
    """What a new record's document says already."""
    return _STARTS.get(kind, _start_with_key)(kind, key, zone)


def _start_with_key(kind: str, key: str, _zone: ZoneInfo) -> dict[str, Any]:
    says = KINDS[kind].says
    return {says[0]: key} if len(says) == 1 else dict(zip(says, split_key(kind, key).values(), strict=False))


def _start_description(_kind: str, key: str, zone: ZoneInfo) -> dict[str, Any]:
    """A raw asset's name says whose data it is and when they were taken."""
    found = _RAW_NAME.fullmatch(key)
    taken = _moment(found["stamp"], zone) if found and "_" not in found["subject"] else ""
    if found is None or not taken:
        return {"name": key}
    return {
        "subject_id": found["subject"],
        "creation_time": taken,
        "name": key,
        "data_level": "raw",
    }


def _start_acquisition(kind: str, key: str, zone: ZoneInfo) -> dict[str, Any]:
    parts = split_key(kind, key)
    taken = _moment(parts["acquisition_start_time"], zone)
    return {"subject_id": parts["subject_id"], **({"acquisition_start_time": taken} if taken else {})}


def _moment(stamp: str, zone: ZoneInfo) -> str:
    """A time of the lab's clock with its offset; empty when the clock never showed it, or twice."""
    try:
        taken = datetime.strptime(stamp, _STAMP)  # noqa: DTZ007 - the zone is added below
    except ValueError:
        return ""
    return taken.replace(tzinfo=zone).isoformat() if happens_once(taken, zone) else ""


_STARTS: Mapping[str, Callable[[str, str, ZoneInfo], dict[str, Any]]] = {
    "data_description": _start_description,
    "acquisition": _start_acquisition,
}
