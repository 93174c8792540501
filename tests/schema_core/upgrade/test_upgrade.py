"""The call as a whole: what it takes, what it hands back, what it never does."""

from __future__ import annotations

import copy
import json

import pytest

from schema_core import Problem
from schema_core.components.surgery_procedures import Craniotomy
from schema_core.extension import registered
from schema_core.registries import LocalTerm, Snapshot, overlay
from schema_core.upgrade import Change, Upgraded, upgrade
from schema_core.upgrade.generations import STANDARD_VERSIONS, SUCCESSOR_VERSIONS, described_by
from tests.schema_core import samples

KINDS = {
    "subject": samples.subject(),
    "data_description": samples.data_description(),
    "procedures": samples.procedures(samples.craniotomy()),
    "acquisition": samples.acquisition(),
    "processing": samples.processing(),
    "quality_control": samples.quality_control(samples.metric()),
    "model": samples.model(),
}


def headed(kind: str, version: str) -> dict:
    return {**KINDS[kind], "describedBy": described_by(kind, "2.9"), "schema_version": version}


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in problems]


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_document_crosses_without_loss_and_comes_back_the_same(kind):
    document = headed(kind, STANDARD_VERSIONS[kind])
    given = copy.deepcopy(document)
    there = upgrade(document)
    assert (there.losses, there.refusals, there.kind, there.source) == ((), (), kind, "2.9")
    assert there.document["schema_version"] == SUCCESSOR_VERSIONS[kind]
    assert there.document["describedBy"] == described_by(kind, "3.0")
    back = upgrade(there.document, to="2.9")
    assert (back.document, back.losses, back.refusals, back.source) == (given, (), (), "3.0")
    assert document == given


@pytest.mark.parametrize("version", ["2.0.0", "2.1.7", "v2.2.0", "garbage", "2", None])
def test_every_version_2_is_read_as_the_newest(version):
    document = headed("subject", version)
    done = upgrade(document, to="2.9")
    assert done.document == headed("subject", "2.3.3")
    assert done.source == "2.9"


def test_a_document_without_a_version_counts_as_version_2():
    assert upgrade(KINDS["subject"], to="2.9").document == KINDS["subject"]
    assert upgrade(KINDS["subject"]).document["schema_version"] == "3.0.2"


def test_a_document_of_the_target_is_left_alone():
    document = upgrade(headed("subject", "2.3.3")).document
    done = upgrade(document)
    assert (done.document, done.changes, done.losses, done.source) == (document, (), (), "3.0")


@pytest.mark.parametrize(
    ("name", "version", "said"),
    [
        ("procedures", "1.2.0", "version 1.2.0"),
        ("session", "0.3.5", "session is called acquisition"),
        ("rig", "1.0.0", "rig is called instrument"),
    ],
)
@pytest.mark.parametrize("to", ["2.9", "3.0"])
def test_a_file_of_version_1_gets_a_clear_answer(name, version, said, to):
    done = upgrade({"describedBy": f"https://x/core/{name}.py", "schema_version": version}, to=to)
    assert done.document is None
    assert codes(done.refusals) == [("schema_version", "upgrade-too-old")]
    assert said in done.refusals[0].message


def test_a_core_file_of_version_1_inside_a_record_is_found():
    record = samples.metadata(subject={**KINDS["subject"], "schema_version": "1.0.3"})
    assert codes(upgrade(record).refusals) == [("subject.schema_version", "upgrade-too-old")]


def test_a_version_yet_to_come_is_not_guessed_at():
    assert codes(upgrade(headed("subject", "4.0.0")).refusals) == [("schema_version", "upgrade-too-new")]


@pytest.mark.parametrize(
    ("given", "code"), [("{", "not-json"), ("[]", "object"), (None, "object"), ({}, "document-kind")]
)
def test_what_is_no_core_file_is_said_and_nothing_raised(given, code):
    done = upgrade(given)
    assert (done.document, done.accepted, [refusal.code for refusal in done.refusals]) == (None, False, [code])


