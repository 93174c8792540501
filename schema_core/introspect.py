"""What each model class may hold, compiled once into plain descriptions that a form engine can read.

``describe(Model)`` gives a ``Struct``; its fields are worked out on first use and kept, so importing costs nothing and
self-nested models end. Nothing here looks at a document except ``choose``, ``places`` and ``shape_at``, which pick the
branch that a document has chosen.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
import re
import types
import typing
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import PurePath
from typing import Annotated, Any, Literal, get_args, get_origin

import pydantic
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from schema_core import paths, registries
from schema_core.errors import UnknownPath

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic.fields import FieldInfo

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
    """One of a few fixed values, as they stand in JSON."""

    values: tuple[Any, ...]


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
    def fields(self) -> tuple[Field, ...]:
        """Describe every field in the order of the JSON keys."""
        return tuple(_fields(self.model))

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


Shape = Scalar | Choice | Term | Struct | List | Union | Map | Free


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
    refers_to: Literal["coordinate_system", "device"] | None = None
    replaced_by: str | None = None


@cache
def describe(model: type[BaseModel]) -> Struct:
    """Describe a model class; the same object every time."""
    return Struct(model)


def humanize(name: str) -> str:
    """Turn a key or class name into words: ``device_name`` → "Device name"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").strip()
    return words[:1].upper() + words[1:].lower() if "_" in name or not name.isupper() else words


def _fields(model: type[BaseModel]) -> Iterator[Field]:
    """Describe each field of a model."""
    names = list(model.model_fields)
    for name, info in model.model_fields.items():
        shape, nullable = _read(info.annotation, [*info.metadata, *_discriminator(info)])
        unit_field, unit_of = _unit(name, names)
        yield Field(
            name=name,
            title=info.title or humanize(name),
            description=info.description or "",
            required=info.is_required(),
            nullable=nullable,
            default=_default(info),
            deprecated=bool(info.deprecated),
            constant=name in CONSTANTS or _is_constant(shape, _default(info)),
            shape=shape,
            unit_field=unit_field,
            unit_of=unit_of,
            refers_to=_refers_to(name),
            replaced_by=_replacement(name, names) if info.deprecated else None,
        )


def _is_constant(shape: Shape, default: Any) -> bool:
    """Say whether only one value is possible and it is there already."""
    return isinstance(shape, Choice) and len(shape.values) == 1 and shape.values[0] == default


def _discriminator(info: FieldInfo) -> Iterator[FieldInfo]:
    """Pass a field's own discriminator on as metadata, where unions look for it."""
    if info.discriminator is not None:
        yield info


def _default(info: FieldInfo) -> Any:
    """Give a field's default as it stands in JSON; MISSING where a value must be given."""
    if info.is_required():
        return MISSING
    value = info.get_default(call_default_factory=True, validated_data={})
    return _json(None if value is PydanticUndefined else value)


