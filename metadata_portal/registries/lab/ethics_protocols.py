"""Ethics protocols: what was approved, from when to when."""

import datetime as dt
from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from metadata_portal.registries.declaring import Group, Row, declare
from metadata_portal.registries.procedure_kinds import ProcedureKind
from schema_core.registries.entries import Entry


class EthicsProtocol(Row):
    """One approval of animal work."""

    protocol_id: str = Field(title="Number", description="As it stands in records and on the approval")
    title: str = Field(title="Title", description="What it is about")
    procedures: list[ProcedureKind] = Field(
        default=[], title="Procedures", description="What may be done under it; none chosen: anything"
    )
    valid_from: dt.date | None = Field(default=None, title="Valid from", description="First day")
    valid_to: dt.date | None = Field(default=None, title="Valid to", description="Last day; empty while it goes on")

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("The last day is before the first")
        return self


ETHICS_PROTOCOLS = declare(
    slug="ethics-protocols",
    title="Ethics protocols",
    purpose="Approvals of animal work: the procedures they cover and the days on which they hold.",
    model=EthicsProtocol,
    icon="shield-check",
    group=Group.PEOPLE,
    key="protocol_id",
    names=("protocol_id", "title"),
    columns=("procedures", "valid_from", "valid_to"),
    filters=("procedures",),
    fills=("ethics_review_id",),
).vocabulary


def ethics_offered() -> Iterator[tuple[str, str]]:
    """The numbers to offer, each with its title and last day."""
    for entry in ETHICS_PROTOCOLS.entries():
        until = entry.data.get("valid_to")
        yield entry.key, " · ".join(filter(None, (entry.data["title"], f"until {until}" if until else "")))


def out_of_force(entry: Entry, day: dt.date) -> str:
    """Say why a protocol does not hold on a day; empty where it does."""
    first, last = (_day(entry.data.get(name)) for name in ("valid_from", "valid_to"))
    if first and day < first:
        return f"Ethics protocol {entry.key} holds from {first}; this was done on {day}."
    if last and day > last:
        return f"Ethics protocol {entry.key} held until {last}; this was done on {day}."
    return ""


def not_covered(entry: Entry, kind: str) -> str:
    """Say that a protocol does not cover a kind of procedure; empty where it does, or names no kinds."""
    covered = entry.data.get("procedures") or []
    if not covered or kind in covered:
        return ""
    return f"Ethics protocol {entry.key} does not name {kind.lower()} among the procedures that it covers."


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
