"""Finding every problem of a document, each at its own address.

Pydantic stops at a node's first broken field before the node's rules run, and reports untagged unions once for every
branch. Here a broken node is taken apart: each broken field is judged on its own, along the branch that the document
means, and the rules whose fields could be read are run on what there is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from schema_core import paths, wording
from schema_core.compiled import compiled
from schema_core.errors import Problem
from schema_core.rules.coordinates import BROKEN
from schema_core.rules.registration import findings, prepare_of, rules_of
from schema_core.rules.warned import Gathered, collecting
from schema_core.shapes import (
    Choice,
    Items,
    Leaf,
    Node,
    Shape,
    Table,
    Tagged,
    field_shape,
    fitting_branch,
    holds_nodes,
    tag_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from schema_core.base import DataModel

_MOST_STRANGERS = 50
_MOST_ITEMS = 1000
_PLAIN = (str, int, float, type(None))
Steps = tuple[Any, ...]  # the steps above, then the last one: built from the root without copying
Errors = list["ErrorDetails"]
Orders = dict[int, tuple[list[Any], list[Any]]]


class Judge:
    """Judges one document; `problems` grows on the way."""

    def __init__(self, context: Any = None) -> None:
        self.problems: list[Problem] = []
        self.context = context

    def node(self, cls: type[DataModel], value: Any, path: str) -> tuple[Any, bool]:
        """The object that a value stands for, as far as it can be read, and whether all of it could."""
        with collecting() as warned:
            try:
                model = cls.model_validate(value, context=self.context)
            except ValidationError as error:
                errors = error.errors(include_url=False)
            else:
                self._warnings(warned, model, value, path)
                return model, True
        before = len(self.problems)
        if not isinstance(value, dict):
            self.problems += [wording.problem_of(error, path) for error in errors[:1]]
            return None, False
        breached = self._own_rules(cls, errors, path)
        if breached is not None:
            self._warnings(warned, breached, value, path)
            return breached, True
        partial = self._apart(cls, value, path, errors)
        if not any(found.severity != "warning" for found in self.problems[before:]):
            self.problems += [wording.problem_of(one, _under(path, one["loc"], value)) for one in errors]
        return partial, False

    def _own_rules(self, cls: type[DataModel], errors: Errors, path: str) -> Any:
        """The node, where all of it could be read and only its own rules complain."""
        node = errors[0]["input"]
        if type(node) is not cls or any("rule" not in error.get("ctx", {}) for error in errors):
            return None
        for error in errors:
            context = error["ctx"]
            self._add(context["rule"], error["msg"], path, context["at"], context["also"])
        return node

    def _add(self, code: str, message: str, path: str, at: str, also: Iterable[str]) -> None:
        found = Problem(at, code, message, "error", tuple(also)).under(path)
        self.problems.append(found)

    def _apart(self, cls: type[DataModel], value: dict[str, Any], path: str, errors: Errors) -> Any:
        """The node made of the fields that could be read, after judging those that could not."""
        prepare = prepare_of(cls)
        with collecting() as warned:
            try:
                given = value if prepare is None else prepare(value)
            except PydanticCustomError as error:
                self._add(error.type, error.message(), path, "", ())
                return None
        self._warnings(warned, None, value, path)
        complaints = _by_first(errors)
        partial = cls.model_construct()
        partial.__dict__[BROKEN] = frozenset()
        broken = []
        for name, info in cls.model_fields.items():
            at = paths.child(path, name)
            if name not in complaints:
                if name in given:
                    self._read(partial, name, given[name], at)
            elif name not in given:
                self.problems.append(wording.missing(at, info))
                broken.append(name)
            else:
                held, whole = self.value(field_shape(cls, name), given[name], at, complaints[name], info)
                partial.__dict__[name] = held
                if not whole:
                    broken.append(name)
        self._strangers(cls, [key for key in complaints if key not in cls.model_fields], path)
        partial.__dict__[BROKEN] = frozenset(broken)
        self._rules_on(partial, frozenset(broken), path)
        return partial

    def _read(self, partial: BaseModel, name: str, value: Any, at: str) -> None:
        """Set a field that is valid, as Pydantic reads it."""
        info = type(partial).model_fields[name]
        with collecting() as warned:
            if info.frozen:  # which assigning refuses
                held = _adapter(Leaf(info.rebuild_annotation())).validate_python(value, context=self.context)
                partial.__dict__[name] = held
            else:
                type(partial).__pydantic_validator__.validate_assignment(partial, name, value, context=self.context)
        self._warnings(warned, partial.__dict__[name], value, at)

    def _strangers(self, cls: type[DataModel], names: list[Any], path: str) -> None:
        known = list(cls.model_fields) if len(names) <= _MOST_STRANGERS else []
        for name in names[:_MOST_STRANGERS]:
            at = paths.child(path, name)
            self.problems.append(wording.unknown_field(at, str(name), tag_of(cls), known))
        if len(names) > _MOST_STRANGERS:
            rest = len(names) - _MOST_STRANGERS
            self.problems.append(Problem(path, "unknown-field", f"{rest} more unknown fields here: remove them"))

    def _rules_on(self, partial: BaseModel, broken: frozenset[str], path: str) -> None:
        ready = tuple(known for known in rules_of(type(partial)) if not broken.intersection(known.reads))
        with collecting() as warned:
            found = list(findings(partial, ready))
        for known, finding in found:
            self._add(known.code, finding.message, path, finding.at, finding.also)
        self._warnings(warned, partial, None, path)

    def value(
        self, shape: Shape, value: Any, path: str, errors: Errors, info: FieldInfo | None = None
    ) -> tuple[Any, bool]:
        """What a value stands for, and whether all of it could be read; its problems are noted."""
        match shape:
            case Node(model):
                return self.node(model, value, path)
            case Tagged():
                return self._tagged(shape, value, path)
            case Items(_, item) if isinstance(value, list):
                return self._items(item, value, path, errors, info)
            case Table(_, inner) if isinstance(value, dict):
                return self._table(inner, value, path, errors)
            case Choice():
                return self._choice(shape, value, path)
            case _:
                self.problems += _leaf_problems(errors, value, path, info)
                return None, False

    def _tagged(self, shape: Tagged, value: Any, path: str) -> tuple[Any, bool]:
        tag = value.get(shape.key) if isinstance(value, dict) else None
        branch = shape.branches.get(tag) if isinstance(tag, str) else None
        if branch is not None:
            return self.node(branch, value, path)
        self.problems.append(wording.untagged(path, shape.key, value, shape.branches))
        return None, False

    def _items(
        self, item: Shape, values: list[Any], path: str, errors: Errors, info: FieldInfo | None
    ) -> tuple[list[Any], bool]:
        complaints = _by_first(errors)
        own = complaints.pop(None, [])
        self.problems += _leaf_problems(own, values, path, info)
        told = set(list(complaints)[:_MOST_ITEMS])
        if len(complaints) > len(told):
            rest = f"{len(complaints) - len(told)} more items of this list have problems"
            self.problems.append(Problem(path, "and-more", rest))
        whole, held = not own and len(complaints) == len(told), []
        for index, value in enumerate(values):
            if index in told or (index not in complaints and holds_nodes(item)):
                inner, fine = self._maybe(item, value, paths.child(path, index), complaints.get(index, []), info)
                held.append(inner)
                whole = whole and fine
            else:
                held.append(value)
        return held, whole

    def _maybe(self, shape: Shape, value: Any, path: str, errors: Errors, info: FieldInfo | None) -> tuple[Any, bool]:
        """As `value`, for a part that may well be valid: only nodes are then read, for their warnings."""
        if errors or isinstance(shape, Node | Tagged):
            return self.value(shape, value, path, errors, info)
        if isinstance(shape, Items) and isinstance(value, list) and holds_nodes(shape.item):
            return self._items(shape.item, value, path, errors, info)
        return value, True

    def _table(self, shape: Shape, values: dict[str, Any], path: str, errors: Errors) -> tuple[dict[str, Any], bool]:
        for key, complaints in _by_first(errors).items():
            if key is None:
                self.problems += _leaf_problems(complaints, values, path, None)
            elif complaints[0]["loc"][:1] == ("[key]",):
                self.problems += _leaf_problems([{**complaints[0], "loc": ()}], key, paths.child(path, key), None)
            else:
                self.value(shape, values.get(key), paths.child(path, key), complaints)
        return values, False

    def _choice(self, choice: Choice, value: Any, path: str) -> tuple[Any, bool]:
        branch = fitting_branch(choice, value)
        if isinstance(branch, Node):
            return self.node(branch.model, value, path)
        if isinstance(branch, Items | Leaf | Table):
            try:
                _adapter(branch).validate_python(value)
            except ValidationError as error:
                return self.value(branch, value, path, error.errors(include_url=False))
        expected = " or ".join(dict.fromkeys(_branch_words(one) for one in choice.branches))
        code = "missing" if value is None else "alternative"
        message = f"Expected {expected}, got {wording.shown(value)}"
        self.problems.append(Problem(path, code, message, "missing" if value is None else "error"))
        return None, False

    def _warnings(self, warned: Gathered, model: Any, value: Any, path: str) -> None:
        if not warned:
            return
        wanted = {id(one.about) for one in warned}
        places = _places(model, path, wanted, warned.given)
        places |= _places(value, path, wanted - places.keys(), {})
        for one in warned:
            found = Problem(one.at, one.code, one.message, "warning", one.also)
            self.problems.append(found.under(places.get(id(one.about), path)))


def _by_first(errors: Errors) -> dict[Any, Errors]:
    """Errors by the first step of their location, which is taken off; those about the value itself under None."""
    found: dict[Any, Errors] = defaultdict(list)
    for error in errors:
        loc = error["loc"]
        found[loc[0] if loc else None].append({**error, "loc": loc[1:]})
    return found


def _under(path: str, loc: tuple[str | int, ...], value: Any) -> str:
    rest = paths.from_loc(loc, value)
    return f"{path}.{rest}" if path and rest else path or rest


def _leaf_problems(errors: Errors, value: Any, path: str, info: FieldInfo | None) -> list[Problem]:
    found = [
        wording.problem_of(error, _under(path, error["loc"], value), None if error["loc"] else info) for error in errors
    ]
    return list(dict.fromkeys(found))


@compiled
def _adapter(branch: Items | Leaf | Table) -> TypeAdapter[Any]:
    return TypeAdapter(branch.annotation)


def _branch_words(shape: Shape) -> str:
    match shape:
        case Node(model):
            return tag_of(model)
        case Items():
            return "a list"
        case Leaf(annotation) if annotation in _SCALARS:
            return _SCALARS[annotation]
        case Leaf(annotation):
            return wording.titled(annotation)
        case _:
            return "an object"


_SCALARS = {str: "text", int: "a whole number", float: "a number", bool: "yes or no"}


def _places(root: Any, path: str, wanted: set[int], given: Orders) -> dict[int, str]:
    """The addresses of the wanted objects (by identity) in a document or model; lists count as they were given."""
    found: dict[int, str] = {}
    waiting: list[tuple[Any, Steps]] = [(root, ())]
    while waiting and len(found) < len(wanted):
        here, steps = waiting.pop()
        if id(here) in wanted:
            found.setdefault(id(here), _address(path, steps))
        if isinstance(here, dict):
            inner: Iterable[tuple[Any, Any]] = here.items()
        elif isinstance(here, list):
            inner = enumerate(given[id(here)][1] if id(here) in given else here)
        elif isinstance(here, BaseModel):
            inner = here.__dict__.items()
        else:
            continue
        waiting += [(value, (steps, key)) for key, value in inner if not isinstance(value, _PLAIN)]
    return found


def _address(path: str, steps: Steps) -> str:
    rest = paths.of_steps(steps)
    return f"{path}.{rest}" if path and rest else path or rest
