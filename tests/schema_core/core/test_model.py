"""Models: trained at least once, by steps that keep the rules of processing."""

from __future__ import annotations

import pytest

from schema_core import load, validate
from tests.schema_core import samples


def problems(document):
    return [(found.code, found.path) for found in validate(document)]


def test_a_model_is_trained_or_comes_trained():
    pretrained = {"object_type": "Model pretraining", "source_url": "https://example.org/weights"}
    assert problems(samples.model()) == []
    assert problems(samples.model(training=[pretrained])) == []
    assert problems(samples.model(training=[])) == [("too-few", "training")]
    assert problems(samples.model(training=[{**pretrained, "object_type": "Sleep"}])) == [
        ("kind-unknown", "training.0")
    ]


def test_training_and_evaluation_say_their_type_by_themselves():
    trained = {key: value for key, value in samples.training(name="").items() if key != "process_type"}
    evaluated = {**trained, "object_type": "Model evaluation", "performance": [{"name": "F1", "value": [1, None]}]}
    del evaluated["train_performance"]
    model = load(samples.model(training=[trained], evaluations=[evaluated]))
    assert [model.training[0].name, model.evaluations[0].name] == ["Model training", "Model evaluation"]
    assert model.evaluations[0].performance[0].value == [1, None]


def test_another_type_is_accepted_but_must_be_explained():
    assert problems(samples.model(training=[samples.training(process_type="Other")])) == []
    assert problems(samples.model(training=[samples.training(process_type="Other", name="")])) == [
        ("process-undescribed", "training.0.name")
    ]


@pytest.mark.parametrize("given", ["1.0.0", 5, None])
def test_the_version_of_the_schema_is_that_of_now(given):
    assert load(samples.model(schema_version=given)).schema_version == "2.0.0"
