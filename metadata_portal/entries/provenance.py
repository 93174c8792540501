"""Where the values of drafts and revisions came from: the origins that services write and pages read."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

import schema_core
from metadata_portal.schemaforms.changes import touched
from metadata_portal.schemaforms.documents import Document, within
from metadata_portal.schemaforms.marks import Marks
from metadata_portal.schemaforms.origins import Origin, Origins
from metadata_portal.schemaforms.sides import CODE as SIDE
from metadata_portal.schemaforms.sides import UNSIGNED, question_at
from schema_core import paths
from schema_core.errors import Problem
from schema_core.introspect import Struct, describe

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User
    from metadata_portal.entries.models import Draft, Revision
    from metadata_portal.schemaforms.posting import Edited


def root_of(kind: str) -> Struct:
    """The description of a kind of record."""
    return describe(schema_core.KINDS[kind])


def minute() -> str:
    """Now, as origins say it: what is typed within a minute shares a row."""
    return timezone.now().isoformat(timespec="minutes")


def typed(by: "User") -> Origin:
    """What a person types now."""
    return Origin("typed", by=by.get_username(), at=minute())


def imported(file: str, by: "User", within: str | None = None) -> Origin:
    """What a person imports now, from a file of this name; ``within`` is where the document stands in it, if known."""
    return signed(Origin("import", what=file, ref="" if within is None else json.dumps({"in": within})), by)


def placed(origin: Origin, document: Document) -> Origin:
    """An origin that can say the address in its file of every value, wherever the value is moved later."""
    if origin.kind != "import" or not origin.ref:
        return origin
    ids = {path: names for path, names in document.item_ids.items() if names}
    return replace(origin, ref=json.dumps(json.loads(origin.ref) | {"ids": ids}, separators=(",", ":")))


def came(origin: Origin, id_path: str) -> str:
    """Where the value at an address by item ids came from, in words; of a file also its address in there."""
    if origin.kind != "import" or not origin.ref:
        return origin.where
    kept = json.loads(origin.ref)
    path = Document(None, kept.get("ids", {})).path_of(id_path)
    if path is None:
        return origin.where
    address = paths.join((*paths.split(kept["in"]), *paths.split(path)))
    return f"{origin.where}, {address}" if address else origin.where


def signed(origin: Origin, by: "User") -> Origin:
    """An origin with who brought it in, and when."""
    return replace(origin, by=by.get_username(), at=minute())


def origins_of(held: "Draft | Revision") -> Origins:
    """The origins of a draft or a revision; of a revision from before they were kept, that revision itself."""
    found = Origins.from_json(held.sources)
    number = getattr(held, "number", None)
    if "" in found.at or number is None:
        return found
    written = held.created_at.isoformat(timespec="minutes")
    first = Origin("revision", by=getattr(held, "author_name", ""), at=written, what=f"revision {number}")
    return Origins((*found.rows, first), {**found.at, "": len(found.rows)})


def begun(kind: str, last: "Revision | None", document: Document, origin: Origin) -> Origins:
    """The origins of a new draft: those of the last revision, and ``origin`` for whatever is not as there."""
    origin = placed(origin, document)
    if last is None:
        return Origins.whole(origin)
    before = Document(last.data, last.item_ids)
    return origins_of(last).after(touched(root_of(kind), before, document), lambda _: origin)


def edited(draft: "Draft", before: Document, after: Document, origin: Callable[[str], Origin]) -> Origins:
    """The origins of a draft after an edit; ``origin`` says where what now stands at an address came from."""
    return origins_of(draft).after(touched(root_of(draft.record.kind), before, after), origin)


def told_by(edit: "Edited", by: "User", before: Origins) -> Callable[[str], Origin]:
    """Say, by address, what a posted form wrote: its action what the action changed, the person everything else.

    A number whose side nobody has said stays one until its side is said.
    """
    own, done = typed(by), signed(edit.origin or typed(by), by)
    asked = replace(own, kind=UNSIGNED)
    sides, waiting = _sides(edit), set(_unsigned(before))

    def told(path: str) -> Origin:
        if any(within(path, root) for root in edit.origin_paths):
            return done
        return asked if sides.get(path, path in waiting) else own

    return told


def sides_asked(origins: Origins, document: Document) -> Iterator[Problem]:
    """The numbers across the midline that were typed without a sign, each with its question."""
    for path in _unsigned(origins):
        address = document.path_of(path)
        if address is not None and (question := question_at(document.json, address)):
            yield Problem(address, SIDE, question, "missing")


def answered(origins: Origins, edit: "Edited", by: "User", pressed: Iterable[str] = ()) -> Origins:
    """The origins after a form said sides: by a sign or a word, or by the button of a field (``pressed``)."""
    said = {path for path, asks in _sides(edit).items() if not asks} | set(pressed)
    found = [path for path in _unsigned(origins) if path in said]
    if not found:
        return origins
    row = len(origins.rows)
    return Origins((*origins.rows, typed(by)), {**origins.at, **dict.fromkeys(found, row)})


def _sides(edit: "Edited") -> dict[str, bool]:
    """Where numbers were read beyond plain digits, by item ids; and whether their side is asked for."""
    state = Document(edit.document, edit.item_ids)
    return {state.id_path(address): said.asks for address, said in edit.readings.items()}


def _unsigned(origins: Origins) -> list[str]:
    waiting = {row for row, origin in enumerate(origins.rows) if origin.kind == UNSIGNED}
    return [path for path, row in origins.at.items() if row in waiting] if waiting else []


def taken_back(
    draft: "Draft", before: Document, after: Document, sources: Mapping[str, Any] | None, by: "User"
) -> Origins:
    """The origins after a step was undone; ``sources`` are those from before the step, where some were unconfirmed."""
    if sources is None:
        return edited(draft, before, after, lambda _: typed(by))
    return Origins.from_json(sources).joined(origins_of(draft), touched(root_of(draft.record.kind), before, after))


def joined(draft: "Draft", last: "Revision", document: Document) -> Origins:
    """The origins of a draft that was joined with the last revision."""
    changes = touched(root_of(draft.record.kind), Document(last.data, last.item_ids), document)
    return origins_of(draft).joined(origins_of(last), changes)


def marks_of(draft: "Draft", document: Mapping[str, Any] | None = None) -> Marks:
    """The values of a draft that nobody has confirmed."""
    state = Document(draft.data if document is None else document, draft.item_ids)
    return Marks(root_of(draft.record.kind), state, origins_of(draft))


def confirmed(origins: Origins, id_paths: Iterable[str], by: "User") -> Origins:
    """The origins after a person confirmed what stands at some addresses."""
    return origins.confirmed(id_paths, by.get_username(), minute())
