"""Our verdict and our JSON against the peer's: all its examples and their scripts, and documents with every fault."""

from __future__ import annotations

import json
import os
import re
import runpy
import secrets
import sys
import time

import pytest

from schema_core import KINDS, load, validate
from schema_core.validation import judge
from tests.conformance import divergences
from tests.conformance.comparing import Court
from tests.conformance.differential import Run
from tests.conformance.divergences import reordered
from tests.conformance.peer import VENV
from tests.conformance.test_peer_structure import rows
from tests.schema_core import samples

pytestmark = [pytest.mark.peer, pytest.mark.filterwarnings("ignore")]

EXAMPLES = tuple(sorted(path.parent.name for path in (VENV / "examples").glob("*/*.json")))
EVERY_RUN = 225
ROUNDS, IN_A_ROUND = range(8), 700


@pytest.fixture(autouse=True)
def same_zone(monkeypatch):
    """Naive times are read in the machine's zone; the peer's process has its own."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_all_examples_are_there(all_peer_examples):
    assert len(EXAMPLES) == 30
    assert {kind for kind, _ in all_peer_examples.values()} == set(KINDS) - {"metadata"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_validates_and_comes_out_byte_for_byte(peer, all_peer_examples, name):
    kind, text = all_peer_examples[name]
    assert [problem for problem in validate(text, kind) if problem.severity != "warning"] == []
    assert load(text, kind).model_dump_json(indent=3) == text
    assert load(text, kind).model_dump_json() == peer.judge(kind, text).json


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_script_runs_after_changing_its_import_lines(name, tmp_path, monkeypatch, all_peer_examples):
    source = (VENV / "sdist" / "examples" / f"{name}.py").read_text(encoding="utf-8")
    models = source.replace("aind_data_schema_models", "schema_core.registries")
    script = tmp_path / f"{name}.py"
    script.write_text(re.sub(r"\baind_data_schema\b", "schema_core", models), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(script)])
    runpy.run_path(str(script), run_name="__main__")
    (written,) = tmp_path.glob("*.json")
    ours, theirs = (timeless(text) for text in (written.read_text(encoding="utf-8"), all_peer_examples[name][1]))
    assert ours == theirs or ("quality_control" in name and reordered(ours) == reordered(theirs))


def timeless(text):
    """The text without the time of this run, which two scripts write."""
    return re.sub(r'"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z"', '"now"', text)


# -- documents with faults ---------------------------------------------------------------------------------------------


def differ(peer, examples, kind, count, record_property):
    """Compare so many documents of a kind, from a seed of its own, and leave the figures for the end of the run."""
    seed = int(os.environ.get("DIFFERENTIAL_SEED") or secrets.randbelow(2**32))
    court, run = Court(peer), Run(kind, examples, seed)
    run.compare(court, count)
    record_property("differential", {**run.figures(), "met": dict(court.met)})
    first = [(fault, found, json.dumps(document)[:5000]) for fault, found, document in run.differing[:3]]
    assert not run.differing, f"seed {seed}, {len(run.differing)} documents differ: {first}"
    assert sum(run.valid.values()) > 0.25 * count  # the comparison means something only while many remain valid
    assert sum(run.valid.values()) < 0.75 * count


@pytest.mark.parametrize("kind", KINDS)
def test_documents_with_faults_get_the_same_verdict_and_the_same_json(peer, all_peer_examples, kind, record_property):
    differ(peer, all_peer_examples, kind, EVERY_RUN, record_property)


@pytest.mark.slow
@pytest.mark.parametrize("number", ROUNDS)
@pytest.mark.parametrize("kind", KINDS)
def test_many_documents_with_faults_get_the_same_verdict_and_the_same_json(
    peer, all_peer_examples, kind, number, record_property
):
    differ(peer, all_peer_examples, kind, IN_A_ROUND, record_property)


def test_the_comparison_notices_a_rule_that_is_missing(peer, all_peer_examples, monkeypatch):
    """A comparison that finds nothing proves something only if it finds what is there."""
    real = judge

    def blind(document, kind):
        model, problems = real(document, kind)
        if problems and all(problem.code in ("unit-missing", "missing") for problem in problems):
            return real(all_peer_examples["subject"][1], "subject")
        return model, problems

    monkeypatch.setattr("tests.conformance.comparing.judge", blind)
    run = Run("procedures", all_peer_examples, 1)
    run.compare(Court(peer), 300)
    assert {fault for fault, _, _ in run.differing} >= {"delete"}


def test_every_divergence_has_its_line_in_the_documentation():
    named = {divergence.where for divergence in divergences.ASIDE}
    named |= {*divergences.CRASHES.values(), divergences.BROKEN_FILE, divergences.RAW_TAG}
    assert named <= set(rows())


REACHED = {
    "a bare date as a time": samples.data_description(creation_time="2024-03-10"),
    "seconds as a time": samples.data_description(creation_time=1710068400),
    "digits as a time": samples.data_description(creation_time="1710068400"),
    "a time with fractions": samples.data_description(creation_time="2024-03-10T11:12:13.000001+05:30"),
    "the older field alone": {
        **{key: value for key, value in samples.procedures().items() if key != "global_coordinate_system"},
        "coordinate_system": samples.system(),
    },
    "both fields, different": samples.procedures(coordinate_system=samples.system("BREGMA_RAS")),
    "a name inside the system's name": samples.procedures(samples.craniotomy(coordinate_system_name="BREG")),
    "wrong numbers of axes": samples.procedures(samples.craniotomy(position=samples.translation(1, 2, 3, 4, 5))),
    "a value of zero without its unit": samples.procedures(
        samples.brain_injection(dynamics=[samples.delivery(duration=0)] * 3)
    ),
    "a registry term by name": samples.subject(samples.mouse(rrid={"name": "x"})),
    "a decimal with digits": samples.procedures(
        {
            "object_type": "Probe implant",
            "implanted_device": {"name": "A", "core_diameter": "20.10", "numerical_aperture": 0.5, "total_length": 5},
            "device_config": {
                "device_name": "A",
                "primary_targeted_structure": {"atlas": "CCFv3", "name": "x", "acronym": "y", "id": "1"},
                "local_coordinate_system": samples.system("MPM_MANIP_RFB"),
                "transform": [],
            },
        }
    ),
}


@pytest.mark.parametrize("name", REACHED)
def test_corners_of_the_standard_get_the_same_verdict_and_json(peer, name):
    document = REACHED[name]
    kind = document["object_type"].lower().replace(" ", "_")
    verdict = peer.judge(kind, document)
    model, _ = judge(document, kind)
    assert (model is not None) == verdict.valid
    assert (model.model_dump_json() if model else None) == verdict.json


SLICE = {
    "object_type": "Planar section",
    "output_specimen_id": "654321_001_1",
    "coordinate_system_name": "BREGMA_ARI",
    "start_coordinate": samples.translation(1, 2, 3),
    "thickness": 0.1,
    "thickness_unit": "millimeter",
}


def test_a_planar_section_stays_one_and_the_peer_accepts_it(peer):
    sectioning = {"object_type": "Planar sectioning", "section_orientation": "Coronal", "sections": [SLICE]}
    step = samples.specimen_procedure(procedure_type="Sectioning", procedure_details=[sectioning])
    written = load(samples.procedures(specimen_procedures=[step])).model_dump_json()
    assert '"Planar section"' in written
    assert peer.judge("procedures", written).valid


def test_a_human_subject_comes_back_where_the_peer_refuses_its_own(peer):
    human = {"object_type": "Human subject", "sex": "Male", "year_of_birth": 1990, "source": {"name": "Other"}}
    written = load(samples.subject(human)).model_dump_json()
    assert peer.judge("subject", samples.subject(human)).json == written
    assert not peer.judge("subject", written).valid
    assert load(written).model_dump_json() == written
