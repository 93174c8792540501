"""Files that are not what they should be, and many of them."""

from __future__ import annotations

import json
import os
import pty
import resource
import signal
import subprocess
import sys
import time

import pytest

from schema_core.cli import files, main
from tests.schema_core import samples
from tests.schema_core.cli.running import ROOT, command, run, write


def told(capsys, *arguments):
    status = main([*map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_a_file_that_is_not_there_is_told_and_the_others_are_judged(tmp_path, capsys):
    good = write(tmp_path, "subject.json", samples.subject())
    status, out, err = told(capsys, "validate", tmp_path / "gone.json", good)
    assert (status, out) == (2, f"{good}: valid\n")
    assert err == f"{tmp_path / 'gone.json'}: cannot be read: No such file or directory\n"


def test_a_folder_is_no_file(tmp_path, capsys):
    status, out, err = told(capsys, "validate", tmp_path)
    assert (status, out, err) == (2, "", f"{tmp_path}: cannot be read: Is a directory\n")


def test_a_file_that_may_not_be_read_is_told(tmp_path, capsys, monkeypatch):
    locked = write(tmp_path, "subject.json", samples.subject())

    def refuse(self, *_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert told(capsys, "validate", locked) == (2, "", f"{locked}: cannot be read: Permission denied\n")


def test_json_output_names_what_could_not_be_read(tmp_path, capsys):
    status, out, _ = told(capsys, "validate", "--json", tmp_path)
    (report,) = json.loads(out)
    assert status == 2
    assert (report["valid"], report["kind"], report["problems"][0]["code"]) == (False, None, "file-unreadable")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"\xff\xfe\xfa", "not JSON"),
        (b'{"a": "\xe9"}', "not JSON"),
        (b"[1, 2", "not JSON"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"a": NaN}', "NaN is not a number"),
        (b"[]", "Cannot tell which core file"),
    ],
)
def test_content_that_is_no_document_is_invalid(tmp_path, capsys, content, said):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    status, out, err = told(capsys, "validate", path)
    assert (status, err) == (1, "")
    assert out.startswith(f"{path}: invalid\n(document)  ")
    assert said in out


def test_a_byte_order_mark_and_wide_letters_are_read(tmp_path, capsys):
    for encoding in ("utf-8-sig", "utf-16"):
        path = tmp_path / f"subject_{encoding}.json"
        path.write_text(json.dumps(samples.subject()), encoding=encoding)
        assert told(capsys, "validate", path)[0] == 0


def test_what_is_too_large_is_not_read(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 2 * 1024 * 1024)
    huge = tmp_path / "subject.json"
    with huge.open("wb") as stream:
        stream.truncate(3 * 1024 * 1024)
    status, _, err = told(capsys, "validate", huge)
    assert (status, err) == (2, f"{huge}: cannot be read: it is larger than 2 MiB, which no metadata are\n")


def test_an_endless_file_ends(monkeypatch, capsys):
    monkeypatch.setattr(files, "LARGEST", 2 * 1024 * 1024)
    assert told(capsys, "validate", "/dev/zero")[0] == 2


def test_standard_input_is_given_once(capsys):
    assert told(capsys, "validate", "-", "-")[::2] == (2, "Standard input (-) can be read only once\n")


def test_standard_input_takes_any_bytes():
    done = run("validate", "-", stdin=b"\xff\x00")
    assert (done.returncode, done.stderr) == (1, "")
    assert "not JSON" in done.stdout


