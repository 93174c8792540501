"""What a way back would not restore: found by going it.

A move is lossless when the opposite move gives the same document again. Steps list what they know they lose; whatever
else comes back in another form is found here, so that no loss goes unlisted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema_core import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEADS: Final = frozenset({"describedBy", "schema_version"})
"""Fields that go with the version."""


def unrestored(before: Any, again: Any, known: Iterable[str]) -> Iterator[str]:
    """The addresses of values that came back different, but for those already told."""
    told = frozenset(known)
    for path in _different(before, again, ""):
        if not any(above in told for above in upward(path)):
            yield path


def _different(before: Any, again: Any, path: str) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(again, dict):
        for key in {**before, **again}:
            if key not in _HEADS:
                yield from _different(before.get(key), again.get(key), paths.child(path, key))
    elif isinstance(before, list) and isinstance(again, list) and len(before) == len(again):
        for index, (one, other) in enumerate(zip(before, again, strict=True)):
            yield from _different(one, other, paths.child(path, index))
    elif before != again or isinstance(before, bool) != isinstance(again, bool):
        yield path


def upward(path: str) -> Iterator[str]:
    """A path and those above it."""
    yield path
    while path:
        path = paths.parent(path)
        yield path
