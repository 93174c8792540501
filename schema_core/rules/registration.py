"""Registering rules by class, and running all of a class's rules as its one after-validator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from schema_core import paths
from schema_core.rules.coordinates import BROKEN
from schema_core.rules.findings import Rule, each
from schema_core.rules.successor import PREFIX
from schema_core.rules.units import unit_rule
from schema_core.rules.warned import Rewritten, StandardWarning, is_collecting, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schema_core.rules.findings import Check, Finding, Found

    Change = Callable[[Any], Any]

Model = TypeVar("Model", bound=BaseModel)


OURS = ("portal-", PREFIX)
"""Codes of warnings that the standard does not know: looked for where someone gathers warnings, as `validate` does."""

_rules: dict[type, list[Rule]] = {}
_fills: dict[type, list[Change]] = {}
_prepares: dict[type, list[Change]] = {}
_compiled: dict[type, tuple[Rule, ...]] = {}


def _refuse_late(cls: type[BaseModel], what: str) -> None:
    """A validator that is already built would silently lack the newcomer."""
    for known in (cls, *cls.__subclasses__()):
        if known.__pydantic_complete__:
            raise TypeError(f"{what} for {cls.__name__} comes too late: the validator of {known.__name__} is built")


def rule(
    cls: type[BaseModel], *, reads: tuple[str, ...], code: str, category: type[Warning] = StandardWarning
) -> Callable[[Check], Check]:
    """Register a rule of a class (and its subclasses). `reads` names the fields that must be valid for it to run."""

    def register(check: Check) -> Check:
        _refuse_late(cls, f"rule {code!r}")
        own = _rules.setdefault(cls, [])
        if any(known.code == code for known in own):
            raise TypeError(f"{cls.__name__} already has a rule with code {code!r}")
        own.append(Rule(check, reads, code, category))
        return check

    return register


def fills(cls: type[BaseModel]) -> Callable[[Change], Change]:
    """Register a function that completes a valid node (a name made from other fields) after its rules passed."""

    def register(change: Change) -> Change:
        _refuse_late(cls, "a fill")
        _fills.setdefault(cls, []).append(change)
        return change

    return register


def prepares(cls: type[BaseModel]) -> Callable[[Change], Change]:
    """Register a function that rewrites a node's raw input (a renamed field) before it is read."""

    def register(change: Change) -> Change:
        _refuse_late(cls, "a preparation")
        _prepares.setdefault(cls, []).append(change)
        return change

    return register


def _inherited(cls: type, table: dict[type, list[Any]]) -> tuple[Any, ...]:
    return tuple(entry for base in reversed(cls.__mro__) for entry in table.get(base, ()))


def rules_of(cls: type[BaseModel]) -> tuple[Rule, ...]:
    """Every rule of a class, those of its bases first."""
    known = _compiled.get(cls)
    if known is None:
        unit = unit_rule(cls)
        known = (() if unit is None else (unit,)) + _inherited(cls, _rules)
        if cls.__pydantic_complete__:
            _compiled[cls] = known
    return known


def prepare_of(cls: type[BaseModel]) -> Change | None:
    """What rewrites the raw input of a class, if anything does."""
    changes = _inherited(cls, _prepares)
    if not changes:
        return None

    def prepare(value: Any) -> Any:
        given = value
        for change in changes if isinstance(given, dict) else ():
            changed = change(value)
            if changed is not value:
                value = Rewritten(changed, given)
        return value

    return prepare


def findings(node: Any, rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Finding]]:
    """What these rules find on a node; its warnings are reported on the way."""
    for known in rules:
        for found in each(known.check(node)):
            if found.severity == "error":
                yield known, found
            else:
                _report(node, known, found)


def _report(node: Any, known: Rule, found: Finding) -> None:
    message, at, also, _, code = found
    code = code or known.code
    if not code.startswith(PREFIX) or is_collecting():  # what the next version refuses is for those who validate
        warn(message, code=code, about=node, at=at, also=also, category=known.category)


def after_of(cls: type[Model]) -> Callable[[Model], Model] | None:
    """The one after-validator of a class: its rules, then its fills; None for a class with neither."""
    rules, changes = rules_of(cls), _inherited(cls, _fills)
    return _holding(rules, changes, cls.__name__) if rules or changes else None


def _holding(rules: tuple[Rule, ...], changes: tuple[Change, ...], name: str) -> Callable[[Model], Model]:
    standard = tuple(known for known in rules if not known.code.startswith(OURS))
    more = len(rules) > len(standard)

    def check(node: Model) -> Model:
        breaches: list[InitErrorDetails] = []
        try:
            for known in rules if more and is_collecting() else standard:
                found = known.check(node)
                if found:
                    if _is_partial(node):
                        return node
                    _note(node, known, found, breaches)
        except Exception as error:
            if not _is_partial(node) and not (breaches and isinstance(error, _UNVALIDATED)):
                raise
        if breaches:
            raise ValidationError.from_exception_data(name, breaches)
        if changes and not _is_partial(node):
            for change in changes:
                change(node)
        return node

    return check


_UNVALIDATED = (AttributeError, TypeError, KeyError)
"""What rules stumble over on a node that was made without validation: what they found before still holds."""


def _is_partial(node: BaseModel) -> bool:
    """Whether a node is being put together from the readable parts of a broken document: its rules run later."""
    return BROKEN in node.__dict__


def _note(node: BaseModel, known: Rule, given: Found, breaches: list[InitErrorDetails]) -> None:
    for found in each(given):
        if found.severity == "error":
            breaches.append(_line(node, known, found))
        else:
            _report(node, known, found)


def _line(node: BaseModel, known: Rule, found: Finding) -> InitErrorDetails:
    loc = tuple(int(part) if part.isdigit() else part for part in paths.split(found.at))
    context = {"also": found.also, "at": found.at, "rule": known.code}
    return InitErrorDetails(type=PydanticCustomError(known.code, found.message, context), loc=loc, input=node)
