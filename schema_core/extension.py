"""A lab's own classes beside the standard's.

    @schema_core.register
    class MyLaser(Laser):
        repetition_rate: float = Field(description="Pulses per second")

From then on a document may hold a `My laser` wherever it may hold a `Laser`: it is validated with its extra fields,
named in the JSON Schema and drawn by forms. Register when a program starts, before other threads use the models. An
unmodified installation of the standard refuses such a document, so `local_classes` says where it uses them.
"""

from __future__ import annotations

import types
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import core_schema

from schema_core import compiled, paths
from schema_core.base import DataCoreModel, DataModel
from schema_core.errors import RefusedClass
from schema_core.kinds import KINDS, class_of, kind_of
from schema_core.shapes import Choice, Items, Node, Shape, Table, Tagged, field_shape, fitting_branch, tag_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import GetCoreSchemaHandler

    Model = type[DataModel]

Registered = TypeVar("Registered", bound=type[DataModel])

_local: list[Model] = []  # the lab's classes, in the order in which they were registered
_stock: dict[tuple[Model, str], Any] = {}  # the annotations of the fields that were widened, as they were


def register(cls: Registered) -> Registered:
    """Accept a lab's own class wherever the class it extends may stand; raises RefusedClass. Usable as a decorator."""
    if cls in _local:
        return cls
    node = isinstance(cls, type) and issubclass(cls, DataModel) and cls is not DataModel
    if not node or issubclass(cls, DataCoreModel):
        raise RefusedClass(f"{cls!r} is no class of a node: register a subclass of a device, procedure, config…")
    earlier = _earlier_definition(cls)
    _refuse_known_tag(cls, earlier)
    ancestor = _placed_ancestor(cls)
    if earlier is not None:
        unregister(earlier)
    _local.append(cls)
    _tell(_widen(cls, ancestor))
    return cls


def unregister(cls: type[DataModel]) -> None:
    """Take a class out again; does nothing for one that is not registered."""
    if cls not in _local:
        return
    _local.remove(cls)
    changed = _narrow()
    for other in _local:
        changed |= _widen(other, _placed_ancestor(other))
    _tell(changed)


@contextmanager
def registered(*classes: type[DataModel]) -> Iterator[None]:
    """Have classes registered inside the block only."""
    try:
        for cls in classes:
            register(cls)
        yield
    finally:
        for cls in reversed(classes):
            unregister(cls)


def local_classes(document: Any, cls: type[DataModel] | None = None) -> list[tuple[str, str]]:
    """(path, object type) of each node of a lab's own class, in document order.

    Takes a model, or JSON as Python values: of the class `cls`, or a core file that says its kind (else UnknownKind).
    """
    if not _local:
        return []
    if isinstance(document, DataModel):
        cls, document = type(document), document.model_dump(mode="json", warnings=False)
    return list(_walk(Node(cls or class_of(kind_of(document))), document, ""))


def stock_ancestor(object_type: str) -> type[DataModel] | None:
    """The standard's class that the lab's class with this object type extends; None if no such class is registered."""
    cls = next((one for one in _local if tag_of(one) == object_type), None)
    return None if cls is None else next(one for one in cls.__mro__ if issubclass(one, DataModel) and _is_stock(one))


def _earlier_definition(cls: Model) -> Model | None:
    """The class that this one replaces: a notebook's cell was run again."""
    same = (one for one in _local if (one.__module__, one.__qualname__) == (cls.__module__, cls.__qualname__))
    return next(same, None)


def _refuse_known_tag(cls: Model, earlier: Model | None) -> None:
    for other in _known():
        if other not in {cls, earlier} and tag_of(other) == tag_of(cls) and (other in _local or _is_stock(other)):
            raise RefusedClass(
                f"{cls.__qualname__} would write object_type {tag_of(cls)!r}, which is that of "
                f"{other.__module__}.{other.__qualname__}: give your class another name"
            )


def _is_stock(cls: Model) -> bool:
    return cls.__module__.startswith(f"{__package__}.")


def _placed_ancestor(cls: Model) -> Model:
    """The nearest class above that some field can hold."""
    placed = {held for _, _, info in _fields() for held in _classes(info.annotation)}
    for ancestor in cls.__mro__[1:]:
        if ancestor in placed and issubclass(ancestor, DataModel) and not issubclass(ancestor, DataCoreModel):
            return ancestor
    raise RefusedClass(
        f"{cls.__qualname__} extends no class that a document can hold: make it a subclass of one that is listed in a "
        "core file, for example Device, Laser, GenericSurgeryProcedure or GenericSubjectProcedure"
    )


def _known() -> list[Model]:
    """Every class there is, the core files' and their parts' among them."""
    dict(KINDS)  # imports the core files, and with them all their parts
    return list(dict.fromkeys(_family(DataModel)))


