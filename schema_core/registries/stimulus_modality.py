"""Kinds of stimulus."""

from schema_core.registries.words import OpenWords


class StimulusModality(OpenWords):
    """Sense or task that a stimulus addresses."""

    AUDITORY = "Auditory"
    FREE_MOVING = "Free moving"
    NO_STIMULUS = "No stimulus"
    OLFACTORY = "Olfactory"
    OPTOGENETICS = "Optogenetics"
    VIRTUAL_REALITY = "Virtual reality"
    VISUAL = "Visual"
    WHEEL_FRICTION = "Wheel friction"
