"""What we carry over to 3.0 is what biodata-schema 3.0.0 accepts, and what we say it refuses, it refuses."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

import pytest

from schema_core import validate
from schema_core.kinds import KINDS, kind_of
from schema_core.registries.organizations import ORGANIZATIONS
from schema_core.upgrade import upgrade
from schema_core.upgrade.generations import SUCCESSOR_VERSIONS
from schema_core.upgrade.terms import ADDED, LEFT_OUT
from tests.conformance import records
from tests.conformance.differential import Run
from tests.conformance.documents import valid_document_of
from tests.conformance.peer import VENV as STANDARD
from tests.conformance.successor import VENV, Successor, documents
from tests.schema_core import rigs, samples

pytestmark = pytest.mark.peer

EXAMPLES = documents(STANDARD)
REWRITTEN = documents(VENV)
PER_KIND = 25
FAULTY = 40
MASKED = {
    "version": "code got one in the successor's examples, and 'unknown' here",
    "start_date_time": "the model's are the time of writing",
    "end_date_time": "the same",
    "transform": "the tilt of a needle is about its own axes here",
    "coordinates": "the same",
}


@pytest.fixture(scope="module")
def successor():
    if not (VENV / ".stamp").exists():
        pytest.fail("The successor's venv is missing: run `make .venv-successor/.stamp`.")
    oracle = Successor()
    yield oracle
    oracle.close()


def masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: masked(inner) for key, inner in value.items() if key not in MASKED}
    return [masked(inner) for inner in value] if isinstance(value, list) else value


def test_both_ship_thirty_examples():
    assert len(EXAMPLES) == 30
    assert set(EXAMPLES) == set(REWRITTEN)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_crosses_and_the_successor_writes_it_unchanged(successor, name):
    given = copy.deepcopy(EXAMPLES[name])
    done = upgrade(given)
    assert given == EXAMPLES[name]
    assert not done.refusals
    assert successor.errors(done.kind, done.document) == []
    assert successor.rewritten(done.kind, done.document) == done.document
    assert done.document["schema_version"] == SUCCESSOR_VERSIONS[done.kind]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_carried_as_the_successors_authors_did(name):
    assert masked(upgrade(EXAMPLES[name]).document) == masked(REWRITTEN[name])


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_comes_back_the_same_where_nothing_was_lost(peer, name):
    there = upgrade(EXAMPLES[name])
    back = upgrade(there.document, to="2.9")
    assert not back.losses
    assert not back.refusals
    if not there.losses:
        assert back.document == EXAMPLES[name]
    assert peer.judge(back.kind, back.document).valid


def test_most_examples_lose_nothing():
    losing = {name: {loss.code for loss in upgrade(document).losses} for name, document in EXAMPLES.items()}
    assert sum(not codes for codes in losing.values()) == 17
    assert set().union(*losing.values()) == {
        "upgrade-axes",
        "upgrade-code-unknown",
        "upgrade-depth",
        "upgrade-form",
        "upgrade-renamed",
    }


@pytest.mark.parametrize("name", REWRITTEN)
def test_an_example_of_the_successor_goes_to_2_9_and_comes_back_the_same(peer, name):
    given = REWRITTEN[name]
    there = upgrade(given, to="2.9")
    assert not there.losses
    assert not there.refusals
    assert peer.judge(there.kind, there.document).valid
    assert upgrade(there.document).document == given


@pytest.mark.parametrize("number", range(len(records.PAIRS)))
def test_a_whole_record_crosses(successor, all_peer_examples, number):
    record = list(records.records(all_peer_examples))[number]
    done = upgrade(record, kind="metadata")
    assert bool(done.refusals) == bool(successor.errors("metadata", done.document)), done.refusals


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"metadata"}))
def test_what_is_made_up_is_refused_by_both_or_by_neither(successor, kind):
    random = Random(f"successor {kind}")
    judged = refused = 0
    for _ in range(PER_KIND):
        document = valid_document_of(kind, random)
        if document is None:
            continue
        done = upgrade(json.loads(json.dumps(document)), kind=kind)
        errors = successor.errors(kind, done.document)
        assert bool(done.refusals) == bool(errors), (done.refusals, errors, document)
        judged, refused = judged + 1, refused + bool(errors)
        back = upgrade(done.document, to="2.9", kind=kind)
        if not done.losses and not done.refusals:
            assert without_nulls(back.document) == without_nulls(upgrade(document, to="2.9", kind=kind).document)
    assert judged - refused > PER_KIND / 4


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"metadata"}))
def test_what_is_broken_is_refused_by_both_or_by_neither(successor, all_peer_examples, kind):
    refused = []
    for (_, broken), _ in zip(Run(kind, all_peer_examples, seed=3).cases(), range(FAULTY), strict=False):
        document = json.loads(json.dumps(broken))
        done = upgrade(document, kind=kind)
        assert document == json.loads(json.dumps(broken))
        errors = successor.errors(kind, done.document)
        assert bool(done.refusals) == bool(errors), (done.refusals, errors, document)
        refused.append(bool(errors))
    assert 0 < sum(refused) < FAULTY


def without_nulls(value: Any) -> Any:
    """A document without its empty fields and its head, which say nothing."""
    if isinstance(value, dict):
        skipped = {"schema_version", "describedBy"}
        return {key: without_nulls(one) for key, one in value.items() if one is not None and key not in skipped}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


def test_the_organizations_left_out_are_those_that_the_successor_does_not_know(successor):
    names = [entry.key for entry in ORGANIZATIONS.stock]
    document = samples.data_description(funding_source=[{"funder": {"name": name}} for name in names])
    refused = {names[int(error.split(".")[1])] for error in successor.errors("data_description", document)}
    assert refused == LEFT_OUT


def test_the_terms_added_are_those_that_only_the_successor_knows(successor, peer):
    for name in ("Macaca fascicularis", "Macaca nemestrina", "Saimiri sciureus"):
        monkey = {"object_type": "Non human primate subject", "species": {"name": name}, "sex": "Male"}
        document = samples.subject(
            {**monkey, "year_of_birth": 2020, "mating_status": "Unknown", "source": {"name": "Other"}}
        )
        assert name in ADDED
        assert successor.errors("subject", document) == []
        assert not peer.judge("subject", document).valid


def bare_injection() -> dict[str, Any]:
    material = {"object_type": "Viral material", "name": "AAV"}
    return {"object_type": "Injection", "injection_materials": [material], "dynamics": [samples.delivery()]}


def zero_duration() -> dict[str, Any]:
    return samples.brain_injection(dynamics=[samples.delivery(duration=0) for _ in range(3)])


REFUSED = {
    "next-component-duplicate": rigs.instrument(rigs.camera("Eye"), rigs.detector("Eye")),
    "next-device-unknown": rigs.instrument(
        rigs.camera("Eye", recording_software={"name": "Bonsai"}), connections=[rigs.connection("Eye", "Bonsai")]
    ),
    "next-axis-count": samples.procedures(samples.craniotomy(position=samples.translation(1, 2))),
    "next-system-missing": samples.procedures(samples.brain_injection(), global_coordinate_system=None),
    "next-system-name": samples.procedures(samples.brain_injection(coordinate_system_name="LAMBDA")),
    "next-unit-missing": samples.procedures(zero_duration()),
    "next-calibration-subject": samples.metadata(
        subject=samples.subject({"object_type": "Calibration object", "description": "A plate", "empty": False})
    ),
    "next-path-absolute": samples.processing(samples.process(output_path="/data/out")),
    "injection-bare": samples.procedures(subject_procedures=[bare_injection()]),
    "code-unversioned": samples.processing(samples.process(code={"url": "https://example.org"})),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_2_9_only_warns_about_the_successor_refuses(successor, peer, code):
    document = REFUSED[code]
    kind = kind_of(document)
    found = validate(document, kind)
    assert code in {problem.code for problem in found if problem.severity == "warning"}
    assert all(problem.severity == "warning" for problem in found)
    assert peer.judge(kind, document).valid
    assert successor.errors(kind, document)
    done = upgrade(document)
    assert {refusal.code for refusal in done.refusals} == (set() if code == "code-unversioned" else {code})
    assert bool(successor.errors(kind, done.document)) == bool(done.refusals)
