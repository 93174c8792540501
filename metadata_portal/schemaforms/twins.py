"""Deprecated fields and those that took over: a problem of either is shown at the one that is drawn."""

from typing import Any, Final

from metadata_portal.schemaforms import sections
from schema_core import paths
from schema_core.errors import UnknownPath
from schema_core.introspect import Struct, places

_NAMES: Final = "coordinate_system"
"""What the names of all deprecated twins, and of those that took over, end in."""


def shown_path(root: Struct, document: Any, path: str) -> str:
    """Give the address that shows a problem: that of the twin where its own field is hidden, or is not there."""
    if _NAMES not in path:
        return path
    parts = list(paths.split(path))
    for index, part in enumerate(parts):
        try:
            holder = places(root, document, paths.join(parts[:index]))[-1]
        except UnknownPath:
            break
        if isinstance(holder.shape, Struct) and isinstance(holder.value, dict):
            parts[index] = _drawn(holder.shape, holder.value, part)
    return paths.join(parts)


def _drawn(struct: Struct, held: dict[str, Any], name: str) -> str:
    """Give the field that is drawn for a name: the deprecated one only while it alone is filled."""
    entry = struct.by_name.get(name)
    if entry is None:
        return name
    if entry.replaced_by and not sections.is_shown(entry, held):
        return entry.replaced_by
    if held.get(name) is not None:
        return name
    older = (old.name for old in struct.fields if old.replaced_by == name and held.get(old.name) is not None)
    return next(older, name)
