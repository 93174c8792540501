"""All core files of one data asset together."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import ConfigDict, Field, ValidationError, ValidationInfo, WrapValidator

from schema_core.base import DataCoreModel, described_by
from schema_core.components.identifiers import DatabaseIdentifiers
from schema_core.components.subjects import CalibrationObject
from schema_core.core.acquisition import Acquisition, ExternalDataStream
from schema_core.core.data_description import DataDescription
from schema_core.core.instrument import Instrument
from schema_core.core.model import Model
from schema_core.core.procedures import Procedures
from schema_core.core.processing import Processing
from schema_core.core.quality_control import QualityControl
from schema_core.core.subject import Subject
from schema_core.rules.coordinates import SCOPES
from schema_core.rules.findings import Finding
from schema_core.rules.registration import fills, rule
from schema_core.utils import across_files

logger = logging.getLogger(__name__)

REQUIRED_FILE_SETS = {
    "subject": ["data_description", "procedures", "instrument", "acquisition"],
    "processing": ["data_description"],
    "model": ["data_description"],
}
CORE_CLASSES: dict[str, type[DataCoreModel]] = {
    "subject": Subject,
    "data_description": DataDescription,
    "procedures": Procedures,
    "instrument": Instrument,
    "processing": Processing,
    "acquisition": Acquisition,
    "quality_control": QualityControl,
    "model": Model,
}

CORE_FILES = list(CORE_CLASSES)
ALREADY_JUDGED = "already judged"
JOINED = "joined by create_metadata_json"
CALIBRATION = "calibration"

T = TypeVar("T")


def _tolerated(value: Any, read: Callable[[Any], Any], info: ValidationInfo) -> Any:
    """A core file that its class refuses is kept as it is: strict judging is `schema_core.validate`'s work."""
    if isinstance(value, DataCoreModel) and info.context == ALREADY_JUDGED:
        return value
    if not isinstance(value, dict):
        return read(value)
    try:
        return read(value)
    except ValidationError as error:
        name = str(info.field_name)
        logger.warning("%s is kept although it is not valid: %s", name, error)
        if info.context == JOINED and _defies_rules(name, value):
            raise ValueError("Too broken for the rules of its kind") from error
        return _checked(CORE_CLASSES[name].model_construct(**value), read)


def _checked(file: DataCoreModel, read: Callable[[Any], Any]) -> Any:
    """The standard still applies the file's own rules to what was kept; those that cannot cope with it are skipped."""
    try:
        return read(file)
    except (AttributeError, TypeError, KeyError):
        return file


_NEEDED = {
    "subject": ("subject_details",),
    "data_description": ("data_level", "modalities"),
    "instrument": ("components",),
    "acquisition": ("data_streams",),
    "quality_control": ("metrics",),
}
_LOOKED_INTO = {
    "procedures": ("specimen_procedures",),
    "instrument": ("components",),
    "acquisition": ("data_streams",),
    "processing": ("data_processes",),
    "quality_control": ("metrics",),
}


def _defies_rules(name: str, value: dict[str, Any]) -> bool:
    """Whether the standard's rules would stumble over a broken file: for want of a field, or over unread parts."""
    return (
        any(field not in value for field in _NEEDED.get(name, ()))
        or any(value.get(field) for field in _LOOKED_INTO.get(name, ()))
        or any(isinstance(value.get(scope), dict) for scope in SCOPES)
    )


Tolerant = Annotated[T, WrapValidator(_tolerated)]


class Metadata(DataCoreModel):
    """The record of one data asset."""

    model_config = ConfigDict(extra="ignore")
    _FILE_EXTENSION: ClassVar[str] = ".nd.json"

    describedBy: str = described_by("core/metadata.py")  # noqa: N815 - the standard's name
    schema_version: Literal["2.7.6"] = Field(default="2.7.6", title="Version")
    name: str = Field(description="Name of the data asset")
    location: str = Field(description="Address where the data asset is kept")
    other_identifiers: DatabaseIdentifiers | None = Field(
        default=None, description="What other databases call the data asset"
    )
    subject: Tolerant[Subject | None] = Field(default=None, description="Who or what was studied")
    data_description: Tolerant[DataDescription | None] = Field(default=None, description="The label of the data asset")
    procedures: Tolerant[Procedures | None] = Field(default=None, description="What was done to the subject")
    instrument: Tolerant[Instrument | None] = Field(default=None, description="The devices that acquired the data")
    processing: Tolerant[Processing | None] = Field(default=None, description="What was done with the data")
    acquisition: Tolerant[Acquisition | None] = Field(default=None, description="How the data were acquired")
    quality_control: Tolerant[QualityControl | None] = Field(default=None, description="How good the data are")
    model: Tolerant[Model | None] = Field(default=None, description="A model that was trained on the data")

    def write_standard_files(self, output_directory: Path | None = None) -> None:
        """Write every core file that is present as a file of its own."""
        for name in CORE_FILES:
            value = getattr(self, name)
            if value is not None:
                value.write_standard_file(output_directory=output_directory)

    @classmethod
    def from_metadata(
        cls,
        metadata: "Metadata | list[Metadata]",
        process_name: str = "processed",
        location: str | None = None,
        new_processing: Processing | None = None,
        new_quality_control: QualityControl | None = None,
        **data_description_kwargs: Any,
    ) -> "Metadata":
        """The record of an asset derived from these; it keeps what all its sources share.

        ValueError without a source, or without a data description among them.
        """
        from schema_core.utils import derived_record  # noqa: PLC0415 - it needs this module

        sources = [metadata] if isinstance(metadata, Metadata) else list(metadata)
        new = {"processing": new_processing, "quality_control": new_quality_control}
        fields = derived_record.fields(sources, process_name, new, data_description_kwargs)
        return cls.model_validate({**fields, "location": location})


