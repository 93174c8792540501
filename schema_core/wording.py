"""What Pydantic's complaints mean, in words for people: the thing, what was expected, what came, what to do."""

from __future__ import annotations

import enum
import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from schema_core.base import title_of
from schema_core.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

_LONGEST = 60
_MOST_VALUES = 15


def shown(value: Any) -> str:
    """A value as it may stand in a message."""
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = str(value)
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def listed(values: Iterable[Any]) -> str:
    """Allowed values for a message; long lists are cut."""
    words = [str(value) for value in values]
    if len(words) <= _MOST_VALUES:
        return ", ".join(words)
    return ", ".join(words[:_MOST_VALUES]) + f" and {len(words) - _MOST_VALUES} more"


def nearest(word: Any, words: Iterable[str]) -> str:
    """`: did you mean X?` where a known word is close, else nothing."""
    if not isinstance(word, str) or len(word) > _LONGEST:
        return ""
    close = get_close_matches(word, list(words), n=1)
    return f": did you mean {close[0]!r}?" if close else ""


_EXPECTED = {
    "string_type": ("text", "text"),
    "string_unicode": ("text", "text that can be written as UTF-8"),
    "int_type": ("number", "a whole number"),
    "int_parsing": ("number", "a whole number"),
    "int_from_float": ("number", "a whole number"),
    "int_parsing_size": ("number", "a smaller whole number"),
    "float_type": ("number", "a number"),
    "float_parsing": ("number", "a number"),
    "finite_number": ("number", "a finite number"),
    "decimal_type": ("number", "a number"),
    "decimal_parsing": ("number", "a number"),
    "bool_type": ("yes-or-no", "yes or no (true or false)"),
    "bool_parsing": ("yes-or-no", "yes or no (true or false)"),
    "date_type": ("date", "a date, YYYY-MM-DD"),
    "date_parsing": ("date", "a date, YYYY-MM-DD"),
    "date_from_datetime_parsing": ("date", "a date, YYYY-MM-DD"),
    "date_from_datetime_inexact": ("date", "a date without a time of day, YYYY-MM-DD"),
    "datetime_type": ("time", "a date and time with its offset, such as 2024-03-01T14:05:00+01:00"),
    "datetime_parsing": ("time", "a date and time with its offset, such as 2024-03-01T14:05:00+01:00"),
    "datetime_from_date_parsing": ("time", "a date and time with its offset, such as 2024-03-01T14:05:00+01:00"),
    "datetime_object_invalid": ("time", "a date and time with its offset, such as 2024-03-01T14:05:00+01:00"),
    "time_type": ("time-of-day", "a time of day, HH:MM:SS"),
    "time_parsing": ("time-of-day", "a time of day, HH:MM:SS"),
    "list_type": ("list", "a list"),
    "dict_type": ("object", "an object of names and values"),
    "model_type": ("object", "an object"),
    "model_attributes_type": ("object", "an object"),
    "path_type": ("text", "the path of a file"),
    "is_instance_of": ("text", "the path of a file"),
}


def _expected(error: ErrorDetails, _info: FieldInfo | None) -> tuple[str, str]:
    code, words = _EXPECTED[error["type"]]
    value = error["input"]
    if value is None:
        return "null", f"Expected {words}, got nothing (null): fill it in, or leave the field out if it may be empty"
    return code, f"Expected {words}, got {shown(value)}"


def _choice(error: ErrorDetails, info: FieldInfo | None) -> tuple[str, str]:
    allowed = _members(info) or str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    words = allowed if isinstance(allowed, str) else listed(allowed)
    if error["input"] is None:
        return "null", f"Choose one of the allowed values ({words}); nothing (null) is given"
    guess = nearest(error["input"], allowed) if isinstance(allowed, list) else ""
    return "choice", f"{shown(error['input'])} is not one of the allowed values ({words}){guess}"


def _members(info: FieldInfo | None) -> list[str]:
    return [] if info is None else [str(member.value) for member in _enum_of(info.annotation)]


def _enum_of(annotation: Any) -> Any:
    """The members of the one enum inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return list(annotation)
    found = [members for members in map(_enum_of, get_args(annotation)) if members]
    return found[0] if len(found) == 1 else []


def _pattern(error: ErrorDetails, info: FieldInfo | None) -> tuple[str, str]:
    hint = f" ({info.description})" if info is not None and info.description else ""
    return "form", f"{shown(error['input'])} does not have the form that is asked for{hint}"


def _too_short(error: ErrorDetails, _info: FieldInfo | None) -> tuple[str, str]:
    least = error.get("ctx", {}).get("min_length", 1)
    return "too-few", f"Expected at least {least}, got {error.get('ctx', {}).get('actual_length', 0)}: add one"


def _range(error: ErrorDetails, _info: FieldInfo | None) -> tuple[str, str]:
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    limits = " and ".join(f"{words[key]} {limit}" for key, limit in error.get("ctx", {}).items() if key in words)
    return "range", f"Expected {limits}, got {shown(error['input'])}"


_SAID: dict[str, Callable[[ErrorDetails, FieldInfo | None], tuple[str, str]]] = {
    **dict.fromkeys(_EXPECTED, _expected),
    "enum": _choice,
    "literal_error": _choice,
    "string_pattern_mismatch": _pattern,
    "too_short": _too_short,
    **dict.fromkeys(("greater_than_equal", "greater_than", "less_than_equal", "less_than"), _range),
}


def problem_of(error: ErrorDetails, path: str, info: FieldInfo | None = None) -> Problem:
    """One complaint of Pydantic as a problem at a path."""
    kind = error["type"]
    severity: Severity = "error"
    if kind == "missing":
        return missing(path, info)
    if kind in _SAID:
        code, message = _SAID[kind](error, info)
        if error["input"] is None:
            severity = "missing"
        return Problem(path, code, message, severity)
    custom = "rule" in error.get("ctx", {}) or "-" in kind
    return Problem(path, kind if custom else kind.replace("_", "-"), error["msg"], severity)


def missing(path: str, info: FieldInfo | None = None) -> Problem:
    """A required field that is not there."""
    title = info.title if info is not None and info.title else title_of(path.rpartition(".")[2])
    return Problem(path, "missing", f"{title}: fill this in, it is required", "missing")


def unknown_field(path: str, name: str, object_type: str, known: Iterable[str]) -> Problem:
    """A key that its object does not have."""
    return Problem(
        path, "unknown-field", f"{shown(name)} is not a field of {object_type}: remove it{nearest(name, known)}"
    )


def untagged(path: str, key: str, value: Any, tags: Iterable[str]) -> Problem:
    """An object that does not say, or says wrongly, what it is."""
    names = list(tags)
    if not isinstance(value, dict):
        return Problem(path, "object", f"Expected an object ({listed(names)}), got {shown(value)}")
    given = value.get(key)
    if given is None:
        return Problem(path, "kind-missing", f"Choose what this is ({listed(names)}): {key} is missing", "missing")
    return Problem(path, "kind-unknown", f"{key} {shown(given)} is none of {listed(names)}{nearest(given, names)}")


_PLAIN_NAMES = {"TimeZoneName": "the name of a time zone"}


def titled(annotation: Any) -> str:
    """A type's name in plain words."""
    members = _enum_of(annotation)
    if members:
        return f"one of {listed(member.value for member in members)}"
    name: str = getattr(annotation, "__name__", "a value")
    return _PLAIN_NAMES.get(name, name.removesuffix("Model"))
