"""Sheets: a document of one class drawn by the form engine, written bit by bit and kept at the end."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from metadata_portal.equipment.models import Sheet
from metadata_portal.errors import Conflict
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.posting import Edited, apply
from schema_core.errors import Problem
from schema_core.introspect import Field, Struct, describe
from schema_core.judging import Judge

if TYPE_CHECKING:
    from django.http import QueryDict

    from metadata_portal.accounts.models import User
    from schema_core.base import DataModel

ATTEMPTS: Final = 20


@dataclass(frozen=True)
class PartStruct(Struct):
    """A class without some of its fields: those that are asked for elsewhere."""

    without: frozenset[str] = frozenset()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Describe the fields that are left."""
        return tuple(entry for entry in describe(self.model).fields if entry.name not in self.without)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a sheet is about: its key, its class, what is kept of it now, and values that are said elsewhere."""

    key: str
    model: "type[DataModel]"
    kept: Mapping[str, Any]
    without: frozenset[str] = frozenset()
    given: Mapping[str, Any] | None = None
    may_lack: bool = False
    filled_in: frozenset[str] = frozenset()
    """Fields of nodes inside that need not be given: what takes the document over fills them in."""

    @property
    def root(self) -> Struct:
        """The shape of its document."""
        return PartStruct(self.model, self.without) if self.without else describe(self.model)

    @property
    def base(self) -> str:
        """Changes whenever what is kept does."""
        return hashlib.sha256(json.dumps(self.kept, sort_keys=True).encode()).hexdigest()

    def problems(self, document: Mapping[str, Any]) -> list[Problem]:
        """What the standard says of a document; where it may lack something, nothing of what is missing."""
        court = Judge()
        court.node(self.model, {**document, **(self.given or {})}, "")
        found = list(dict.fromkeys(court.problems))
        hidden = [problem for problem in found if problem.path.partition(".")[0] in self.without]
        gone = [problem for problem in found if problem.severity == "missing" and self._is_fine(problem)]
        return [problem for problem in found if problem not in hidden and problem not in gone]

    def _is_fine(self, problem: Problem) -> bool:
        return self.may_lack or problem.path.rpartition(".")[2] in self.filled_in


def start_of(model: "type[DataModel]", kept: Mapping[str, Any]) -> dict[str, Any]:
    """The document that a sheet begins with."""
    tag = model.model_fields["object_type"].default
    return {"object_type": tag, **kept}


def sheet_of(person: "User", subject: Subject) -> Sheet:
    """The person's sheet of something, unsaved where nothing was written yet."""
    found = Sheet.objects.filter(person=person, key=subject.key).first()
    if found is not None:
        return found
    state = Document(start_of(subject.model, subject.kept)).with_ids()
    return Sheet(
        person=person,
        key=subject.key,
        document=json.dumps(state.json),
        item_ids=dict(state.item_ids),
        base=subject.base,
    )


def sheet_post(*, person: "User", subject: Subject, post: "QueryDict") -> tuple[Sheet, Edited]:
    """Write one posted node into the person's sheet; raises what reading the form raises."""
    for _ in range(ATTEMPTS):
        sheet = sheet_of(person, subject)
        edit = apply(subject.root, sheet.data, sheet.item_ids, post)
        # a preset brings fields along that are asked for elsewhere
        document = {name: value for name, value in edit.document.items() if name not in subject.without}
        if _written(sheet, document, edit.item_ids):
            return sheet, edit
    raise Conflict("The page is being saved from many places at once: wait a moment and save again.")


def sheet_put(*, person: "User", subject: Subject, document: Mapping[str, Any]) -> Sheet:
    """The person's sheet with another document in the place of its own."""
    state = Document(dict(document)).with_ids()
    for _ in range(ATTEMPTS):
        sheet = sheet_of(person, subject)
        if _written(sheet, state.json, dict(state.item_ids)):
            return sheet
    raise Conflict("The page is being saved from many places at once: wait a moment and save again.")


def _written(sheet: Sheet, document: Any, item_ids: dict[str, list[str]]) -> bool:
    text = json.dumps(document)
    columns: dict[str, Any] = {"document": text, "item_ids": item_ids}
    known = Sheet.objects.filter(person=sheet.person, key=sheet.key)
    if sheet.pk is None:
        made, is_new = Sheet.objects.get_or_create(
            person=sheet.person, key=sheet.key, defaults={**columns, "base": sheet.base}
        )
        sheet.pk = made.pk
        done = is_new
    else:
        done = bool(known.filter(version=sheet.version).update(**columns, version=sheet.version + 1))
        sheet.version += done
    sheet.document, sheet.item_ids = text, item_ids
    return done


def sheet_drop(*, person: "User", key: str) -> None:
    """Forget what a person wrote of something."""
    Sheet.objects.filter(person=person, key=key).delete()


@transaction.atomic
def sheet_keep(*, person: "User", subject: Subject, write: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """What a person wrote, handed to what keeps it; Conflict where something else was kept meanwhile."""
    sheet = Sheet.objects.select_for_update().filter(person=person, key=subject.key).first()
    if sheet is None:
        raise Conflict("Nothing was changed here since it was kept last.")
    if sheet.base != subject.base:
        raise Conflict(
            "Somebody else changed this meanwhile. Drop your changes to see what it says now, and make them again."
        )
    document = bare(sheet.data)
    write(document)
    sheet.delete()
    return document


def bare(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document without the marker of its kind."""
    return {name: value for name, value in document.items() if name != "object_type"}


def worst(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stand in the way of keeping."""
    return [problem for problem in problems if problem.severity != "warning"]
