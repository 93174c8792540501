"""How each kind of node is laid out, as data: TOML tables beside this file, completed from the model's fields."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from schema_core.introspect import Struct


@dataclass(frozen=True, slots=True)
class Layout:
    """The look of one kind of node: `rows` hold names of controls, `advanced` those behind a fold."""

    icon: str = "circle"
    about: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    advanced: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    title: str = ""
    presets: str = ""
    hidden: tuple[str, ...] = ()


@cache
def layout_of(struct: Struct) -> Layout:
    """Give a struct's layout; whatever its table does not mention follows in the order of the fields."""
    given = _tables().get(struct.object_type or struct.model.__name__, {})
    values = {name: _tuples(value) for name, value in given.items()}
    layout = Layout(**values)
    mentioned = {name for row in layout.rows for name in row} | {*layout.advanced, *layout.hidden}
    rest = [entry for entry in struct.fields if entry.name not in mentioned and not entry.constant]
    rows = [*layout.rows, *_paired([entry.name for entry in rest], struct)]
    return Layout(**{**values, "rows": tuple(rows)})


def icon_of(object_type: str | None) -> str:
    """Give the icon of a kind of node."""
    icon = _tables().get(object_type or "", {}).get("icon", "circle")
    return str(icon)


def about(object_type: str | None) -> str:
    """Give one line on what a kind of node is for."""
    return str(_tables().get(object_type or "", {}).get("about", ""))


def _paired(names: list[str], struct: Struct) -> list[tuple[str, ...]]:
    """Put value and unit on one row, and start and end."""
    rows: list[tuple[str, ...]] = []
    done: set[str] = set()
    for name in names:
        if name in done:
            continue
        partner = struct.by_name[name].unit_field or name.replace("start", "end", 1).replace("prior", "post", 1)
        row = (name, partner) if partner != name and partner in names and partner not in done else (name,)
        done.update(row)
        rows.append(row)
    return rows


def _tuples(value: Any) -> Any:
    """Freeze what TOML gives as lists."""
    return tuple(_tuples(entry) for entry in value) if isinstance(value, list) else value


@cache
def _tables() -> dict[str, dict[str, Any]]:
    """Read every table once; a node described twice is refused."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(resources.files(__name__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
            doubled = found.keys() & tables.keys()
            if doubled:
                raise ValueError(f"{file.name} lays out again: {', '.join(sorted(doubled))}")
            found |= tables
    return found
