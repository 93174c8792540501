"""How data were acquired: streams, stimuli, and the acquisition that holds them."""

from schema_core.components.measurements import CALIBRATIONS
from schema_core.core.acquisition.epochs import (
    AcquisitionSubjectDetails,
    Manipulation,
    PerformanceMetrics,
    StimulusEpoch,
)
from schema_core.core.acquisition.record import SPECIMEN_MODALITIES, Acquisition
from schema_core.core.acquisition.streams import CONFIG_REQUIREMENTS, DataStream, ExternalDataStream

__all__ = [
    "CALIBRATIONS",
    "CONFIG_REQUIREMENTS",
    "SPECIMEN_MODALITIES",
    "Acquisition",
    "AcquisitionSubjectDetails",
    "DataStream",
    "ExternalDataStream",
    "Manipulation",
    "PerformanceMetrics",
    "StimulusEpoch",
]
