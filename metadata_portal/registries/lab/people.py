"""The people of the lab: whom forms offer as experimenters, investigators and curators."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from pydantic import Field, field_validator

from metadata_portal.errors import FormError
from metadata_portal.registries.declaring import Group, Row, declare
from schema_core.registries.identifiers import identifier_read
from schema_core.registries.registries import Registry


class PersonRole(StrEnum):
    """What somebody does in the lab."""

    SURGEON = "Surgeon"
    EXPERIMENTER = "Experimenter"
    INVESTIGATOR = "Investigator"
    VETERINARIAN = "Veterinarian"
    TECHNICIAN = "Technician"
    ANALYST = "Data analyst"


class Person(Row):
    """Somebody whom records name."""

    name: str = Field(title="Name", description="First and last name, as it should stand in records")
    initials: str | None = Field(default=None, title="Initials", description="Finds the name when typed in a form")
    orcid: str | None = Field(default=None, title="ORCID iD", description="Sixteen digits, the last one may be an X")
    roles: list[PersonRole] = Field(default=[], title="Roles", description="What they do; none: offered everywhere")
    account: str | None = Field(
        default=None, title="Account", description="The name they sign in with here, if they do"
    )

    @field_validator("orcid")
    @classmethod
    def _is_orcid(cls, value: str | None) -> str | None:
        return identifier_read(Registry.ORCID, value) if value else None


def account_is_known(data: Mapping[str, Any]) -> None:
    """Refuse an account that nobody has."""
    from metadata_portal.accounts.models import User  # noqa: PLC0415 - declarations are read before models are

    account = data.get("account")
    if account and not User.objects.filter(username__iexact=account).exists():
        raise FormError(f"Nobody signs in as {account}: leave it empty for people without an account.", field="account")


PEOPLE = declare(
    slug="people",
    title="People",
    purpose="Who operates, runs sessions and answers for the data; forms offer them with their ORCID iD.",
    model=Person,
    icon="users",
    group=Group.PEOPLE,
    names=("name", "initials", "orcid", "account"),
    identifier="orcid",
    columns=("roles",),
    filters=("roles",),
    check=account_is_known,
    fills=("Person", "experimenters"),
).vocabulary


def people_offered() -> Iterator[tuple[str, str]]:
    """The names to offer, each with what else finds it."""
    for entry in PEOPLE.entries():
        yield entry.key, entry.hint


def person_fields(text: str) -> dict[str, Any] | None:
    """The fields of the standard's Person for whoever is meant by a name, initials or iD; None if nobody is."""
    found = PEOPLE.lookup(text)
    if found is None:
        return None
    return {
        "name": found.key,
        "registry": Registry.ORCID.value if found.data.get("orcid") else None,
        "registry_identifier": found.data.get("orcid"),
    }
