"""The descriptions themselves: what may stand at an address, as plain frozen values."""

from __future__ import annotations

import enum
import inspect
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from schema_core.compiled import compiled

if TYPE_CHECKING:
    from pydantic import BaseModel

CONSTANTS = frozenset({"object_type", "describedBy", "schema_version"})
"""Fields that say which class and version wrote the document; nobody fills them in."""


class Missing(enum.Enum):
    """The default of a field that has none."""

    MISSING = "missing"


MISSING = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value of a plain type; ``text`` says that a string is as good as the type (``float | str``)."""

    type: type
    constraints: tuple[tuple[str, Any], ...] = ()
    text: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, as they stand in JSON; those of a ``vocabulary`` are what it offers now."""

    values: tuple[Any, ...]
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a vocabulary; ``open`` says that entries outside the vocabulary are allowed too."""

    vocabulary: str
    open: bool = False


@dataclass(frozen=True)
class Struct:
    """A model: named fields, and the ``object_type`` that marks it in JSON (None for marker-less entries)."""

    model: type[BaseModel]

    @cached_property
    def object_type(self) -> str | None:
        """Give the marker that documents carry, None when the class has none."""
        info = self.model.model_fields.get("object_type")
        return info.default if info is not None and isinstance(info.default, str) else None

    @cached_property
    def title(self) -> str:
        """Give the name that people read."""
        return self.object_type or humanize(self.model.__name__)

    @cached_property
    def description(self) -> str:
        """Give the first line of the class's docstring."""
        return (inspect.getdoc(self.model) or "").split("\n\n")[0].replace("\n", " ")

    @cached_property
    def is_open(self) -> bool:
        """Say whether documents may hold keys of their own beside the fields."""
        return self.model.model_config.get("extra") == "allow"

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Describe every field in the order of the JSON keys."""
        from schema_core.introspect.reading import fields_of  # noqa: PLC0415 - reading builds structs

        return tuple(fields_of(self.model))

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Find a field by its JSON key."""
        return {entry.name: entry for entry in self.fields}


@dataclass(frozen=True, slots=True)
class List:
    """Any number of items of one shape."""

    item: Shape
    min_length: int = 0
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """One branch of a union; ``key`` is how a document or a form names it."""

    key: str
    shape: Shape
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Union:
    """One of several shapes; tagged unions read ``object_type`` before anything else."""

    alternatives: tuple[Alternative, ...]
    tagged: bool

    def alternative(self, key: str) -> Alternative | None:
        """Find a branch by its key."""
        return next((entry for entry in self.alternatives if entry.key == key), None)


@dataclass(frozen=True, slots=True)
class Map:
    """Values under keys; the keys are text or come from a fixed list."""

    key: Shape
    value: Shape


@dataclass(frozen=True, slots=True)
class Free:
    """Any JSON object."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value: text, number, yes or no, nothing, a list, an object."""


Shape = Scalar | Choice | Term | Struct | List | Union | Map | Free | Anything
Reference = Literal[
    "channel",
    "coordinate_system",
    "device",
    "ethics_protocol",
    "instrument",
    "person",
    "pipeline",
    "port",
    "protocol",
    "training_protocol",
]


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a struct: what may stand there and how it belongs to its neighbours."""

    name: str
    title: str
    description: str
    required: bool
    nullable: bool
    default: Any
    deprecated: bool
    constant: bool
    shape: Shape
    unit_field: str | None = None
    unit_of: str | None = None
    refers_to: Reference | None = None
    replaced_by: str | None = None


@compiled
def describe(model: type[BaseModel]) -> Struct:
    """Describe a model class; the same object every time."""
    return Struct(model)


def humanize(name: str) -> str:
    """Turn a key or class name into words: ``device_name`` → "Device name"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").strip()
    return words[:1].upper() + words[1:].lower() if "_" in name or not name.isupper() else words
