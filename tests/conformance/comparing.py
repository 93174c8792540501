"""One document before both validators: the same verdict, the same JSON, or a difference that is written down."""

from __future__ import annotations

import importlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from schema_core import KINDS
from schema_core.core.metadata import Metadata
from schema_core.judging import Judge
from schema_core.validation import judge
from tests.conformance.divergences import BROKEN_FILE, CRASHES, RAW_TAG, applying, reordered, set_aside, untagged

if TYPE_CHECKING:
    from schema_core.base import DataModel
    from schema_core.errors import Problem
    from tests.conformance.peer import Peer, Verdict


@dataclass
class Court:
    """Compares, and counts which written-down divergence was met how often."""

    peer: Peer
    met: Counter[str] = field(default_factory=Counter)
    valid: bool = False
    """Whether we accepted the last document."""

    def difference(self, kind: str, document: Any) -> str | None:
        """What we and the peer differ in over a document; None where we agree or the difference is written down."""
        found, verdict = self._compared(kind, document)
        if found is None:
            return None
        where = self._crash(kind, verdict) or self._aside(kind, document)
        if where is None:
            return found
        self.met[where] += 1
        return None

    def _compared(self, kind: str, document: Any) -> tuple[str | None, Verdict]:
        self.peer.ask(kind, document, files=True)
        try:
            model, problems = judged(document, kind)
            record = model if kind != "metadata" else tolerated(document)
        finally:
            verdict = self.peer.answer()
        self.valid = model is not None
        strict = verdict.valid and not verdict.refused
        found = None
        if (record is not None) != verdict.valid or (model is not None) != strict:
            errors = [(error["loc"], error["type"], error["msg"][:200]) for error in verdict.errors[:3]]
            said = [f"{problem.path}: {problem.code}" for problem in blocking(problems)]
            found = (
                f"we: {model is not None}/{record is not None} {said[:3]}; "
                f"peer: {strict}/{verdict.valid} {errors} {verdict.refused}"
            )
        elif record is not None and verdict.json is not None:
            found = self._written(record, verdict)
        return found, verdict

    def _written(self, record: Any, verdict: Verdict) -> str | None:
        try:
            written = record.model_dump_json()
        except PydanticSerializationError as error:
            return f"we cannot write it: {error}"
        return self._parted(written, verdict)

    def _parted(self, ours: str, verdict: Verdict) -> str | None:
        found = parted(ours, verdict.json)
        if (
            found
            and verdict.refused
            and not parted(*(untagged(text, verdict.refused) for text in (ours, verdict.json)))
        ):
            self.met[RAW_TAG] += 1
            return None
        return found

    def _crash(self, kind: str, verdict: Verdict) -> str | None:
        if verdict.crash is None:
            return None
        if kind == "metadata" and verdict.refused and not self.valid:
            return BROKEN_FILE
        return CRASHES.get(verdict.crash)

    def _aside(self, kind: str, document: Any) -> str | None:
        for chosen in (*((one,) for one in applying(document)), applying(document)):
            changed = set_aside(document, chosen)
            if chosen and changed is not None and self._compared(kind, changed)[0] is None:
                return chosen[0].where
        return None


def judged(document: Any, kind: str) -> tuple[Any, list[Problem]]:
    """The model and the problems of a document of a kind, or of a class at an address."""
    if "." not in kind:
        return judge(document, kind)
    court = Judge()
    model, _ = court.node(class_at(kind), document, "")
    return (None if blocking(court.problems) else model), court.problems


def blocking(problems: list[Problem]) -> list[Problem]:
    """The problems that make a document invalid."""
    return [problem for problem in problems if problem.severity != "warning"]


def class_at(kind: str) -> type[DataModel]:
    """The class of a kind, or at an address like `components.devices.Camera`."""
    if "." not in kind:
        return KINDS[kind]
    module, _, name = kind.rpartition(".")
    return getattr(importlib.import_module(f"schema_core.{module}"), name)


def tolerated(document: Any) -> Metadata | None:
    """The record as its class reads it: broken files stay in it."""
    try:
        return Metadata.model_validate(document)
    except ValidationError:
        return None


def parted(ours: str, theirs: str) -> str | None:
    """Where two JSON texts part, other than in the spelling of numbers."""
    if ours == theirs or reordered(ours) == reordered(theirs):
        return None
    ours, theirs = (json.dumps(json.loads(text), ensure_ascii=False) for text in (ours, theirs))
    at = next((index for index, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), -1)
    start = max(0, at - 80)
    return f"we write {ours[start : at + 80]!r}, the peer {theirs[start : at + 80]!r}"
