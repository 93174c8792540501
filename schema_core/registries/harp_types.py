"""Kinds of Harp devices and the number each one answers with."""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from schema_core.registries.table import Table
from schema_core.registries.vocabulary import Listed, OneOf, TermHolder, Vocabulary


class HarpDeviceTypeModel(BaseModel):
    """A kind of Harp device."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    whoami: int = Field(title="Who am I", description="Number that the device answers with when asked what it is")
    name: str = Field(title="Name", description="Name of the kind of device")


class HarpDeviceTypeTerm(Listed, HarpDeviceTypeModel):
    """A kind of Harp device of the registry."""

    model_config = ConfigDict(title="Harp device type")


HARP_TYPES = Vocabulary(
    name="harp-types",
    title="Harp device types",
    description="Boards of the Harp family.",
    model=HarpDeviceTypeTerm,
    read=Table("harp_types", ("whoami", "name"), whole=("whoami",)),
    names=("name", "whoami"),
    identifier="whoami",
    fixed=("whoami",),
)


class HarpDeviceType(metaclass=TermHolder):
    """Kinds of Harp devices: `HarpDeviceType.BEHAVIOR`."""

    vocabulary = HARP_TYPES
    ONE_OF: TypeAlias = Annotated[HarpDeviceTypeTerm, OneOf("harp-types")]
