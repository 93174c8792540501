"""Running the command line as people run it, and files to give it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


def command(*arguments: Any) -> list[str]:
    return [sys.executable, "-m", "schema_core", *map(str, arguments)]


def run(*arguments: Any, stdin: bytes | str | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    text = stdin.decode("utf-8", "surrogateescape") if isinstance(stdin, bytes) else stdin
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        input=text,
        check=False,
        **more,
    )


def write(folder: Path, name: str, document: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
