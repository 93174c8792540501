"""Where in a JSON text each value stands: for messages that name a line, and for marks beside lines."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schema_core import paths

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}:,]|[^\s\][{}:,"]+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spot:
    """A key or a value of a text: its address, where it begins, and how it is written."""

    path: str
    start: int
    written: str
    is_key: bool


@dataclass(slots=True)
class _Holder:
    """An object or list that is open; a list knows which of its items is read."""

    path: str
    index: int | None


def spots(text: str) -> Iterator[Spot]:
    """Every key and value in the order of the text; ends where the text stops being JSON."""
    holders: list[_Holder] = []
    here, key_next = "", False
    for found in _TOKEN.finditer(text):
        mark = found[0]
        if mark in "]},":
            if not holders:
                return
            here, key_next = _passed(holders, mark)
        elif mark == ":":
            continue
        elif key_next:
            here, key_next = paths.child(holders[-1].path, _key(mark)), False
            yield Spot(here, found.start(), mark, is_key=True)
        else:
            yield Spot(here, found.start(), mark, is_key=False)
            if mark in "{[":
                holders.append(_Holder(here, 0 if mark == "[" else None))
                here, key_next = paths.child(here, 0), mark == "{"


def _passed(holders: list[_Holder], mark: str) -> tuple[str, bool]:
    """The address after a comma or a closing bracket, and whether a key comes next."""
    if mark != ",":
        return holders.pop().path, False
    holder = holders[-1]
    if holder.index is None:
        return holder.path, True
    holder.index += 1
    return paths.child(holder.path, holder.index), False


def _key(written: str) -> str:
    try:
        return str(json.loads(written, strict=False))
    except ValueError:
        return written


class Lines:
    """The lines of a text, and the line that each address stands in."""

    def __init__(self, text: str) -> None:
        self.texts = text.split("\n")
        starts = [0]
        for line in self.texts:
            starts.append(starts[-1] + len(line) + 1)
        self._starts = starts
        self._lines: dict[str, int] = {}
        for spot in spots(text):
            self._lines.setdefault(spot.path, self.number(spot.start))

    def number(self, offset: int) -> int:
        """The line, from 1, of a character."""
        return bisect_right(self._starts, offset)

    def of(self, path: str) -> int:
        """The line of a value; of what would hold it where there is none."""
        while path not in self._lines:
            if not path:
                return 1
            path = paths.parent(path)
        return self._lines[path]


def doubled_key(text: str) -> Spot | None:
    """The first key that an object is given a second time."""
    seen: set[str] = set()
    for spot in spots(text):
        if spot.is_key:
            if spot.path in seen:
                return spot
            seen.add(spot.path)
    return None


def first_value(text: str, written: str) -> Spot | None:
    """The first value that is written like this."""
    return next((spot for spot in spots(text) if not spot.is_key and spot.written == written), None)
