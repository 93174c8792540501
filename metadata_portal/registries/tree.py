"""A registry as a tree: which terms lie below which, and the branches that a page shows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

from metadata_portal.registries.declaring import Declaration, declaration
from metadata_portal.registries.models import Term

Below = Mapping[str | None, tuple[str, ...]]


@dataclass(slots=True)
class Branch:
    """One term of a tree as it is drawn; `below` is empty while it is closed."""

    term: Term
    level: int
    place: int
    among: int
    has_more: bool
    is_match: bool = False
    is_open: bool = False
    below: list["Branch"] = field(default_factory=list)


def branches(
    declared: Declaration, *, opened: Collection[str] = (), matches: Collection[str] = (), below: str | None = None
) -> list[Branch]:
    """The terms below one (at the root: None), with what is opened; whatever leads to a match is opened."""
    tree = _below(declared)
    shown_open = set(opened) | {above for key in (*matches, *opened) for above in above_of(declared, key)}
    keys = list(_shown(tree, below, shown_open))
    rows = {term.key: term for term in Term.objects.of(declared.name).filter(key__in=keys).defer("search")}
    level = 1 if below is None else len(above_of(declared, below)) + 2

    def drawn(under: str | None, at: int) -> list[Branch]:
        found = [rows[key] for key in tree.get(under, ()) if key in rows]
        return [
            Branch(
                term=term,
                level=at,
                place=place,
                among=len(found),
                has_more=term.key in tree,
                is_match=term.key in matches,
                is_open=term.key in shown_open and term.key in tree,
                below=drawn(term.key, at + 1) if term.key in shown_open else [],
            )
            for place, term in enumerate(found, 1)
        ]

    return drawn(below, level)


def above_of(declared: Declaration, key: str) -> list[str]:
    """The terms above one, the nearest first."""
    assert declared.parent is not None  # noqa: S101 - only trees are asked
    found: list[str] = []
    above = declared.parent(key)
    while above is not None and above not in found:
        found.append(above)
        above = declared.parent(above)
    return found


def _below(declared: Declaration) -> Below:
    """Every term's children, by name; a site's own terms stand at the root."""
    own = [entry.key for entry in declared.vocabulary.entries() if not entry.stock]
    tree = _stock_below(declared.name)
    return {**tree, None: (*tree.get(None, ()), *own)} if own else tree


@cache
def _stock_below(name: str) -> Below:
    declared = declaration(name)
    assert declared.parent is not None  # noqa: S101 - only trees are asked
    found: dict[str | None, list[tuple[str, str]]] = {}
    for entry in declared.vocabulary.stock:
        found.setdefault(declared.parent(entry.key), []).append((entry.label, entry.key))
    return {above: tuple(key for _, key in sorted(listed)) for above, listed in found.items()}


def _shown(tree: Below, under: str | None, opened: Collection[str]) -> list[str]:
    keys = list(tree.get(under, ()))
    return keys + [key for above in keys if above in opened for key in _shown(tree, above, opened)]
