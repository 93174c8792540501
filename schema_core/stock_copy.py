"""A copy of core files that an installation of the standard without this lab's terms accepts.

What the standard lacks is replaced by its own word for "another one" (organization: Other, strain: Unknown), or by the
standard's term that the lab later found to be the same; the true name goes into the nearest notes, and every
replacement is told. Where the standard has no such word (species, modalities, Harp devices) there is no stock copy, and
it is told why. The submitted bytes stay what they are: a copy is another document.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import to_json

from schema_core import bundle, extension, paths
from schema_core.registries import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# the standard's own words for what it has no term for
STAND_INS: Final[Mapping[str, str]] = MappingProxyType({"organizations": "Other", "strains": "Unknown"})
# and where nothing is said here, the first of these that a list of words has
WORDS: Final = ("Other", "other", "Custom")
LOSSES_NAME: Final = "stock_copy.json"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What stood at a path, what stands there in the copy, and where the true name is kept (empty: nowhere)."""

    path: str
    what: str
    name: str
    by: str
    kept_at: str = ""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why there is no stock copy."""

    path: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class StockCopy:
    """Core files that stock accepts with what was replaced in them; none where there are obstacles."""

    files: tuple[bundle.CoreFile, ...]
    replaced: tuple[Replaced, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def possible(self) -> bool:
        """Whether stock accepts the copy."""
        return not self.obstacles


def stock_copy(
    frame: str,
    core_files: Sequence[bundle.CoreFile],
    *,
    terms: Iterable[Mapping[str, str]],
    classes: Iterable[Mapping[str, str]] = (),
    same: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> StockCopy:
    """Return the copy; `terms` and `classes` are the `local_terms` and `local_classes` of the bundle's report.

    `same`: (vocabulary, name) of a local term -> key of the standard's term that is known to be the same.
    """
    documents = {core_file.kind: bundle.read_exact(core_file.text) for core_file in core_files}
    replaced: list[Replaced] = []
    obstacles: list[Obstacle] = []
    for term in terms:
        told = _replace_term(documents, term, same.get((term["vocabulary"], term["name"])))
        (replaced if isinstance(told, Replaced) else obstacles).append(told)  # type: ignore[arg-type]
    for node in classes:
        told = _replace_class(documents, node)
        (replaced if isinstance(told, Replaced) else obstacles).append(told)  # type: ignore[arg-type]
    files = tuple(replace(file, text=to_json(documents[file.kind])) for file in core_files)
    if not obstacles:
        refused = bundle.stock_refusals(bundle.splice(frame, files))
        obstacles = [
            Obstacle(path, "", "Without the lab's own words this part is no longer valid.") for path in refused
        ]
    return StockCopy(files if not obstacles else (), tuple(replaced), tuple(obstacles))


def copy_files(frame: str, copy: StockCopy) -> dict[str, bytes]:
    """Return the files of a stock copy by name: the metadata document, the core files, and the list of losses."""
    files = {
        bundle.METADATA_NAME: bundle.splice(frame, copy.files),
        **{core_file.filename: core_file.text for core_file in copy.files},
    }
    losses = {
        "about": "A copy for installations of the standard without this lab's terms. It is not what was submitted.",
        "standard": bundle.STANDARD,
        "standard_version": bundle.STANDARD_VERSION,
        "replaced": [
            {"path": one.path, "what": one.what, "name": one.name, "by": one.by, "name_kept_at": one.kept_at or None}
            for one in copy.replaced
        ],
        "files": [
            {"path": name, "sha256": bundle.sha256(content), "size": len(content)} for name, content in files.items()
        ],
    }
    return {**files, LOSSES_NAME: bundle.pretty(losses).encode()}


def _replace_term(documents: dict[str, Any], term: Mapping[str, str], same: str | None) -> Replaced | Obstacle:
    declared = vocabulary(term["vocabulary"])
    wanted = [same] if same else [STAND_INS[declared.name]] if declared.name in STAND_INS else WORDS
    entry = next(filter(None, map(declared.stock_entry, wanted)), None)
    if entry is None:
        why = f"The standard has no word for another one among its {declared.title.lower()}; propose the term upstream."
        return Obstacle(term["path"], term["name"], why)
    held, last = _holder(documents, term["path"])
    # a word stands in its field as it is, a term as an object
    held[last] = entry.key if isinstance(held[last], str) else dict(entry.data)
    kept = "" if same else _note(documents, term["path"], term["name"], entry.label)
    return Replaced(term["path"], declared.title, term["name"], entry.label, kept)


def _replace_class(documents: dict[str, Any], node: Mapping[str, str]) -> Replaced | Obstacle:
    stock = extension.stock_ancestor(node["object_type"])
    if stock is None:
        return Obstacle(node["path"], node["object_type"], "The class is not registered here any more.")
    kind, _, path = node["path"].partition(".")
    value = paths.get(documents[kind], path)
    for name in [name for name in value if name not in stock.model_fields]:
        lost = json.dumps(value.pop(name), ensure_ascii=False)
        _note(documents, node["path"], f"{name} = {lost}", "no such field")
    tag = str(stock.model_fields["object_type"].default)
    value["object_type"] = tag
    return Replaced(
        node["path"], "Class", node["object_type"], tag, _note(documents, node["path"], node["object_type"], tag)
    )


def _holder(documents: dict[str, Any], path: str) -> tuple[Any, Any]:
    """The object or list that holds a path, and the name or place of the path in it."""
    kind, _, rest = path.partition(".")
    held = paths.get(documents[kind], paths.parent(rest))
    last = paths.split(rest)[-1]
    return held, int(last) if isinstance(held, list) else last


def _note(documents: dict[str, Any], path: str, name: str, by: str) -> str:
    """Write the true name into the notes nearest to the path; the address of the notes, empty where there are none."""
    kind, _, rest = path.partition(".")
    field = next((part for part in reversed(paths.split(rest)) if not part.isdecimal()), kind)
    place = rest
    while True:
        node = paths.get(documents[kind], place)
        if isinstance(node, dict) and "notes" in node and isinstance(node["notes"], str | None):
            line = f"{field.replace('_', ' ').capitalize()}: {name} (stock copy: {by})"
            node["notes"] = f"{node['notes']}\n{line}" if node["notes"] else line
            return f"{kind}.{paths.child(place, 'notes')}"
        if not place:
            return ""
        place = paths.parent(place)
