"""Quality control: verdicts, what follows from them, older forms of tags, and joining two records."""

from __future__ import annotations

import datetime as dt

import pytest

from schema_core import load, validate
from schema_core.core.quality_control import QCMetric, QualityControl, Stage, Status
from schema_core.registries.modalities import Modality
from tests.schema_core import samples

VIDEO = {"abbreviation": "behavior-videos"}


def problems(document):
    return [(found.code, found.path, found.severity) for found in validate(document)]


def record(*metrics, **changes) -> QualityControl:
    return load(samples.quality_control(*metrics, **changes))


def test_other_assets_are_named_where_a_metric_spans_several():
    at = "metrics.0.evaluated_assets"
    multi = samples.metric(stage="Multi-asset")
    assert problems(samples.quality_control(multi)) == [("evaluated-assets", at, "error")]
    assert problems(samples.quality_control({**multi, "evaluated_assets": []})) == [("evaluated-assets", at, "error")]
    assert problems(samples.quality_control({**multi, "evaluated_assets": ["x"]})) == []


def test_other_assets_are_named_nowhere_else():
    assert problems(samples.quality_control(samples.metric(evaluated_assets=["x"]))) == [
        ("evaluated-assets", "metrics.0.evaluated_assets", "error")
    ]
    assert problems(samples.quality_control(samples.metric(evaluated_assets=[]))) == []


def test_a_metric_needs_a_verdict_before_quality_is_summed_up():
    undecided = {key: value for key, value in samples.metric().items() if key != "status_history"}
    assert QCMetric.model_validate(undecided).status_history == []
    at = "metrics.1.status_history"
    assert problems(samples.quality_control(samples.metric(), undecided)) == [("metric-undecided", at, "error")]
    empty = samples.metric(status_history=[])
    assert problems(samples.quality_control(samples.metric(), empty)) == [("too-few", at, "error")]


def test_tags_of_the_older_form_get_names():
    older = samples.quality_control(samples.metric(tags=["A", "B"]), default_grouping=["probe"])
    assert problems(older) == [("tags-list", "metrics.0.tags", "warning")]
    read = load(older)
    assert read.metrics[0].tags == {"tag_1": "A", "tag_2": "B"}
    assert read.default_grouping == [("modality",), ("tag_1",)]
    assert older["metrics"][0]["tags"] == ["A", "B"]


def test_a_list_of_anything_but_texts_is_no_older_form_of_tags():
    broken = samples.quality_control(samples.metric(tags=["A", 5]))
    assert problems(broken) == [("object", "metrics.0.tags", "error")]


@pytest.mark.parametrize("grouping", [[["probe"]], ["probe", ["video"]]])
def test_a_grouping_of_the_newer_form_stays(grouping):
    expected = [tuple(part) if isinstance(part, list) else part for part in grouping]
    assert record(samples.metric(tags=["A"]), default_grouping=grouping).default_grouping == expected


def test_a_grouping_stays_when_the_first_metric_has_named_tags():
    assert record(samples.metric(), samples.metric(tags=["A"])).default_grouping == ["probe"]
    assert record().default_grouping == ["probe"]


@pytest.mark.parametrize(
    ("grouping", "expected"),
    [
        (["a", ["b", "c"]], []),
        ([["b", 5]], [("text", "default_grouping.0.1", "error")]),
        ([5], [("text", "default_grouping.0", "error")]),
        ([{"a": "b"}], [("alternative", "default_grouping.0", "error")]),
    ],
)
def test_a_group_is_a_name_or_a_list_of_names(grouping, expected):
    assert problems(samples.quality_control(samples.metric(), default_grouping=grouping)) == expected


def test_the_verdicts_stand_in_order_of_appearance():
    status = record(
        samples.metric("Pass", tags={"probe": "B", "shank": "1"}),
        samples.metric("Pending", tags={"probe": "A"}, modality=VIDEO, stage="Analysis"),
        samples.metric("Fail", tags={"probe": "B"}),
    ).status
    assert list(status.items()) == [
        ("probe:B", Status.FAIL),
        ("shank:1", Status.PASS),
        ("probe:A", Status.PENDING),
        ("ecephys", Status.FAIL),
        ("behavior-videos", Status.PENDING),
        ("Raw data", Status.FAIL),
        ("Analysis", Status.PENDING),
    ]


def test_verdicts_that_were_written_keep_their_order_and_are_worked_out_anew():
    status = record(samples.metric(tags={"probe": "A"}), status={"Raw data": "Fail", "gone": "Fail"}).status
    assert list(status.items()) == [("Raw data", "Pass"), ("probe:A", "Pass"), ("ecephys", "Pass")]


def test_without_metrics_a_status_is_kept():
    assert record().status is None
    assert record(status={"a": 1}).status == {"a": 1}