def _json(value: Any) -> Any:
    """Turn a default into its JSON form."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, list | tuple):
        return [_json(entry) for entry in value]
    return value


def _unit(name: str, names: list[str]) -> tuple[str | None, str | None]:
    """Pair a value with its unit by name, as the standard does: ``volume`` and ``volume_unit``."""
    if name.endswith("_unit"):
        stem = name.removesuffix("_unit")
        if stem in names:
            return None, stem
        # total_length and active_length share length_unit: the unit stands with the last of them
        users = [other for other in names if other.endswith(f"_{stem}")]
        return None, users[-1] if users else None
    if f"{name}_unit" in names:
        return f"{name}_unit", None
    return None, None


def _refers_to(name: str) -> Literal["coordinate_system", "device"] | None:
    """Say what a name field names elsewhere in the document."""
    if name.endswith("coordinate_system_name"):
        return "coordinate_system"
    if name == "device_name" or name.endswith(("_device_name", "_device")):
        return "device"
    return None


def _replacement(name: str, names: list[str]) -> str | None:
    """Find the field that took over from a deprecated one."""
    return next((other for other in names if other != name and other.endswith(f"_{name}")), None)


# Reading annotations -------------------------------------------------------------------------------------------------

_SCALARS: dict[Any, type] = {kind: kind for kind in (str, int, float, bool, Decimal, dt.date, dt.datetime, dt.time)}
_SCALARS[pydantic.AwareDatetime] = dt.datetime
_SCALARS[pydantic.NaiveDatetime] = dt.datetime


def _read(annotation: Any, metadata: Iterable[Any] = ()) -> tuple[Shape, bool]:
    """Read an annotation into its shape and whether null is allowed."""
    metadata = list(metadata)
    while get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        metadata = [*more, *metadata]
    branches, nullable = _branches(annotation)
    marked = _marked(metadata)
    if marked is not None:
        return marked, nullable
    if len(branches) == 1:
        return _plain(branches[0], metadata), nullable
    shape, inner = _union(branches, metadata)
    return shape, nullable or inner


def _branches(annotation: Any) -> tuple[list[Any], bool]:
    """Split a union into its members, null apart; anything else is its only member."""
    if get_origin(annotation) in (typing.Union, types.UnionType):
        members = get_args(annotation)
        return [entry for entry in members if entry is not type(None)], type(None) in members
    return [annotation], False


def _marked(metadata: list[Any]) -> Shape | None:
    """Read the mark that says which vocabulary a field draws from."""
    name = next((entry.vocabulary for entry in metadata if isinstance(getattr(entry, "vocabulary", None), str)), None)
    return None if name is None else _term(name)


def _plain(annotation: Any, metadata: list[Any]) -> Shape:
    """Read an annotation that is no union."""
    if get_origin(annotation) is Annotated or get_origin(annotation) in (typing.Union, types.UnionType):
        return _read(annotation, metadata)[0]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return Choice(tuple(_json(value) for value in arguments))
    if origin in (list, tuple, set, frozenset):
        lengths = _constraints(metadata)
        return List(_read(arguments[0])[0], lengths.get("min_length", 0), lengths.get("max_length"))
    if origin is dict:
        return Free() if arguments[1] is Any else Map(_read(arguments[0])[0], _read(arguments[1])[0])
    if inspect.isclass(annotation):
        return _of_class(annotation, metadata)
    return Free()


def _of_class(cls: type, metadata: list[Any]) -> Shape:
    """Read a class: enum, model, or one of the plain types."""
    if issubclass(cls, enum.Enum):
        return Choice(tuple(member.value for member in cls))
    if issubclass(cls, BaseModel):
        return _of_model(cls)
    known = _SCALARS.get(cls)
    if known is None:
        known = str if issubclass(cls, str | PurePath) else None
    return Free() if known is None else Scalar(known, tuple(sorted(_constraints(metadata).items())))


def _of_model(cls: type[BaseModel]) -> Shape:
    """Read a model: a vocabulary's entry, a free object, or a struct."""
    vocabulary = _vocabulary_of(cls)
    if vocabulary is not None:
        return vocabulary
    if cls.model_config.get("extra") == "allow" and not cls.model_fields:
        return Free()
    return describe(cls)


@cache
def _vocabulary_of(cls: type[BaseModel]) -> Term | None:
    """Find the vocabulary whose entries are of this class."""
    found = [name for name, entry in registries.vocabularies().items() if entry.model is cls]
    return _term(found[0]) if found else None


def _term(name: str) -> Term:
    """Describe an entry of the vocabulary of this name."""
    return Term(name, open=registries.vocabularies()[name].free)


def _constraints(metadata: list[Any]) -> dict[str, Any]:
    """Collect the limits that a form may tell people about."""
    names = ("ge", "gt", "le", "lt", "min_length", "max_length", "pattern")
    return {
        name: getattr(entry, name) for entry in metadata for name in names if getattr(entry, name, None) is not None
    }


def _union(branches: list[Any], metadata: list[Any]) -> tuple[Shape, bool]:
    """Read a union: merged where its members are plain, else alternatives."""
    read = [_read(entry) for entry in branches]
    shapes, nullable = list(dict.fromkeys(shape for shape, _ in read)), any(null for _, null in read)
    if len(shapes) == 1:
        return shapes[0], nullable
    if all(isinstance(entry, Choice) for entry in shapes):
        return Choice(tuple(dict.fromkeys(value for entry in shapes for value in _values(entry)))), nullable
    if all(isinstance(entry, Scalar) for entry in shapes):
        first = next((entry for entry in shapes if isinstance(entry, Scalar) and entry.type is not str), shapes[0])
        return Scalar(first.type if isinstance(first, Scalar) else str, text=True), nullable
    tagged = any(getattr(entry, "discriminator", None) for entry in metadata)
    return Union(tuple(_alternative(entry) for entry in shapes), tagged=tagged), nullable


