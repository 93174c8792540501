"""The kinds of procedure of the standard, as ethics protocols and protocols name them."""

from enum import StrEnum


class ProcedureKind(StrEnum):
    """What a procedure carries as its `object_type`."""

    CRANIOTOMY = "Craniotomy"
    HEADFRAME = "Headframe"
    BRAIN_INJECTION = "Brain injection"
    INJECTION = "Injection"
    PROBE_IMPLANT = "Probe implant"
    DEVICE_IMPLANT = "Device implant"
    CATHETER_IMPLANT = "Catheter implant"
    MYOMATRIX_INSERTION = "Myomatrix insertion"
    SAMPLE_COLLECTION = "Sample collection"
    PERFUSION = "Perfusion"
    GENERIC_SURGERY = "Generic surgery procedure"
    SURGERY = "Surgery"
    NON_SURGICAL_INJECTION = "Non surgical injection"
    TRAINING_PROTOCOL = "Training protocol"
    WATER_RESTRICTION = "Water restriction"
    GENERIC_SUBJECT = "Generic subject procedure"
    SPECIMEN = "Specimen procedure"
