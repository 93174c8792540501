"""How data assets are named: patterns, and the words that describe what an asset holds."""

import re
from contextlib import suppress
from datetime import datetime
from enum import Enum

from schema_core.registries.words import OpenWords


class RegexParts(str, Enum):
    """Building blocks of the name patterns."""

    DATE = r"\d{4}-\d{2}-\d{2}"
    TIME = r"\d{2}-\d{2}-\d{2}"
    DATETIME = r"\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}"


_DATE, _TIME, _DATETIME = RegexParts.DATE.value, RegexParts.TIME.value, RegexParts.DATETIME.value


class DataRegexLegacy(str, Enum):
    """Name patterns of the first generation, kept to read old assets."""

    DATA = rf"^(?P<label>.+?)_(?P<c_date>{_DATE})_(?P<c_time>{_TIME})$"
    RAW = rf"^(?P<platform_abbreviation>.+?)_(?P<subject_id>.+?)_(?P<c_date>{_DATE})_(?P<c_time>{_TIME})$"
    DERIVED = rf"^(?P<input>.+?_{_DATE}_{_TIME})_(?P<process_name>.+?)_(?P<c_date>{_DATE})_(?P<c_time>{_TIME})"
    ANALYZED = rf"^(?P<project_abbreviation>.+?)_(?P<analysis_name>.+?)_(?P<c_date>{_DATE})_(?P<c_time>{_TIME})$"


class DataRegex(str, Enum):
    """Name patterns in use."""

    DATA = rf"^(?P<label>.+?)_(?P<c_datetime>{_DATETIME})$"
    RAW = rf"^(?P<subject_id>.+?)_(?P<c_datetime>{_DATETIME})$"
    DERIVED = rf"^(?P<input>.+?_{_DATETIME})_(?P<process_name>.+?)_(?P<c_datetime>{_DATETIME})"
    ANALYZED = rf"^(?P<project_abbreviation>.+?)_(?P<analysis_name>.+?)_(?P<c_datetime>{_DATETIME})$"
    NO_UNDERSCORES = r"^[^_]+$"
    NO_SPECIAL_CHARS = r'^[^<>:;"/|? \\_]+$'
    NO_SPECIAL_CHARS_EXCEPT_SPACE = r'^[^<>:;"/|?\\_]+$'


class DataLevel(str, Enum):
    """How far data are from the instrument."""

    DERIVED = "derived"
    RAW = "raw"
    SIMULATED = "simulated"


class Group(OpenWords):
    """Team that collected the data."""

    BEHAVIOR = "behavior"
    EPHYS = "ephys"
    MSMA = "MSMA"
    OPHYS = "ophys"
    NBA = "NBA"


_STAMP = "%Y-%m-%d_%H-%M-%S"
_STAMPED = re.compile(_DATETIME)


def datetime_to_name_string(dt: datetime) -> str:
    """The moment as asset names write it: 2020-12-29_10-04-59."""
    return dt.strftime(_STAMP)


def datetime_from_name_string(dt: str) -> datetime:
    """The moment that an asset name carries, without a zone; ValueError if it carries none."""
    with suppress(ValueError):  # a fifth of what strptime costs, which says what is wrong
        if _STAMPED.fullmatch(dt):
            return datetime.fromisoformat(f"{dt[:10]}T{dt[11:].replace('-', ':')}")
    return datetime.strptime(dt, _STAMP)  # noqa: DTZ007


def build_data_name(label: str, creation_datetime: datetime) -> str:
    """The asset name made of a label and the moment of creation."""
    return f"{label}_{datetime_to_name_string(creation_datetime)}"