def _values(shape: Shape) -> tuple[Any, ...]:
    """Give the values of a choice."""
    return shape.values if isinstance(shape, Choice) else ()


def _alternative(shape: Shape) -> Alternative:
    """Name a branch of a union."""
    if isinstance(shape, Struct):
        return Alternative(shape.object_type or shape.title, shape, shape.title, shape.description)
    if isinstance(shape, List):
        inner = _alternative(shape.item)
        return Alternative("list", shape, f"List of {inner.title.lower()}")
    if isinstance(shape, Term):
        return Alternative(shape.vocabulary, shape, humanize(shape.vocabulary.replace("-", "_")))
    names: dict[type, tuple[str, str]] = {
        Scalar: ("text", "Text"),
        Choice: ("choice", "Choice"),
        Map: ("map", "Named values"),
        Free: ("object", "Free entries"),
    }
    key, title = names[type(shape)]
    return Alternative(key, shape, title)


# Documents -----------------------------------------------------------------------------------------------------------


def choose(shape: Shape, value: Any) -> Alternative | None:
    """Give the branch of a union that a value has chosen; None while it has chosen none."""
    if not isinstance(shape, Union) or value is None:
        return None
    if isinstance(value, dict):
        named = shape.alternative(str(value.get("object_type")))
        if named is not None or shape.tagged:
            return named
        return next((entry for entry in shape.alternatives if isinstance(entry.shape, Term | Map | Free)), None)
    wanted: tuple[type, ...] = (List,) if isinstance(value, list) else (Scalar, Choice)
    return next((entry for entry in shape.alternatives if isinstance(entry.shape, wanted)), None)


@dataclass(frozen=True, slots=True)
class Place:
    """One address of a document: the shape declared there, the branch in use, the value, the field it stands in."""

    path: str
    declared: Shape
    shape: Shape
    value: Any = field(repr=False)
    present: bool
    field: Field | None
    parent: Shape | None = None


def places(root: Struct, document: Any, path: str) -> list[Place]:
    """Walk from the root to an address and give every place on the way, the address last.

    Raises UnknownPath when the models know no such address. An absent value is no error: it can be filled.
    """
    found = [Place("", root, root, document, present=True, field=None)]
    for part in paths.split(path):
        found.append(_step(found[-1], part))
    return found


def shape_at(root: Struct | type[BaseModel], document: Any, path: str) -> Shape:
    """Give the shape at an address, unions resolved to the branch that the document has chosen."""
    struct = root if isinstance(root, Struct) else describe(root)
    return places(struct, document, path)[-1].shape


def _step(here: Place, part: str) -> Place:
    """Go one step down: into a field, an item, or a named value."""
    path = paths.child(here.path, part)
    shape, entry = _below(here.shape, part, path)
    present, value = _child(here.value, part)
    chosen = choose(shape, value)
    return Place(path, shape, chosen.shape if chosen else shape, value, present, entry, here.shape)


_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


def _below(shape: Shape, part: str, path: str) -> tuple[Shape, Field | None]:
    """Give what is declared under one step."""
    if isinstance(shape, Struct) and part in shape.by_name:
        entry = shape.by_name[part]
        return entry.shape, entry
    if isinstance(shape, List) and _INDEX.fullmatch(part):
        return shape.item, None
    if isinstance(shape, Map):
        return shape.value, None
    if isinstance(shape, Free | Term):
        return Free(), None
    raise UnknownPath(path)


def _child(value: Any, part: str) -> tuple[bool, Any]:
    """Look one step down in a document."""
    if isinstance(value, dict):
        return part in value, value.get(part)
    if isinstance(value, list) and _INDEX.fullmatch(part) and int(part) < len(value):
        return True, value[int(part)]
    return False, None
