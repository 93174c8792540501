"""What is worked out from model classes once and kept, until a lab's own class changes what they may hold."""

from collections.abc import Callable
from functools import cache
from typing import Any, Generic, TypeVar

_ways_to_forget: list[Callable[[], None]] = []

Function = TypeVar("Function", bound=Callable[..., Any])
Plan = TypeVar("Plan")


def compiled(function: Function) -> Function:
    """As `functools.cache`, for what follows from model classes."""
    kept = cache(function)
    forgotten_by(kept.cache_clear)
    return kept  # type: ignore[return-value]  # a cached function is called like the plain one


class Plans(dict[type, Plan], Generic[Plan]):
    """What a walk does at a node, by its class: each plan is made when first asked for, `plans[type(node)]`."""

    def __init__(self, make: Callable[[type], Plan]) -> None:
        super().__init__()
        self._make = make
        forgotten_by(self.clear)

    def __missing__(self, cls: type) -> Plan:
        plan = self[cls] = self._make(cls)
        return plan


def forgotten_by(forget: Callable[[], None]) -> None:
    """Have this called whenever what model classes may hold has changed."""
    _ways_to_forget.append(forget)


def forget() -> None:
    """Work everything out anew from now on."""
    for way in _ways_to_forget:
        way()
