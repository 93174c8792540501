"""What a term's page says beside its fields: pages of authorities, and what somebody should look at."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from metadata_portal.registries.alike import Suggestion, suggestions
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.models import Term
from metadata_portal.registries.naming import mixed_script, name_fault
from metadata_portal.registries.telling import title_of
from schema_core.registries.identifiers import BadIdentifier, identifier_link, identifier_read
from schema_core.registries.registries import Registry

# fields that always hold an identifier of one authority
_OF: Final[Mapping[str, Registry]] = {
    "orcid": Registry.ORCID,
    "addgene_id": Registry.ADDGENE,
    "doi": Registry.DOI,
    "rrid": Registry.RRID,
}


def links_of(declared: Declaration, data: Any) -> list[tuple[str, str, str]]:
    """Title, identifier and address of the authority's page for each identifier of a row."""
    return [
        (title_of(declared, field), identifier, address)
        for field, registry, identifier in _identifiers(declared, data)
        if (address := identifier_link(registry, identifier))
    ]


def remarks_of(declared: Declaration, term: Term) -> list[str]:
    """What a manager should look at; nothing of this kind is ever said of a packaged term."""
    found = [declared.warn(term.data)]
    if not term.stock:
        found += [mixed_script(name) for name in (term.name, *term.alias_list)]
        found += [name_fault(name) or "" for name in (term.name, *term.alias_list)]
        for _, registry, identifier in _identifiers(declared, term.data):
            try:
                identifier_read(registry, identifier)
            except BadIdentifier as error:
                found.append(str(error))
    return [text for text in dict.fromkeys(found) if text]


def near(declared: Declaration, term: Term) -> list[tuple[Suggestion, Term]]:
    """Terms that may be the same, each with its row."""
    if term.is_retired or declared.closed:
        return []
    entry = declared.vocabulary.find(term.key)
    if entry is None:
        return []
    found = [one for one in suggestions(declared, entry) if not (term.stock and one.entry.stock)]
    return with_rows(declared, found)


def with_rows(declared: Declaration, found: list[Suggestion]) -> list[tuple[Suggestion, Term]]:
    """Suggestions with the rows of their terms."""
    keys = [one.entry.key for one in found]
    rows = {row.key: row for row in Term.objects.of(declared.name).filter(key__in=keys).defer("search")} if keys else {}
    return [(one, rows[one.entry.key]) for one in found if one.entry.key in rows]


def _identifiers(declared: Declaration, data: Any) -> Iterator[tuple[str, Any, str]]:
    """Field, authority and text of each identifier that a row holds."""
    if not isinstance(data, Mapping):
        return
    own = declared.vocabulary.identifier
    for field, value in data.items():
        registry = data.get("registry") if field == own and "registry" in data else _OF.get(field)
        if registry and isinstance(value, str) and value:
            yield field, registry, value
