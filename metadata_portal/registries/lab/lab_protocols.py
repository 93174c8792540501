"""The lab's choice of published protocols: which one is followed for which kind of procedure."""

from collections.abc import Iterator

from pydantic import Field, field_validator

from metadata_portal.registries.declaring import Group, Row, declare
from metadata_portal.registries.procedure_kinds import ProcedureKind
from schema_core.registries.entries import Entry
from schema_core.registries.identifiers import identifier_read
from schema_core.registries.registries import Registry


class LabProtocol(Row):
    """A published protocol that the lab follows."""

    doi: str = Field(title="DOI", description="Of this version at protocols.io or elsewhere: 10.17504/protocols.io.…")
    title: str = Field(title="Title", description="Title of the protocol")
    procedures: list[ProcedureKind] = Field(
        default=[], title="Procedures", description="Kinds of procedure that it is followed for; none: offered for all"
    )

    @field_validator("doi")
    @classmethod
    def _is_doi(cls, value: str) -> str:
        return identifier_read(Registry.DOI, value)


LAB_PROTOCOLS = declare(
    slug="lab-protocols",
    title="Protocols we follow",
    purpose="The published protocol, by its DOI, for each kind of procedure.",
    model=LabProtocol,
    icon="book-open-check",
    group=Group.PEOPLE,
    key="doi",
    names=("doi", "title"),
    identifier="doi",
    columns=("procedures",),
    filters=("procedures",),
    fills=("protocol_id",),
).vocabulary


def protocols_offered(kind: str | None) -> Iterator[tuple[str, str]]:
    """The DOIs to offer for a kind of procedure, each with its title: those for this very kind first."""
    found = [entry for entry in LAB_PROTOCOLS.entries() if _fits(entry, kind)]
    for entry in sorted(found, key=lambda entry: not entry.data.get("procedures")):
        yield entry.key, entry.data["title"]


def protocol_for(kind: str) -> str | None:
    """The DOI that goes with a kind of procedure: where exactly one protocol names the kind."""
    named = [entry.key for entry in LAB_PROTOCOLS.entries() if kind in (entry.data.get("procedures") or ())]
    return named[0] if len(named) == 1 else None


def _fits(entry: Entry, kind: str | None) -> bool:
    kinds = entry.data.get("procedures") or []
    return not kinds or kind in kinds
