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
            env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
        )

    def _ask(self, **question: Any) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        reply = json.loads(self._process.stdout.readline())
        if "crash" in reply:
            raise RuntimeError(reply["crash"])
        return reply

    def judge(self, kind: str, document: str | bytes | dict[str, Any]) -> Verdict:
        """Return the peer's verdict on a document of this kind (snake case)."""
        if isinstance(document, dict):
            document = json.dumps(document)
        if isinstance(document, bytes):
            document = document.decode()
        return Verdict(**self._ask(kind=kind, document=document))

    def run(self, code: str) -> Any:
        """Run Python in the peer's venv and return what it bound to ``result``."""
        return self._ask(code=code)["result"]

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def examples() -> dict[str, tuple[str, str]]:
    """Return the peer's shipped examples of our kinds: name to (kind, JSON text)."""
    found = {}
    for name in EXAMPLES:
        (file,) = (VENV / "examples" / name).glob("*.json")
        kind = "procedures" if name.endswith("procedures") else name
        found[name] = (kind, file.read_text(encoding="utf-8"))
    return found
