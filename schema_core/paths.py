"""Addresses inside a document: dotted text such as `subject_procedures.0.procedures.1.volume`.

The root is the empty path. In a map key a dot is written `~1` and a tilde `~0`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schema_core.errors import UnknownPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def escape(part: str | int) -> str:
    """One step of a path as text."""
    return str(part).replace("~", "~0").replace(".", "~1")


def unescape(part: str) -> str:
    """The key or index that one step of a path names."""
    return part.replace("~1", ".").replace("~0", "~")


def split(path: str) -> tuple[str, ...]:
    """The steps of a path, unescaped; none for the root."""
    return tuple(unescape(part) for part in path.split(".")) if path else ()


def join(parts: Iterable[str | int]) -> str:
    """The path that takes these steps."""
    return ".".join(escape(part) for part in parts)


def of_steps(steps: tuple[Any, ...]) -> str:
    """The path of the steps that a walk took, each a pair of the steps above it and the last one."""
    keys = []
    while steps:
        steps, key = steps
        keys.append(key)
    return join(reversed(keys))


def child(path: str, key: str | int) -> str:
    """The path one step below."""
    return f"{path}.{escape(key)}" if path else escape(key)


def parent(path: str) -> str:
    """The path one step above; the root is its own parent."""
    return path.rpartition(".")[0]


def step(value: Any, part: str) -> Any:
    """What lies one step below a JSON value; LookupError or ValueError where nothing does."""
    if isinstance(value, dict):
        return value[part]
    if isinstance(value, list) and part.isascii() and part.isdigit() and part == str(int(part[:9])):
        return value[int(part)]
    raise LookupError(part)


def get(document: Any, path: str) -> Any:
    """The value at a path; raises UnknownPath where there is none."""
    value = document
    try:
        for part in split(path):
            value = step(value, part)
    except (LookupError, ValueError):
        raise UnknownPath(path) from None
    return value


def from_loc(loc: Sequence[str | int], document: Any) -> str:
    """The path of a Pydantic error location: steps that are not in the document (union tags, type labels) drop out.

    The last step stays when it names a key that an object lacks, since that is where the missing field belongs.
    """
    parts: list[str | int] = []
    value = document
    for position, element in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(value, dict) and isinstance(element, str) and (element in value or last):
            parts.append(element)
            value = value.get(element)
        elif isinstance(value, list) and isinstance(element, int) and 0 <= element < len(value):
            parts.append(element)
            value = value[element]
    return join(parts)
