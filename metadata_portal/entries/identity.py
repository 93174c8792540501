"""Carries the ids of list items over to another text of the same document."""

import json
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from metadata_portal.schemaforms.documents import ItemIds, ensure_ids, new_id
from schema_core import paths


def carried_ids(old: Any, old_ids: ItemIds, new: Any) -> dict[str, list[str]]:
    """The ids of `new`'s items: an item that `old` also holds keeps its id, every other gets a new one."""
    found: dict[str, list[str]] = {}
    _walk(old, "", new, "", old_ids, found)
    return ensure_ids(new, found)


def _walk(old: Any, old_path: str, new: Any, path: str, old_ids: ItemIds, found: dict[str, list[str]]) -> None:
    if isinstance(new, dict):
        before = old if isinstance(old, dict) else {}
        for key, child in new.items():
            _walk(before.get(key), paths.child(old_path, key), child, paths.child(path, key), old_ids, found)
    elif isinstance(new, list) and any(isinstance(child, dict | list) for child in new):
        before_items = old if isinstance(old, list) else []
        ids = old_ids.get(old_path, [])
        if len(ids) != len(before_items):
            before_items = []
        partner = _pairs(before_items, new)
        found[path] = [ids[partner[n]] if n in partner else new_id() for n in range(len(new))]
        for n, child in enumerate(new):
            m = partner.get(n)
            before_item = None if m is None else before_items[m]
            _walk(before_item, paths.child(old_path, m or 0), child, paths.child(path, n), old_ids, found)


def _pairs(old: list[Any], new: list[Any]) -> dict[int, int]:
    """The position in `new` -> that in `old` of each item that is the same one, perhaps moved or edited."""
    texts = [[json.dumps(item, sort_keys=True) for item in items] for items in (old, new)]
    found: dict[int, int] = {}
    edited: list[tuple[range, range]] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        if tag == "equal":
            found |= zip(range(new_start, new_end), range(start, end), strict=True)
        elif tag == "replace":
            edited.append((range(new_start, new_end), range(start, end)))
    _pair_named(texts[0], texts[1], found)
    _pair_named([_name(item) for item in old], [_name(item) for item in new], found)
    taken = set(found.values())
    for places, before in edited:
        left = zip((n for n in places if n not in found), (m for m in before if m not in taken), strict=False)
        found |= {n: m for n, m in left if _alike(old[m], new[n])}
    return found


def _pair_named(old: list[str], new: list[str], found: dict[int, int]) -> None:
    """Pair what is left and called the same, wherever it stands; nothing where a name is there twice."""
    taken = set(found.values())
    before, after = (
        {name: index for index, name in left if name and counts[name] == 1}
        for left, counts in (
            _counted((m, name) for m, name in enumerate(old) if m not in taken),
            _counted((n, name) for n, name in enumerate(new) if n not in found),
        )
    )
    found |= {after[name]: before[name] for name in after.keys() & before.keys()}


def _counted(left: Iterator[tuple[int, str]]) -> tuple[list[tuple[int, str]], Counter[str]]:
    entries = list(left)
    return entries, Counter(name for _, name in entries)


def _name(item: Any) -> str:
    """What an item is called, with its kind; empty where it has no name."""
    name = item.get("name") if isinstance(item, dict) else None
    return f"{item.get('object_type')} {name}" if isinstance(name, str) and name else ""


def _alike(old: Any, new: Any) -> bool:
    """Whether one item may be the other one edited: the same alternative, or one that does not say which it is."""
    if isinstance(old, dict) and isinstance(new, dict):
        marks = [item["object_type"] for item in (old, new) if item.get("object_type") is not None]
        return len(marks) < 2 or marks[0] == marks[1]  # noqa: PLR2004 (both)
    return type(old) is type(new)
