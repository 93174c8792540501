"""The one hardened reader of what comes from outside: JSON files and posted forms.

Its limits are the portal's, not the standard's. Everything it refuses it refuses with a FormError (or TooLarge) that
names the field, before anything is built from the input.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from metadata_portal.errors import FormError, TooLarge
from metadata_portal.schemaforms.json_places import Spot, doubled_key, first_value
from schema_core import paths

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_DEPTH: Final = 40
MAX_LEAVES: Final = 20_000
MAX_ITEMS: Final = 5000
MAX_KEY: Final = 300
MAX_TEXT: Final = 200_000
MAX_EXPONENT: Final = 20
MAX_DIGITS: Final = 60

_FORBIDDEN: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, tab, line feed and carriage return apart
    "\ud800-\udfff"  # halves of characters
    "\ufdd0-\ufdef\ufffe\uffff"  # no characters
    "\u202a-\u202e\u2066-\u2069"  # marks that turn the reading direction and hide what is written
    "]"
)
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,3}", re.ASCII)
_STRINGS: Final = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"{\0", b"\0{")


class _Refused(ValueError):
    """What a parser's hook refuses, before it is known where it stands."""

    def __init__(self, message: str, written: str = "") -> None:
        super().__init__(message)
        self.written = written


def check_text(text: str, field: str) -> str:
    """Give the text back if every character of it can be stored and shown as it is; FormError names the field."""
    found = _FORBIDDEN.search(text)
    if found is not None:
        field = _showable(field)
        raise FormError(f"{field}: the character U+{ord(found[0]):04X} cannot be kept. Take it out.", field=field)
    if len(text) > MAX_TEXT:
        raise FormError(f"{field}: {len(text)} characters are too many, at most {MAX_TEXT}.", field=field)
    return text


def check_key(key: str) -> str:
    """Give a posted key or a path back if it is of a sane size; FormError otherwise."""
    if len(key.encode("utf-8", "replace")) > MAX_KEY:
        raise FormError("A field name or path in the form is too long.", field=key[:60])
    check_text(key, key[:60])
    if key.count(".") >= MAX_DEPTH:
        raise FormError("A path in the form is too deep.", field=key[:60])
    return key


def read_index(text: str, field: str) -> int:
    """Read an item number: 0 to 4999, digits only, without leading zeros or signs."""
    if not _INDEX.fullmatch(text) or int(text) >= MAX_ITEMS:
        raise FormError(f"{field}: {text[:20]!r} is no item number (0 to {MAX_ITEMS - 1}).", field=field)
    return int(text)


def parse_json(data: bytes | str, *, most: int = MAX_BYTES) -> Any:
    """Read a JSON document; raises TooLarge or FormError that say what is wrong with it, and where."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
    if len(raw) > most:
        raise TooLarge(f"The document has {len(raw):,} bytes; {most:,} is the most.")
    _check_shape(raw)
    document = _loads(raw)
    for path, value in _leaves(document):
        if isinstance(value, str):
            check_text(value, path)
    return document


def _loads(raw: bytes) -> Any:
    """Decode and parse, refusing doubled keys and numbers that JSON does not know."""
    if raw.startswith(_UTF16):
        raise FormError("The document is UTF-16 text: save it as UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormError(f"The document is not UTF-8 text (byte {error.start}).") from error
    try:
        return json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_read_float,
            parse_int=_read_int,
        )
    except json.JSONDecodeError as error:
        raise FormError(f"This is not JSON: {error.msg}, line {error.lineno} column {error.colno}.") from error
    except _Refused as error:
        spot = first_value(text, error.written) if error.written else doubled_key(text)
        raise FormError(f"{error}{_whereabouts(text, spot)}.", field=spot.path if spot else "") from error
    except RecursionError as error:
        raise FormError("The document is nested too deeply.") from error


def _whereabouts(text: str, spot: Spot | None) -> str:
    """Where something stands, in words; nothing where it cannot be found again."""
    if spot is None:
        return ""
    line = text.count("\n", 0, spot.start) + 1
    column = spot.start - text.rfind("\n", 0, spot.start)
    return f": {_showable(spot.path[:200]) or 'the whole document'}, line {line} column {column}"


def _showable(text: str) -> str:
    """An address or key as every page can show it."""
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _check_shape(raw: bytes) -> None:
    """Bound depth and number of values before anything is parsed."""
    bare = _STRINGS.sub(b'"', raw)
    if bare.count(b",") + bare.count(b":") > 2 * MAX_LEAVES:
        raise TooLarge(f"The document holds more than {MAX_LEAVES:,} values.")
    depth = 0
    for bracket in re.finditer(rb"[][{}]", bare):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > MAX_DEPTH:
            raise FormError(f"The document is nested more than {MAX_DEPTH} levels deep.")


def _leaves(document: Any) -> Iterator[tuple[str, Any]]:
    """Walk every value and every key with its path, counting them."""
    stack: list[tuple[str, Any]] = [("", document)]
    seen = 0
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            for key, entry in value.items():
                yield path or key[:60], check_key(key)
                stack.append((paths.child(path, key), entry))
        elif isinstance(value, list):
            stack += [(f"{path}.{index}" if path else str(index), entry) for index, entry in enumerate(value)]
        else:
            seen += 1
            if seen > MAX_LEAVES:
                raise TooLarge(f"The document holds more than {MAX_LEAVES:,} values.")
            yield path, value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object; a key given twice would lose a value."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Refused(f"The key {key[:60]!r} is given twice in one object")
        found[key] = value
    return found


def _refuse_constant(text: str) -> Any:
    raise _Refused(f"{text} is no JSON number", text)


def _read_float(text: str) -> float:
    """Read a number with a point or exponent; what no double can hold is refused."""
    mantissa, _, exponent = text.lower().partition("e")
    value = float(text) if len(text) <= MAX_DIGITS + MAX_EXPONENT else math.inf
    if len(mantissa) > MAX_DIGITS or abs(int(exponent[:6] or 0)) > MAX_EXPONENT or not math.isfinite(value):
        raise _Refused(f"The number {text[:40]} is out of range", text)
    return value


def _read_int(text: str) -> int:
    """Read a whole number of bounded length."""
    if len(text) > MAX_DIGITS:
        raise _Refused(f"The number {text[:40]}… has too many digits", text)
    return int(text)


def posted(post: Mapping[str, Any]) -> dict[str, list[str]]:
    """Read a form's keys and values as plain lists of clean text; line ends are those of Unix."""
    pairs = post.lists() if hasattr(post, "lists") else ((key, _as_list(value)) for key, value in post.items())
    found: dict[str, list[str]] = {}
    for key, values in pairs:
        check_key(key)
        found[key] = [check_text(str(value).replace("\r\n", "\n").replace("\r", "\n"), key) for value in values]
    return found


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
