"""Upgrades on the command line."""

from __future__ import annotations

import json

import pytest

from schema_core.cli import main
from tests.schema_core import samples
from tests.schema_core.cli.running import run, write


@pytest.fixture
def subject(tmp_path):
    return write(tmp_path, "subject.json", samples.subject() | {"schema_version": "2.0.1"})


def test_one_file_goes_to_the_output_and_the_report_beside_it(subject, capsys):
    assert main(["upgrade", str(subject)]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["schema_version"].startswith("3.")
    assert captured.err.startswith(f"{subject}: 2.9 -> 3.0: accepted (")


def test_the_output_is_laid_out_as_the_standard_writes_it(subject, capsys):
    main(["upgrade", str(subject), "--to", "2.9"])
    assert capsys.readouterr().out.startswith('{\n   "object_type": "Subject"')


def test_what_was_upgraded_can_be_piped_back(subject):
    newer = run("upgrade", subject)
    older = run("upgrade", "-", "--to", "2.9", stdin=newer.stdout)
    assert older.returncode == 0
    assert run("validate", "-", stdin=older.stdout).stdout == "-: valid\n"


def test_several_files_go_to_a_folder(subject, tmp_path, capsys):
    other = write(tmp_path, "procedures.json", samples.procedures(samples.craniotomy()))
    out = tmp_path / "new" / "folder"
    assert main(["upgrade", str(subject), str(other), "--out", str(out)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert [line.split(":")[0] for line in captured.out.splitlines()] == [str(subject), str(other)]
    assert {path.name for path in out.iterdir()} == {"subject.json", "procedures.json"}
    assert json.loads((out / "procedures.json").read_text(encoding="utf-8"))["object_type"] == "Procedures"


def test_several_files_without_a_folder_are_bad_usage(subject, capsys):
    assert main(["upgrade", str(subject), str(subject)]) == 2
    assert capsys.readouterr().err == "Several files need a folder to go to: give --out DIR\n"


def test_no_file_is_written_over(subject, capsys):
    before = subject.read_bytes()
    assert main(["upgrade", str(subject), "--out", str(subject.parent)]) == 2
    assert capsys.readouterr().err == f"{subject} is there already: give a folder without it\n"
    assert subject.read_bytes() == before


def test_a_folder_that_cannot_be_one(subject, capsys):
    assert main(["upgrade", str(subject), "--out", str(subject)]) == 2
    assert "cannot be a folder: File exists" in capsys.readouterr().err


def test_a_file_of_version_1_is_refused_with_its_reason(tmp_path, capsys):
    path = write(tmp_path, "subject.json", samples.subject() | {"schema_version": "1.0.3"})
    assert main(["upgrade", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "not accepted" in captured.err
    assert "refused: " in captured.err


def test_what_no_version_takes_is_refused_and_written_for_a_person(tmp_path, capsys):
    wrong = samples.subject(samples.mouse(sex="Stag"))
    path = write(tmp_path, "subject.json", wrong)
    assert main(["upgrade", str(path)]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["subject_details"]["sex"] == "Stag"
    assert "subject_details.sex  refused: " in captured.err


def test_json_holds_the_whole_report(subject, tmp_path, capsys):
    assert main(["upgrade", "--json", str(subject), str(tmp_path)]) == 2
    first, second = json.loads(capsys.readouterr().out)
    assert (first["file"], first["from"], first["to"], first["accepted"]) == (str(subject), "2.9", "3.0", True)
    assert first["document"]["object_type"] == "Subject"
    assert (second["accepted"], second["refusals"][0]["code"]) == (False, "file-unreadable")
    out = tmp_path / "out"
    assert main(["upgrade", "--json", str(subject), "--out", str(out)]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert report["written"] == str(out / "subject.json")
    assert "document" not in report


def test_half_a_character_stays_escaped(tmp_path):
    path = tmp_path / "subject.json"
    path.write_text(json.dumps(samples.subject(notes="\ud83d")), encoding="utf-8")
    done = run("upgrade", path, "--to", "2.9", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert json.loads((tmp_path / "out" / "subject.json").read_bytes())["notes"] == "\ud83d"


LAB = """
import schema_core
from schema_core.components.surgery_procedures import Craniotomy

@schema_core.register
class PipedCraniotomy(Craniotomy):
    speed: float
"""


def test_a_labs_own_classes_are_loaded_when_asked(tmp_path, monkeypatch):
    (tmp_path / "piped_lab.py").write_text(LAB, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = write(
        tmp_path, "procedures.json", samples.procedures(samples.craniotomy(object_type="Piped craniotomy", speed=1))
    )
    assert run("validate", path).returncode == 1
    done = run("validate", "--with", "piped_lab", path)
    assert done.returncode == 0
    assert "warning: Piped craniotomy is a class of this lab" in done.stdout
    assert "PipedCraniotomy" in run("schema", "--with", "piped_lab", "procedures").stdout
    missing = run("validate", "--with", "no_such_lab", path)
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr == "--with no_such_lab: ModuleNotFoundError: No module named 'no_such_lab'\n"
