"""What core files tell of each other while the rest of their record is not there yet: at a rig, before a surgery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema_core.core.metadata import CORE_CLASSES, Metadata
from schema_core.errors import Problem, UnknownKind
from schema_core.judging import Judge
from schema_core.rules.registration import findings, rules_of
from schema_core.rules.warned import collecting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schema_core.rules.findings import Rule

_ABSENT: Final = frozenset({"file-expected", "file-required"})
_ENOUGH: Final = {
    "device-unknown": frozenset({"acquisition", "instrument"}),
    "connection-device-unknown": frozenset({"acquisition", "instrument"}),
    "time-of-acquisition": frozenset({"acquisition"}),
    "portal-time-of-acquisition": frozenset({"acquisition"}),
    "portal-subject-differs": frozenset(),
}
"""Rules that tell something before all files are there that they can read."""
_MAY_BE_IMPLANTED: Final = frozenset({"device-unknown", "connection-device-unknown"})


def problems_between(documents: Mapping[str, dict[str, Any]]) -> list[Problem]:
    """What does not fit between core files, given by kind; addresses begin with the kind.

    What is wrong inside one file is not told again: `validate` does that. A device that the instrument lacks is only
    warned of while there are no procedures, which may describe it as an implant. Raises UnknownKind.
    """
    for kind in documents:
        if kind not in CORE_CLASSES:
            raise UnknownKind(f"{kind!r} is not a core file of a record: give some of {', '.join(CORE_CLASSES)}")
    files = {kind: Judge().node(CORE_CLASSES[kind], document, kind)[0] for kind, document in documents.items()}
    between = (found for found in _found(files) if len({_file(path) for path in (found.path, *found.also)}) > 1)
    return list(dict.fromkeys(between))


def _file(path: str) -> str:
    return path.partition(".")[0]


def _found(files: Mapping[str, Any]) -> Iterator[Problem]:
    record = Metadata.model_construct(**files)
    rules = tuple(known for known in rules_of(Metadata) if _can_tell(known, files.keys()))
    with collecting() as warned:
        refused = list(findings(record, rules))
    for known, found in refused:
        doubtful = known.code in _MAY_BE_IMPLANTED and "procedures" not in files
        yield Problem(found.at, known.code, found.message, "warning" if doubtful else "error", found.also)
    for one in warned:
        yield Problem(one.at, one.code, one.message, "warning", one.also)


def _can_tell(known: Rule, kinds: Any) -> bool:
    """Whether a rule has something to compare among files of these kinds."""
    needed = _ENOUGH.get(known.code, frozenset(known.reads))
    return known.code not in _ABSENT and needed <= kinds and len(kinds & set(known.reads)) > 1
