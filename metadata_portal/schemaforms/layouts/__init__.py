"""How each kind of node is laid out, as data: TOML tables beside this file, completed from the model's fields.

A class is laid out as the classes it is made from, its own table first: what *Device* says holds for every device.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from schema_core.compiled import compiled
from schema_core.introspect import Struct


@dataclass(frozen=True, slots=True)
class Layout:
    """The look of one kind of node: `rows` hold names of controls, `last` those after all others, `advanced` a fold.

    `measures` says of numbers without a unit field of their own what they measure, and in which unit or unit field.
    """

    icon: str = "circle"
    about: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    last: tuple[tuple[str, ...], ...] = ()
    advanced: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    title: str = ""
    presets: str = ""
    hidden: tuple[str, ...] = ()
    items: str = ""
    histories: tuple[str, ...] = ()
    group: str = ""
    words: tuple[str, ...] = ()
    measures: tuple[tuple[str, tuple[str, str]], ...] = ()


@compiled
def layout_of(struct: Struct) -> Layout:
    """Give a struct's layout; whatever its tables do not mention follows in the order of the fields."""
    layout = _merged([_tuples(_tables().get(_name_of(cls), {})) for cls in struct.model.__mro__])
    mentioned = {name for row in (*layout.rows, *layout.last) for name in row} | {*layout.advanced, *layout.hidden}
    rest = [entry for entry in struct.fields if entry.name not in mentioned and not entry.constant]
    rows = (*layout.rows, *_paired([entry.name for entry in rest], struct), *layout.last)
    return replace(layout, rows=rows)


def _name_of(cls: type) -> str:
    """Name the table of a class: by its marker, else by the class itself."""
    info = getattr(cls, "model_fields", {}).get("object_type")
    return str(info.default) if info is not None else cls.__name__


def _merged(tables: list[dict[str, Any]]) -> Layout:
    """Put the tables of a class and of its bases together, the class itself first; each name stands once."""
    own = tables[0]
    claimed: set[str] = set()
    rows: dict[str, list[tuple[str, ...]]] = {"rows": [], "last": []}
    for table in tables:
        said = {place: table.get(place, ()) for place in rows}
        for place, found in rows.items():
            fresh = (tuple(name for name in row if name not in claimed) for row in said[place])
            rows[place] = [*filter(None, fresh), *found]
        claimed |= {*table.get("advanced", ()), *(name for found in said.values() for row in found for name in row)}

    def names(place: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for table in tables for name in table.get(place, ())))

    return Layout(
        **{name: value for name, value in own.items() if name in ("about", "title", "presets", "items")},
        group=next((table["group"] for table in tables if "group" in table), ""),
        words=names("words"),
        icon=next((table["icon"] for table in tables if "icon" in table), "circle"),
        summary=next((table["summary"] for table in tables if "summary" in table), ()),
        rows=tuple(rows["rows"]),
        last=tuple(rows["last"]),
        advanced=names("advanced"),
        children=names("children"),
        hidden=names("hidden"),
        histories=names("histories"),
        measures=tuple(
            (name, tuple(said)) for table in reversed(tables) for name, said in table.get("measures", {}).items()
        ),
    )


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
    if isinstance(value, dict):
        return {name: _tuples(entry) for name, entry in value.items()}
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
