"""Published laboratory protocols."""

import re
from types import MappingProxyType
from typing import ClassVar

from pydantic import ConfigDict, Field

from schema_core.registries.pid_names import BaseName
from schema_core.registries.registries import Registry
from schema_core.registries.table import Table
from schema_core.registries.vocabulary import Listed, Suggest, TermHolder, Vocabulary


class ProtocolModel(Listed, BaseName):
    """One version of a protocol."""

    model_config = ConfigDict(frozen=True)
    suggest: ClassVar[Suggest] = Suggest("protocols")

    name: str = Field(title="Title", description="Title of the protocol")
    version: int = Field(title="Version", description="Number of the version")
    registry: Registry = Field(title="Registry", description="Authority of the identifier")
    registry_identifier: str = Field(title="Registry identifier", description="DOI of this version")


PROTOCOLS = Vocabulary(
    name="protocols",
    title="Protocols",
    description="Published protocols, each version with its DOI.",
    model=ProtocolModel,
    read=Table("protocols", ("name", "abbreviation", "version", "registry", "registry_identifier"), whole=("version",)),
    key="registry_identifier",
    free=True,
)


class Protocols(metaclass=TermHolder):
    """Protocols by title and version."""

    vocabulary = PROTOCOLS
    maps = MappingProxyType({"doi_map": "registry_identifier"})

    @classmethod
    def from_doi(cls, doi: str) -> ProtocolModel | None:
        """The protocol with exactly this DOI."""
        entry = PROTOCOLS.find(doi)
        return None if entry is None else PROTOCOLS.term(entry)

    @classmethod
    def from_url(cls, url: str) -> ProtocolModel | None:
        """The protocol with this DOI, with or without the address before it."""
        return cls.from_doi(re.sub(r"^(https?://)?(dx\.)?doi\.org/", "", url))
