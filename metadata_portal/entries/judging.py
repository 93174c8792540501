"""What is wrong with a document here: the standard's verdict, and the portal's own conditions for submitting."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

import schema_core
from metadata_portal.entries.keys import said_by
from metadata_portal.entries.kinds import KINDS
from metadata_portal.entries.lab_checks import lab_problems
from metadata_portal.errors import FormError, TooLarge
from metadata_portal.registries.overlay import lab_version, registry_version
from metadata_portal.schemaforms.doubts import doubts, joined
from metadata_portal.schemaforms.reader import MAX_BYTES
from schema_core.errors import Problem

FUTURE = "portal-future-date"
WRONG_KEY = "portal-key"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many problems of each severity a document has."""

    missing: int = 0
    errors: int = 0
    warnings: int = 0

    @property
    def blocking(self) -> int:
        """How many stand in the way of submitting."""
        return self.missing + self.errors


def lab_zone() -> ZoneInfo:
    """The zone of times typed without one, a setting."""
    return ZoneInfo(settings.TIME_ZONE)


def lab_today() -> date:
    """Today's date in the lab."""
    return timezone.now().astimezone(lab_zone()).date()


def judged_under() -> str:
    """What a verdict depends on besides the document: the registries and the day."""
    return f"{registry_version()}+{lab_version()}@{lab_today()}"


def judge(kind: str, key: str, document: Mapping[str, Any]) -> list[Problem]:
    """Every problem of a record's document, the standard's and the portal's."""
    found = schema_core.validate(dict(document), kind)
    ours = [
        *_key_problems(kind, key, document, found),
        *_future_problems(kind, document),
        *lab_problems(kind, document),
    ]
    return joined([*found, *ours], doubts(kind, document))


def count(problems: Sequence[Problem]) -> Counts:
    """The problems by severity."""
    severities = [problem.severity for problem in problems]
    return Counts(severities.count("missing"), severities.count("error"), severities.count("warning"))


def blocking(problems: Sequence[Problem]) -> list[Problem]:
    """Those that stand in the way of submitting."""
    return [problem for problem in problems if problem.severity != "warning"]


def as_rows(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """The problems as they are kept."""
    return [problem.as_json() for problem in problems]


def from_rows(rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """The problems as they were kept."""
    return [Problem.from_json(dict(row)) for row in rows]


def dump(document: Mapping[str, Any]) -> str:
    """The text that a draft's document is kept as; refuses what no JSON file may hold, and what is too large."""
    try:
        text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        size = len(text.encode())
    except ValueError as error:
        raise FormError("The document holds a number or a character that JSON does not know.") from error
    if size > MAX_BYTES:
        raise TooLarge(f"The record would have {size:,} bytes; {MAX_BYTES:,} is the most.")
    return text


def _key_problems(kind: str, key: str, document: Mapping[str, Any], found: Sequence[Problem]) -> Iterator[Problem]:
    """A record holds the document of the thing it is named after; where a key has two parts, the wrong one is told."""
    said, between = said_by(kind, document), KINDS[kind].between
    if not said or between.join(said.values()) == key:
        return
    known = {problem.path for problem in found}
    # the standard builds a raw asset's name; what it builds is compared when the text is made
    is_built = kind == "data_description" and document.get("data_level") == "raw"
    for field, value in said.items():
        if field in known or (len(said) > 1 and value and _fits(value, key, between)):
            continue
        if value:
            message = f"This record is kept under “{key}”, not “{value}”: rename it, or correct this."
            yield Problem(field, WRONG_KEY, message)
        elif document.get(field) is None and not is_built:
            yield Problem(field, WRONG_KEY, f"This record is kept under “{key}”: enter it here.", "missing")


def _fits(value: str, key: str, between: str) -> bool:
    """Whether one of several parts stands in a key."""
    return key.startswith(value + between) or key.endswith(between + value)


def _future_problems(kind: str, document: Mapping[str, Any]) -> Iterator[Problem]:
    """A plan is no record of what was done."""
    if kind != "procedures":
        return
    today = lab_today()
    for part in ("subject_procedures", "specimen_procedures"):
        items = document.get(part)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            start = item.get("start_date") if isinstance(item, dict) else None
            day = _day(start)
            if day is not None and day > today:
                message = f"{day} is later than today, {today}: submit it once it is done."
                yield Problem(f"{part}.{index}.start_date", FUTURE, message)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
