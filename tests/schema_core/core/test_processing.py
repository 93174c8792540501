"""Processing: names, order, graph, pipelines, and joining two records."""

from __future__ import annotations

import pytest

from schema_core import load, validate
from schema_core.core.processing import DataProcess, Processing
from tests.schema_core import samples

FIRST = samples.process(name="a", start_date_time="2024-03-10T12:00:00+00:00")
SECOND = samples.process(name="b", start_date_time="2024-03-10T13:00:00+00:00")


def problems(document):
    return [(found.code, found.path, found.also) for found in validate(document)]


def record(*processes, **changes) -> Processing:
    return load(samples.processing(*processes, **changes))


@pytest.mark.parametrize("kind", ["Other", "Analysis"])
def test_a_vague_type_is_explained_by_name_or_notes(kind):
    undescribed = samples.process(process_type=kind, name="")
    at = "data_processes.0"
    assert problems(samples.processing(undescribed)) == [
        ("process-undescribed", f"{at}.name", (f"{at}.notes", f"{at}.process_type"))
    ]
    for words in ({"name": "x"}, {"notes": "x"}):
        assert problems(samples.processing({**undescribed, **words})) == []


def test_a_process_without_a_name_is_called_by_its_type():
    assert record(samples.process(name="")).process_names == ["Spike sorting"]
    assert record(samples.process(name="mine")).process_names == ["mine"]


@pytest.mark.parametrize(("path", "expected"), [("sorted/a.h5", []), (5, ["text"]), ({}, ["text"])])
def test_the_output_is_a_path_given_as_text(path, expected):
    assert [code for code, _, _ in problems(samples.processing(samples.process(output_path=path)))] == expected


def test_processes_are_put_in_order_of_their_start_and_the_notes_say_so():
    assert record(FIRST, SECOND).notes is None
    assert record(SECOND, FIRST).process_names == ["a", "b"]
    assert record(SECOND, FIRST).notes == "Processes were reordered by start_date_time"
    assert record(SECOND, FIRST, notes="mine").notes == "mine; Processes were reordered by start_date_time"


def test_processes_that_start_together_keep_their_order():
    together = {**SECOND, "start_date_time": FIRST["start_date_time"]}
    assert record(together, FIRST).process_names == ["b", "a"]
    assert record(together, FIRST).notes is None


@pytest.mark.parametrize(
    ("names", "graph", "expected"),
    [
        (["a", "b"], None, []),
        (["a", "a"], None, []),
        (["a", "b"], {"a": [], "b": ["a"]}, []),
        (["a", "b"], {"a": ["nobody"], "b": ["b"]}, []),
        (
            ["a", "a"],
            {"a": []},
            [("process-graph", "data_processes.1.name", ("data_processes.0.name",))],
        ),
        (["a", "b"], {"a": []}, [("process-graph", "dependency_graph", ("data_processes.1.name",))]),
        (["a"], {"a": [], "x.y": []}, [("process-graph", "dependency_graph.x~1y", ("data_processes",))]),
        (
            ["a", "b"],
            {"a": [], "c": []},
            [
                ("process-graph", "dependency_graph", ("data_processes.1.name",)),
                ("process-graph", "dependency_graph.c", ("data_processes",)),
            ],
        ),
    ],
)
def test_a_graph_has_exactly_the_processes(names, graph, expected):
    processes = [samples.process(name=name) for name in names]
    assert problems(samples.processing(*processes, dependency_graph=graph)) == expected


def test_a_pipeline_that_a_process_names_is_listed():
    in_pipeline = samples.process(pipeline_name="sorting")
    named = {"url": "x", "version": "1", "name": "sorting"}
    nameless = {"url": "x", "version": "1"}
    broken = [("pipeline-unknown", "data_processes.0.pipeline_name", ("pipelines",))]
    assert problems(samples.processing(in_pipeline, pipelines=[nameless, named])) == []
    assert problems(samples.processing(in_pipeline, pipelines=[nameless])) == broken
    assert problems(samples.processing(in_pipeline)) == broken
    assert problems(samples.processing(samples.process(pipeline_name=""))) == []


def test_a_broken_process_does_not_hide_what_is_wrong_elsewhere():
    broken = samples.process(stage="Nowhere", process_type="Other", name="", resources={"os": "x"})
    found = {(code, path) for code, path, _ in problems(samples.processing(broken, pipelines=[{"name": "p"}]))}
    assert found == {
        ("choice", "data_processes.0.stage"),
        ("process-undescribed", "data_processes.0.name"),
        ("missing", "data_processes.0.resources.architecture"),
        ("missing", "pipelines.0.url"),
        ("code-unversioned", "pipelines.0.version"),
    }


def test_renaming_a_process_changes_the_graph_too():
    both = record(FIRST, SECOND, dependency_graph={"a": [], "b": ["a"]})
    both.rename_process("a", "c")
    assert both.process_names == ["c", "b"]
    assert both.dependency_graph == {"b": ["c"], "c": []}


def test_renaming_needs_a_process_of_that_name():
    with pytest.raises(ValueError, match=r"'c'.*a, b"):
        record(FIRST, SECOND).rename_process("c", "d")


def test_a_graph_is_made_from_the_order_of_processes():
    processes = [DataProcess(**FIRST), DataProcess(**SECOND), DataProcess(**{**SECOND, "name": "c"})]
    made = Processing.create_with_sequential_process_graph(processes, notes="x")
    assert made.dependency_graph == {"a": [], "b": ["a"], "c": ["b"]}
    assert made.notes == "x"


def test_two_records_are_joined_at_the_ends():
    first = record(FIRST, dependency_graph={"a": []}, notes="one")
    second = record(SECOND, notes="two", pipelines=[{"url": "x", "version": "1"}])
    joined = first + second
    assert joined.dependency_graph == {"a": [], "b": ["a"]}
    assert joined.notes == "one\ntwo"
    assert [pipeline.url for pipeline in joined.pipelines] == ["x"]
    assert second.dependency_graph is None


def test_joining_orders_the_processes():
    joined = record(SECOND) + record(FIRST)
    assert joined.process_names == ["a", "b"]
    assert joined.notes == "Processes were reordered by start_date_time"
    assert joined.dependency_graph is None


def test_names_that_repeat_get_a_number_in_joining():
    numbered = {**SECOND, "name": "a_1"}
    with pytest.warns(UserWarning, match="'a_2'"):
        joined = record(FIRST, numbered) + record({**SECOND, "name": "a"}, dependency_graph={"a": []})
    assert joined.process_names == ["a", "a_1", "a_2"]
    assert joined.dependency_graph == {"a_2": ["a_1"], "a": [], "a_1": []}


def test_records_of_two_versions_are_not_joined():
    older = record(FIRST)
    older.schema_version = "2.0.0"
    with pytest.raises(ValueError, match=r"2\.3\.3 and 2\.0\.0"):
        record(FIRST) + older
