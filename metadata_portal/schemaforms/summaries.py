"""One line about a node: its kind, and what tells it apart."""

import re
from collections import Counter
from typing import Any

from metadata_portal.schemaforms.controls import is_leaf
from metadata_portal.schemaforms.documents import ABSENT
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.values import as_text, term_text
from schema_core import paths
from schema_core.compiled import compiled
from schema_core.introspect import List, Map, Shape, Struct, Term, humanize

_LONGEST = 60
_FEW = 6
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})\S*", re.ASCII)


def title_of(shape: Shape, fallback: str) -> str:
    """Name a node by its kind."""
    return (layout_of(shape).title or shape.title) if isinstance(shape, Struct) else fallback


def icon_for(shape: Shape) -> str:
    """Give the icon of a node."""
    if isinstance(shape, Struct):
        return layout_of(shape).icon
    if isinstance(shape, List):
        return layout_of(shape.item).icon if isinstance(shape.item, Struct) else "list"
    return "table-properties"


def summary_of(shape: Shape, value: Any) -> str:
    """Say in a few words what stands in a node."""
    if isinstance(shape, Struct) and isinstance(value, dict):
        texts = [as_text(_at(value, parts)) for parts in _told_by(shape)]
        return " · ".join(_short(text) for text in texts if text)
    if isinstance(shape, List) and isinstance(value, list):
        kinds = [str(entry.get("object_type") or "") if isinstance(entry, dict) else "" for entry in value]
        return _short(_counted(kinds) if len(value) > _FEW else ", ".join(filter(None, kinds)))
    if isinstance(shape, Map) and isinstance(value, dict):
        return _short(", ".join(value))
    if isinstance(shape, Term):
        return term_text(shape, value)
    return _short(as_text(value)) if value is not ABSENT and not isinstance(value, dict | list) else ""


def item_label(index: int, shape: Shape, value: Any) -> str:
    """Name an item of a list: its kind and what tells it apart, else its number."""
    kind = title_of(shape, "")
    rest = summary_of(shape, value)
    return " · ".join(text for text in (kind or str(index + 1), rest) if text)


def key_label(key: str) -> str:
    """Name an entry of a map."""
    return humanize(key) if "_" in key else key


def _counted(kinds: list[str]) -> str:
    """Say how many items there are, and of which kinds where there are several."""
    each = Counter(filter(None, kinds))
    told = ", ".join(f"{number} {kind}" for kind, number in each.most_common()) if len(each) > 1 else ""
    return f"{len(kinds)}: {told}" if told else f"{len(kinds)}"


@compiled
def _told_by(struct: Struct) -> tuple[tuple[str, ...], ...]:
    """Give the steps to the values that tell a node apart."""
    return tuple(paths.split(path) for path in layout_of(struct).summary or _first_fields(struct))


def _at(value: Any, parts: tuple[str, ...]) -> Any:
    """Look a few steps down; None where a step is missing."""
    for part in parts:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit():
            value = value[int(part)] if int(part) < len(value) else None
        else:
            return None
    return value


def _first_fields(struct: Struct) -> tuple[str, ...]:
    """Take the first fields of a struct that has no layout."""
    names = [entry.name for entry in struct.fields if not entry.constant and is_leaf(entry.shape)]
    return tuple(names[:2])


def _short(text: str) -> str:
    text = _STAMP.sub(r"\1 \2", text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
