"""The subject of an experiment."""

from typing import Literal

from pydantic import Field

from schema_core.base import DataCoreModel, Discriminated, described_by
from schema_core.components.subjects import CalibrationObject, HumanSubject, MouseSubject, NonHumanPrimateSubject


class Subject(DataCoreModel):
    """Who or what was studied."""

    describedBy: str = described_by("core/subject.py")  # noqa: N815 - the standard's name
    schema_version: Literal["2.3.3"] = Field(default="2.3.3", title="Version")
    subject_id: str = Field(description="Number of the subject in this lab")
    subject_details: Discriminated[MouseSubject | HumanSubject | NonHumanPrimateSubject | CalibrationObject] = Field(
        title="Details", description="What kind of subject it is, and all about it"
    )
    notes: str | None = Field(default=None, description="Anything else that others should know")
