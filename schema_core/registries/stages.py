"""Developmental stages: names that are packaged, identifiers that are not."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar

from schema_core.registries.entries import constant_name
from schema_core.registries.table import Table


@cache
def _names(table: str) -> Mapping[str, str]:
    return {constant_name(row["name"]): row["name"] for row in Table(table, ("name",))()}


class StageHolder(type):
    """Knows the names of the stages; the published tables carry no identifiers, and nothing here asks the network."""

    table: ClassVar[str]

    def __getattr__(cls, constant: str) -> Any:
        if constant.startswith("__") or constant not in _names(cls.table):
            raise AttributeError(f"{cls.__name__} has no stage {constant!r}")
        name = _names(cls.table)[constant]
        raise ValueError(f"no identifier is packaged for {name!r}: build the model with the one you looked up")

    def __dir__(cls) -> Iterator[str]:
        return iter((*super().__dir__(), *_names(cls.table)))

    @property
    def names(cls) -> tuple[str, ...]:
        """Names of the stages, as the authority writes them."""
        return tuple(_names(cls.table).values())
