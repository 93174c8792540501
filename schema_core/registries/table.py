"""Reads the packaged tables."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schema_core.registries.registries import Registry

DATA = Path(__file__).parent / "data"


def rows(table: str, keep: tuple[str, ...], *, whole: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """The rows of `data/<table>.csv` with the columns to keep, in that order, as they stand in JSON.

    An empty cell is None, `registry` becomes the authority's full name, the columns in `whole` become whole numbers.
    """
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {column: _value(column, row[column], whole) for column in keep}


def _value(column: str, text: str, whole: tuple[str, ...]) -> Any:
    if not text:
        return None
    if column == "registry":
        return Registry[text].value
    return int(text) if column in whole else text
