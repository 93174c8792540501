"""For every rule a document that breaks it and its mended twin: (class, code) -> the place, the two documents.

The documents are of the class that the rule is about, or of the kind that `JUDGED_AS` names for a base class.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema_core import load
from schema_core.core.acquisition import Acquisition
from schema_core.core.metadata import Metadata
from schema_core.registries.organizations import Organization
from tests.schema_core import rigs, samples

JUDGED_AS = {"DataCoreModel": "Procedures"}

LATE, EARLY = "2024-03-10T11:00:00-08:00", "2024-03-10T10:00:00-08:00"
BREGMA = samples.system("BREGMA_ARI")
SURGERY = "subject_procedures.0.procedures.0"
GIVEN_OTHER = {"manufacturer": {"name": "Other"}}


def without(document: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in names}


def ordered(document: dict[str, Any], start: str, end: str, *, days: bool = False) -> tuple[str, Any, Any]:
    """A case of something that ends before it starts."""
    early, late = ("2024-03-09", "2024-03-10") if days else (EARLY, LATE)
    return end, {**document, start: late, end: early}, {**document, start: early, end: late}


def spim(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Image spim",
        "channel_name": "Green",
        "image_to_acquisition_transform": [samples.translation(0, 0, 0)],
        "file_name": "tile.ims",
        "imaging_angle": 0,
        **changes,
    }


def scan(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "MRI scan",
        "device_name": "Scanner",
        "index": 1,
        "setup": True,
        "mr_acquisition_type": "3D",
        "pulse_sequence_type": "RARE",
        "echo_time": 1,
        "repetition_time": 1,
        "subject_position": "Supine",
        **changes,
    }


def lick_spout(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Lick spout config",
        "device_name": "Spout",
        "solution": "Water",
        "solution_valence": "Positive",
        "volume": 5,
        "volume_unit": "microliter",
        "relative_position": ["Anterior"],
        **changes,
    }


def planar(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Planar section",
        "output_specimen_id": "654321_001_1",
        "coordinate_system_name": "BREGMA_ARI",
        "start_coordinate": samples.translation(1, 2, 3),
        "thickness": 0.1,
        "thickness_unit": "millimeter",
        **changes,
    }


def slices(*sections: dict[str, Any]) -> dict[str, Any]:
    return {"object_type": "Planar sectioning", "section_orientation": "Coronal", "sections": list(sections)}


def needle(depth: float) -> dict[str, Any]:
    down = {**samples.translation(0, 0, depth), "reference_coordinate_system": "local"}
    return samples.brain_injection(coordinates=[[samples.translation(-2, 1, 0), down]], dynamics=[samples.delivery()])


def manipulated(*procedures: dict[str, Any]) -> dict[str, Any]:
    done = {"object_type": "Manipulation", "start_time": EARLY, "end_time": LATE, "procedures": list(procedures)}
    return samples.acquisition(global_coordinate_system=BREGMA, manipulations=[done])


def training_protocol(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Training protocol",
        "training_name": "Foraging",
        "start_date": "2024-03-01",
        **changes,
    }


def maintenance(date: str) -> dict[str, Any]:
    return {
        "object_type": "Maintenance",
        "device_name": "Laser",
        "maintenance_date": date,
        "description": "Cleaned",
    }


def calibration(**changes: Any) -> dict[str, Any]:
    return {
        "object_type": "Calibration",
        "calibration_date": "2024-03-01T10:00:00-08:00",
        "device_name": "Laser",
        "input": [1],
        "input_unit": "percent",
        "output": [2],
        "output_unit": "milliwatt",
        "description": "Power",
        **changes,
    }


def record(**changes: Any) -> dict[str, Any]:
    """A record whose files fit one another."""
    files = {
        "subject": samples.subject(),
        "data_description": samples.data_description(name="654321_2024-03-10_11-12-13"),
        "procedures": samples.procedures(),
        "instrument": rigs.instrument(rigs.laser()),
        "acquisition": samples.acquisition(),
        "processing": samples.processing(),
    }
    return samples.metadata(**{name: file for name, file in {**files, **changes}.items() if file is not None})


def streaming(**changes: Any) -> dict[str, Any]:
    return samples.acquisition(data_streams=[samples.data_stream(**changes)])


def stimulated(**changes: Any) -> dict[str, Any]:
    return samples.acquisition(stimulus_epochs=[samples.stimulus_epoch(**changes)])


HCR = {
    "object_type": "HCR series",
    "codebook_name": "x",
    "number_of_rounds": 1,
    "hcr_rounds": [],
    "strip_qc_compatible": True,
}


def filled() -> Metadata:
    """A record about ecephys with an injection, unvalidated."""
    procedures = load(samples.procedures(samples.brain_injection()), "procedures")
    return Metadata.model_construct(data_description=load(samples.data_description()), procedures=procedures)


def unfilled() -> Metadata:
    """The same after a program took away what was injected: no document can say so."""
    made = filled()
    made.procedures.subject_procedures[0].procedures[0].injection_materials = None
    return made


SOFTWARE = {"object_type": "Software", "name": "Bonsai", "version": "1"}
WIRED = [rigs.connection("Laser", "PMT")]
INJECTION = {
    **without(samples.brain_injection(), "coordinates", "coordinate_system_name"),
    "object_type": "Injection",
}
TO_SOFTWARE = [rigs.connection("Laser", "Bonsai")]
WITH_SOFTWARE = rigs.instrument(rigs.laser(), rigs.camera(recording_software=SOFTWARE))
BUILT = Acquisition.model_construct

CASES: dict[tuple[str, str], tuple[str, Any, Any]] = {
    # any class
    ("_GenericModel", "key-awkward"): ("", {"a.b": 1}, {"a": 1}),
    ("DataCoreModel", "coordinate-system"): (
        f"{SURGERY}.coordinate_system_name",
        samples.procedures(samples.craniotomy(coordinate_system_name="LAMBDA")),
        samples.procedures(samples.craniotomy()),
    ),
    ("DataCoreModel", "next-axis-count"): (
        f"{SURGERY}.position.translation",
        samples.procedures(samples.craniotomy(position=samples.translation(1, 2, 3, 4, 5))),
        samples.procedures(samples.craniotomy()),
    ),
    ("DataAsset", "data-asset-unnamed"): ("name", {}, {"name": "654321_2024-03-10_11-12-13"}),
    ("Code", "code-unversioned"): ("version", {"url": "https://a"}, {"url": "https://a", "version": "1"}),
    ("CoordinateSystem", "depth-axis"): ("axes.3.name", samples.system("BREGMA_ARID"), BREGMA),
    # devices
    ("Device", "manufacturer-other"): (
        "notes",
        rigs.device(**GIVEN_OTHER),
        rigs.device(**GIVEN_OTHER, notes="Made here"),
    ),
    ("DevicePosition", "placement-incomplete"): (
        "local_coordinate_system",
        {"relative_position": ["Left"], "transform": [samples.translation(1, 2, 3)]},
        {"relative_position": ["Left"], "transform": [samples.translation(1, 2, 3)], "local_coordinate_system": BREGMA},
    ),
    ("DAQChannel", "channel-index"): (
        "channel_index",
        {"object_type": "DAQ channel", "channel_name": "A", "channel_type": "Digital Input", "channel_index": 1},
        {"object_type": "DAQ channel", "channel_name": "A", "channel_type": "Digital Input", "port": "1"},
    ),
    ("HarpDevice", "device-other"): (
        "notes",
        rigs.harp(data_interface="Other"),
        rigs.harp(data_interface="Other", notes="Radio"),
    ),
    ("Filter", "filter-bands"): (
        "center_wavelength",
        rigs.device("F", "Filter", filter_type="Multiband", manufacturer=rigs.MAKER, center_wavelength=500),
        rigs.device("F", "Filter", filter_type="Multiband", manufacturer=rigs.MAKER, center_wavelength=[500, 600]),
    ),
    ("Objective", "device-other"): (
        "notes",
        rigs.objective(immersion="other"),
        rigs.objective(immersion="other", notes="Honey"),
    ),
    ("AdditionalImagingDevice", "device-other"): (
        "notes",
        rigs.device("X", "Additional imaging device", imaging_device_type="Other"),
        rigs.device("X", "Additional imaging device", imaging_device_type="Other", notes="A prism"),
    ),
    ("Detector", "device-other"): (
        "notes",
        rigs.detector(detector_type="Other"),
        rigs.detector(detector_type="Other", notes="An eye"),
    ),
    # subjects
    ("MouseSubject", "breeding-missing"): (
        "breeding_info",
        samples.mouse(source=Organization.AI),
        samples.mouse(source={"name": "Allen Institute"}),
    ),
    ("MouseSubject", "species-strain"): (
        "species",
        samples.mouse(species={"name": "Rattus norvegicus"}),
        samples.mouse(),
    ),
    ("HumanSubject", "species-human"): (
        "species",
        {
            "object_type": "Human subject",
            "sex": "Male",
            "year_of_birth": 1990,
            "source": {"name": "Other"},
            "species": {
                "name": "Mus musculus",
                "common_name": "House mouse",
                "registry": "National Center for Biotechnology Information (NCBI)",
                "registry_identifier": "NCBI:txid10090",
            },
        },
        {"object_type": "Human subject", "sex": "Male", "year_of_birth": 1990, "source": {"name": "Other"}},
    ),
    ("NonHumanPrimateSubject", "birth-year"): (
        "year_of_birth",
        *(
            {
                "object_type": "Non human primate subject",
                "species": {"name": "Macaca mulatta"},
                "sex": "Male",
                "date_of_birth": "2015-02-01",
                "year_of_birth": year,
                "mating_status": "Un-mated",
                "source": {"name": "Other"},
            }
            for year in (2016, 2015)
        ),
    ),
    # configurations
    ("LickSpoutConfig", "solution-other"): (
        "notes",
        lick_spout(solution="Other"),
        lick_spout(solution="Other", notes="Tea"),
    ),
    ("ImageSPIM", "portal-time-order"): ordered(spim(), "image_start_time", "image_end_time"),
    ("PlanarImage", "planes-uncoupled"): (
        "planes.0",
        samples.image(planes=[samples.plane(), samples.plane()]),
        samples.image(),
    ),
    ("ImagingConfig", "image-channel"): (
        "images.0.channel_name",
        samples.imaging(images=[samples.image(channel_name="Red")]),
        samples.imaging(),
    ),
    ("ImagingConfig", "light-sheet-system"): (
        "local_coordinate_system",
        samples.imaging(images=[spim()]),
        samples.imaging(images=[spim()], local_coordinate_system=samples.system("SPIM_RPI")),
    ),
    ("MRIScan", "sequence-other"): (
        "notes",
        scan(pulse_sequence_type="Other"),
        scan(pulse_sequence_type="Other", notes="Our own"),
    ),
    ("MRIScan", "scan-placement"): ("affine_transform", scan(setup=False), scan()),
    # procedures
    ("InjectionDynamics", "delivery-amount"): (
        "volume",
        samples.delivery(volume=None, volume_unit=None),
        samples.delivery(),
    ),
    ("CalibrationFit", "portal-fit-parameters"): (
        "fit_parameters",
        {"fit_type": "linear"},
        {"fit_type": "linear", "fit_parameters": {"slope": 1, "intercept": 0}},
    ),
    ("Craniotomy", "position-system"): (
        "coordinate_system_name",
        without(samples.craniotomy(), "coordinate_system_name"),
        samples.craniotomy(),
    ),
    ("Craniotomy", "craniotomy-position"): (
        "position",
        without(samples.craniotomy(), "position"),
        samples.craniotomy(),
    ),
    ("Craniotomy", "craniotomy-size"): (
        "size",
        without(samples.craniotomy(), "size", "size_unit"),
        samples.craniotomy(),
    ),
    ("BrainInjection", "injection-depths"): (
        "dynamics",
        samples.brain_injection(dynamics=[samples.delivery()]),
        samples.brain_injection(),
    ),
    ("Section", "section-coordinates"): (
        "coordinate_system_name",
        {"object_type": "Section", "output_specimen_id": "654321_001_1", "coordinate_system_name": "BREGMA_ARI"},
        {"object_type": "Section", "output_specimen_id": "654321_001_1"},
    ),
    ("PlanarSection", "section-extent"): ("thickness", planar(thickness=None, thickness_unit=None), planar()),
    ("PlanarSectioning", "section-extent"): (
        "sections.0.thickness",
        slices(planar(object_type="Section", thickness=None, thickness_unit=None)),
        slices(planar(object_type="Section")),
    ),
    ("SpecimenProcedure", "portal-time-order"): ordered(
        samples.specimen_procedure(), "start_date", "end_date", days=True
    ),
    ("SpecimenProcedure", "details-mixed"): (
        "procedure_details",
        samples.specimen_procedure(
            procedure_type="Sectioning",
            procedure_details=[
                {"object_type": "Sectioning", "sections": []},
                HCR,
            ],
        ),
        samples.specimen_procedure(
            procedure_type="Sectioning", procedure_details=[{"object_type": "Sectioning", "sections": []}]
        ),
    ),
    ("SpecimenProcedure", "procedure-other"): (
        "notes",
        samples.specimen_procedure(procedure_type="Other"),
        samples.specimen_procedure(procedure_type="Other", notes="Shaken"),
    ),
    ("SpecimenProcedure", "details-missing"): (
        "procedure_details",
        samples.specimen_procedure(procedure_type="Sectioning"),
        samples.specimen_procedure(
            procedure_type="Sectioning", procedure_details=[{"object_type": "Sectioning", "sections": []}]
        ),
    ),
    ("TrainingProtocol", "portal-time-order"): ordered(training_protocol(), "start_date", "end_date", days=True),
    ("WaterRestriction", "portal-time-order"): ordered(
        {
            "object_type": "Water restriction",
            "ethics_review_id": "1",
            "target_fraction_weight": 85,
            "minimum_water_per_day": 1,
            "baseline_weight": 25,
        },
        "start_date",
        "end_date",
        days=True,
    ),
    ("FoodRestriction", "portal-time-order"): ordered(
        {
            "object_type": "Food restriction",
            "ethics_review_id": "1",
            "minimum_food_per_day_unit": "gram",
            "target_fraction_weight": 85,
            "minimum_food_per_day": 1,
            "baseline_weight": 25,
        },
        "start_date",
        "end_date",
        days=True,
    ),
    ("Procedures", "injection-bare"): (
        "subject_procedures.0",
        samples.procedures(subject_procedures=[INJECTION]),
        samples.procedures(),
    ),
    ("Procedures", "specimen-of-subject"): (
        "specimen_procedures.0.specimen_id",
        samples.procedures(specimen_procedures=[samples.specimen_procedure(specimen_id="1_001")]),
        samples.procedures(specimen_procedures=[samples.specimen_procedure()]),
    ),
    ("Procedures", "portal-depth-up"): (
        f"{SURGERY}.coordinates.0.1.translation.2",
        samples.procedures(needle(-1)),
        samples.procedures(needle(1)),
    ),
    # acquisitions
    ("PerformanceMetrics", "portal-trials"): (
        "trials_finished",
        {"trials_total": 5, "trials_finished": 6},
        {"trials_total": 5, "trials_finished": 5},
    ),
    ("StimulusEpoch", "portal-time-order"): ordered(
        samples.stimulus_epoch(), "stimulus_start_time", "stimulus_end_time"
    ),
    ("Manipulation", "portal-time-order"): ordered(
        {"object_type": "Manipulation", "procedures": []}, "start_time", "end_time"
    ),
    ("DataStream", "stream-configuration"): (
        "configurations",
        samples.data_stream(modalities=[{"abbreviation": "pophys"}]),
        samples.data_stream(modalities=[{"abbreviation": "pophys"}], configurations=[samples.imaging()]),
    ),
    ("DataStream", "connection-inactive"): (
        "connections.0.target_device",
        samples.data_stream(active_devices=["Laser"], connections=WIRED),
        samples.data_stream(active_devices=["Laser", "PMT"], connections=WIRED),
    ),
    ("DataStream", "portal-time-order"): ordered(samples.data_stream(), "stream_start_time", "stream_end_time"),
    ("ExternalDataStream", "portal-time-order"): ordered(
        {"object_type": "External data stream", "modalities": []},
        "stream_start_time",
        "stream_end_time",
    ),
    ("Acquisition", "time-zone-missing"): (
        "acquisition_start_time",
        BUILT(acquisition_start_time=dt.datetime(2024, 3, 10)),  # noqa: DTZ001 - that is the case
        BUILT(acquisition_start_time=dt.datetime(2024, 3, 10, tzinfo=dt.UTC)),
    ),
    ("Acquisition", "specimen-of-subject"): (
        "specimen_id",
        samples.acquisition(specimen_id="1_001"),
        samples.acquisition(specimen_id="654321_001"),
    ),
    ("Acquisition", "instrument-unnamed"): (
        "instrument_id",
        without(samples.acquisition(), "instrument_id"),
        samples.acquisition(),
    ),
    ("Acquisition", "specimen-missing"): (
        "specimen_id",
        streaming(modalities=[{"abbreviation": "confocal"}]),
        {**streaming(modalities=[{"abbreviation": "confocal"}]), "specimen_id": "654321_001"},
    ),
    ("Acquisition", "portal-time-order"): ordered(
        samples.acquisition(data_streams=[]), "acquisition_start_time", "acquisition_end_time"
    ),
    ("Acquisition", "portal-time-outside"): (
        "data_streams.0.stream_end_time",
        streaming(stream_end_time="2024-03-10T11:30:00-08:00"),
        samples.acquisition(),
    ),
    ("Acquisition", "portal-zone-offset"): (
        "acquisition_start_tz",
        samples.acquisition(acquisition_start_tz=99),
        samples.acquisition(acquisition_start_tz=-8),
    ),
    ("Acquisition", "portal-depth-up"): (
        "manipulations.0.procedures.0.coordinates.0.1.translation.2",
        manipulated(needle(-1)),
        manipulated(needle(1)),
    ),
    # data descriptions
    ("DataDescription", "raw-subject"): (
        "subject_id",
        without(samples.data_description(name="x"), "subject_id"),
        samples.data_description(),
    ),
    ("DataDescription", "raw-source"): (
        "source_data",
        samples.data_description(source_data=["a"]),
        samples.data_description(),
    ),
    ("DataDescription", "raw-name"): (
        "name",
        samples.data_description(subject_id="65\n43"),
        samples.data_description(),
    ),
    # instruments
    ("Instrument", "camera-target-other"): (
        "notes",
        rigs.instrument(rigs.camera_assembly(target="Other")),
        rigs.instrument(rigs.camera_assembly(target="Other"), notes="The moon"),
    ),
    ("Instrument", "next-component-duplicate"): (
        "components.1.name",
        rigs.instrument(rigs.laser("A"), rigs.detector("A")),
        rigs.instrument(rigs.laser("A"), rigs.detector("B")),
    ),
    ("Instrument", "connection-device-unknown"): (
        "connections.0.target_device",
        rigs.instrument(rigs.laser(), connections=WIRED),
        rigs.instrument(rigs.laser(), rigs.detector(), connections=WIRED),
    ),
    ("Instrument", "next-device-unknown"): (
        "connections.0.target_device",
        {**WITH_SOFTWARE, "connections": TO_SOFTWARE},
        rigs.instrument(rigs.laser(), rigs.detector(), connections=WIRED),
    ),
    ("Instrument", "portal-device-unknown"): (
        "calibrations.0.device_name",
        rigs.instrument(rigs.detector(), calibrations=[calibration()]),
        rigs.instrument(rigs.laser(), calibrations=[calibration()]),
    ),
    ("Instrument", "modality-devices"): (
        "components",
        rigs.instrument(modalities=[{"abbreviation": "behavior-videos"}]),
        rigs.instrument(rigs.camera_assembly(), modalities=[{"abbreviation": "behavior-videos"}]),
    ),
    # processing and quality
    ("DataProcess", "portal-time-order"): ordered(samples.process(), "start_date_time", "end_date_time"),
    ("DataProcess", "process-undescribed"): (
        "name",
        without(samples.process(process_type="Other"), "name"),
        without(samples.process(process_type="Other", notes="Shaken"), "name"),
    ),
    ("Processing", "process-graph"): (
        "dependency_graph",
        samples.processing(dependency_graph={"other": []}),
        samples.processing(dependency_graph={"sorting": []}),
    ),
    ("Processing", "pipeline-unknown"): (
        "data_processes.0.pipeline_name",
        samples.processing(samples.process(pipeline_name="P")),
        samples.processing(
            samples.process(pipeline_name="P"), pipelines=[{"url": "https://a", "name": "P", "version": "1"}]
        ),
    ),
    ("QCMetric", "evaluated-assets"): (
        "evaluated_assets",
        samples.metric(stage="Multi-asset"),
        samples.metric(stage="Multi-asset", evaluated_assets=["a"]),
    ),
    ("QualityControl", "metric-undecided"): (
        "metrics.0.status_history",
        samples.quality_control(without(samples.metric(), "status_history")),
        samples.quality_control(samples.metric()),
    ),
    # records
    ("Metadata", "file-expected"): ("procedures", record(procedures=None), record()),
    ("Metadata", "file-required"): (
        "subject",
        samples.metadata(data_description=samples.data_description()),
        record(),
    ),
    ("Metadata", "calibration-tag"): (
        "data_description.tags",
        record(subject=samples.subject({"object_type": "Calibration object", "description": "x", "empty": True})),
        record(),
    ),
    ("Metadata", "next-calibration-subject"): (
        "subject.subject_id",
        record(subject=samples.subject({"object_type": "Calibration object", "description": "x", "empty": True})),
        record(),
    ),
    ("Metadata", "portal-subject-differs"): (
        "procedures.subject_id",
        record(procedures=samples.procedures(subject_id="1")),
        record(),
    ),
    ("Metadata", "portal-name-differs"): ("data_description.name", {**record(), "name": "other"}, record()),
    ("Metadata", "subject-details-missing"): (
        "acquisition.subject_details",
        record(acquisition=without(samples.acquisition(), "subject_details")),
        record(),
    ),
    ("Metadata", "injection-materials"): (
        "procedures.subject_procedures.0.procedures.0.injection_materials",
        unfilled(),
        filled(),
    ),
    ("Metadata", "instrument-differs"): (
        "acquisition.instrument_id",
        record(acquisition=samples.acquisition(instrument_id="Rig2")),
        record(),
    ),
    ("Metadata", "stimulus-device-unknown"): (
        "acquisition.stimulus_epochs.0.active_devices.0",
        record(acquisition=stimulated(active_devices=["Screen"])),
        record(acquisition=stimulated(active_devices=["Laser"])),
    ),
    ("Metadata", "device-unknown"): (
        "acquisition.data_streams.0.active_devices.0",
        record(acquisition=streaming(active_devices=["Screen"])),
        record(acquisition=streaming(active_devices=["Laser"])),
    ),
    ("Metadata", "connection-device-unknown"): (
        "acquisition.data_streams.0.connections.0.target_device",
        record(acquisition=streaming(active_devices=["Laser", "PMT"], connections=WIRED)),
        record(
            instrument=rigs.instrument(rigs.laser(), rigs.detector()),
            acquisition=streaming(active_devices=["Laser", "PMT"], connections=WIRED),
        ),
    ),
    ("Metadata", "next-device-unknown"): (
        "acquisition.data_streams.0.active_devices.0",
        record(instrument=WITH_SOFTWARE, acquisition=streaming(active_devices=["Bonsai"])),
        record(acquisition=streaming(active_devices=["Laser"])),
    ),
    ("Metadata", "training-unknown"): (
        "acquisition.stimulus_epochs.0.training_protocol_name",
        record(acquisition=stimulated(training_protocol_name="Foraging")),
        record(
            acquisition=stimulated(training_protocol_name="Foraging"),
            procedures=samples.procedures(subject_procedures=[training_protocol()]),
        ),
    ),
    ("Metadata", "time-of-acquisition"): (
        "processing.data_processes.0.start_date_time",
        record(processing=samples.processing(samples.process(start_date_time="2024-03-01T12:00:00-08:00"))),
        record(),
    ),
    ("Metadata", "portal-time-of-acquisition"): (
        "processing.data_processes.0.end_date_time",
        record(processing=samples.processing(samples.process(end_date_time="2024-03-01T12:00:00-08:00"))),
        record(),
    ),
    ("Metadata", "name-form"): (
        "data_description.name",
        record(data_description=samples.data_description(name="nothing")),
        record(),
    ),
}

ROTATION = {"object_type": "Rotation", "angles": [1, 2, 3]}

MORE: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("Metadata", "name-time"): (
        "data_description.name",
        record(data_description=samples.data_description(name="654321_2024-03-01_11-12-13")),
        record(),
    ),
    ("Craniotomy", "unit-missing"): ("size_unit", samples.craniotomy(size_unit=None), samples.craniotomy()),
    ("InjectionDynamics", "next-unit-missing"): (
        "duration_unit",
        samples.delivery(duration=0),
        samples.delivery(duration=0, duration_unit="second"),
    ),
    ("Procedures", "next-system-name"): (
        f"{SURGERY}.coordinate_system_name",
        samples.procedures(samples.craniotomy(coordinate_system_name="BREG")),
        samples.procedures(samples.craniotomy()),
    ),
    ("Procedures", "next-system-missing"): (
        f"{SURGERY}.coordinates",
        samples.procedures(samples.brain_injection(), global_coordinate_system=None),
        samples.procedures(samples.brain_injection()),
    ),
    ("Procedures", "field-renamed"): (
        "coordinate_system",
        without(samples.procedures(coordinate_system=BREGMA), "global_coordinate_system"),
        samples.procedures(),
    ),
    ("BreedingInfo", "breeding-group"): (
        "breeding_group",
        *(
            {
                "maternal_id": "1",
                "maternal_genotype": "wt",
                "paternal_id": "2",
                "paternal_genotype": "wt",
                "breeding_group": group,
            }
            for group in ("G", None)
        ),
    ),
    ("Monitor", "unit-assumed"): (
        "contrast_unit",
        rigs.monitor(contrast=50),
        rigs.monitor(contrast=50, contrast_unit="percent"),
    ),
    ("QCMetric", "tags-list"): ("tags", samples.metric(tags=["a"]), samples.metric(tags={"probe": "a"})),
    ("Acquisition", "time-zone-assumed"): (
        "acquisition_end_time",
        samples.acquisition(acquisition_end_time="2024-03-20T11:00:00"),
        samples.acquisition(),
    ),
    ("Acquisition", "time-zone-unknown"): (
        "acquisition_start_tz",
        samples.acquisition(acquisition_start_tz="Mars/Olympus"),
        samples.acquisition(acquisition_start_tz="Europe/Berlin"),
    ),
    ("Device", "dropped-field"): (
        "manufacturer.colour",
        rigs.device(manufacturer={**rigs.MAKER, "colour": "red"}),
        rigs.device(manufacturer=rigs.MAKER),
    ),
    ("Metadata", "field-ignored"): ("stranger", {**record(), "stranger": 1}, record()),
    ("ImageSPIM", "next-path-absolute"): ("file_name", spim(file_name="/data/tile.ims"), spim()),
    ("Rotation", "axis-order"): ("axis_order", {**ROTATION, "axis_order": "xyq"}, ROTATION),
}
"""Codes that come from reading a field or from rewriting what was given, not from a rule of a class."""
