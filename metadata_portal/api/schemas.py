"""What the API answers."""

from typing import Any, Literal

from ninja import Field, Schema

from schema_core.registries.entries import Entry


class TermOut(Schema):
    """A term of a registry."""

    key: str = Field(description="What tells it apart; documents name it by this")
    name: str = Field(description="What people call it")
    names: list[str] = Field(description="Abbreviations, identifiers and other names that find it")
    identifier: str | None = Field(description="Identifier at its authority")
    status: Literal["stock", "local", "proposed", "retired"] = Field(description="Of the standard, or of this site")
    data: dict[str, Any] = Field(description="Its fields as they stand in a document")

    @classmethod
    def of(cls, entry: Entry) -> "TermOut":
        """The answer for an entry of a vocabulary."""
        names = [name for name in (*entry.names, *entry.aliases) if name != entry.label]
        return cls(
            key=entry.key,
            name=entry.label,
            names=names,
            identifier=entry.identifier,
            status=entry.status,
            data=dict(entry.data),
        )


class TermsOut(Schema):
    """The terms that a text may mean, the best match first."""

    registry: str = Field(description="Name of the registry, as in its address")
    title: str = Field(description="What people call the registry")
    closed: bool = Field(description="Whether no site may add a term")
    count: int = Field(description="How many terms fit in all")
    terms: list[TermOut]


class ProblemOut(Schema):
    """Why a request was refused (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
