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


class Gathered(list[Collected]):
    """Warnings as they come, and for each list that was sorted meanwhile the order in which it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[int, tuple[list[Any], list[Any]]] = {}


_collector: ContextVar[Gathered | None] = ContextVar("warnings of the running validation", default=None)


class Collecting:
    """Where the warnings of what runs inside the `with` block go, in this thread or task only."""

    def __enter__(self) -> Gathered:
        found = Gathered()
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


def reordered(items: list[Any], given: list[Any]) -> None:
    """Say that a list was sorted: addresses of what is in it are those of the document."""
    found = _collector.get()
    if found is not None:
        found.given[id(items)] = (items, given)  # the list itself is kept, so that its id stays its own


class Rewritten(dict[str, Any]):
    """The raw input of a node as a preparation rewrote it; `given` is what stands in the document."""

    def __init__(self, changed: dict[str, Any], given: Any) -> None:
        super().__init__(changed)
        self.given = given


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
