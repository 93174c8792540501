"""A model that was trained on data, and how well it does."""

from typing import Any, Literal

from pydantic import Field

from schema_core.base import DataCoreModel, DataModel, DiscriminatedList, GenericModel, described_by
from schema_core.components.identifiers import Code, Software
from schema_core.core.processing import DataProcess
from schema_core.registries.process_names import ProcessName
from schema_core.registries.system_architecture import ModelArchitecture


class PerformanceMetric(DataModel):
    """One measure of how well the model does."""

    name: str = Field(description="What was measured, for example precision")
    value: Any = Field(description="What came out: a number, text, or several of them")


class ModelEvaluation(DataProcess):
    """A trial of the model on data it was not trained on."""

    process_type: ProcessName = Field(
        default=ProcessName.MODEL_EVALUATION, title="Type", description="What was done: model evaluation"
    )
    performance: list[PerformanceMetric] = Field(description="How well it did")


class ModelTraining(DataProcess):
    """One training of the model."""

    process_type: ProcessName = Field(
        default=ProcessName.MODEL_TRAINING, title="Type", description="What was done: model training"
    )
    train_performance: list[PerformanceMetric] = Field(
        title="Performance in training", description="How well it did on the data it was trained on"
    )
    test_performance: list[PerformanceMetric] | None = Field(
        default=None,
        title="Performance in tests",
        description="How well it did on data held back, measured during training",
    )
    test_evaluation_method: str | None = Field(
        default=None, title="Method of the tests", description="How data were held back, for example cross-validation"
    )


class ModelPretraining(DataModel):
    """Weights that the model started from."""

    source_url: str = Field(title="Source", description="Address where the weights were taken from")


class Model(DataCoreModel):
    """A machine learning model."""

    describedBy: str = described_by("core/model.py")  # noqa: N815 - the standard's name
    schema_version: Literal["2.0.0"] = Field(default="2.0.0", title="Version of the schema")
    name: str = Field(description="Name of the model")
    version: str = Field(description="Version of the model")
    example_run_code: Code = Field(title="Example", description="Code that runs the model, with parameters and data")
    architecture: ModelArchitecture = Field(description="Kind of model")
    software_framework: Software | None = Field(default=None, description="Framework it is built with")
    architecture_parameters: GenericModel | None = Field(
        default=None, description="Shape of the model as names and values, for example its number of layers"
    )
    intended_use: str = Field(description="What the model is for")
    limitations: str | None = Field(default=None, description="Where it should not be used, or does badly")
    training: DiscriminatedList[ModelTraining | ModelPretraining] = Field(
        min_length=1, description="How it was trained, in order; weights it started from come first"
    )
    evaluations: list[ModelEvaluation] = Field(default=[], description="How it was evaluated afterwards")
    notes: str | None = Field(default=None, description="Anything else that others should know")
