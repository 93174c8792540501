"""What was shown, played, puffed or shone: parameters of stimuli, for the parameters of a stimulus' code.

These classes keep whatever else is given with them. Read back from a file they are plain objects of any fields.
"""

import enum
from decimal import Decimal
from typing import Any

from pydantic import Field

from schema_core.base import DataModel, GenericModel, _GenericModel
from schema_core.registries.units import ConcentrationUnit, FrequencyUnit, PowerUnit, TimeUnit
from schema_core.rules.registration import prepares

_NOTES = "Anything else that others should know"
_OTHERS = "Anything else that was set, as names and values"
_NAME = "Name of the stimulus"
_OLD = "Older form of components.configs.OlfactometerConfig"


class PulseShape(str, enum.Enum):
    """The shape of a pulse of light."""

    SQUARE = "Square"
    RAMP = "Ramp"
    SINE = "Sinusoidal"


class FilterType(str, enum.Enum):
    """Filters for sound."""

    BUTTERWORTH = "Butterworth"
    OTHER = "Other"


class OptoStimulation(_GenericModel):
    """Trains of light pulses; lists have one entry for each kind of train."""

    stimulus_name: str = Field(title="Stimulus", description=_NAME)
    pulse_shape: PulseShape = Field(description="Shape of a pulse")
    pulse_frequency: list[Decimal] = Field(description="Pulses per time in a train")
    pulse_frequency_unit: FrequencyUnit = Field(default=FrequencyUnit.HZ)
    number_pulse_trains: list[int] = Field(title="Trains", description="How many trains there were")
    pulse_width: list[int] = Field(description="How long a pulse lasts")
    pulse_width_unit: TimeUnit = Field(default=TimeUnit.MS)
    pulse_train_duration: list[Decimal] = Field(title="Train duration", description="How long a train lasts")
    pulse_train_duration_unit: TimeUnit = Field(default=TimeUnit.S)
    fixed_pulse_train_interval: bool = Field(
        title="Regular trains", description="Whether trains follow each other at a fixed interval"
    )
    pulse_train_interval: Decimal | None = Field(
        default=None, title="Interval", description="Time between trains, where it is fixed"
    )
    pulse_train_interval_unit: TimeUnit = Field(default=TimeUnit.S)
    baseline_duration: Decimal = Field(title="Baseline", description="Time recorded before the first train")
    baseline_duration_unit: TimeUnit = Field(default=TimeUnit.S)
    other_parameters: GenericModel | None = Field(default=None, description=_OTHERS)
    notes: str | None = Field(default=None, description=_NOTES)


class VisualStimulation(_GenericModel):
    """Something to see."""

    stimulus_name: str = Field(title="Stimulus", description=_NAME)
    stimulus_parameters: GenericModel | None = Field(
        default=None, title="Parameters", description="All values that were used, for example every orientation"
    )
    stimulus_template_name: list[str] = Field(
        default=[], title="Templates", description="Names of the image sets or movies that were shown"
    )
    notes: str | None = Field(default=None, description=_NOTES)


class PhotoStimulationGroup(DataModel):
    """Neurons that are stimulated together by a steered beam."""

    group_index: int = Field(title="Group", description="Number of the group")
    number_of_neurons: int = Field(title="Neurons", description="How many neurons are in it")
    stimulation_laser_power: Decimal = Field(title="Power", description="Power of the laser for this group")
    stimulation_laser_power_unit: PowerUnit = Field(default=PowerUnit.MW)
    number_trials: int = Field(title="Trials", description="How often the group was stimulated")
    number_spirals: int = Field(title="Spirals", description="How many spirals the beam drew in a trial")
    spiral_duration: Decimal = Field(description="How long a spiral takes")
    spiral_duration_unit: TimeUnit = Field(default=TimeUnit.S)
    inter_spiral_interval: Decimal = Field(title="Between spirals", description="Time between spirals")
    inter_spiral_interval_unit: TimeUnit = Field(default=TimeUnit.S)
    other_parameters: GenericModel | None = Field(default=None, description=_OTHERS)
    notes: str | None = Field(default=None, description=_NOTES)


class PhotoStimulation(_GenericModel):
    """A steered beam that stimulates groups of neurons."""

    stimulus_name: str = Field(title="Stimulus", description=_NAME)
    number_groups: int = Field(title="Number of groups", description="How many groups there are")
    groups: list[PhotoStimulationGroup] = Field(description="The groups")
    inter_trial_interval: Decimal = Field(title="Between trials", description="Time between trials")
    inter_trial_interval_unit: TimeUnit = Field(default=TimeUnit.S)
    other_parameters: GenericModel | None = Field(default=None, description=_OTHERS)
    notes: str | None = Field(default=None, description=_NOTES)


class OlfactometerChannelConfig(DataModel):
    """An odor in one channel of an olfactometer, in its older form."""

    channel_index: int = Field(title="Channel", description="Number of the channel")
    odorant: str = Field(description="Name of the substance")
    odorant_dilution: Decimal = Field(title="Dilution", description="How far it was diluted")
    odorant_dilution_unit: ConcentrationUnit = Field(default=ConcentrationUnit.VOLUME_PERCENT)
    notes: str | None = Field(default=None, description=_NOTES)


class OlfactoryStimulation(_GenericModel):
    """Something to smell, in its older form."""

    stimulus_name: str = Field(title="Stimulus", description=_NAME)
    channels: list[OlfactometerChannelConfig] | None = Field(
        default=None, description="The channels that held an odorant", deprecated=_OLD
    )
    notes: str | None = Field(default=None, description=_NOTES, deprecated=_OLD)


class AuditoryStimulation(_GenericModel):
    """Something to hear."""

    stimulus_name: str = Field(title="Stimulus", description=_NAME)
    sample_frequency: Decimal = Field(description="Samples per time of the sound that was played")
    amplitude_modulation_frequency: int | None = Field(
        default=None, title="Amplitude modulation", description="How fast the loudness swings"
    )
    frequency_unit: FrequencyUnit = Field(default=FrequencyUnit.HZ, description="Unit of all frequencies here")
    bandpass_low_frequency: Decimal | None = Field(default=None, title="Lowest", description="Lower end of the filter")
    bandpass_high_frequency: Decimal | None = Field(
        default=None, title="Highest", description="Upper end of the filter"
    )
    bandpass_filter_type: FilterType | None = Field(default=None, title="Filter", description="Kind of filter")
    bandpass_order: int | None = Field(default=None, title="Order", description="Order of the filter")
    notes: str | None = Field(default=None, description=_NOTES)


_TYPO = "sitmulus_name"


@prepares(AuditoryStimulation)
def stimulus_name_is_spelled_right(values: dict[str, Any]) -> dict[str, Any]:
    """An early release wrote the name under a misspelled key."""
    if _TYPO not in values:
        return values
    return {**{key: value for key, value in values.items() if key != _TYPO}, "stimulus_name": values[_TYPO]}