def test_text_is_taken_too():
    assert upgrade(json.dumps(headed("subject", "2.3.3")).encode()).accepted


def test_an_unknown_target_or_kind_is_the_callers_mistake():
    with pytest.raises(ValueError, match=r"no target .4\.0."):
        upgrade({}, to="4.0")
    with pytest.raises(ValueError, match="no kind"):
        upgrade({}, kind="rig")


def test_what_2_9_refuses_is_refused_too():
    done = upgrade(samples.subject(subject_id=5))
    assert codes(done.refusals) == [("subject_id", "text")]
    assert done.document["subject_id"] == 5


def test_each_core_file_of_a_record_crosses():
    record = samples.metadata(subject=headed("subject", "2.1.0"), model=KINDS["model"])
    done = upgrade(record)
    assert done.document["schema_version"] == "3.0.4"
    assert [done.document[name]["schema_version"] for name in ("subject", "model")] == ["3.0.2", "3.0.0"]


def test_a_core_file_of_another_generation_inside_a_record_crosses_by_itself():
    subject = upgrade(headed("subject", "2.3.3")).document
    record = {**samples.metadata(subject=subject), "schema_version": "2.7.6"}
    assert upgrade(record).document["subject"] == subject
    assert upgrade(record, to="2.9").document["subject"] == headed("subject", "2.3.3")


def test_an_outcome_as_json_says_all_but_the_document():
    done = Upgraded({}, (Change("a", "b", "c"),), (Problem("x", "y", "z", "warning"),), (), "subject", "2.9")
    assert done.as_json() == {
        "kind": "subject",
        "from": "2.9",
        "accepted": True,
        "changes": [{"path": "a", "what": "b", "why": "c"}],
        "losses": [{"path": "x", "code": "y", "message": "z", "severity": "warning", "also": []}],
        "refusals": [],
    }


@pytest.mark.parametrize("strange", [[], {}, 5, ["x"], {"object_type": []}, [{"object_type": {}}], "", -1.5, None])
@pytest.mark.parametrize(
    "path",
    ["global_coordinate_system", "coordinate_system", "subject_procedures", "notes", "schema_version", "describedBy"],
)
def test_strange_values_never_raise(strange, path):
    document = {**samples.procedures(samples.craniotomy()), path: strange}
    for to in ("2.9", "3.0"):
        done = upgrade(document, to=to, kind="procedures")
        assert upgrade(done.document, to="2.9", kind="procedures").kind == "procedures"


def test_a_document_nested_too_deep_is_said_to_be():
    deep: list = []
    for _ in range(5000):
        deep = [deep]
    done = upgrade(samples.procedures(subject_procedures=deep))
    assert (done.document, codes(done.refusals)) == (None, [("", "too-deep")])


class OwnCraniotomy(Craniotomy):
    """A craniotomy as only one lab makes it."""

    robot: str


def test_a_class_that_only_one_lab_has_is_refused_by_3_0():
    step = {**samples.craniotomy(), "object_type": "Own craniotomy", "robot": "R2"}
    document = samples.procedures(step)
    with registered(OwnCraniotomy):
        done = upgrade(document)
        assert not upgrade(document, to="2.9").refusals
    assert codes(done.refusals) == [("subject_procedures.0.procedures.0", "portal-local-class")]
    assert done.document["subject_procedures"][0]["procedures"][0] == step


def test_a_species_that_only_this_site_knows_is_refused_by_3_0():
    ours = {"name": "Rattus lab", "common_name": "Lab rat", "registry": None, "registry_identifier": "x"}
    with overlay(lambda: Snapshot(1, {"species": (LocalTerm(ours),)})):
        done = upgrade(samples.subject(samples.mouse(species=ours)))
    assert "term-unknown" in {refusal.code for refusal in done.refusals}
