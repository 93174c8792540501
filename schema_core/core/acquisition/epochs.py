"""What the subject met during an acquisition: stimuli, tasks, manipulations."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from schema_core.base import AwareDatetimeWithDefault, DataModel, DiscriminatedList, GenericModel
from schema_core.components.configs import (
    JoystickConfig,
    LaserConfig,
    LightEmittingDiodeConfig,
    MousePlatformConfig,
    OlfactometerConfig,
    SpeakerConfig,
)
from schema_core.components.identifiers import Code, ProtocolListMixin
from schema_core.components.injection_procedures import Injection
from schema_core.components.reagent import Reagent
from schema_core.components.surgery_procedures import Anaesthetic, BrainInjection
from schema_core.registries.stimulus_modality import StimulusModality
from schema_core.registries.units import MassUnit, VolumeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule
from schema_core.rules.spans import span
from schema_core.rules.times import TimeValidation

_NOTES = "Anything else that others should know"


class AcquisitionSubjectDetails(DataModel):
    """The living subject during an acquisition."""

    animal_weight_prior: Decimal | None = Field(
        default=None, title="Weight before", description="Weight of the animal before the acquisition"
    )
    animal_weight_post: Decimal | None = Field(
        default=None, title="Weight after", description="Weight of the animal after the acquisition"
    )
    weight_unit: MassUnit = Field(default=MassUnit.G, description="Unit of both weights")
    anaesthesia: Anaesthetic | None = Field(
        default=None,
        description="Anaesthesia over the whole acquisition; what was given for a while only is a manipulation",
    )
    mouse_platform_name: str = Field(
        title="Platform", description="Name of what the animal sat or ran on, as in the instrument"
    )
    reward_consumed_total: Decimal | None = Field(
        default=None, title="Reward", description="All liquid reward that the animal took"
    )
    reward_consumed_unit: VolumeUnit | None = Field(default=None, title="Unit of the reward")


class PerformanceMetrics(DataModel):
    """How the subject did in a task."""

    output_parameters: GenericModel | None = Field(
        default=None, title="Other results", description="Anything else that was scored, as names and values"
    )
    reward_consumed_during_epoch: Decimal | None = Field(
        default=None, title="Reward", description="Liquid reward that the animal took in this epoch"
    )
    reward_consumed_unit: VolumeUnit | None = Field(default=None, title="Unit of the reward")
    trials_total: int | None = Field(default=None, title="Trials", description="How many trials there were")
    trials_finished: int | None = Field(
        default=None, title="Finished trials", description="How many of them the animal finished"
    )
    trials_rewarded: int | None = Field(
        default=None, title="Rewarded trials", description="How many of them earned a reward"
    )


@rule(PerformanceMetrics, reads=("trials_total", "trials_finished", "trials_rewarded"), code="portal-trials")
def trials_are_among_all(node: PerformanceMetrics) -> Iterator[Finding]:
    """No more trials were finished or rewarded than there were."""
    if node.trials_total is None:
        return
    for name, count in (("trials_finished", node.trials_finished), ("trials_rewarded", node.trials_rewarded)):
        if count is not None and count > node.trials_total:
            yield Finding(
                f"{name} is {count}, but there were {node.trials_total} trials: correct one of them",
                at=name,
                also=("trials_total",),
                severity="warning",
            )


class StimulusEpoch(DataModel):
    """A stretch of time with one kind of stimulus or task."""

    stimulus_start_time: Annotated[AwareDatetimeWithDefault, TimeValidation.BETWEEN] = Field(
        title="Started", description="Day and time the stimulus began, within the acquisition"
    )
    stimulus_end_time: Annotated[AwareDatetimeWithDefault, TimeValidation.BETWEEN] = Field(
        title="Ended", description="Day and time the stimulus ended, within the acquisition"
    )
    stimulus_name: str = Field(title="Stimulus", description="Name of the stimulus or task")
    code: Code | None = Field(
        default=None, description="Program that ran it, with the parameters of the stimulus as its parameters"
    )
    stimulus_modalities: list[StimulusModality] = Field(
        title="Modalities", description="The senses and tasks that it addressed"
    )
    performance_metrics: PerformanceMetrics | None = Field(
        default=None, title="Performance", description="How the subject did"
    )
    notes: str | None = Field(default=None, description=_NOTES)
    active_devices: list[str] = Field(
        default=[], description="Names of the devices that gave the stimulus, as in the instrument"
    )
    configurations: DiscriminatedList[
        SpeakerConfig
        | LightEmittingDiodeConfig
        | LaserConfig
        | MousePlatformConfig
        | OlfactometerConfig
        | JoystickConfig
    ] = Field(default=[], description="How these devices were set")
    training_protocol_name: str | None = Field(
        default=None, title="Training", description="Name of the training it belonged to, as in the procedures"
    )
    curriculum_status: str | None = Field(
        default=None, title="Stage", description="Stage of the training that the animal had reached"
    )


class Manipulation(ProtocolListMixin, DataModel):
    """Something done to the subject while data were acquired."""

    start_time: Annotated[AwareDatetimeWithDefault, TimeValidation.BETWEEN] = Field(
        title="Started", description="Day and time it began, within the acquisition"
    )
    end_time: Annotated[AwareDatetimeWithDefault, TimeValidation.BETWEEN] = Field(
        title="Ended", description="Day and time it ended, within the acquisition"
    )
    procedures: DiscriminatedList[Injection | BrainInjection | Reagent] | None = Field(
        default=None, description="What was injected or applied"
    )
    anaesthesia: Anaesthetic | None = Field(default=None, description="Anaesthesia for this while only")
    notes: str | None = Field(default=None, description=_NOTES)


span(StimulusEpoch, "stimulus_start_time", "stimulus_end_time")
span(Manipulation, "start_time", "end_time")
