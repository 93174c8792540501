"""What a data asset is, who made it, and under which name."""

import re
import warnings
from typing import Any, Literal

from pydantic import Field

from schema_core.base import AwareDatetimeWithDefault, DataCoreModel, DataModel, described_by
from schema_core.components.identifiers import Person
from schema_core.registries.data_name_patterns import (
    DataLevel,
    DataRegex,
    Group,
    build_data_name,
    datetime_from_name_string,
)
from schema_core.registries.licenses import License
from schema_core.registries.modalities import Modality
from schema_core.registries.organizations import Organization
from schema_core.rules.findings import Finding
from schema_core.rules.registration import fills, rule


class Funding(DataModel):
    """A source of money."""

    funder: Organization.ONE_OF = Field(description="Who paid")
    grant_number: str | None = Field(default=None, description="Number of the grant")
    fundee: list[Person] | None = Field(default=None, title="Grantees", description="Whom the grant went to")


_PATTERNS = {
    DataLevel.RAW.value: (DataRegex.DATA.value,),
    DataLevel.DERIVED.value: (DataRegex.DERIVED.value, DataRegex.ANALYZED.value),
}


class DataDescription(DataCoreModel):
    """The label of a data asset."""

    describedBy: str = described_by("core/data_description.py")  # noqa: N815 - the standard's name
    schema_version: Literal["2.4.2"] = Field(default="2.4.2", title="Version")
    license: License = Field(default=License.CC_BY_40, description="Terms under which others may use the data")
    subject_id: str | None = Field(
        default=None,
        pattern=DataRegex.NO_UNDERSCORES.value,
        description="Number of the subject in this lab, without underscores",
    )
    creation_time: AwareDatetimeWithDefault = Field(title="Created", description="When the data were made, with offset")
    tags: list[str] | None = Field(default=None, description="Words to find the asset by")
    name: str | None = Field(
        default=None, description="Name of the asset; raw data are named by subject and time when this is empty"
    )
    institution: Organization.ONE_OF = Field(description="Who made the data")
    funding_source: list[Funding] = Field(min_length=1, title="Funding", description="Everyone who paid")
    data_level: DataLevel = Field(title="Level", description="Straight from the instrument, derived, or simulated")
    group: Group | None = Field(default=None, description="Team that made the data")
    investigators: list[Person] = Field(min_length=1, description="Who answers for the data")
    project_name: str = Field(
        pattern=DataRegex.NO_SPECIAL_CHARS_EXCEPT_SPACE.value,
        title="Project",
        description='Name of the project, without _ < > : ; " / | ? or \\',
    )
    restrictions: str | None = Field(default=None, description="Limits on sharing or publishing")
    modalities: list[Modality.ONE_OF] = Field(description="Ways in which the data were acquired")
    source_data: list[str] | None = Field(
        default=None, description="Names of the assets that these data are derived from; not for raw data"
    )
    data_summary: str | None = Field(default=None, title="Summary", description="What the experiment was for")

    @classmethod
    def parse_name(cls, name: str, data_level: DataLevel = DataLevel.RAW) -> dict[str, Any]:
        """The parts that an asset's name is made of; ValueError where it has not the form of its level."""
        patterns = _PATTERNS.get(data_level) if isinstance(data_level, str) else None
        if patterns is None:
            raise ValueError(f"Names of {getattr(data_level, 'value', data_level)} data have no fixed form")
        for pattern in patterns:
            found = re.match(pattern, name)
            if found:
                parts: dict[str, Any] = found.groupdict()
                parts["creation_time"] = datetime_from_name_string(parts.pop("c_datetime"))
                return parts
        raise ValueError(f"{name!r} has not the form of a name of {getattr(data_level, 'value', data_level)} data")

    @classmethod
    def from_raw(
        cls, data_description: "DataDescription", process_name: str, source_data: list[str] | None = None, **kwargs: Any
    ) -> "DataDescription":
        """Deprecated: see utils.inheritance.derive_data_description_from_raw."""
        from schema_core.utils import inheritance  # noqa: PLC0415 - it needs this module

        _moved("from_raw", "derive_data_description_from_raw")
        return inheritance.derive_data_description_from_raw(data_description, process_name, source_data, **kwargs)

    @classmethod
    def from_derived(
        cls, data_description: "DataDescription", process_name: str, source_data: list[str] | None = None, **kwargs: Any
    ) -> "DataDescription":
        """Deprecated: see utils.inheritance.derive_data_description_from_derived."""
        from schema_core.utils import inheritance  # noqa: PLC0415

        _moved("from_derived", "derive_data_description_from_derived")
        return inheritance.derive_data_description_from_derived(data_description, process_name, source_data, **kwargs)

    @classmethod
    def from_data_description(
        cls, data_description: "DataDescription", process_name: str, source_data: list[str] | None = None, **kwargs: Any
    ) -> "DataDescription":
        """Deprecated: see utils.inheritance.derive_data_description."""
        from schema_core.utils import inheritance  # noqa: PLC0415

        _moved("from_data_description", "derive_data_description")
        return inheritance.derive_data_description(data_description, process_name, source_data, **kwargs)


def _moved(old: str, new: str) -> None:
    warnings.warn(f"DataDescription.{old} is now schema_core.utils.inheritance.{new}", DeprecationWarning, stacklevel=3)


@rule(DataDescription, reads=("data_level", "subject_id"), code="raw-subject")
def raw_data_have_subject(node: DataDescription) -> Finding | None:
    """Raw data come from a subject."""
    if node.data_level == DataLevel.RAW and node.subject_id is None:
        return Finding(
            "Raw data need the subject they come from: give subject_id", at="subject_id", also=("data_level",)
        )
    return None


@rule(DataDescription, reads=("data_level", "source_data"), code="raw-source")
def raw_data_have_no_source(node: DataDescription) -> Finding | None:
    """Raw data are derived from nothing."""
    if node.data_level == DataLevel.RAW and node.source_data is not None:
        return Finding(
            "Raw data are not derived from others: clear source_data", at="source_data", also=("data_level",)
        )
    return None


def _made_name(node: DataDescription) -> str | None:
    """The name that raw data without one get."""
    if node.name is not None or node.data_level != DataLevel.RAW or node.subject_id is None:
        return None
    return build_data_name(node.subject_id, node.creation_time)


@rule(DataDescription, reads=("data_level", "subject_id", "creation_time", "name"), code="raw-name")
def made_name_can_be_read(node: DataDescription) -> Finding | None:
    """The name made for raw data has the form of a name."""
    name = _made_name(node)
    if name is not None and not re.match(DataRegex.DATA.value, name):
        return Finding(
            f"Subject and time make the name {name!r}, which has not the form of a name: correct one of them, or give "
            "a name",
            at="name",
            also=("subject_id", "creation_time"),
        )
    return None


@fills(DataDescription)
def name_of_raw_data(node: DataDescription) -> None:
    """Raw data without a name are called by subject and time."""
    node.name = _made_name(node) if node.name is None else node.name
