"""When things may have happened, relative to the acquisition: fields carry marks, and one walk holds them to it.

For each class it is planned once which fields are marked and which can lead to marked ones, so most of a record is
never visited.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from functools import partial
from inspect import get_annotations
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self, get_args, get_origin

from pydantic import BaseModel

from schema_core import paths
from schema_core.compiled import Plans
from schema_core.rules.coordinates import family, held_by, models_in

if TYPE_CHECKING:
    from collections.abc import Iterator

Steps = tuple[Any, ...]  # the steps above, then the last one: no path is spelled out before something is wrong


class TimeValidation(enum.Enum):
    """How a time relates to the acquisition."""

    BETWEEN = "between"
    AFTER = "after"
    BEFORE = "before"


class Span(NamedTuple):
    """From when to when was acquired."""

    start: dt.datetime
    end: dt.datetime

    @classmethod
    def of(cls, start: dt.datetime, end: dt.datetime) -> Self:
        """The same moments with the offsets that Python itself has: every time is held against them."""
        return cls(_plain(start), _plain(end))


def _plain(moment: dt.datetime) -> dt.datetime:
    offset = moment.utcoffset()
    return moment if offset is None else moment.replace(tzinfo=dt.timezone(offset))


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A time that does not fit the acquisition: where it stands, in words why, and which end it was held against."""

    at: str
    message: str
    end: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What the walk does at a node of one class."""

    marked: tuple[tuple[str, TimeValidation], ...]
    descend: tuple[str, ...]


IDLE = Plan((), ())


def _marks(cls: type[BaseModel], *, overlooked: bool) -> Iterator[tuple[str, TimeValidation]]:
    """The marked fields of a class.

    The standard sees the marks only of fields that the class itself declares, outside of unions; it overlooks the rest.
    """
    own = get_annotations(cls)
    for name, info in cls.model_fields.items():
        outer = [mark for mark in info.metadata if isinstance(mark, TimeValidation)]
        marks = outer or [mark for part in get_args(info.annotation) for mark in _inside(part)]
        seen = name in own and bool(outer)
        if seen is not overlooked:
            yield from ((name, mark) for mark in marks)


def _inside(annotation: Any) -> list[TimeValidation]:
    parts = get_args(annotation) if get_origin(annotation) is Annotated else ()
    return [part for part in parts if isinstance(part, TimeValidation)]


def _leads_there(cls: type[BaseModel], visited: set[type], *, overlooked: bool) -> bool:
    """Whether a node of this class, or of a subclass, is or holds one with a marked time."""
    if cls in visited:
        return False
    visited.add(cls)
    return any(
        any(_marks(member, overlooked=overlooked))
        or any(_leads_there(held, visited, overlooked=overlooked) for held in held_by(member))
        for member in family(cls)
    )


def _planned(cls: type, *, overlooked: bool) -> Plan:
    if not issubclass(cls, BaseModel):
        return IDLE
    leading = (
        name
        for name, info in cls.model_fields.items()
        if any(_leads_there(held, set(), overlooked=overlooked) for held in models_in(info.annotation))
    )
    plan = Plan(tuple(_marks(cls, overlooked=overlooked)), tuple(leading))
    return plan if plan.marked or plan.descend else IDLE


SEEN, OVERLOOKED = (Plans(partial(_planned, overlooked=overlooked)) for overlooked in (False, True))


def misplaced(value: Any, span: Span, steps: Steps = (), *, overlooked: bool = False) -> list[Misplaced]:
    """Every marked time inside an object, or a list of them, that does not fit the acquisition."""
    found: list[Misplaced] = []
    _walk(value, span, steps, OVERLOOKED if overlooked else SEEN, found)
    return found


def _walk(value: Any, span: Span, steps: Steps, plans: Plans[Plan], found: list[Misplaced]) -> None:
    if type(value) is list:
        for index, item in enumerate(value):
            _walk(item, span, (steps, index), plans, found)
        return
    plan = plans[type(value)]
    if plan is IDLE:
        return
    values = value.__dict__
    for name, mark in plan.marked:
        given = values.get(name)
        if isinstance(given, dt.date) and not _fits(mark, given, span):
            found.append(_told(mark, given, span, (steps, name)))
    for name in plan.descend:
        held = values.get(name)
        if held:
            _walk(held, span, (steps, name), plans, found)


def _moment(given: dt.date, span: Span) -> dt.datetime:
    """A day counts from its midnight, where the acquisition was."""
    if isinstance(given, dt.datetime):
        return given
    return dt.datetime.combine(given, dt.time.min, tzinfo=span.start.tzinfo)


_BETWEEN, _AFTER, _BEFORE = TimeValidation  # naming a member through its class is a call, too dear for every time


def _fits(mark: TimeValidation, given: dt.date, span: Span) -> bool:
    moment = given if type(given) is dt.datetime else _moment(given, span)
    if mark is _BETWEEN:
        return span.start <= moment <= span.end
    return span.start < moment if mark is _AFTER else moment < span.end


def _told(mark: TimeValidation, given: dt.date, span: Span, steps: Steps) -> Misplaced:
    late = mark is _BEFORE or (mark is _BETWEEN and _moment(given, span) > span.end)
    bound = f"the acquisition {'ended' if late else 'began'} at {(span.end if late else span.start).isoformat()}"
    said = {
        TimeValidation.BETWEEN: "it must lie within the acquisition",
        TimeValidation.AFTER: "it must be later",
        TimeValidation.BEFORE: "it must be earlier",
    }[mark]
    return Misplaced(paths.of_steps(steps), f"{given.isoformat()}, but {bound}: {said}, so correct one of them", late)