@pytest.mark.parametrize("allowed", ["A", "probe:A"])
def test_an_allowed_failure_passes(allowed):
    failed = samples.metric("Fail", tags={"probe": "A"})
    assert record(failed).evaluate_status() == Status.FAIL
    assert record(failed, allow_tag_failures=[allowed]).evaluate_status() == Status.PASS
    assert record(failed, allow_tag_failures=["probe"]).evaluate_status() == Status.FAIL
    assert set(record(failed, allow_tag_failures=[allowed]).status.values()) == {Status.PASS}


def test_a_tag_is_also_met_as_a_value():
    status = record(samples.metric("Fail", tags={"name": "probe:A"}), samples.metric(tags={"probe": "A"})).status
    assert status["probe:A"] == Status.FAIL
    assert status["name:probe:A"] == Status.FAIL


def test_a_status_is_asked_for_by_modality_stage_and_tag():
    both = record(
        samples.metric("Fail", tags={"probe": "A"}),
        samples.metric("Pass", tags={"probe": "B"}, modality=VIDEO, stage="Processing"),
    )
    assert both.evaluate_status(modality=Modality.BEHAVIOR_VIDEOS) == Status.PASS
    assert both.evaluate_status(modality=[Modality.BEHAVIOR_VIDEOS, Modality.ECEPHYS]) == Status.FAIL
    assert both.evaluate_status(stage=Stage.PROCESSING) == Status.PASS
    assert both.evaluate_status(stage=[Stage.RAW]) == Status.FAIL
    assert both.evaluate_status(tag="B") == both.evaluate_status(tag=["probe:B"]) == Status.PASS
    assert both.evaluate_status(tag="A") == Status.FAIL
    assert both.evaluate_status(tag="nothing") == Status.PASS
    assert both.evaluate_status(modality=Modality.ECEPHYS, tag="B") == Status.PASS


def test_a_status_is_that_of_its_time():
    history = [
        samples.verdict("Pending", timestamp="2024-01-01T00:00:00+00:00"),
        samples.verdict("Fail", timestamp="2024-01-02T00:00:00+00:00"),
        samples.verdict("Pass", timestamp="2999-01-01T00:00:00+00:00"),
    ]
    metrics = record(samples.metric(status_history=history))

    def at(day):
        return metrics.evaluate_status(date=dt.datetime(2024, 1, day, tzinfo=dt.UTC))

    assert [at(1), at(2), at(3)] == [Status.PENDING, Status.FAIL, Status.FAIL]
    assert metrics.evaluate_status(date=dt.datetime(2023, 1, 1, tzinfo=dt.UTC)) == Status.PENDING
    assert metrics.status["ecephys"] == Status.FAIL
    assert metrics.metrics[0].status.status == "Pass"


def test_what_the_metrics_have_is_listed_once_in_order():
    both = record(
        samples.metric(tags={"probe": "B", "video": "A"}),
        samples.metric(tags={"probe": "A"}, modality=VIDEO, stage="Analysis"),
        samples.metric(tags={"probe": "B"}),
    )
    assert both.tags == ["B", "A"]
    assert both.tag_pairs == ["probe:B", "video:A", "probe:A"]
    assert both.modalities == [Modality.ECEPHYS, Modality.BEHAVIOR_VIDEOS]
    assert both.stages == ["Raw data", "Analysis"]


def test_a_curation_metric_keeps_its_decisions():
    curation = {**samples.metric(), "object_type": "Curation metric", "value": [{"unit": 1}], "type": "units"}
    written = record(curation).metrics[0]
    assert (written.object_type, written.value, written.curation_history) == ("Curation metric", [{"unit": 1}], [])
    assert problems(samples.quality_control({**curation, "value": 5})) == [("list", "metrics.0.value", "error")]


def test_two_records_become_one():
    first = record(
        samples.metric(), key_experimenters=["a", "b"], allow_tag_failures=["y", "x"], default_grouping=["p"], notes="1"
    )
    second = record(
        samples.metric("Fail"), key_experimenters=["b", "c"], allow_tag_failures=["x", "w"], default_grouping=["q", "r"]
    )
    joined = first + second
    assert len(joined.metrics) == 2
    assert joined.key_experimenters == ["a", "b", "c"]
    assert joined.allow_tag_failures == ["y", "x", "w"]
    assert joined.default_grouping == [("p", "q"), "r"]
    assert (joined.notes, joined.status["ecephys"]) == ("1", Status.FAIL)


def test_records_of_two_versions_do_not_become_one():
    older = record()
    older.schema_version = "2.0.0"
    with pytest.raises(ValueError, match=r"2\.4\.2 and 2\.0\.0"):
        record() + older


@pytest.mark.parametrize("broken", [{"metrics": 5}, {"metrics": {"a": 1}}, {"default_grouping": 5}, {"metrics": [5]}])
def test_nonsense_in_place_of_metrics_or_grouping_is_a_problem_at_its_place(broken):
    (name,) = broken
    document = samples.quality_control(samples.metric(tags=["A"]), **broken)
    assert [path.split(".")[0] for _, path, severity in problems(document) if severity != "warning"] == [name]