def _fields() -> Iterator[tuple[Model, str, FieldInfo]]:
    """Every field of theirs, with its class and name."""
    for holder in _known():
        for name, info in holder.model_fields.items():
            yield holder, name, info


def _family(cls: Model) -> Iterator[Model]:
    for sub in cls.__subclasses__():
        yield sub
        yield from _family(sub)


def _classes(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        yield annotation
    elif get_origin(annotation) in _OPEN:
        for part in get_args(annotation):
            yield from _classes(part)


_OPEN = (Annotated, Union, types.UnionType, list, dict)


def _widen(cls: Model, ancestor: Model) -> set[Model]:
    """Let `cls` into every field that can hold `ancestor`; the classes whose fields these are."""
    changed = set()
    for holder, name, info in _fields():
        wanted = _widened(info.annotation, cls, ancestor, tagged=info.discriminator is not None)
        if wanted is not info.annotation:
            _stock.setdefault((holder, name), info.annotation)
            info.annotation = wanted
            changed.add(holder)
    return changed


def _narrow() -> set[Model]:
    """Give every field its annotation back; the classes whose fields these are."""
    changed = set()
    for (holder, name), annotation in _stock.items():
        holder.model_fields[name].annotation = annotation
        changed.add(holder)
    _stock.clear()
    return changed


def _tell(changed: set[Model]) -> None:
    """Forget what followed from the older annotations, and build anew the validators that were built with them."""
    compiled.forget()
    _rebuild([cls for cls in _known() if cls.__pydantic_complete__ and _reaches(cls, changed, set())])


def _widened(annotation: Any, cls: Model, ancestor: Model, *, tagged: bool) -> Any:
    """An annotation that lets `cls` stand wherever it lets `ancestor` stand; the very same one where it does not."""
    if ancestor not in _classes(annotation):
        return annotation
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = _widened(parts[0], cls, ancestor, tagged=tagged or any(_tags(mark) for mark in parts[1:]))
        return Annotated[(inner, *parts[1:])]
    if origin in {list, dict}:
        return origin[tuple(_widened(part, cls, ancestor, tagged=False) for part in parts)]
    members = parts if origin else (annotation,)
    if ancestor not in members:
        return Union[tuple(_widened(part, cls, ancestor, tagged=tagged) for part in members)]  # noqa: UP007 - computed
    union: Any = Union[(*members, cls)]
    return union if tagged else Annotated[union, _ByName(cls)]


def _tags(mark: Any) -> bool:
    return isinstance(mark, FieldInfo) and mark.discriminator is not None


@dataclass(frozen=True)
class _ByName:
    """Reads an object that bears the name of a lab's class as that, where the union does not look at names."""

    cls: Model

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        tag, named = tag_of(self.cls), self.cls

        def choose(value: Any, read: Callable[[Any], Any]) -> Any:
            by_name = isinstance(value, dict) and value.get("object_type") == tag
            return named.model_validate(value) if by_name else read(value)

        return core_schema.no_info_wrap_validator_function(choose, handler(source))


def _reaches(cls: Model, wanted: set[Model], seen: set[Model]) -> bool:
    """Whether a node of this class is, or can hold, one of the wanted classes."""
    if cls in wanted:
        return True
    seen.add(cls)
    held = {part for info in cls.model_fields.values() for part in _classes(info.annotation)} - seen
    return any(issubclass(part, DataModel) and _reaches(part, wanted, seen) for part in held)


def _rebuild(classes: list[Model]) -> None:
    """Build the validators of these classes anew; none of them from another's old one."""
    for cls in classes:
        cls.__pydantic_complete__ = False
        del cls.__pydantic_core_schema__
    for cls in classes:
        cls.model_rebuild(force=True)


def _walk(shape: Shape | None, value: Any, path: str) -> Iterator[tuple[str, str]]:
    match shape:
        case Node(cls) if isinstance(value, dict):
            yield from _node(cls, value, path)
        case Tagged(key, branches) if isinstance(value, dict):
            branch = branches.get(value.get(key, ""))
            yield from () if branch is None else _node(branch, value, path)
        case Choice():
            yield from _walk(fitting_branch(shape, value), value, path)
        case Items(item=inner) if isinstance(value, list):
            for index, one in enumerate(value):
                yield from _walk(inner, one, paths.child(path, index))
        case Table(value=inner) if isinstance(value, dict):
            for name, one in value.items():
                yield from _walk(inner, one, paths.child(path, name))


def _node(cls: Model, value: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    if cls in _local:
        yield path, tag_of(cls)
    for name in cls.model_fields:
        if value.get(name):
            yield from _walk(field_shape(cls, name), value[name], paths.child(path, name))
