"""The peer package as an oracle: a process in its own venv that judges documents."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-peer"
EXAMPLES = (
    "subject",
    "data_description",
    "procedures",
    "ophys_procedures",
    "aibs_smartspim_procedures",
    "thermistor_procedures",
)


@dataclass(frozen=True)
class Verdict:
    """What the peer says of one document."""

    valid: bool
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    json: str | None = None
    refused: list[str] = field(default_factory=list)

    @property
    def crash(self) -> tuple[str, str] | None:
        """The exception that escaped, and the peer's function that it came from."""
        for error in self.errors:
            if error["type"].startswith("crash:"):
                return error["type"].removeprefix("crash:"), (error["loc"] or [""])[0]
        return None


class Peer:
    """A running peer process; ask it through ``judge`` and ``run``."""

    def __init__(self) -> None:
        driver = Path(__file__).with_name("peer_driver.py")
        self._process = subprocess.Popen(
            [VENV / "bin" / "python", "-W", "ignore", driver],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={"TZ": "UTC", "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0"},
        )

    def _send(self, **question: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        reply = json.loads(self._process.stdout.readline())
        if "crash" in reply:
            raise RuntimeError(reply["crash"])
        return reply

    def _ask(self, **question: Any) -> dict[str, Any]:
        self._send(**question)
        return self._receive()

    def judge(self, kind: str, document: str | bytes | dict[str, Any]) -> Verdict:
        """Return the peer's verdict on a document of this kind (snake case)."""
        self.ask(kind, document)
        return self.answer()

    def ask(self, kind: str, document: str | bytes | dict[str, Any], *, files: bool = False) -> None:
        """Have it judge a document meanwhile; `answer` returns the verdict. `files`: also each file of a record."""
        if isinstance(document, dict):
            document = json.dumps(document)
        if isinstance(document, bytes):
            document = document.decode()
        self._send(kind=kind, document=document, files=files)

    def answer(self) -> Verdict:
        """Return the verdict on the document that was asked about."""
        return Verdict(**self._receive())

    def run(self, code: str) -> Any:
        """Run Python in the peer's venv and return what it bound to ``result``."""
        return self._ask(code=code)["result"]

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def examples() -> dict[str, tuple[str, str]]:
    """Return the peer's shipped examples about animals and data: name to (kind, JSON text)."""
    return {name: example for name, example in all_examples().items() if name in EXAMPLES}


def all_examples() -> dict[str, tuple[str, str]]:
    """Return all thirty of the peer's shipped examples: name to (kind, JSON text)."""
    files = sorted((VENV / "examples").glob("*/*.json"))
    return {file.parent.name: (kind_of(file.stem), file.read_text(encoding="utf-8")) for file in files}


def kind_of(stem: str) -> str:
    """Return the kind that a file's name ends with."""
    return next(kind for kind in CORE_FILES if stem.endswith(kind))


CORE_FILES = (
    "subject",
    "data_description",
    "procedures",
    "instrument",
    "processing",
    "acquisition",
    "quality_control",
    "model",
)
