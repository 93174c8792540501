"""The metadata standard as a library: models, registries, validation, bundles.

The names below are loaded when first used, so that importing the package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from schema_core.kinds import KINDS, kind_of, kinds

if TYPE_CHECKING:
    from schema_core.errors import InvalidDocument, Problem, RefusedClass, SchemaError, UnknownKind, UnknownPath
    from schema_core.extension import local_classes, register
    from schema_core.validation import assemble, load, validate

__all__ = [
    "KINDS",
    "InvalidDocument",
    "Problem",
    "RefusedClass",
    "SchemaError",
    "UnknownKind",
    "UnknownPath",
    "assemble",
    "kind_of",
    "kinds",
    "load",
    "local_classes",
    "register",
    "validate",
]

_HOMES = {
    **dict.fromkeys(
        ("InvalidDocument", "Problem", "RefusedClass", "SchemaError", "UnknownKind", "UnknownPath"), "errors"
    ),
    **dict.fromkeys(("local_classes", "register"), "extension"),
    **dict.fromkeys(("assemble", "load", "validate"), "validation"),
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module at first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
