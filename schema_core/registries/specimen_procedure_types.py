"""What is done to tissue after death."""

from schema_core.registries.words import OpenWords


class SpecimenProcedureType(OpenWords):
    """Kind of tissue procedure."""

    BARSEQ = "BARSeq"
    CLEARING = "Clearing"
    DELIPIDATION = "Delipidation"
    EMBEDDING = "Embedding"
    EXPANSION = "Expansion"
    FIXATION = "Fixation"
    FIXATION_AND_PERMEABILIZATION = "Fixation and permeabilization"
    GELATION = "Gelation"
    HYBRIDIZATION_CHAIN_REACTION = "Hybridization Chain Reaction"
    IMMUNOLABELING = "Immunolabeling"
    MOUNTING = "Mounting"
    OTHER = "Other"
    REFRACTIVE_INDEX_MATCHING = "Refractive index matching"
    SECTIONING = "Sectioning"
    SOAK = "Soak"
    STORAGE = "Storage"
    STRIPPING = "Stripping"
