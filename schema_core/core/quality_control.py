"""How good the data of an asset are."""

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter
from typing import Any, Literal

from pydantic import Field

from schema_core.base import AwareDatetimeWithDefault, DataCoreModel, DataModel, DiscriminatedList, described_by
from schema_core.registries.modalities import Modality
from schema_core.rules.findings import Finding
from schema_core.rules.registration import fills, prepares, rule
from schema_core.rules.warned import warn
from schema_core.utils.merge import merge_notes, merge_optional_list, merge_str_tuple_lists, remove_duplicates


class Status(str, enum.Enum):
    """What an evaluator made of a metric."""

    FAIL = "Fail"
    PASS = "Pass"  # noqa: S105 - a verdict, no password
    PENDING = "Pending"


_FAIL, _PASS, _PENDING = Status  # naming a member through its class is a call, too dear for every metric


class Stage(str, enum.Enum):
    """When in the life of the data a metric was taken."""

    RAW = "Raw data"
    PROCESSING = "Processing"
    ANALYSIS = "Analysis"
    MULTI_ASSET = "Multi-asset"


_SEVERAL = Stage.MULTI_ASSET.value


class QCStatus(DataModel):
    """A verdict, by whom and when."""

    evaluator: str = Field(description="Full name of the person, or the program, who decided")
    status: Status = Field(title="Verdict", description="Pass, fail, or still to be decided")
    timestamp: AwareDatetimeWithDefault = Field(title="Time", description="When it was decided, with offset")


class QCMetric(DataModel):
    """One measure of quality."""

    name: str = Field(description="Name of the metric")
    modality: Modality.ONE_OF = Field(description="Modality of the data it is about")
    stage: Stage = Field(description="When it was taken: on raw data, in processing, in analysis, over several assets")
    value: Any = Field(description="What was measured: a number, text, or several of them")
    status_history: list[QCStatus] = Field(
        default=[], title="Verdicts", min_length=1, description="Every verdict on it, the newest last"
    )
    description: str | None = Field(default=None, description="What is measured, and what makes it pass or fail")
    reference: str | None = Field(
        default=None, description="Address of a figure that shows it, or the kind of plot to draw"
    )
    tags: dict[str, str] = Field(
        default={}, description="What to group it by, as names and values, for example probe: A"
    )
    evaluated_assets: list[str] | None = Field(
        default=None, description="Names of the other assets it was computed from; only for the stage Multi-asset"
    )

    @property
    def status(self) -> QCStatus:
        """The last verdict."""
        return self.status_history[-1]


@prepares(QCMetric)
def tags_by_number(values: dict[str, Any]) -> dict[str, Any]:
    """Tags were a list once; they are named by their place."""
    tags = values.get("tags")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        return values
    warn(
        "tags was given as a list, the older form: give names and values, for example probe: A",
        code="tags-list",
        about=values,
        at="tags",
        category=DeprecationWarning,
    )
    return {**values, "tags": {f"tag_{place}": tag for place, tag in enumerate(tags, start=1)}}


@rule(QCMetric, reads=("stage", "evaluated_assets"), code="evaluated-assets")
def assets_go_with_the_stage(node: QCMetric) -> Finding | None:
    """Other assets are named where, and only where, the metric spans several."""
    several = node.stage == _SEVERAL
    if several and not node.evaluated_assets:
        return Finding(
            f"The metric {_called(node)} spans several assets: name them in evaluated_assets, or change the stage",
            at="evaluated_assets",
            also=("stage",),
        )
    if node.evaluated_assets and not several:
        return Finding(
            f"The metric {_called(node)} is about this asset alone: clear evaluated_assets, or make the stage "
            f"{Stage.MULTI_ASSET.value}",
            at="evaluated_assets",
            also=("stage",),
        )
    return None


def _called(metric: QCMetric) -> str:
    return repr(metric.__dict__.get("name", ""))


class CurationHistory(DataModel):
    """Who curated, and when."""

    curator: str = Field(description="Full name of the person, or the program, who curated")
    timestamp: AwareDatetimeWithDefault = Field(title="Time", description="When it was curated, with offset")


class CurationMetric(QCMetric):
    """Decisions of a curator, for example which units are good."""

    value: list[Any] = Field(title="Decisions", description="What the curators decided")
    type: str = Field(title="Kind", description="What was curated")
    curation_history: list[CurationHistory] = Field(default=[], title="Curators", description="Who curated, in order")


Wanted = Any | list[Any] | None


