"""Reads the packaged tables."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from schema_core.registries.registries import Registry

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Table:
    """The table `data/<name>.csv`, of which the columns to keep are read, in that order, as they stand in JSON.

    An empty cell is None, `registry` becomes the authority's full name, the columns in `whole` become whole numbers.
    """

    name: str
    keep: tuple[str, ...]
    whole: tuple[str, ...] = ()

    def __call__(self) -> Iterator[dict[str, Any]]:
        """The rows, read anew."""
        return ({column: self._value(column, row[column]) for column in self.keep} for row in self._rows())

    @cached_property
    def source(self) -> str:
        """Where the rows come from: package and version."""
        return next(self._rows())["source"]

    def _rows(self) -> Iterator[dict[str, str]]:
        with (DATA / f"{self.name}.csv").open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)

    def _value(self, column: str, text: str) -> Any:
        if not text:
            return None
        if column == "registry":
            return Registry[text].value
        return int(text) if column in self.whole else text
