"""Which terms of the registries a document holds, kept beside drafts and revisions: what is in use is never deleted."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import schema_core
from metadata_portal.errors import Conflict
from metadata_portal.registries import overlay
from metadata_portal.registries.models import TermUse
from metadata_portal.registries.services.uses import uses_write
from schema_core import paths
from schema_core.compiled import compiled
from schema_core.introspect import (
    Anything,
    Choice,
    Field,
    Free,
    List,
    Map,
    Scalar,
    Shape,
    Struct,
    Term,
    choose,
    describe,
)
from schema_core.registries import vocabulary

Named = tuple[str, str]


class TermGone(Conflict):
    """A term was deleted while a revision that holds it was written."""


def terms_in(kind: str, document: Any) -> set[Named]:
    """Registry and key of each term in a document of a kind."""
    return {(registry, key) for _, registry, key in places_of_terms(kind, document)}


def places_of_terms(kind: str, document: Any) -> Iterator[tuple[str, str, str]]:
    """Address, registry and key of each term in a document of a kind."""
    yield from _walk(describe(schema_core.KINDS[kind]), document, "")


def keep_draft(draft_id: Any, kind: str, before: Any, after: Any) -> None:
    """Keep which terms a draft holds from now on; where they are those of before, nothing is asked or written.

    A term that was deleted meanwhile is none: the draft is judged anew when it is next opened, and says so.
    """
    wanted = terms_in(kind, after)
    if before is None or wanted != terms_in(kind, before):
        uses_write(holder=TermUse.Holder.DRAFT, holder_id=draft_id, terms=wanted)


def keep_revision(revision_id: Any, kind: str, document: Mapping[str, Any]) -> None:
    """Keep which terms a new revision holds; raises TermGone where one was deleted since the document was judged."""
    missing = uses_write(holder=TermUse.Holder.REVISION, holder_id=revision_id, terms=terms_in(kind, document))
    # the document was judged valid: a word that only this site can have known, and that has no row, is gone
    gone = [key for name, key in missing if not vocabulary(name).free and vocabulary(name).stock_entry(key) is None]
    if gone:
        overlay.refresh()
        raise TermGone(f"{gone[0]} was deleted from the registries meanwhile: choose another term.")


def _walk(shape: Shape, value: Any, path: str) -> Iterator[tuple[str, str, str]]:
    chosen = choose(shape, value)
    shape = chosen.shape if chosen else shape
    if isinstance(shape, Term) or (isinstance(shape, Choice) and shape.vocabulary):
        key = _key(shape.vocabulary, value)
        if key:
            yield path, shape.vocabulary, key
    elif isinstance(shape, Struct) and isinstance(value, dict):
        for entry in _leading(shape.model):
            if (inner := value.get(entry.name)) is not None:
                yield from _walk(entry.shape, inner, paths.child(path, entry.name))
    elif isinstance(shape, List) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(shape.item, item, paths.child(path, index))
    elif isinstance(shape, Map) and isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(shape.value, item, paths.child(path, key))


_PLAIN: Final = (Scalar, Free, Anything)


@compiled
def _leading(model: type) -> tuple[Field, ...]:
    """The fields of a class in which terms can stand: what is plain cannot."""
    return tuple(entry for entry in describe(model).fields if not _is_plain(entry.shape))


def _is_plain(shape: Shape) -> bool:
    if isinstance(shape, Choice):
        return not shape.vocabulary
    return isinstance(shape, _PLAIN) or (isinstance(shape, List) and _is_plain(shape.item))


def _key(name: str, value: Any) -> str:
    """The key by which a value names a term; empty where it names none."""
    field = vocabulary(name).key
    key = value.get(field) if isinstance(value, dict) else value
    return key if isinstance(key, str) else ""
