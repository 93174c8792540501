"""What of a posted form its sender had typed, and which of it stands, for forms that come too late."""

import json
from typing import Any, Final

from django.http import HttpRequest, QueryDict

from metadata_portal.accounts.carrying import PERSON
from metadata_portal.foundation.languages import has_decimal_comma
from metadata_portal.schemaforms.posting import ENVELOPE

_STANDS: Final = "stands:"
_OWN: Final = frozenset({PERSON, "typed_at"})


def read_as_typed(request: HttpRequest) -> QueryDict:
    """The node's form as its person writes numbers: the language of the browser settles what a comma is."""
    post = typed_only(request.POST)
    if has_decimal_comma(request):
        post["comma"] = "1"
    return post


def typed_only(post: QueryDict) -> QueryDict:
    """The node's form in a post: without whose it is, and without fields that gave way to what was saved elsewhere."""
    kept = post.copy()
    for name in post:
        if name in _OWN or name.startswith(_STANDS):
            kept.pop(name)
        if name.startswith(_STANDS) and post[name] == "theirs":
            _drop(kept, name.removeprefix(_STANDS))
    return kept


def _drop(post: QueryDict, field: str) -> None:
    for name in list(post):
        stem, _, number = name.rpartition("-")
        if name == field or (stem == field and number.isdigit()):
            post.pop(name)


def changed_fields(post: QueryDict) -> dict[str, list[str]]:
    """The posted fields that differ from what the form showed, by name."""
    seen = _seen(post)
    fields = {name: [_unix(value) for value in values] for name, values in post.lists() if name not in ENVELOPE}
    lists: dict[str, list[str]] = {}
    for name, values in fields.items():
        stem, _, number = name.rpartition("-")
        if name not in seen and stem in seen and number.isdigit():
            lists.setdefault(stem, []).extend(values)
    changed = {name: values for name, values in fields.items() if name in seen and _bare(seen[name]) != _bare(values)}
    for name, values in fields.items():
        stem = name.rpartition("-")[0]
        if stem in lists and _bare(seen[stem]) != _bare(lists[stem]):
            changed[name] = values
    return changed


def _seen(post: QueryDict) -> dict[str, list[str]]:
    """What the form brought back of what it had shown; the save has checked it."""
    try:
        seen: Any = json.loads(post.get("seen") or "{}")
    except (ValueError, RecursionError):
        return {}
    return {name: [_unix(text) for text in texts] for name, texts in seen.items()} if isinstance(seen, dict) else {}


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bare(texts: list[str]) -> list[str]:
    kept = list(texts)
    while kept and not kept[-1]:
        kept.pop()
    return kept
