"""Words that describe stains and dyes."""

from enum import Enum


class StainType(str, Enum):
    """What a stain makes visible."""

    CYTOSKELETON = "Cytoskeleton"
    FILL = "Fill"
    RNA = "RNA"
    PROTEIN = "Protein"
    NUCLEAR = "Nuclear"
    VASCULATURE = "Vasculature"


class FluorophoreType(str, Enum):
    """Family of a fluorescent dye."""

    ALEXA = "Alexa Fluor"
    ATTO = "Atto"
    CF = "CF"
    CYANINE = "Cyanine"
    DYLIGHT = "DyLight"
