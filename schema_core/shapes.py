"""What a field's type lets a document hold, as far as judging a broken document needs it."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from schema_core.base import DataModel
from schema_core.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Leaf:
    """Anything that is judged as one value: scalars, registry terms, free objects."""

    annotation: Any


@dataclass(frozen=True, slots=True)
class Node:
    """An object of one class."""

    model: type[DataModel]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    annotation: Any
    item: Shape


@dataclass(frozen=True, slots=True)
class Table:
    """An object with keys of the writer's choice."""

    annotation: Any
    value: Shape


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of several classes; a field of the document says which."""

    key: str
    branches: Mapping[str, type[DataModel]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several shapes; the document does not say which."""

    branches: tuple[Shape, ...]


Shape = Leaf | Node | Items | Table | Tagged | Choice


def tag_of(model: type[BaseModel]) -> str:
    """The `object_type` of a class."""
    return str(model.model_fields["object_type"].default)


def _is_node(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, DataModel)


def shape_of(annotation: Any, discriminator: Any = None) -> Shape:
    """The shape of a type."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        marks = [mark.discriminator for mark in parts[1:] if isinstance(mark, FieldInfo) and mark.discriminator]
        return shape_of(parts[0], marks[0] if marks else discriminator)
    if origin in (Union, types.UnionType):
        return _union(tuple(part for part in parts if part is not type(None)), discriminator)
    if origin is list or (origin is tuple and parts[1:] == (...,)):
        return Items(annotation, shape_of(parts[0]))
    if origin is dict:
        return Table(annotation, shape_of(parts[1]))
    if not _is_node(annotation):
        return Leaf(annotation)
    return Tagged(discriminator, {tag_of(annotation): annotation}) if discriminator else Node(annotation)


def _union(branches: tuple[Any, ...], discriminator: Any) -> Shape:
    if len(branches) == 1:
        return shape_of(branches[0], discriminator)
    if isinstance(discriminator, str) and all(_is_node(branch) for branch in branches):
        return Tagged(discriminator, {tag_of(branch): branch for branch in branches})
    return _choice(branches)


def _choice(branches: tuple[Any, ...]) -> Shape:
    shapes: list[Shape] = []
    for branch in branches:
        shape = shape_of(branch)
        shapes += shape.branches if isinstance(shape, Choice) else (shape,)
    return Choice(tuple(shapes))


@compiled
def field_shape(model: type[BaseModel], name: str) -> Shape:
    """The shape of a field."""
    info = model.model_fields[name]
    return shape_of(info.annotation, info.discriminator)


def holds_nodes(shape: Shape) -> bool:
    """Whether there can be nodes inside, which have rules of their own."""
    match shape:
        case Node() | Tagged():
            return True
        case Items(item=inner) | Table(value=inner):
            return holds_nodes(inner)
        case Choice(branches=branches):
            return any(holds_nodes(branch) for branch in branches)
        case Leaf():
            return False


def fitting_branch(choice: Choice, value: Any) -> Shape | None:
    """The branch that a document means: by its `object_type`, else by the kind of value and the fields it has."""
    if isinstance(value, dict):
        nodes = [branch for branch in choice.branches if isinstance(branch, Node)]
        for node in nodes:
            if value.get("object_type") == tag_of(node.model):
                return node
        others = [branch for branch in choice.branches if isinstance(branch, Table)]
        named = [
            branch
            for branch in choice.branches
            if isinstance(branch, Leaf) and hasattr(branch.annotation, "model_fields")
        ]
        if nodes:
            return max(nodes, key=lambda node: _fit(node.model, value))
        return (named or others or [None])[0]
    if isinstance(value, list):
        return next((branch for branch in choice.branches if isinstance(branch, Items)), None)
    scalars = [branch for branch in choice.branches if isinstance(branch, Leaf) and not _is_object(branch)]
    fitting = [branch for branch in scalars if _is_text(branch)] if isinstance(value, str) else scalars
    return fitting[0] if len(fitting) == 1 else None


def _is_text(leaf: Leaf) -> bool:
    return isinstance(leaf.annotation, type) and issubclass(leaf.annotation, str)


def _is_object(shape: Shape) -> bool:
    return isinstance(shape, Leaf) and hasattr(shape.annotation, "model_fields")


def _fit(model: type[BaseModel], value: dict[str, Any]) -> int:
    """How well an object's keys suit a class: keys it knows, less those it lacks or that are strange to it."""
    fields = model.model_fields
    known = sum(key in fields for key in value)
    lacking = sum(info.is_required() and name not in value for name, info in fields.items())
    return 2 * known - len(value) - lacking
