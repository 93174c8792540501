"""The standard's successor as an oracle: a process in its own venv that judges documents."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-successor"


class Successor:
    """A running process of biodata-schema; ask it through ``errors`` and ``rewritten``."""

    def __init__(self) -> None:
        driver = Path(__file__).with_name("successor_driver.py")
        self._process = subprocess.Popen(
            [VENV / "bin" / "python", "-W", "ignore", driver],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={"TZ": "UTC", "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0"},
        )

    def _judge(self, kind: str, document: dict[str, Any] | None) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"kind": kind, "document": document}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def errors(self, kind: str, document: dict[str, Any] | None) -> list[str]:
        """Return what the successor has against a document."""
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in self._judge(kind, document)["errors"]]

    def rewritten(self, kind: str, document: dict[str, Any]) -> dict[str, Any] | None:
        """Return the document as the successor writes it; None where it refuses it."""
        return self._judge(kind, document)["json"]

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def documents(folder: Path) -> dict[str, dict[str, Any]]:
    """The example files that a package ships: name to document."""
    return {
        file.parent.name: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("examples/*/*.json"))
    }
