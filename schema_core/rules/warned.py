"""Warnings of the standard: to the collector of the running validation, or to Python's warnings where there is none."""

from __future__ import annotations

import warnings
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


class StandardWarning(UserWarning):
    """Something the standard tolerates but advises against."""


@dataclass(frozen=True, slots=True)
class Collected:
    """A warning and the object it is about; the caller finds the object's address."""

    about: Any
    at: str
    code: str
    message: str
    also: tuple[str, ...] = ()


_collector: ContextVar[list[Collected] | None] = ContextVar("warnings of the running validation", default=None)


class Collecting:
    """Where the warnings of what runs inside the `with` block go, in this thread or task only."""

    def __enter__(self) -> list[Collected]:
        found: list[Collected] = []
        self._token = _collector.set(found)
        return found

    def __exit__(self, *_: object) -> None:
        _collector.reset(self._token)


def collecting() -> Collecting:
    """Gather the warnings of what runs inside; judging a broken document does so at each of its fields."""
    return Collecting()


def is_collecting() -> bool:
    """Whether someone gathers warnings: then it is worth looking for those that cost a walk of their own."""
    return _collector.get() is not None


class Rewritten(dict[str, Any]):
    """The raw input of a node as a preparation rewrote it; `given` is what stands in the document."""

    given: Any = None


def warn(
    message: str,
    *,
    code: str,
    about: Any,
    at: str = "",
    also: tuple[str, ...] = (),
    category: type[Warning] = StandardWarning,
) -> None:
    """Report something tolerable about an object."""
    found = _collector.get()
    if found is None:
        warnings.warn(message, category, stacklevel=3)
    else:
        subject = about.given if isinstance(about, Rewritten) else about
        found.append(Collected(subject, at, code, message, also))
