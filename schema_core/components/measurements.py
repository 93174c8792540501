"""What was measured on devices, and what was done to keep them running."""

import enum
from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, WrapValidator
from pydantic_core import PydanticCustomError

from schema_core.base import AwareDatetimeWithDefault, DataModel, Discriminated, GenericModel
from schema_core.components.configs import DeviceConfig
from schema_core.components.identifiers import ProtocolMixin
from schema_core.components.reagent import Reagent
from schema_core.registries.units import UNITS, PowerUnit, TimeUnit, VoltageUnit, VolumeUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import prepares, rule
from schema_core.rules.times import TimeValidation


class FitType(enum.Enum):
    """The curve that was laid through a calibration's points."""

    LINEAR_INTERPOLATION = "linear_interpolation"
    LINEAR = "linear"
    OTHER = "other"


class CalibrationFit(DataModel):
    """A curve through a calibration's points."""

    fit_type: FitType = Field(title="Curve", description="Kind of curve")
    fit_parameters: GenericModel | None = Field(
        default=None, title="Parameters", description="Its numbers by name, for example slope and intercept"
    )


def _fit_complaint(fit_type: Any, parameters: Any) -> str:
    """What is wrong with the parameters of a curve; empty where nothing is."""
    if fit_type in (FitType.LINEAR.value, FitType.OTHER.value) and not parameters:
        return f"A {fit_type} fit has no parameters: give fit_parameters, for example slope and intercept"
    if fit_type == FitType.LINEAR_INTERPOLATION.value and parameters is not None:
        return "A linear interpolation has no parameters: leave out fit_parameters, or choose another fit_type"
    return ""


@prepares(CalibrationFit)
def fit_made_in_code_has_its_parameters(values: dict[str, Any]) -> dict[str, Any]:
    """The standard refuses wrong parameters only where code gives the enum's member; documents get a warning."""
    given = values.get("fit_type")
    complaint = _fit_complaint(given.value, values.get("fit_parameters")) if isinstance(given, FitType) else ""
    if complaint:
        raise PydanticCustomError("fit-parameters", "{complaint}", {"complaint": complaint})
    return values


@rule(CalibrationFit, reads=("fit_type", "fit_parameters"), code="portal-fit-parameters")
def fit_has_its_parameters(node: CalibrationFit) -> Finding | None:
    """A curve can be drawn from its parameters; an interpolation has none."""
    given = node.fit_parameters
    parameters = None if given is None else {**given.__dict__, **(given.model_extra or {})}
    complaint = _fit_complaint(node.fit_type, parameters)
    if complaint:
        return Finding(complaint, at="fit_parameters", also=("fit_type",), severity="warning")
    return None


_UNIT_WORDS = frozenset(member.value for units in get_args(UNITS) for member in units)


def _known_unit(value: Any, read: Callable[[Any], Any]) -> Any:
    """All units at once: eighteen lists one after the other cost a fifth of an instrument."""
    return value if type(value) is str and value in _UNIT_WORDS else read(value)


AnyUnit = Annotated[UNITS, WrapValidator(_known_unit)]


class Calibration(ProtocolMixin, DeviceConfig):
    """What a device gave for what it was set to."""

    calibration_date: Annotated[AwareDatetimeWithDefault, TimeValidation.BEFORE] = Field(
        title="Calibrated at", description="Day and time of the measurement"
    )
    description: str = Field(description="What was calibrated, in a few words")
    measured_at: str | None = Field(
        default=None, title="Measured where", description="Place of the measurement, for example the fiber's tip"
    )
    input: list[float | str] = Field(title="Settings", description="What the device was set to, one entry per point")
    input_unit: AnyUnit = Field(title="Unit of the settings", description="Unit of every setting")
    repeats: int | None = Field(default=None, description="How often each point was measured, if more than once")
    output: list[float | str] = Field(
        title="Results", description="What was measured, one entry for each setting; the mean where it was repeated"
    )
    output_unit: AnyUnit = Field(title="Unit of the results", description="Unit of every result")
    fit: CalibrationFit | None = Field(default=None, description="The curve that acquisitions used to set the device")
    notes: str | None = Field(default=None, description="Anything else that others should know")


class VolumeCalibration(Calibration):
    """How much liquid a valve gives for how long it is open."""

    description: Literal["Volume measured for various solenoid opening times"] = Field(
        default="Volume measured for various solenoid opening times", description="Always this text"
    )
    input: list[float] = Field(  # type: ignore[assignment]  # numbers only
        title="Opening times", description="How long the valve was open, one entry per point"
    )
    input_unit: TimeUnit = Field(title="Unit of the times", description="Unit of every opening time")
    output: list[float] = Field(  # type: ignore[assignment]  # numbers only
        title="Volumes", description="Liquid per opening, one entry for each time; the mean where it was repeated"
    )
    output_unit: VolumeUnit = Field(title="Unit of the volumes", description="Unit of every volume")


class PowerCalibration(Calibration):
    """How much power a light gives for what it is set to."""

    description: Literal["Power measured for various power or percentage input strengths"] = Field(
        default="Power measured for various power or percentage input strengths", description="Always this text"
    )
    input: list[float] = Field(  # type: ignore[assignment]  # numbers only
        title="Settings", description="Power, voltage or percentage it was set to, one entry per point"
    )
    input_unit: PowerUnit | VoltageUnit = Field(title="Unit of the settings", description="Unit of every setting")
    output: list[float] = Field(  # type: ignore[assignment]  # numbers only
        title="Powers", description="Power measured, one entry for each setting; the mean where it was repeated"
    )
    output_unit: PowerUnit = Field(title="Unit of the powers", description="Unit of every power")


CALIBRATIONS = Discriminated[Calibration | VolumeCalibration | PowerCalibration]


class Maintenance(ProtocolMixin, DeviceConfig):
    """Something that was cleaned, replaced or adjusted."""

    maintenance_date: Annotated[AwareDatetimeWithDefault, TimeValidation.BEFORE] = Field(
        title="Done at", description="Day and time of the work"
    )
    description: str = Field(description="What was done, in a few words")
    reagents: list[Reagent] | None = Field(
        default=None, description="Cleaning agents, dyes and the like that were used"
    )
    notes: str | None = Field(default=None, description="Anything else that others should know")