class QualityControl(DataCoreModel):
    """Every measure of quality of one asset, and what follows from them."""

    describedBy: str = described_by("core/quality_control.py")  # noqa: N815 - the standard's name
    schema_version: Literal["2.4.2"] = Field(default="2.4.2", title="Version")
    metrics: DiscriminatedList[QCMetric | CurationMetric] = Field(description="The measures")
    key_experimenters: list[str] | None = Field(default=None, description="Who answers for the quality of the asset")
    notes: str | None = Field(default=None, description="Anything else that others should know")
    default_grouping: list[str | tuple[str, ...]] = Field(
        title="Grouping", description="Names of the tags to group metrics by when they are shown, outermost first"
    )
    allow_tag_failures: list[str] = Field(
        default=[],
        title="Failures allowed",
        description="Values of tags (or name:value) whose metrics may fail without failing the asset",
    )
    status: dict | None = Field(  # type: ignore[type-arg]  # the standard's type
        default=None, description="Verdict on each tag, modality and stage; worked out from the metrics"
    )

    @property
    def tags(self) -> list[str]:
        """Values of all tags, each once, in order of appearance."""
        return list(dict.fromkeys(value for metric in self.metrics for value in metric.tags.values()))

    @property
    def tag_pairs(self) -> list[str]:
        """All tags as `name:value`, each once, in order of appearance."""
        return list(dict.fromkeys(pair for metric in self.metrics for pair in _pairs(metric)))

    @property
    def modalities(self) -> list[Modality.ONE_OF]:
        """Modalities of the metrics, each once, in order of appearance."""
        return list(dict.fromkeys(metric.modality for metric in self.metrics))

    @property
    def stages(self) -> list[Stage]:
        """Stages of the metrics, each once, in order of appearance."""
        return list(dict.fromkeys(metric.stage for metric in self.metrics))

    def evaluate_status(
        self, modality: Wanted = None, stage: Wanted = None, tag: Wanted = None, date: dt.datetime | None = None
    ) -> Status:
        """The verdict at a time (now) on the metrics of these modalities, stages and tags (values, or `name:value`)."""
        date = date or dt.datetime.now(tz=dt.UTC)
        modalities, stages, tags = _listed(modality), _listed(stage), _listed(tag)
        allowed = set(self.allow_tag_failures)
        return _together(
            {
                _status_at(metric, date, allowed)
                for metric in self.metrics
                if (not modalities or metric.modality in modalities)
                and (not stages or metric.stage in stages)
                and (not tags or any(name in tags for name in (*_pairs(metric), *metric.tags.values())))
            }
        )

    def __add__(self, other: "QualityControl") -> "QualityControl":
        """Both records as one; ValueError where the versions differ."""
        if self.schema_version != other.schema_version:
            raise ValueError(f"Schema versions differ: {self.schema_version} and {other.schema_version}")
        experimenters = merge_optional_list(self.key_experimenters, other.key_experimenters)
        return QualityControl(
            metrics=self.metrics + other.metrics,
            notes=merge_notes(self.notes, other.notes),
            key_experimenters=remove_duplicates(experimenters) if experimenters else None,
            default_grouping=merge_str_tuple_lists(self.default_grouping, other.default_grouping),
            allow_tag_failures=list(dict.fromkeys(self.allow_tag_failures + other.allow_tag_failures)),
        )


@prepares(QualityControl)
def grouping_of_listed_tags(values: dict[str, Any]) -> dict[str, Any]:
    """Tags that were a list are grouped by the names they get now."""
    metrics = values.get("metrics")
    first = metrics[0].get("tags") if isinstance(metrics, list) and metrics and isinstance(metrics[0], dict) else None
    grouping = values.get("default_grouping")
    if not isinstance(first, list) or not isinstance(grouping, Iterable):
        return values
    if not all(isinstance(name, str) for name in grouping):
        return values
    return {**values, "default_grouping": [["modality"], ["tag_1"]]}


@rule(QualityControl, reads=("metrics",), code="metric-undecided")
def every_metric_has_a_verdict(node: QualityControl) -> Iterator[Finding]:
    """A record of quality cannot be summed up over a metric that was never judged."""
    for index, metric in enumerate(node.metrics):
        if not metric.status_history:
            yield Finding(
                f"The metric {_called(metric)} has no verdict: give one, {Status.PENDING.value} where none is made yet",
                at=f"metrics.{index}.status_history",
            )


@fills(QualityControl)
def verdicts(node: QualityControl) -> None:
    """The verdict of now on each tag, modality and stage; one look at each metric.

    The order of appearance, but what was written before keeps its order, so that reading and writing changes nothing.
    """
    if not node.metrics:
        return
    now, allowed = dt.datetime.now(tz=dt.UTC), set(node.allow_tag_failures)
    by_pair, by_value, by_modality, by_stage = defaultdict(set), defaultdict(set), defaultdict(set), defaultdict(set)
    for metric in node.metrics:
        status = _status_at(metric, now, allowed)
        for name, value in metric.tags.items():
            by_pair[f"{name}:{value}"].add(status)
            if ":" in value:  # or it is no pair's name
                by_value[value].add(status)
        by_modality[metric.modality.abbreviation].add(status)
        by_stage[metric.stage].add(status)
    for value, found in by_value.items():
        if value in by_pair:
            by_pair[value] |= found
    reached = {name: _together(found) for name, found in (by_pair | by_modality | by_stage).items()}
    node.status = {name: reached[name] for name in node.status or () if name in reached} | reached


def _pairs(metric: QCMetric) -> list[str]:
    return [f"{name}:{value}" for name, value in metric.tags.items()]


def _listed(wanted: Wanted) -> list[Any]:
    if not wanted:
        return []
    return wanted if isinstance(wanted, list) else [wanted]


_when = attrgetter("timestamp")


def _status_at(metric: QCMetric, date: dt.datetime, allowed: Collection[str]) -> str:
    """A metric's verdict at a time: the newest that was given by then, else the first one; allowed failures pass."""
    history = metric.status_history
    newest = history[0]
    if len(history) > 1:
        newest = max((one for one in history if one.timestamp <= date), key=_when, default=newest)
    failed = allowed and newest.status == _FAIL
    if failed and any(name in allowed for name in (*_pairs(metric), *metric.tags.values())):
        return _PASS
    return newest.status


def _together(found: Collection[str]) -> Status:
    """Any failure fails; else anything pending is pending; else all pass."""
    return _FAIL if _FAIL in found else _PENDING if _PENDING in found else _PASS
