"""`python -m schema_core`, run as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from schema_core import kinds
from tests.schema_core import samples

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "schema_core", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        input=stdin,
        check=False,
    )


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "subject.json"
    path.write_text(json.dumps(samples.subject()), encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "lab_procedures.json"
    path.write_text(json.dumps(samples.procedures({"object_type": "Headframe"})), encoding="utf-8")
    return path


def test_a_valid_file_exits_0_with_its_verdict(good):
    done = run("validate", str(good))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{good}: valid\n", "")


def test_an_invalid_file_exits_1_with_a_line_per_problem(good, bad):
    done = run("validate", str(good), str(bad))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"{good}: valid",
        f"{bad}: invalid",
        "subject_procedures.0.procedures.0.headframe_type  Type: fill this in, it is required",
    ]


def test_json_output_holds_the_whole_problem(bad):
    (report,) = json.loads(run("validate", "--json", str(bad)).stdout)
    assert report == {
        "file": str(bad),
        "kind": "procedures",
        "valid": False,
        "problems": [
            {
                "path": "subject_procedures.0.procedures.0.headframe_type",
                "code": "missing",
                "message": "Type: fill this in, it is required",
                "severity": "missing",
                "also": [],
            }
        ],
    }


def test_warnings_are_marked_and_change_nothing(tmp_path):
    path = tmp_path / "metadata.json"
    path.write_text(json.dumps(samples.metadata(subject=samples.subject())), encoding="utf-8")
    done = run("validate", str(path))
    assert done.returncode == 0
    assert (
        "procedures  warning: procedures is missing, although subject is given: add the file when it exists"
        in done.stdout
    )


def test_a_dash_reads_standard_input():
    done = run("validate", "-", stdin=json.dumps(samples.subject()))
    assert (done.returncode, done.stdout) == (0, "-: valid\n")


def test_the_kind_is_read_from_the_file_name_or_given(tmp_path):
    plain = {key: value for key, value in samples.subject().items() if key != "object_type"}
    named, other = tmp_path / "subject.json", tmp_path / "x.json"
    for path in (named, other):
        path.write_text(json.dumps(plain), encoding="utf-8")
    assert run("validate", str(named)).returncode == 0
    assert run("validate", "--kind", "subject", str(other)).returncode == 0
    assert "(document)  Cannot tell which core file this is" in run("validate", str(other)).stdout


@pytest.mark.parametrize(
    "arguments", [["validate"], ["validate", "/nowhere.json"], ["validate", "--kind", "x", "y"], []]
)
def test_bad_usage_exits_2(arguments):
    assert run(*arguments).returncode == 2


def test_text_that_a_terminal_cannot_show_is_escaped(tmp_path):
    path = tmp_path / "subject.json"
    path.write_text('{"object_type": "Subject", "\\ud800": 1}', encoding="utf-8")
    done = run("validate", str(path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", kinds())
def test_the_schema_of_a_kind_is_valid_json_schema(kind):
    schema = json.loads(run("schema", kind).stdout)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["describedBy"]["const"].endswith(f"core/{kind}.py")
