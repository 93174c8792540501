"""Scans in a magnet."""

import enum
from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from schema_core.base import GenericModel
from schema_core.components.configs.device import DeviceConfig
from schema_core.components.coordinates import TRANSFORM_TYPES, CoordinateSystem, Scale
from schema_core.registries.units import SizeUnit, TimeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule


class PulseSequenceType(str, enum.Enum):
    """Sequences of radio pulses."""

    RARE = "RARE"
    FLASH = "FLASH"
    MSME = "MSME"
    OTHER = "Other"


class MRAcquisitionType(str, enum.Enum):
    """Whether slices or a volume are excited."""

    SCAN_2D = "2D"
    SCAN_3D = "3D"


class SubjectPosition(str, enum.Enum):
    """How the subject lies."""

    PRONE = "Prone"
    SUPINE = "Supine"


class MRIScan(DeviceConfig):
    """One scan of a session in a magnet."""

    index: int = Field(title="Number", description="Number of the scan in its session, from 1")
    setup: bool = Field(
        title="Set-up scan", description="Whether it only served to prepare: localizers, shims and the like"
    )
    pulse_sequence_type: PulseSequenceType = Field(
        title="Sequence", description="Pulse sequence (PulseSequenceType in BIDS); for Other say which in notes"
    )
    mr_acquisition_type: MRAcquisitionType = Field(
        title="Slices or volume", description="2D for slices, 3D for a volume (DICOM 0018,0023)"
    )
    resolution: Scale | None = Field(
        default=None, title="Voxel size", description="Size of a voxel along each axis; needed unless a set-up scan"
    )
    resolution_unit: SizeUnit | None = Field(default=None)
    additional_scan_parameters: GenericModel | None = Field(
        default=None, title="Other parameters", description="Anything else that was set, as names and values"
    )
    rare_factor: int | None = Field(
        default=None, title="RARE factor", description="Echoes per excitation of a RARE sequence"
    )
    echo_time: Decimal = Field(description="Time from excitation to echo (DICOM 0018,0081)")
    echo_time_unit: TimeUnit = Field(default=TimeUnit.S)
    effective_echo_time: Decimal | None = Field(
        default=None, description="Echo time that sets the contrast, where several echoes are read"
    )
    repetition_time: Decimal = Field(description="Time from one excitation to the next (DICOM 0018,0080)")
    repetition_time_unit: TimeUnit = Field(default=TimeUnit.S)
    scanner_coordinate_system: CoordinateSystem | None = Field(
        default=None, title="Scanner's axes", description="Coordinate system of the scanner"
    )
    affine_transform: TRANSFORM_TYPES | None = Field(
        default=None,
        title="Placement",
        description="Steps that carry the image into the scanner's axes, for example the sform of a NIfTI file; "
        "needed unless a set-up scan",
    )
    subject_position: SubjectPosition = Field(title="Lying", description="Whether the subject lay on belly or back")
    notes: str | None = Field(default=None, description="Anything else that others should know")


@rule(MRIScan, reads=("pulse_sequence_type", "notes"), code="sequence-other")
def other_sequence_is_named(node: MRIScan) -> Finding | None:
    """A sequence that the list lacks is named in the notes."""
    if node.pulse_sequence_type == PulseSequenceType.OTHER and not node.notes:
        return Finding(
            "The pulse sequence is Other: say in notes which it is", at="notes", also=("pulse_sequence_type",)
        )
    return None


@rule(MRIScan, reads=("setup", "affine_transform", "resolution"), code="scan-placement")
def scans_are_placed(node: MRIScan) -> Iterator[Finding]:
    """A scan that yields data says how large its voxels are and where they lie."""
    if node.setup:
        return
    for name, value in (("affine_transform", node.affine_transform), ("resolution", node.resolution)):
        if not value:
            yield Finding(
                f"{name} is missing: give it, or mark this as a set-up scan (setup)", at=name, also=("setup",)
            )
