"""People, software, code, protocols and data that records refer to."""

import enum
import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from schema_core.base import DataModel, DiscriminatedList, GenericModel
from schema_core.registries.registries import Registry
from schema_core.rules.findings import Finding
from schema_core.rules.registration import fills, rule


class Database(str, enum.Enum):
    """Databases that hold data assets."""

    CODEOCEAN = "Code Ocean"
    DANDI = "DANDI"


DatabaseIdentifiers = dict[Database, list[str]]
CommitHash = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9a-fA-F]{7,60}$")]


class DataAsset(DataModel):
    """A data asset, by name or address."""

    name: str | None = Field(default=None, description="Name of the asset")
    url: str | None = Field(default=None, description="Address where the asset is kept")


@rule(DataAsset, reads=("name", "url"), code="data-asset-unnamed")
def asset_can_be_found(node: DataAsset) -> Finding | None:
    """An asset has a name or an address."""
    if not node.name and not node.url:
        return Finding("Neither name nor url is given: give one of them", at="name", also=("url",))
    return None


@fills(DataAsset)
def name_from_url(node: DataAsset) -> None:
    """An asset in the institute's open bucket is named by its address."""
    found = None if node.name else re.match(r"s3://aind-open-data/([^/]+)(/.*)?$", node.url or "")
    if found:
        node.name = found[1]


class CombinedData(DataModel):
    """Several data assets used as one."""

    assets: list[DataAsset] = Field(min_length=1, description="The assets that were combined")
    name: str | None = Field(default=None, description="Name of the combination")
    database_identifier: DatabaseIdentifiers | None = Field(
        default=None, title="Database identifiers", description="Identifiers of the combination in databases"
    )
    description: str | None = Field(default=None, description="Why these assets belong together")


class Person(DataModel):
    """A person."""

    name: str = Field(description="First and last name")
    registry: Registry = Field(default=Registry.ORCID, description="Registry that the identifier belongs to")
    registry_identifier: str | None = Field(default=None, title="Identifier", description="For example the ORCID iD")


class ProtocolMixin(BaseModel):
    """What follows one protocol."""

    protocol_id: str | None = Field(
        default=None, title="Protocol", description="DOI or number of the protocol followed"
    )


class ProtocolListMixin(BaseModel):
    """What follows one or more protocols."""

    protocol_id: list[str] | None = Field(
        default=None, title="Protocols", description="DOIs or numbers of the protocols followed"
    )


class Software(DataModel):
    """A piece of software."""

    name: str = Field(description="Name of the software")
    version: str | None = Field(default=None, description="Version that was used")


class Container(DataModel):
    """A container image in which code runs."""

    container_type: str = Field(description="Kind of container, for example Docker")
    tag: str = Field(description="Tag of the image")
    uri: str = Field(description="Address of the image")


class Code(DataModel):
    """Code that was run, as exactly as it is known."""

    url: str = Field(description="Address of the repository or archive")
    name: str | None = Field(default=None, description="Name of the code")
    version: str | None = Field(default=None, description="Released version")
    commit_hash: CommitHash | None = Field(default=None, description="Commit, 7 to 60 hexadecimal digits")
    container: Container | None = Field(default=None, description="Container it ran in")
    run_script: Path | None = Field(default=None, description="Script that starts it, relative to the repository")
    language: str | None = Field(default=None, title="Programming language", description="What it is written in")
    language_version: str | None = Field(default=None, title="Version of the language", description="Version it ran on")
    input_data: DiscriminatedList[DataAsset | CombinedData] | None = Field(
        default=None, description="Data that the code read"
    )
    parameters: GenericModel | None = Field(default=None, description="Parameters the code was run with")
    core_dependency: Software | None = Field(default=None, description="The software it mainly builds upon")


_UNVERSIONED = Finding(
    "Neither version nor commit_hash is given, so this code cannot be run again: give one of them",
    at="version",
    also=("commit_hash",),
    severity="warning",
)


@rule(Code, reads=("version", "commit_hash"), code="code-unversioned")
def code_is_pinned(node: Code) -> Finding | None:
    """Code without version and commit cannot be found again."""
    if not node.version and not node.commit_hash:
        return _UNVERSIONED
    return None