def test_names_that_a_terminal_cannot_show_are_escaped(tmp_path):
    path = tmp_path / os.fsdecode(b"subject_\xff.json")
    path.write_text(json.dumps(samples.subject()), encoding="utf-8")
    done = subprocess.run(
        command("validate", path), cwd=ROOT, capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(b"subject_\\udcff.json: valid\n")


def test_whoever_stops_reading_gets_no_traceback(tmp_path):
    paths = [write(tmp_path, f"subject_{number}.json", samples.subject()) for number in range(40)]
    with subprocess.Popen(
        command("validate", *paths), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout.readline().endswith(b"valid\n")
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 2


def test_a_full_disk_is_told():
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            command("schema", "subject"), cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (2, "The output cannot be written: No space left on device\n")


def test_an_interrupted_run_ends_quietly(tmp_path):
    waiting = tmp_path / "subject.json"
    os.mkfifo(waiting)
    with subprocess.Popen(
        command("validate", waiting),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heeding_interrupts,  # noqa: PLW1509 - the tests have no threads at work here
    ) as running:
        opened = os.open(waiting, os.O_WRONLY)  # returns once the command has opened the other end
        try:
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=20) == 130
            assert running.stderr.read() == b""
        finally:
            running.kill()
            os.close(opened)


def heeding_interrupts() -> None:
    """Shells let what they run in the background ignore Ctrl-C, and its children with it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_each_verdict_comes_before_the_next_file_is_read(tmp_path):
    first, waiting = write(tmp_path, "subject.json", samples.subject()), tmp_path / "subject_2.json"
    os.mkfifo(waiting)
    for option in ([], ["--json"]):
        with subprocess.Popen(
            command("validate", *option, first, waiting), cwd=ROOT, stdout=subprocess.PIPE
        ) as running:
            seen = b""
            while b"valid" not in seen:
                seen += os.read(running.stdout.fileno(), 1000)
            waiting.write_text(json.dumps(samples.subject()), encoding="utf-8")
            rest = running.stdout.read()
            assert running.wait() == 0
        assert (seen + rest).count(b"valid") >= 2


def test_json_is_one_array_however_many_files(tmp_path, capsys):
    paths = [write(tmp_path, f"subject_{number}.json", samples.subject()) for number in range(3)]
    reports = [{"file": str(path), "kind": "subject", "valid": True, "problems": []} for path in paths]
    assert told(capsys, "validate", "--json", *paths)[:2] == (0, json.dumps(reports, indent=2) + "\n")


def test_a_bar_is_drawn_for_people_only(tmp_path):
    paths = [write(tmp_path, f"subject_{number}.json", samples.subject()) for number in range(30)]
    assert run("validate", *paths).stderr == ""
    terminal, inside = pty.openpty()
    with subprocess.Popen(command("validate", *paths), cwd=ROOT, stdout=subprocess.PIPE, stderr=inside) as running:
        os.close(inside)
        assert running.stdout.read().count(b": valid\n") == 30
        assert running.wait() == 0
    drawn = os.read(terminal, 10_000)
    os.close(terminal)
    assert b"of 30" in drawn
    assert drawn.endswith(b"\r\x1b[K")


MEMORY = """
import resource, sys
from schema_core.cli import main
sys.stdout = open("/dev/null", "w")
names = sys.argv[2:]
main(["validate", *sys.argv[1].split(), *names[:300]])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
main(["validate", *sys.argv[1].split(), *names])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, file=sys.stderr)
"""


@pytest.mark.parametrize("option", ["", "--json"])
def test_three_thousand_files_take_no_more_memory_than_three_hundred(tmp_path, option):
    text = json.dumps(samples.procedures(*[samples.brain_injection() for _ in range(20)]))
    broken = text.replace("Bolus", "Bullet", 1)
    paths = [tmp_path / f"procedures_{number}.json" for number in range(3000)]
    for number, path in enumerate(paths):
        path.write_text(broken if number % 10 == 0 else text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, option, *map(str, paths)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    kib = int(done.stderr.splitlines()[-1])
    assert kib < 6 * 1024


def test_a_large_record_is_judged_in_time(tmp_path, capsys):
    path = write(tmp_path, "procedures.json", samples.procedures(*[samples.brain_injection() for _ in range(4000)]))
    started = time.perf_counter()
    assert path.stat().st_size > 2_000_000
    assert told(capsys, "validate", path)[0] == 0
    assert time.perf_counter() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000
