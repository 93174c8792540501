"""Which column of a table holds which field of a row, and how a value stands in a cell."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from metadata_portal.foundation.sheets.checks import BadFile
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.row_fields import row_fields
from schema_core.registries.registries import Registry

ALIASES: Final = "other_names"
# written for people, and passed over when the table comes back
TOLD: Final = ("state", "source")
BETWEEN: Final = " | "


def field_names(declared: Declaration) -> list[str]:
    """The fields of a row; a plain word has only its name."""
    return list(declared.fields) or ["name"]


def columns_of(declared: Declaration) -> list[str]:
    """The columns of a table that is written."""
    return [*field_names(declared), ALIASES, *TOLD]


def fields_of(declared: Declaration, columns: Iterable[str]) -> list[str | None]:
    """The field that each column holds, None for one to pass over; raises BadFile for one that nobody knows."""
    known = {_plain(name): name for name in (*field_names(declared), ALIASES)}
    known |= {_plain(info.title): name for name, info in declared.fields.items() if info.title}
    known |= {"othernames": ALIASES, "aliases": ALIASES}
    listed = list(columns)
    unknown = [column for column in listed if column and _plain(column) not in known and column.lower() not in TOLD]
    if unknown:
        told = ", ".join(f"“{column[:60]}”" for column in unknown[:5])
        expected = ", ".join((*field_names(declared), ALIASES))
        raise BadFile(f"The first row names columns that {declared.title.lower()} lack: {told}. There are: {expected}.")
    found = [known.get(_plain(column)) for column in listed]
    key = declared.vocabulary.key
    if key not in found:
        raise BadFile(f"The first row names no column “{key}”, which says which term a row is about.")
    twice = {name for name in found if name and found.count(name) > 1}
    if twice:
        raise BadFile(f"Two columns hold the same field: {', '.join(sorted(twice))}.")
    return found


def cell_of(value: Any) -> str:
    """A value as it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return BETWEEN.join(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


class Reader:
    """Reads cells as the fields of one registry."""

    def __init__(self, declared: Declaration) -> None:
        self._plain = set(row_fields(declared)) if declared.fields else {"name"}
        self._lists = {name for name, info in declared.fields.items() if _is_list(info.annotation)}

    def value(self, field: str, text: str) -> Any:
        """What a cell means; text that is no JSON, where the field needs some, stays text for the model to refuse."""
        text = text.strip()
        if field == ALIASES or (field in self._lists and field in self._plain):
            return [part.strip() for line in text.splitlines() for part in line.split("|") if part.strip()]
        if not text:
            return None
        if field == "registry" and text in Registry.__members__:
            return Registry[text].value
        if field in self._plain:
            return text
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text


def as_written(declared: Declaration, data: Any) -> Mapping[str, Any]:
    """The fields of a row, whatever it is: a plain word is its name."""
    return data if isinstance(data, Mapping) else {field_names(declared)[0]: data}


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _is_list(annotation: Any) -> bool:
    origin = getattr(annotation, "__origin__", None)
    if origin in {list, tuple}:
        return True
    return any(_is_list(part) for part in getattr(annotation, "__args__", ()) if part is not annotation)
