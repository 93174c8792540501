"""Terms that a site adds to the packaged vocabularies, seen by every lookup and every validation at once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Literal, Self, TypeAlias

# proposed: used and valid like a local one, while a manager has not said yes
Status: TypeAlias = Literal["stock", "local", "proposed", "retired"]


@dataclass(frozen=True)
class LocalTerm:
    """One row of a site: a term of its own, or more names (or retirement) for a packaged one.

    `data` holds the fields as they stand in JSON. Data whose key names a packaged term never changes that
    term's fields: only `aliases` and a status of `retired` count.
    """

    data: Mapping[str, Any]
    aliases: tuple[str, ...] = ()
    status: Status = "local"


@dataclass(frozen=True)
class Snapshot:
    """What a site knew at one moment; compared by identity, so make a new one for every version."""

    version: object = None
    terms: Mapping[str, tuple[LocalTerm, ...]] = field(default_factory=dict)


Provider: TypeAlias = Callable[[], Snapshot]

_NOTHING = Snapshot()
_providers: list[Provider] = []
_lock = Lock()
# Of this thread or task only: others go on with the site's terms.
_stock_only: ContextVar[bool] = ContextVar("stock_only", default=False)


def current() -> Snapshot:
    """The snapshot of the provider installed last; an empty one where there is none."""
    return _NOTHING if _stock_only.get() or not _providers else _providers[-1]()


class Installed:
    """A provider in place; leave the `with` block or call `uninstall` to take it out."""

    def __init__(self, provider: Provider) -> None:
        """Put the provider on top of those there are."""
        self._provider = provider
        with _lock:
            _providers.append(provider)

    def uninstall(self) -> None:
        """Take the provider out; a second call does nothing."""
        with _lock:
            if self._provider in _providers:
                _providers.remove(self._provider)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.uninstall()


def overlay(provider: Provider) -> Installed:
    """Let `provider()` add terms from now on; it is asked at each lookup and must answer at once."""
    return Installed(provider)


@contextmanager
def stock_only() -> Iterator[None]:
    """Inside the block only packaged terms count: the question is whether the stock standard would agree."""
    token = _stock_only.set(True)
    try:
        yield
    finally:
        _stock_only.reset(token)
