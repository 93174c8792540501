"""Parts of the mouse body, as the Edinburgh Mouse Atlas Project names them."""

from collections.abc import Mapping
from functools import cache

from pydantic import Field

from schema_core.registries.registries import Registry
from schema_core.registries.table import Table
from schema_core.registries.vocabulary import FreeTerm, Suggest, TermHolder, Vocabulary


class MouseAnatomyModel(FreeTerm):
    """A part of the body."""

    suggest = Suggest("mouse-anatomy")

    name: str = Field(title="Name", description="Name of the part, as its authority writes it")
    registry: Registry = Field(title="Registry", description="Authority of the identifier")
    registry_identifier: str = Field(title="Registry identifier", description="Number at that authority")


MOUSE_ANATOMY = Vocabulary(
    name="mouse-anatomy",
    title="Mouse anatomy",
    description="Parts of the mouse body with their EMAPA numbers.",
    model=MouseAnatomyModel,
    read=Table("mouse_anatomy", ("name", "registry", "registry_identifier")),
    free=True,
)


@cache
def _groups() -> Mapping[str, Mapping[str, str]]:
    """Group -> name of constant -> name of the part."""
    groups: dict[str, dict[str, str]] = {}
    for row in Table("mouse_anatomy_groups", ("group", "constant", "name"))():
        groups.setdefault(row["group"], {})[row["constant"]] = row["name"]
    return groups


class _Group(TermHolder):
    """Holds the parts that belong to the group of its own name."""

    def _constants(cls) -> Mapping[str, str]:  # noqa: N805 - the class is the instance of a metaclass
        return _groups()[cls.__name__]


class MouseAnatomy(metaclass=TermHolder):
    """Every part: `MouseAnatomy.CAROTID_ARTERY`."""

    vocabulary = MOUSE_ANATOMY


class MouseEmgMuscles(metaclass=_Group):
    """Muscles that are recorded from."""

    vocabulary = MOUSE_ANATOMY


class MouseBodyParts(metaclass=_Group):
    """The large divisions of the body."""

    vocabulary = MOUSE_ANATOMY


class GroundWireLocations(metaclass=_Group):
    """Where a ground wire can lie."""

    vocabulary = MOUSE_ANATOMY


class MouseBloodVessels(metaclass=_Group):
    """Vessels that take a catheter."""

    vocabulary = MOUSE_ANATOMY


class InjectionTargets(metaclass=_Group):
    """Where injections outside the brain usually go."""

    vocabulary = MOUSE_ANATOMY
