"""Developmental stages: names that are packaged, identifiers that are not."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from schema_core.registries.entries import constant_name
from schema_core.registries.registries import Registry
from schema_core.registries.table import Table
from schema_core.registries.vocabulary import Vocabulary


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


class Stage(BaseModel):
    """A stage as it is listed: with its identifier where somebody looked it up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(title="Name", description="Name of the stage, as its authority writes it")
    registry: Registry = Field(title="Registry", description="Authority of the identifier")
    registry_identifier: str | None = Field(
        default=None, title="Registry identifier", description="Number at that authority"
    )


class Stages(Table):
    """A table of stages, which have no identifiers."""

    def __call__(self) -> Iterator[dict[str, Any]]:
        """The rows, their identifiers empty."""
        return ({**row, "registry_identifier": None} for row in super().__call__())


STAGES = tuple(
    Vocabulary(
        name=f"{animal}-developmental-stages",
        title=f"{title} developmental stages",
        description=f"Stages of {words}, as their authority names them. No field of the standard takes one yet.",
        model=Stage,
        read=Stages(f"{animal}_developmental_stages", ("name", "registry")),
        free=True,
    )
    for animal, title, words in (
        ("human", "Human", "human life"),
        ("mouse", "Mouse", "the mouse's life"),
        ("drosophila", "Drosophila", "the fly's life"),
        ("celegans", "C. elegans", "the worm's life"),
    )
)
