"""Typed text -> JSON values, one reader for each plain type; what cannot be read stays the text that was typed.

The schema is the only judge: a reader never refuses. ``understood`` says of a value in a document whether it is written
in a way that this portal reads without guessing; the standard's own parsers are laxer (``1_0``, ``NaN``).
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils import timezone

Reader = Callable[[str], Any]

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,40}\.?[0-9]{0,100}|\.[0-9]{1,100})(?:[eE][+-]?([0-9]{1,3}))?", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME: Final = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?", re.ASCII)
_STAMP: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)\s*"
    r"(Z|z|[+-][0-9]{2}:?[0-9]{2}(?::[0-9]{2})?)?",
    re.ASCII,
)
_LARGEST_EXPONENT: Final = 20
_readers: dict[type, Reader] = {}


def reads(kind: type) -> Callable[[Reader], Reader]:
    """Register the reader of one plain type; a second one is refused."""

    def register(reader: Reader) -> Reader:
        if kind in _readers:
            raise ValueError(f"{kind.__name__} has a reader already: {_readers[kind].__name__}")
        _readers[kind] = reader
        return reader

    return register


def read(kind: type, text: str) -> Any:
    """Read typed text as a plain type; the text itself when that is not possible."""
    return _readers[kind](text)


@reads(str)
def read_text(text: str) -> str:
    """Keep text as typed."""
    return text


@reads(bool)
def read_bool(text: str) -> bool | str:
    """Read yes and no."""
    return {"true": True, "yes": True, "false": False, "no": False}.get(text.lower(), text)


@reads(int)
def read_int(text: str) -> int | str:
    """Read a whole number; 2.5e12 is one, 2.5 and 1_000 stay text."""
    if _INTEGER.fullmatch(text):
        return int(text)
    number = _decimal(text)
    # the exponent is bounded by now, so the whole number is short
    return text if number is None or number != number.to_integral_value() else int(number)


@reads(float)
def read_float(text: str) -> float | int | str:
    """Read a number in plain ASCII form; a decimal comma, NaN and 1e400 stay text."""
    if _INTEGER.fullmatch(text):
        return int(text)
    return text if _decimal(text) is None else float(text)


@reads(Decimal)
def read_decimal(text: str) -> str:
    """Keep exact digits: the standard writes these numbers as text."""
    return text


@reads(dt.date)
def read_date(text: str) -> str:
    """Keep a date as typed; ISO is what the schema reads."""
    return text


@reads(dt.time)
def read_time(text: str) -> str:
    """Keep a time of day as typed; without seconds they are added."""
    return f"{text}:00" if re.fullmatch(r"[0-9]{2}:[0-9]{2}", text, re.ASCII) else text


@reads(dt.datetime)
def read_datetime(text: str) -> str:
    """Read date and time; without an offset the lab's zone gives it, unless the clock skipped or repeated that hour."""
    found = _STAMP.fullmatch(text)
    if found is None:
        return text
    date, time, offset = found.groups()
    joined = f"{date}T{time if time.count(':') > 1 else f'{time}:00'}"
    if offset:
        return f"{joined}{'Z' if offset in 'Zz' else offset}"
    moment = _moment(joined)
    return text if moment is None or not happens_once(moment) else joined + _offset(moment)


def happens_once(naive: dt.datetime, zone: ZoneInfo | None = None) -> bool:
    """Say whether the lab's clock shows this time exactly once."""
    first, second = (naive.replace(tzinfo=zone or lab_zone(), fold=fold) for fold in (0, 1))
    return first.utcoffset() == second.utcoffset()


def lab_zone() -> ZoneInfo:
    """Give the lab's time zone, a setting."""
    return ZoneInfo(timezone.get_default_timezone_name())


def _offset(naive: dt.datetime) -> str:
    """Write the lab's offset at a time as +hh:mm."""
    stamp = naive.replace(tzinfo=lab_zone()).strftime("%z")
    return f"{stamp[:3]}:{stamp[3:5]}"


def _moment(text: str) -> dt.datetime | None:
    """Parse an ISO date and time; None when there is no such day or hour."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _decimal(text: str) -> Decimal | None:
    """Read a plain number of bounded size."""
    found = _NUMBER.fullmatch(text)
    if found is None or int(found[1] or 0) > _LARGEST_EXPONENT:
        return None
    return Decimal(text)


# What the portal asks about although the standard's parsers would take it ---------------------------------------------


def understood(kind: type, value: Any) -> bool:
    """Say whether a value that stands in a document is written so that nobody has to guess."""
    if not isinstance(value, str):
        return True
    check = _CHECKS.get(kind)
    return check is None or check(value)


def _is_date(text: str) -> bool:
    """Accept a day, or midnight of it, as the standard does."""
    return _DATE.fullmatch(text[:10]) is not None


def _is_stamp(text: str) -> bool:
    """Accept ISO date and time; without an offset only where the lab's clock shows it once."""
    found = _STAMP.fullmatch(text)
    if found is None:
        return _DATE.fullmatch(text) is not None
    moment = None if found[3] else _moment(f"{found[1]}T{found[2]}")
    return moment is None or happens_once(moment)


_CHECKS: Final[dict[type, Callable[[str], bool]]] = {
    int: lambda text: _decimal(text) is not None,
    float: lambda text: _decimal(text) is not None,
    Decimal: lambda text: _decimal(text) is not None,
    dt.date: _is_date,
    dt.datetime: _is_stamp,
    dt.time: lambda text: _TIME.fullmatch(text) is not None,
}
