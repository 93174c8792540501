"""Writing what was found: text or JSON as it comes, and how far the work is."""

from __future__ import annotations

import json
import sys
import time
from textwrap import indent
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schema_core.errors import Problem

_MANY: Final = 10
_PAUSE: Final = 0.1  # seconds between two pictures of the bar
_WIDTH: Final = 30


class Listing:
    """A JSON array whose items are written one by one; nothing where it is not to be shown."""

    def __init__(self, *, shown: bool) -> None:
        self.shown, self.empty = shown, True

    def add(self, item: dict[str, Any]) -> None:
        """Write one more item."""
        say(("[" if self.empty else ",") + "\n" + indent(json.dumps(item, indent=2, ensure_ascii=False), "  "), end="")
        self.empty = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown:
            say("[]" if self.empty else "\n]")


class Progress:
    """A bar on standard error over many files, where a person looks at it."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.drawn = total, 0, 0.0
        self.shown = total >= _MANY and sys.stderr.isatty()

    def over(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items, drawing the bar as they are dealt with."""
        with self:
            for item in items:
                yield item
                self.done += 1
                if self.shown and time.monotonic() - self.drawn > _PAUSE:
                    self._draw()

    def _draw(self) -> None:
        full = _WIDTH * self.done // self.total
        bar = "#" * full + "." * (_WIDTH - full)
        self._write(f"\r[{bar}] {self.done} of {self.total}")
        self.drawn = time.monotonic()

    def clear(self) -> None:
        """Take the bar away, for a line of text to stand there."""
        if self.shown and self.drawn:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()


def say(text: str, end: str = "\n") -> None:
    """Write to the output at once, so that whoever reads along sees it."""
    print(text, end=end, flush=True)  # noqa: T201


def lines(problems: Iterable[Problem], mark: str = "") -> list[str]:
    """A line for each problem: where, and what."""
    return [f"{one.path or '(document)'}  {mark or _mark(one)}{one.message}" for one in problems]


def _mark(problem: Problem) -> str:
    return "warning: " if problem.severity == "warning" else ""
