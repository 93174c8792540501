"""Everything that was done to a subject and to its tissue."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from schema_core import paths
from schema_core.base import DataCoreModel, DiscriminatedList, described_by
from schema_core.components.coordinates import CoordinateSystem
from schema_core.components.injection_procedures import Injection
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.components.specimen_procedures import SpecimenProcedure
from schema_core.components.subject_procedures import (
    GenericSubjectProcedure,
    NonSurgicalInjection,
    Surgery,
    TrainingProtocol,
    WaterRestriction,
)
from schema_core.rules import needles
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule
from schema_core.utils.merge import merge_coordinate_systems, merge_notes
from schema_core.utils.validators import subject_specimen_id_compatibility


class Procedures(DataCoreModel):
    """The procedures of one subject."""

    describedBy: str = described_by("core/procedures.py")  # noqa: N815 - the standard's name
    schema_version: Literal["2.2.3"] = Field(default="2.2.3", title="Version")
    subject_id: str = Field(description="Number of the subject in this lab")
    subject_procedures: DiscriminatedList[
        Surgery | Injection | NonSurgicalInjection | TrainingProtocol | WaterRestriction | GenericSubjectProcedure
    ] = Field(default=[], description="What was done to the living subject, in order")
    specimen_procedures: list[SpecimenProcedure] = Field(
        default=[], description="What was done to its tissue afterwards, in order"
    )
    coordinate_system: CoordinateSystem | None = Field(default=None, deprecated=OLD_SYSTEM.format("global"))
    global_coordinate_system: CoordinateSystem | None = Field(
        default=None,
        title="Coordinate system",
        description="System of all coordinates here, except where a procedure brings its own",
    )
    notes: str | None = Field(default=None, description="Anything else that others should know")

    def get_device_names(self) -> list[str]:
        """Names of the devices that surgeries implanted, each once, in order of implanting."""
        names: dict[str, None] = {}
        for procedure in self.subject_procedures:
            if isinstance(procedure, Surgery):
                for step in procedure.procedures:
                    device = step.__dict__.get("implanted_device")
                    if device is not None:
                        names[device.name] = None
        return list(names)

    def __add__(self, other: "Procedures") -> "Procedures":
        """Both records as one; ValueError where they disagree on version, subject or coordinate system."""
        if self.schema_version != other.schema_version:
            raise ValueError(f"Schema versions differ: {self.schema_version} and {other.schema_version}")
        if self.subject_id != other.subject_id:
            raise ValueError(f"These are procedures of two subjects: {self.subject_id} and {other.subject_id}")
        return Procedures(
            subject_id=self.subject_id,
            subject_procedures=self.subject_procedures + other.subject_procedures,
            specimen_procedures=self.specimen_procedures + other.specimen_procedures,
            global_coordinate_system=merge_coordinate_systems(
                self.global_coordinate_system, other.global_coordinate_system
            ),
            notes=merge_notes(self.notes, other.notes),
        )


renamed_system(Procedures, "global_coordinate_system")


@rule(Procedures, reads=("subject_procedures",), code="injection-bare")
def injections_are_wrapped(node: Procedures) -> Iterator[Finding]:
    """An injection belongs to a surgery or to a non surgical injection."""
    for index, procedure in enumerate(node.subject_procedures):
        if isinstance(procedure, Injection):
            yield Finding(
                "A bare injection has no date: put it into a surgery or a non surgical injection",
                at=f"subject_procedures.{index}",
                severity="warning",
            )


@rule(Procedures, reads=("subject_id", "specimen_procedures"), code="specimen-of-subject")
def specimens_are_of_subject(node: Procedures) -> Iterator[Finding]:
    """A specimen's name contains that of the subject."""
    for index, procedure in enumerate(node.specimen_procedures):
        several = isinstance(procedure.specimen_id, list)
        names = procedure.specimen_id if isinstance(procedure.specimen_id, list) else [procedure.specimen_id]
        for place, name in enumerate(names):
            if not subject_specimen_id_compatibility(node.subject_id, name):
                at: list[str | int] = ["specimen_procedures", index, "specimen_id", *([place] if several else [])]
                yield Finding(
                    f"Specimen {name!r} does not contain the subject ID {node.subject_id!r}: correct one of them",
                    at=paths.join(at),
                    also=("subject_id",),
                )


_AROUND = ("subject_procedures", "global_coordinate_system")
rule(Procedures, reads=_AROUND, code="portal-depth-up")(needles.depth_findings)
