"""Calibrations, their curves, and maintenance."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from schema_core.components.measurements import (
    Calibration,
    CalibrationFit,
    FitType,
    Maintenance,
    PowerCalibration,
    VolumeCalibration,
)
from schema_core.judging import Judge

WHEN = "2024-03-01T10:00:00+00:00"
VOLUME = {
    "device_name": "Valve",
    "calibration_date": WHEN,
    "input": [10, 20],
    "input_unit": "millisecond",
    "output": [1.5, 3],
    "output_unit": "microliter",
}
POWER = {**VOLUME, "input_unit": "percent", "output_unit": "milliwatt"}
PLAIN = {**VOLUME, "description": "x", "input": [1, "low"], "input_unit": "Volts", "output_unit": "decibels"}


def problems(cls, document):
    court = Judge()
    court.node(cls, document, "")
    return [(found.code, found.path, found.severity) for found in court.problems]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"fit_type": "linear", "fit_parameters": {"slope": 2}}, []),
        ({"fit_type": "linear_interpolation"}, []),
        ({"fit_type": "linear"}, [("portal-fit-parameters", "fit_parameters", "warning")]),
        ({"fit_type": "other", "fit_parameters": {}}, [("portal-fit-parameters", "fit_parameters", "warning")]),
        (
            {"fit_type": "linear_interpolation", "fit_parameters": {"slope": 2}},
            [("portal-fit-parameters", "fit_parameters", "warning")],
        ),
        ({"fit_type": "cubic"}, [("choice", "fit_type", "error")]),
    ],
)
def test_a_document_hears_of_a_curve_with_wrong_parameters(document, expected):
    assert problems(CalibrationFit, document) == expected


@pytest.mark.parametrize("parameters", [{"slope": 2.0}, {"slope": 2.0, "intercept": 0.5}])
def test_code_makes_a_line_from_its_parameters(parameters):
    made = CalibrationFit(fit_type=FitType.LINEAR, fit_parameters=parameters)
    assert made.model_dump(mode="json") == {
        "object_type": "Calibration fit",
        "fit_type": "linear",
        "fit_parameters": parameters,
    }


@pytest.mark.parametrize(
    ("fit_type", "parameters"),
    [(FitType.LINEAR, None), (FitType.OTHER, {}), (FitType.LINEAR_INTERPOLATION, {"slope": 2})],
)
def test_code_is_refused_a_curve_with_wrong_parameters(fit_type, parameters):
    with pytest.raises(ValidationError, match="fit_parameters"):
        CalibrationFit(fit_type=fit_type, fit_parameters=parameters)
    document = {"fit_type": fit_type, "fit_parameters": parameters}
    assert problems(CalibrationFit, document) == [("fit-parameters", "", "error")]


@pytest.mark.parametrize(
    ("cls", "document"), [(VolumeCalibration, VOLUME), (PowerCalibration, POWER), (Calibration, PLAIN)]
)
def test_a_calibration_is_read_and_written_alike(cls, document):
    made = cls.model_validate(document)
    assert cls.model_validate_json(made.model_dump_json()) == made


@pytest.mark.parametrize(
    ("cls", "document", "path"),
    [
        (VolumeCalibration, {**VOLUME, "input_unit": "Volts"}, "input_unit"),
        (VolumeCalibration, {**VOLUME, "description": "mine"}, "description"),
        (PowerCalibration, {**POWER, "output_unit": "Volts"}, "output_unit"),
        (PowerCalibration, {**POWER, "input": ["low"]}, "input.0"),
        (Calibration, {**PLAIN, "output_unit": "furlong"}, "output_unit"),
    ],
)
def test_a_calibration_keeps_to_its_units_and_words(cls, document, path):
    assert [found[1] for found in problems(cls, document)] == [path]


def test_a_calibration_says_the_standards_words():
    assert VolumeCalibration(**VOLUME).description == "Volume measured for various solenoid opening times"
    power = PowerCalibration(**POWER).description
    assert power == "Power measured for various power or percentage input strengths"


def test_maintenance_keeps_its_reagents():
    made = Maintenance(
        device_name="Spout",
        maintenance_date=WHEN,
        description="Cleaned",
        reagents=[{"name": "Ethanol", "source": {"name": "Other"}}],
    )
    assert [reagent.name for reagent in made.reagents] == ["Ethanol"]