def _expects_instrument(node: Metadata) -> bool:
    """Data that were all acquired elsewhere have no instrument of ours."""
    streams = getattr(node.acquisition, "data_streams", None)
    return not isinstance(streams, list) or not all(isinstance(one, ExternalDataStream) for one in streams)


@rule(Metadata, reads=tuple(CORE_FILES), code="file-expected")
def files_are_complete(node: Metadata) -> Iterator[Finding]:
    """Some core files call for others."""
    for present, expected in REQUIRED_FILE_SETS.items():
        if not getattr(node, present):
            continue
        for name in expected:
            if not getattr(node, name) and (name != "instrument" or _expects_instrument(node)):
                yield Finding(
                    f"{name} is missing, although {present} is given: add the file when it exists",
                    at=name,
                    also=(present,),
                    severity="warning",
                )


@rule(Metadata, reads=tuple(CORE_FILES), code="file-required")
def some_file_is_present(node: Metadata) -> Finding | None:
    """A record of nothing is no record."""
    if not any(getattr(node, name) for name in REQUIRED_FILE_SETS):
        return Finding(f"None of {', '.join(REQUIRED_FILE_SETS)} is given: add at least one", at="subject")
    return None


def _lacks_calibration_tag(node: Metadata) -> bool:
    details = getattr(node.subject, "subject_details", None)
    tags = getattr(node.data_description, "tags", None) or []
    return node.data_description is not None and isinstance(details, CalibrationObject) and CALIBRATION not in tags


@rule(Metadata, reads=("subject", "data_description"), code="calibration-tag")
def calibration_is_tagged(node: Metadata) -> Finding | None:
    """An asset that shows a calibration object says so."""
    if _lacks_calibration_tag(node):
        return Finding(
            f"The subject is a calibration object, so the tag {CALIBRATION!r} is added to the data description",
            at="data_description.tags",
            also=("subject.subject_details",),
            severity="warning",
        )
    return None


@rule(Metadata, reads=("subject",), code="next-calibration-subject")
def calibration_is_its_subject(node: Metadata) -> Finding | None:
    """Version 3.0 knows calibration objects by their subject ID."""
    details, subject_id = (getattr(node.subject, name, None) for name in ("subject_details", "subject_id"))
    if isinstance(details, CalibrationObject) and subject_id != CALIBRATION:
        return Finding(
            f"A calibration object is called {subject_id!r}, and version 3.0 wants {CALIBRATION!r}",
            at="subject.subject_id",
            severity="warning",
        )
    return None


@fills(Metadata)
def tag_calibration(node: Metadata) -> None:
    """Tag an asset that shows a calibration object."""
    if node.data_description is not None and _lacks_calibration_tag(node):
        node.data_description.tags = [*(getattr(node.data_description, "tags", None) or []), CALIBRATION]


_TOGETHER = ("acquisition", "instrument")
_DEVICES = ("acquisition", "instrument", "procedures")
_NAMED = ("acquisition", "data_description")
rule(Metadata, reads=across_files.OF_A_SUBJECT, code="portal-subject-differs")(across_files.files_are_about_one_subject)
rule(Metadata, reads=("name", "data_description"), code="portal-name-differs")(across_files.asset_has_one_name)
rule(Metadata, reads=("acquisition",), code="subject-details-missing")(across_files.in_vivo_has_subject_details)
rule(Metadata, reads=("data_description", "procedures"), code="injection-materials")(across_files.injections_say_what)
rule(Metadata, reads=_TOGETHER, code="instrument-differs")(across_files.acquired_with_this_instrument)
rule(Metadata, reads=_TOGETHER, code="stimulus-device-unknown")(across_files.stimulus_devices_are_described)
rule(Metadata, reads=_DEVICES, code="device-unknown")(across_files.active_devices_are_described)
rule(Metadata, reads=_DEVICES, code="connection-device-unknown")(across_files.connected_devices_are_described)
rule(Metadata, reads=_DEVICES, code="next-device-unknown")(across_files.devices_are_true_devices)
rule(Metadata, reads=("acquisition", "procedures"), code="training-unknown")(
    across_files.training_protocols_are_described
)
rule(Metadata, reads=across_files.TIMED, code="time-of-acquisition")(across_files.times_fit_the_acquisition)
rule(Metadata, reads=across_files.TIMED, code="portal-time-of-acquisition")(across_files.overlooked_times_fit_too)
rule(Metadata, reads=_NAMED, code="name-form")(across_files.asset_is_named_after_acquiring)


def create_metadata_json(
    name: str, location: str, core_jsons: dict[str, dict[str, Any] | None], other_identifiers: Any = None
) -> dict[str, Any]:
    """The record of an asset as JSON values, whatever state its core files are in."""
    files = {key: value for key, value in core_jsons.items() if key in CORE_FILES and value is not None}
    plain: dict[str, Any] = {"name": name, "location": location}
    if other_identifiers is not None:
        plain["other_identifiers"] = other_identifiers
    try:
        return Metadata.model_validate({**plain, **files}, context=JOINED).model_dump(mode="json")
    except ValidationError as error:
        logger.warning("The record of %s is not valid and was joined as it is: %s", name, error)
        return {**Metadata.model_construct(**plain).model_dump(mode="json"), **files}
