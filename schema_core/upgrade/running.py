"""Running an upgrade: read, find the generation, take the steps, ask what the other version would say."""

from __future__ import annotations

import copy
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from schema_core import paths
from schema_core.errors import Problem, UnknownKind, UnknownPath
from schema_core.kinds import class_of, kind_of
from schema_core.registries.overlays import stock_only
from schema_core.rules.successor import refused_by_successor
from schema_core.upgrade import axes, depths, devices, heads, older, records, sections, systems, terms
from schema_core.upgrade.generations import OLD_NAMES, SUCCESSOR_VERSIONS, TARGETS, Target, major_of, source_of
from schema_core.upgrade.outcome import Upgraded
from schema_core.upgrade.restoring import unrestored, upward
from schema_core.upgrade.steps import Log, Move, moved, take_in_order
from schema_core.upgrade.systems import OLD
from schema_core.upgrade.terms import is_new
from schema_core.validation import TOO_DEEP, parse, validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schema_core.validation import Document

take_in_order(heads, older, systems, sections, devices, records, terms, depths, axes)

MOVES: Final[dict[tuple[str, str], tuple[Move, ...]]] = {
    ("2.9", "2.9"): ("older",),
    ("2.9", "3.0"): ("older", "forward"),
    ("3.0", "2.9"): ("backward",),
    ("3.0", "3.0"): (),
}
_NEWEST: Final = 3
_TWIN: Final = f"{OLD} is the older name of a field: a way back fills it where all fields are written, and only there"


def carried(document: Document, to: Target, kind: str | None = None) -> Upgraded:
    """See `schema_core.upgrade.upgrade`."""
    if to not in TARGETS:
        raise ValueError(f"There is no target {to!r}: choose one of {', '.join(TARGETS)}")
    if kind is not None:
        class_of(kind)
    data, problems = parse(document) if isinstance(document, str | bytes) else (document, [])
    problems = problems or list(_unreadable(data))
    if problems:
        return Upgraded(None, refusals=tuple(problems), kind=kind)
    try:
        kind = kind or kind_of(data)
    except UnknownKind as error:
        return Upgraded(None, refusals=(Problem("", "document-kind", str(error)),))
    try:
        return _carried(data, kind, to)
    except RecursionError:
        return Upgraded(None, refusals=(TOO_DEEP,), kind=kind)


def _carried(data: dict[str, Any], kind: str, to: Target) -> Upgraded:
    source = _source(data)
    cls, log, new = class_of(kind), Log(), copy.deepcopy(data)
    for name, part in _strays(new, kind, source):
        _move(part, name, _source(part), source, log)
    before = new
    for move in MOVES[source, to]:
        before = copy.deepcopy(new)
        moved(cls, new, move, log)
    back = copy.deepcopy(new)
    moved(cls, back, "backward" if to == "3.0" else "forward", Log())
    if source != to:
        _list_unrestored(before, back, log)
    refusals = (*log.refusals, *_predicted(back if to == "3.0" else new, kind, to, log))
    return Upgraded(new, tuple(log.changes), tuple(log.losses), refusals, kind, source)


def _source(data: dict[str, Any]) -> Target:
    return source_of(data) or "2.9"


def _strays(record: dict[str, Any], kind: str, source: Target) -> Iterator[tuple[str, dict[str, Any]]]:
    """Core files inside a record that are of another generation than the record."""
    if kind == "metadata":
        for name in SUCCESSOR_VERSIONS:
            part = record.get(name)
            if isinstance(part, dict) and _source(part) != source:
                yield name, part


def _move(part: dict[str, Any], name: str, source: Target, to: Target, log: Log) -> None:
    for move in MOVES[source, to]:
        moved(class_of(name), part, move, log, name)


def _list_unrestored(before: dict[str, Any], again: dict[str, Any], log: Log) -> None:
    known = log.explained | {loss.path for loss in log.losses}
    for path in unrestored(before, again, known):
        message = _TWIN if path.endswith(OLD) else "Written in another form now, which a way back would not restore"
        log.lost(path, "upgrade-form", message)


def _predicted(judged: dict[str, Any], kind: str, to: Target, log: Log) -> Iterator[Problem]:
    """What the other version will refuse, told by our own rules: 2.9 knows of 3.0 by its warnings."""
    told = {refusal.path for refusal in log.refusals}
    with stock_only() if to == "3.0" else nullcontext():
        found = validate(judged, kind)
    for problem in found:
        if problem.severity != "warning":
            if to == "2.9" or not is_new(_value_at(judged, problem.path)):
                yield problem
        elif to == "3.0" and refused_by_successor(problem.code) and told.isdisjoint(upward(problem.path)):
            yield replace(problem, severity="error")


def _value_at(document: dict[str, Any], path: str) -> Any:
    try:
        return paths.get(document, path)
    except UnknownPath:
        return None


def _unreadable(data: Any) -> Iterator[Problem]:
    """Why a document cannot be carried at all."""
    if not isinstance(data, dict):
        yield Problem("", "object", f"A core file is a JSON object, not {type(data).__name__}")
        return
    parts = {"": data}
    if str(data.get("object_type")) == "Metadata" or {"name", "location"} <= data.keys():
        parts |= {name: data[name] for name in SUCCESSOR_VERSIONS if isinstance(data.get(name), dict)}
    for name, part in parts.items():
        if source_of(part) is None:
            yield _other_generation(part).under(name)


def _other_generation(data: dict[str, Any]) -> Problem:
    version, major = data.get("schema_version"), major_of(data)
    if major is not None and major > _NEWEST:
        return Problem("schema_version", "upgrade-too-new", f"Version {version} is newer than 3.0, the last one known")
    described = str(data.get("describedBy", "")).rsplit("/", 1)[-1].removesuffix(".py")
    renamed = f"; {described} is called {OLD_NAMES[described]} since version 2" if described in OLD_NAMES else ""
    return Problem(
        "schema_version",
        "upgrade-too-old",
        f"This is a file of version {version}, which has another structure{renamed}. Only version 2.0 and later can be "
        "carried over: enter it anew, or bring it to version 2 with the standard's own tool, aind-metadata-upgrader",
    )
