"""Packages whose modules are loaded when something of theirs is first asked for: few programs need all of them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def loading(package: str, *modules: str) -> Callable[[str], Any]:
    """The `__getattr__` of a package: looks for what its `__all__` promises in these modules, one after the other."""

    def attribute(name: str) -> Any:
        here = vars(sys.modules[package])
        for module in modules if name in here["__all__"] else ():
            held = vars(import_module(f"{package}.{module}"))
            if name in held:
                here[name] = held[name]
                return held[name]
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return attribute
