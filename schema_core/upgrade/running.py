"""Running an upgrade: read, find the generation, take the steps, ask what the other version would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schema_core.errors import Problem, UnknownKind
from schema_core.kinds import class_of, kind_of
from schema_core.upgrade.generations import OLD_NAMES, TARGETS, Target, major_of, source_of
from schema_core.upgrade.outcome import Upgraded
from schema_core.validation import parse

if TYPE_CHECKING:
    from schema_core.validation import Document


def carried(document: Document, to: Target, kind: str | None = None) -> Upgraded:
    """See `schema_core.upgrade.upgrade`."""
    if to not in TARGETS:
        raise ValueError(f"There is no target {to!r}: choose one of {', '.join(TARGETS)}")
    if kind is not None:
        class_of(kind)
    data, problems = parse(document)
    if problems:
        return Upgraded(None, refusals=tuple(problems), kind=kind)
    unreadable = _unreadable(data)
    if unreadable is not None:
        return Upgraded(None, refusals=(unreadable,), kind=kind)
    try:
        kind = kind or kind_of(data)
    except UnknownKind as error:
        return Upgraded(None, refusals=(Problem("", "document-kind", str(error)),))
    return Upgraded(data, kind=kind, source=source_of(data))


def _unreadable(data: Any) -> Problem | None:
    """Why a document cannot be carried at all."""
    if not isinstance(data, dict):
        return Problem("", "object", f"A core file is a JSON object, not {type(data).__name__}")
    if source_of(data) is not None:
        return None
    version, major = data.get("schema_version"), major_of(data)
    if major is not None and major > 3:  # noqa: PLR2004 - newer than what is known here
        return Problem(
            "schema_version", "upgrade-too-new", f"Version {version} is newer than 3.0, the newest known here"
        )
    described = str(data.get("describedBy", "")).rsplit("/", 1)[-1].removesuffix(".py")
    renamed = f"; {described} is called {OLD_NAMES[described]} since version 2" if described in OLD_NAMES else ""
    return Problem(
        "schema_version",
        "upgrade-too-old",
        f"This is a file of version {version}, which has another structure{renamed}. Only version 2.0 and later can be "
        "carried over: enter it anew, or bring it to version 2 with the standard's own tool, aind-metadata-upgrader",
    )
