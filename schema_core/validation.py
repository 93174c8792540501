"""Judging documents: every problem at its address, loading what is valid, joining core files into one record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from schema_core import paths
from schema_core.errors import InvalidDocument, Problem, UnknownKind
from schema_core.kinds import class_of, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schema_core.base import DataCoreModel
    from schema_core.core.metadata import Metadata

    Document = dict[str, Any] | str | bytes


def validate(document: Document, kind: str | None = None) -> list[Problem]:
    """Every problem of a document, warnings included; empty for a perfect one. Bad documents never raise."""
    return judge(document, kind)[1]


def load(document: Document, kind: str | None = None) -> DataCoreModel:
    """The document as a model; raises InvalidDocument with its problems."""
    model, problems = judge(document, kind)
    if model is None:
        raise InvalidDocument(problem for problem in problems if problem.severity != "warning")
    return model


def judge(document: Document, kind: str | None = None) -> tuple[DataCoreModel | None, list[Problem]]:
    """The model (None for an invalid document) and every problem."""
    if kind is not None:
        class_of(kind)
    data, problems = parse(document)
    if problems:
        return None, problems
    try:
        kind = kind or kind_of(data)
        whole = kind == "metadata" and isinstance(data, dict)
        model, found = _judged_record(data) if whole else _judged(class_of(kind), data)
        found += _of_this_lab(class_of(kind), data)
    except UnknownKind as error:
        return None, [Problem("", "document-kind", str(error))]
    except RecursionError:
        return None, [TOO_DEEP]
    unwritable = list(_unwritable(data))
    return (None if unwritable else model), [*found, *unwritable]


def _of_this_lab(cls: type[DataCoreModel], data: Any) -> Iterator[Problem]:
    """Warnings about nodes that only a program with the lab's own classes can read."""
    from schema_core.extension import local_classes  # noqa: PLC0415 - loaded by then, and not before

    for path, tag in local_classes(data, cls):
        message = f"{tag} is a class of this lab: whoever lacks it cannot read this document"
        yield Problem(path, "portal-local-class", message, "warning")


def _unwritable(data: Any) -> Iterator[Problem]:
    """Text with half a surrogate pair, which JSON can escape but UTF-8 cannot hold."""
    try:
        json.dumps(data, ensure_ascii=False, default=str).encode()
    except (TypeError, ValueError, RecursionError):  # UnicodeEncodeError among them; the rest is no JSON at all
        yield from _halves(data)


def _halves(data: Any) -> Iterator[Problem]:
    """Where the texts are that cannot be written."""
    waiting = [("", data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(paths.child(path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(paths.child(path, index), inner) for index, inner in enumerate(value)]
        if (isinstance(value, str) and _is_half(value)) or (isinstance(value, dict) and any(map(_is_half, value))):
            message = "This text has half a character (a lone surrogate) and cannot be stored: remove it"
            yield Problem(path, "text-unwritable", message)


def _is_half(text: Any) -> bool:
    return isinstance(text, str) and not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)


TOO_DEEP = Problem("", "too-deep", "This document is nested too deep to be read")


def parse(document: Document) -> tuple[Any, list[Problem]]:
    """The JSON values of a document, or the problem that makes it none."""
    if isinstance(document, dict):
        return document, []
    try:
        return json.loads(document, parse_constant=_refuse_constant), []
    except RecursionError:
        return None, [TOO_DEEP]
    except ValueError as error:
        return None, [Problem("", "not-json", f"This is not JSON: {error}")]


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number that JSON knows")


def _judged(cls: type[DataCoreModel], data: Any) -> tuple[DataCoreModel | None, list[Problem]]:
    from schema_core.judging import Judge  # noqa: PLC0415 - heavy, and only needed once there is something to judge

    court = Judge()
    model, _ = court.node(cls, data, "")
    return _verdict(model, court.problems)


def _verdict(model: Any, problems: list[Problem]) -> tuple[Any, list[Problem]]:
    once = list(dict.fromkeys(problems))
    valid = not any(problem.severity != "warning" for problem in once)
    return (model if valid else None), once


def _judged_record(data: dict[str, Any]) -> tuple[DataCoreModel | None, list[Problem]]:
    """Each core file strictly by its own class, then the record as a whole."""
    from schema_core.core import metadata  # noqa: PLC0415
    from schema_core.judging import Judge  # noqa: PLC0415

    court = Judge(context=metadata.ALREADY_JUDGED)
    files: dict[str, Any] = {}
    for name, cls in metadata.CORE_CLASSES.items():
        if isinstance(data.get(name), dict):
            files[name], _ = court.node(cls, data[name], name)
    for name in data:
        if name not in metadata.Metadata.model_fields:
            message = f"{name!r} is not part of a metadata record and is ignored"
            court.problems.append(Problem(paths.escape(name), "field-ignored", message, "warning"))
    model, _ = court.node(metadata.Metadata, {**data, **files}, "")
    return _verdict(model, _told_once(court.problems))


def _told_once(problems: list[Problem]) -> list[Problem]:
    """Without the warnings of the acquisition about times that the record as a whole refuses."""
    refused = {problem.path for problem in problems if problem.code == "time-of-acquisition"}
    return [problem for problem in problems if problem.code != "portal-time-outside" or problem.path not in refused]


def assemble(
    core_files: Mapping[str, dict[str, Any] | DataCoreModel],
    *,
    name: str,
    location: str,
    other_identifiers: dict[str, list[str]] | None = None,
) -> Metadata:
    """Core files (documents or models, by kind) as one valid record; raises InvalidDocument or UnknownKind."""
    from schema_core.core.metadata import CORE_FILES, Metadata  # noqa: PLC0415

    for kind in core_files:
        if kind not in CORE_FILES:
            raise UnknownKind(f"{kind!r} is not a core file of a record: give some of {', '.join(CORE_FILES)}")
    files = {
        kind: file if isinstance(file, dict) else file.model_dump(mode="json") for kind, file in core_files.items()
    }
    record = {"name": name, "location": location, "other_identifiers": other_identifiers, **files}
    model = load(record, "metadata")
    if not isinstance(model, Metadata):
        raise TypeError(f"{type(model).__name__} is not Metadata")
    return model
