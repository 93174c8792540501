"""Model classes and their annotations, read into descriptions."""

from __future__ import annotations

import datetime as dt
import enum
import inspect
import types
import typing
from decimal import Decimal
from functools import cache
from pathlib import PurePath
from typing import Annotated, Any, Literal, get_args, get_origin

import pydantic
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from schema_core import registries
from schema_core.introspect.shapes import (
    CONSTANTS,
    MISSING,
    Alternative,
    Anything,
    Choice,
    Field,
    Free,
    List,
    Map,
    Reference,
    Scalar,
    Shape,
    Struct,
    Term,
    Union,
    describe,
    humanize,
)
from schema_core.registries.words import vocabulary_of, words_offered

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic.fields import FieldInfo


def fields_of(model: type[BaseModel]) -> Iterator[Field]:
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
            constant=name in CONSTANTS or bool(info.frozen) or _is_constant(shape, _default(info)),
            shape=shape,
            unit_field=unit_field,
            unit_of=unit_of,
            refers_to=_refers_to(model, name, shape),
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
    return str(value) if isinstance(value, Decimal | PurePath) else value


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


_DEVICES = frozenset(
    {"device_name", "active_devices", "mouse_platform_name", "probes", "polygonal_scanner", "objects_in_arena"}
)
_NAMED: dict[str, Reference] = {
    "curator": "person",
    "ethics_review_id": "ethics_protocol",
    "evaluator": "person",
    "experimenters": "person",
    "instrument_id": "instrument",
    "key_experimenters": "person",
    "pipeline_name": "pipeline",
    "protocol_id": "protocol",
    "source_port": "port",
    "target_port": "port",
    "training_protocol_name": "training_protocol",
}


def _refers_to(model: type[BaseModel], name: str, shape: Shape) -> Reference | None:
    """Say what a field of names names elsewhere."""
    if not isinstance(shape.item if isinstance(shape, List) else shape, Scalar):
        return None
    if name.endswith("coordinate_system_name"):
        return "coordinate_system"
    if name in _DEVICES or name.endswith(("_device_name", "_device")):
        return "device"
    if name == "channel_name" and "dimensions_unit" in model.model_fields:
        return "channel"  # an image is of a channel that its config describes
    if name == "name" and model.model_fields.keys() >= {"registry", "registry_identifier"} and _is_person(model):
        return "person"
    return _NAMED.get(name)


def _is_person(model: type[BaseModel]) -> bool:
    """Tell the standard's Person from terms, which have a name and an identifier, too."""
    return any(cls.__name__ == "Person" for cls in model.__mro__)


def _replacement(name: str, names: list[str]) -> str | None:
    """Find the field that took over from a deprecated one."""
    return next((other for other in names if other != name and other.endswith(f"_{name}")), None)


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
    return Anything()


def _of_class(cls: type, metadata: list[Any]) -> Shape:
    """Read a class: enum, model, or one of the plain types."""
    if issubclass(cls, enum.Enum):
        words = vocabulary_of(cls)
        return Choice(tuple(words_offered(cls)), words.name if words else "")
    if issubclass(cls, BaseModel):
        return _of_model(cls)
    if issubclass(cls, dict):
        return Free()
    known = _SCALARS.get(cls)
    if known is None:
        known = str if issubclass(cls, str | PurePath) else None
    return Anything() if known is None else Scalar(known, tuple(sorted(_constraints(metadata).items())))


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
        Anything: ("value", "Any value"),
    }
    key, title = names[type(shape)]
    return Alternative(key, shape, title)
