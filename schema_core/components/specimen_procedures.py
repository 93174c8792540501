"""What was done to tissue after it left the animal."""

import datetime as dt
import enum
from collections.abc import Iterator

from pydantic import Field

from schema_core.base import AwareDatetimeWithDefault, DataModel, DiscriminatedList
from schema_core.components.coordinates import Atlas, CoordinateSystem, Translation
from schema_core.components.identifiers import ProtocolListMixin
from schema_core.components.reagent import (
    FluorescentReagent,
    FluorescentStain,
    GeneProbeSet,
    ProbeReagent,
    Reagent,
    Solution,
)
from schema_core.components.renames import OLD_SYSTEM, renamed_system
from schema_core.components.unions import ByObjectType
from schema_core.registries.brain_atlas import BrainStructureModel
from schema_core.registries.coordinates import AnatomicalRelative
from schema_core.registries.specimen_procedure_types import SpecimenProcedureType
from schema_core.registries.units import SizeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule
from schema_core.rules.spans import span

_PLANAR_ONLY = "Use a planar section for sections with coordinates"


class SectionOrientation(str, enum.Enum):
    """The plane of cutting."""

    CORONAL = "Coronal"
    SAGITTAL = "Sagittal"
    TRANSVERSE = "Transverse"


class Section(DataModel):
    """One piece that was cut out."""

    output_specimen_id: str = Field(title="Specimen ID", description="Name of the new piece, extending its specimen's")
    targeted_structure: BrainStructureModel | None = Field(
        default=None, title="Target", description="Brain structure that the piece was cut for"
    )
    includes_surrounding_tissue: bool | None = Field(
        default=None, description="Whether tissue around the target was left on"
    )
    coordinate_system_name: str | None = Field(default=None, deprecated=_PLANAR_ONLY)
    start_coordinate: Translation | None = Field(default=None, deprecated=_PLANAR_ONLY)
    end_coordinate: Translation | None = Field(default=None, deprecated=_PLANAR_ONLY)
    thickness: float | None = Field(default=None, deprecated=_PLANAR_ONLY)
    thickness_unit: SizeUnit | None = Field(default=None, deprecated=_PLANAR_ONLY)
    partial_slice: list[AnatomicalRelative] | None = Field(default=None, deprecated=_PLANAR_ONLY)


@rule(
    Section,
    reads=(
        "coordinate_system_name",
        "start_coordinate",
        "end_coordinate",
        "thickness",
        "thickness_unit",
        "partial_slice",
    ),
    code="section-coordinates",
    category=DeprecationWarning,
)
def plain_section_has_no_coordinates(node: Section) -> Finding | None:
    """Coordinates belong to planar sections."""
    if isinstance(node, PlanarSection):
        return None
    used = [name for name, info in Section.model_fields.items() if info.deprecated and node.__dict__[name] is not None]
    if used:
        return Finding(
            f"A plain section should not have {', '.join(used)}: make it a planar section",
            at=used[0],
            also=tuple(used[1:]),
            severity="warning",
        )
    return None


class PlanarSection(Section):
    """One slice with its place in the brain."""

    coordinate_system_name: str = Field(
        title="Coordinate system", description="Name of the system the coordinates are given in"
    )
    start_coordinate: Translation = Field(title="Start", description="Where the slice begins")
    end_coordinate: Translation | None = Field(default=None, title="End", description="Where the slice ends")
    thickness: float | None = Field(default=None, description="Thickness of the slice, instead of its end")
    thickness_unit: SizeUnit | None = Field(default=None)
    partial_slice: list[AnatomicalRelative] | None = Field(
        default=None, title="Part kept", description="Which part of the slice was kept, where not all of it"
    )


@rule(PlanarSection, reads=("end_coordinate", "thickness"), code="section-extent")
def slice_has_extent(node: PlanarSection) -> Finding | None:
    """A slice ends somewhere, or has a thickness."""
    values = node.__dict__  # a plain section deprecates these fields, and attributes would say so
    if not values["end_coordinate"] and not values["thickness"]:
        return Finding(
            "Neither end_coordinate nor thickness is given: give one of them", at="thickness", also=("end_coordinate",)
        )
    return None


class Sectioning(DataModel):
    """Cutting a specimen into pieces."""

    sections: list[Section] = Field(description="The pieces, in order of cutting")


class PlanarSectioning(Sectioning):
    """Cutting a specimen into slices of one plane."""

    coordinate_system: CoordinateSystem | Atlas | None = Field(default=None, deprecated=OLD_SYSTEM.format("global"))
    global_coordinate_system: CoordinateSystem | Atlas | None = Field(
        default=None,
        title="Coordinate system",
        description="System of the slices' coordinates, where it is not that of the whole record",
    )
    sections: list[ByObjectType[Section | PlanarSection]] = Field(
        title="Slices", description="The slices, in order of cutting"
    )
    section_orientation: SectionOrientation = Field(title="Plane", description="The plane of cutting")


renamed_system(PlanarSectioning, "global_coordinate_system")


