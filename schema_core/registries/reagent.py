"""Words that describe stains and dyes."""

from schema_core.registries.words import OpenWords


class StainType(OpenWords):
    """What a stain makes visible."""

    CYTOSKELETON = "Cytoskeleton"
    FILL = "Fill"
    RNA = "RNA"
    PROTEIN = "Protein"
    NUCLEAR = "Nuclear"
    VASCULATURE = "Vasculature"


class FluorophoreType(OpenWords):
    """Family of a fluorescent dye."""

    ALEXA = "Alexa Fluor"
    ATTO = "Atto"
    CF = "CF"
    CYANINE = "Cyanine"
    DYLIGHT = "DyLight"
