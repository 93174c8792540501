"""Structures of the mouse brain, as the Allen Common Coordinate Framework names them."""

from collections.abc import Mapping
from functools import cache

from pydantic import Field

from schema_core.registries.table import Table
from schema_core.registries.vocabulary import FreeTerm, Suggest, TermHolder, Vocabulary


class BrainStructureModel(FreeTerm):
    """A structure of an atlas."""

    suggest = Suggest("brain-structures")

    atlas: str = Field(title="Atlas", description="Atlas that defines the structure")
    name: str = Field(title="Name", description="Full name of the structure")
    acronym: str = Field(title="Acronym", description="Short form in that atlas")
    id: str = Field(title="Identifier", description="Number of the structure in that atlas")


BRAIN_STRUCTURES = Vocabulary(
    name="brain-structures",
    title="Brain structures",
    description="Structures of the Allen mouse brain atlas (CCFv3).",
    model=BrainStructureModel,
    read=Table("brain_structures", ("atlas", "name", "acronym", "id")),
    key="acronym",
    names=("acronym", "name"),
    identifier="id",
    constant=("acronym",),
    free=True,
)


@cache
def structure_parents() -> Mapping[str, str | None]:
    """Acronym of each structure -> that of the one it lies in; None for the whole brain."""
    return {row["acronym"]: row["parent"] for row in Table("brain_structure_parents", ("acronym", "parent"))()}


class CCFv3(metaclass=TermHolder):
    """Structures by acronym: `CCFv3.VISP`."""

    vocabulary = BRAIN_STRUCTURES

    @classmethod
    def from_id(cls, id: str) -> BrainStructureModel:  # noqa: A002 - the standard's argument name
        """The structure with this number; ValueError if there is none."""
        return _only("id", id)

    @classmethod
    def by_name(cls, name: str) -> BrainStructureModel:
        """The structure with this full name; ValueError if there is none."""
        return _only("name", name)

    @classmethod
    def by_acronym(cls, acronym: str) -> BrainStructureModel:
        """The structure with this acronym; ValueError if there is none."""
        return _only("acronym", acronym)


def _only(field: str, value: str) -> BrainStructureModel:
    for entry in BRAIN_STRUCTURES.stock:
        if entry.data[field] == value:
            return BRAIN_STRUCTURES.term(entry)
    raise ValueError(f"CCFv3 has no structure with {field} {value!r}")