@rule(PlanarSectioning, reads=("sections",), code="section-extent")
def plain_slices_have_extent(node: PlanarSectioning) -> Iterator[Finding]:
    """A plain section that says where it begins also says where it ends: the standard tries it as a planar one too."""
    for index, section in enumerate(node.sections):
        if type(section) is not Section:
            continue
        values = section.__dict__
        placed = values["coordinate_system_name"] is not None and values["start_coordinate"]
        if placed and not values["end_coordinate"] and not values["thickness"]:
            yield Finding(
                "start_coordinate is given, but neither end_coordinate nor thickness: give one of them, or clear it",
                at=f"sections.{index}.thickness",
                also=(f"sections.{index}.end_coordinate", f"sections.{index}.start_coordinate"),
            )


class HybridizationChainReaction(DataModel):
    """One round of staining by hybridization chain reaction."""

    round_index: int = Field(title="Round", description="Number of the round, in the order they were done")
    start_time: AwareDatetimeWithDefault = Field(title="Start", description="When the round began")
    end_time: AwareDatetimeWithDefault = Field(title="End", description="When the round ended")
    stains: list[FluorescentStain] = Field(description="The stains of this round")
    probe_concentration: float = Field(description="Concentration of the probes")
    probe_concentration_unit: str = Field(default="M")


class HCRSeries(DataModel):
    """Rounds of staining on one specimen."""

    codebook_name: str = Field(title="Codebook", description="Name of the codebook")
    number_of_rounds: int = Field(description="How many rounds there were")
    hcr_rounds: list[HybridizationChainReaction] = Field(title="Rounds", description="The rounds, in order")
    strip_qc_compatible: bool = Field(title="Strip QC compatible", description="Whether stripping can be checked")
    cell_id: str | None = Field(default=None, description="The cell, where one was picked")


class SpecimenProcedure(ProtocolListMixin, DataModel):
    """One thing done to one or more specimens."""

    procedure_type: SpecimenProcedureType = Field(description="What was done; for Other describe it in notes")
    procedure_name: str | None = Field(default=None, description="Your lab's name for it")
    specimen_id: str | list[str] = Field(description="The specimen, or several; each contains the subject ID")
    start_date: dt.date = Field(description="First day")
    end_date: dt.date = Field(description="Last day")
    experimenters: list[str] = Field(default=[], description="Who did it")
    protocol_parameters: dict[str, str] | None = Field(
        default=None, description="Where this run departed from the protocol, as names and values"
    )
    procedure_details: DiscriminatedList[
        HCRSeries
        | FluorescentReagent
        | FluorescentStain
        | Sectioning
        | PlanarSectioning
        | ProbeReagent
        | Reagent
        | GeneProbeSet
        | Solution
    ] = Field(default=[], title="Details", description="Reagents, stains or sections, as the type of procedure needs")
    notes: str | None = Field(default=None, description="Anything else that others should know")


span(SpecimenProcedure, "start_date", "end_date")
_EXCLUSIVE = (HCRSeries, FluorescentStain, Sectioning, GeneProbeSet, ProbeReagent)
_NEEDED: dict[str, tuple[tuple[type[DataModel], ...], str]] = {
    SpecimenProcedureType.HYBRIDIZATION_CHAIN_REACTION.value: ((HCRSeries,), "an HCR series"),
    SpecimenProcedureType.IMMUNOLABELING.value: (
        (FluorescentStain, ProbeReagent, FluorescentReagent),
        "a fluorescent stain, a probe reagent or a fluorescent reagent",
    ),
    SpecimenProcedureType.SECTIONING.value: ((Sectioning,), "a sectioning or planar sectioning"),
    SpecimenProcedureType.BARSEQ.value: ((GeneProbeSet,), "a gene probe set"),
}


@rule(SpecimenProcedure, reads=("procedure_details",), code="details-mixed")
def details_are_of_one_kind(node: SpecimenProcedure) -> Finding | None:
    """One specimen procedure does one kind of thing."""
    if len(node.procedure_details) <= 1:
        return None
    kinds = [kind for kind in _EXCLUSIVE if any(isinstance(detail, kind) for detail in node.procedure_details)]
    if len(kinds) > 1:
        names = " and ".join(kind.model_fields["object_type"].default for kind in kinds)
        return Finding(f"Details of several kinds ({names}): make one procedure of each", at="procedure_details")
    return None


@rule(SpecimenProcedure, reads=("procedure_type", "notes"), code="procedure-other")
def other_procedure_is_described(node: SpecimenProcedure) -> Finding | None:
    """What the list of types lacks is described in the notes."""
    if node.procedure_type == SpecimenProcedureType.OTHER and not node.notes:
        return Finding("The type is Other: describe the procedure in notes", at="notes", also=("procedure_type",))
    return None


@rule(SpecimenProcedure, reads=("procedure_type", "procedure_details"), code="details-missing")
def details_fit_type(node: SpecimenProcedure) -> Finding | None:
    """Some types need details of their kind."""
    needed = _NEEDED.get(node.procedure_type)
    if needed and not any(isinstance(detail, needed[0]) for detail in node.procedure_details):
        return Finding(
            f"{node.procedure_type} needs {needed[1]} among its details: add it",
            at="procedure_details",
            also=("procedure_type",),
        )
    return None
