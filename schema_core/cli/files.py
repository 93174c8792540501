"""Reading the files that a command was given, one at a time."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from schema_core.errors import Problem, SchemaError, UnknownKind
from schema_core.kinds import kind_of
from schema_core.validation import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FINE, FAULTY, UNUSABLE = 0, 1, 2
STDIN: Final = "-"
LARGEST: Final = 256 * 1024 * 1024
"""Bytes above which a file is taken for data, and not read."""


class Unusable(SchemaError):
    """A command that cannot be carried out as given."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was read: its JSON values and its kind, or why there are none."""

    name: str
    document: Any = None
    kind: str | None = None
    problems: tuple[Problem, ...] = ()
    readable: bool = True


def given(names: list[str], kind: str | None) -> Iterator[Given]:
    """Every file, read when its turn has come; those that cannot be read are told on standard error."""
    if names.count(STDIN) > 1:
        raise Unusable("Standard input (-) can be read only once")
    for name in names:
        try:
            content = _content(name)
        except (OSError, ValueError, MemoryError) as error:
            why = f"cannot be read: {_reason(error)}"
            print(f"{name}: {why}", file=sys.stderr)  # noqa: T201
            yield Given(name, problems=(Problem("", "file-unreadable", f"The file {why}"),), readable=False)
        else:
            yield _read(name, content, kind)


def _content(name: str) -> bytes:
    if name == STDIN:
        return _limited(sys.stdin.buffer)
    with Path(name).open("rb") as stream:
        return _limited(stream)


def _limited(stream: IO[bytes]) -> bytes:
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1024**2} MiB, which no metadata are")
    return content


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "it does not fit into this machine's memory"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _read(name: str, content: bytes, kind: str | None) -> Given:
    if not content.strip():
        return Given(name, kind=kind, problems=(Problem("", "not-json", "This is not JSON: the file is empty"),))
    document, problems = parse(content)
    if kind is None and not problems:
        try:
            kind = kind_of(document, None if name == STDIN else name)
        except UnknownKind as error:
            problems = [Problem("", "document-kind", str(error))]
    return Given(name, document, kind, tuple(problems))
