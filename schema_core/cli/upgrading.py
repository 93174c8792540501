"""`upgrade FILE…`: core files in another version of the standard, and what became of their content."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schema_core.cli.files import FAULTY, FINE, STDIN, UNUSABLE, Given, Unusable, given
from schema_core.cli.output import Listing, Progress, lines, say
from schema_core.upgrade import Upgraded, upgrade

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Carry the files over one by one; what is refused is written too, for a person to put right."""
    folder = None if options.out is None else _folder(options.out)
    if folder is None and not options.json and len(options.files) > 1:
        raise Unusable("Several files need a folder to go to: give --out DIR")
    with Listing(shown=options.json) as told:
        return _run(options, folder, told)


def _run(options: argparse.Namespace, folder: Path | None, told: Listing) -> int:
    progress, status = Progress(len(options.files)), FINE
    for file in progress.over(given(options.files, options.kind)):
        done = _carried(file, options.to)
        progress.clear()
        written = None if folder is None or done.document is None else _write(folder, file, done)
        if told.shown:
            shown = {"written": str(written)} if folder else {"document": done.document}
            told.add({"file": file.name, "to": options.to, **done.as_json(), **shown})
        else:
            _say(file, done, options.to, alone=folder is None)
        status = max(status, _status(file, done))
    return status


def _folder(name: str) -> Path:
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"--out {name}: cannot be a folder: {error.strerror}") from error
    return folder


def _carried(file: Given, to: Any) -> Upgraded:
    if file.document is None:  # of an unknown kind, but readable, it may be a file of version 1
        return Upgraded(None, refusals=file.problems, kind=file.kind)
    return upgrade(file.document, to=to, kind=file.kind)


def _status(file: Given, done: Upgraded) -> int:
    if not file.readable:
        return UNUSABLE
    return FINE if done.accepted else FAULTY


def _write(folder: Path, file: Given, done: Upgraded) -> Path:
    """Write the new file under the name of the old one, never over another file."""
    path = folder / (f"{done.kind}.json" if file.name == STDIN else Path(file.name).name)
    try:
        with path.open("xb") as stream:
            stream.write(_text(done.document).encode("utf-8", "backslashreplace"))
    except FileExistsError as error:
        raise Unusable(f"{path} is there already: give a folder without it") from error
    except OSError as error:
        raise Unusable(f"{path}: cannot be written: {error.strerror}") from error
    return path


def _text(document: Any) -> str:
    """JSON laid out as the standard writes it."""
    return json.dumps(document, indent=3, ensure_ascii=False)


def _say(file: Given, done: Upgraded, to: str, *, alone: bool) -> None:
    """What became of a file; where the output is the new file itself, on standard error."""
    if alone and done.document is not None:
        say(_text(done.document))
    if file.readable:
        verdict = "accepted" if done.accepted else "not accepted"
        counts = f"{len(done.changes)} changes, {len(done.losses)} losses, {len(done.refusals)} refusals"
        head = f"{file.name}: {done.source or 'unknown'} -> {to}: {verdict} ({counts})"
        report = [head, *lines(done.losses, "loss: "), *lines(done.refusals, "refused: ")]
        print("\n".join(report), file=sys.stderr if alone else sys.stdout, flush=True)
