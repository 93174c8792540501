"""Parameters of stimuli: they keep what they do not know, and mend one old slip."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from schema_core.base import GenericModel
from schema_core.components.identifiers import Code
from schema_core.components.stimulus import (
    AuditoryStimulation,
    OlfactoryStimulation,
    OptoStimulation,
    PhotoStimulation,
    PhotoStimulationGroup,
    VisualStimulation,
)
from schema_core.rules.warned import collecting

TONE = {"stimulus_name": "Tone", "sample_frequency": "48000.5"}
TRAIN = {
    "stimulus_name": "Trains",
    "pulse_shape": "Sinusoidal",
    "pulse_frequency": [10, "20.50"],
    "number_pulse_trains": [5, 5],
    "pulse_width": [3, 3],
    "pulse_train_duration": [1, 1],
    "fixed_pulse_train_interval": False,
    "baseline_duration": 2,
}
GROUP = {
    "group_index": 0,
    "number_of_neurons": 10,
    "stimulation_laser_power": 20,
    "number_trials": 5,
    "number_spirals": 4,
    "spiral_duration": "0.5",
    "inter_spiral_interval": 1,
}
PHOTO = {"stimulus_name": "Groups", "number_groups": 1, "groups": [GROUP], "inter_trial_interval": 10}


def test_a_misspelled_name_is_read_and_the_callers_document_stays_as_it_is():
    given = {"sitmulus_name": "Tone", "sample_frequency": 100}
    assert AuditoryStimulation.model_validate(given).stimulus_name == "Tone"
    assert given == {"sitmulus_name": "Tone", "sample_frequency": 100}
    assert "sitmulus_name" not in AuditoryStimulation.model_validate(given).model_dump()


def test_the_misspelled_name_wins_over_the_right_one():
    assert AuditoryStimulation.model_validate({**TONE, "sitmulus_name": "Noise"}).stimulus_name == "Noise"


@pytest.mark.parametrize("given", [None, "sitmulus_name", 5, []])
def test_what_is_no_object_is_an_error(given):
    with pytest.raises(ValidationError):
        AuditoryStimulation.model_validate(given)


@pytest.mark.parametrize(
    ("cls", "document"),
    [
        (AuditoryStimulation, TONE),
        (OptoStimulation, TRAIN),
        (PhotoStimulation, PHOTO),
        (VisualStimulation, {"stimulus_name": "Gratings"}),
        (OlfactoryStimulation, {"stimulus_name": "Odor"}),
    ],
)
def test_unknown_keys_are_kept(cls, document):
    made = cls.model_validate({**document, "lab_field": {"a": [1]}})
    assert made.model_dump(mode="json")["lab_field"] == {"a": [1]}
    assert cls.model_validate_json(made.model_dump_json()) == made


def test_a_group_is_a_node_of_the_standard_and_refuses_them():
    with pytest.raises(ValidationError, match="lab_field"):
        PhotoStimulationGroup.model_validate({**GROUP, "lab_field": 1})
    assert PhotoStimulationGroup.model_validate(GROUP).model_dump(mode="json")["spiral_duration"] == "0.5"


@pytest.mark.parametrize("missing", ["stimulus_name", "sample_frequency"])
def test_required_fields_are_required(missing):
    with pytest.raises(ValidationError, match=missing):
        AuditoryStimulation.model_validate({key: value for key, value in TONE.items() if key != missing})


def test_numbers_keep_their_digits_and_units_their_defaults():
    written = OptoStimulation.model_validate(TRAIN).model_dump(mode="json")
    assert written["pulse_frequency"] == ["10", "20.50"]
    assert (written["pulse_width_unit"], written["pulse_train_duration_unit"]) == ("millisecond", "second")
    assert OptoStimulation.model_validate(TRAIN).pulse_frequency == [Decimal(10), Decimal("20.50")]


def test_a_lab_s_own_free_object_is_not_held_to_units():
    class Odor(VisualStimulation):
        """An odor."""

        strength: float
        strength_unit: str | None = None

    assert Odor(stimulus_name="x", strength=5).strength_unit is None


def test_a_stimulus_is_written_in_full_as_the_parameters_of_its_code():
    code = Code(
        url="x", version="1", parameters=VisualStimulation(stimulus_name="Gratings", stimulus_parameters={"a": 1})
    )
    written = code.model_dump(mode="json")["parameters"]
    assert written == {
        "stimulus_name": "Gratings",
        "stimulus_parameters": {"a": 1},
        "stimulus_template_name": [],
        "notes": None,
    }
    read = Code.model_validate_json(code.model_dump_json()).parameters
    assert type(read) is GenericModel.__origin__
    assert read.model_dump(mode="json") == written


def test_keys_that_databases_stumble_over_are_told():
    with collecting() as warned:
        VisualStimulation(stimulus_name="Gratings", stimulus_parameters={"a.b": 1})
    assert "key-awkward" in [one.code for one in warned]
