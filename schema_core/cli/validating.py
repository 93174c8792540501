"""`validate FILE…`: a verdict on each file, and on all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schema_core.cli.files import FAULTY, FINE, UNUSABLE, Given, Unusable, given
from schema_core.cli.output import Listing, Progress, lines, say
from schema_core.validation import validate

if TYPE_CHECKING:
    import argparse

    from schema_core.errors import Problem

_TOGETHER = "together"


def run(options: argparse.Namespace) -> int:
    """Judge the files one by one, and say of each what was found before the next is read."""
    with Listing(shown=options.json) as told:
        return _run(options, told)


def _run(options: argparse.Namespace, told: Listing) -> int:
    progress, status = Progress(len(options.files)), FINE
    kept: dict[str, Given] = {}
    for file in progress.over(given(options.files, options.kind)):
        problems = [*file.problems] or validate(file.document, file.kind)
        progress.clear()
        status = max(status, _tell(told, {"file": file.name, "kind": file.kind}, problems, readable=file.readable))
        if options.together and file.readable:
            _keep(kept, file)
    if options.together:
        status = max(status, _tell_together(told, kept))
    return status


def _tell(told: Listing, head: dict[str, Any], problems: list[Problem], *, readable: bool = True) -> int:
    """Write one verdict and return its status."""
    valid = all(problem.severity == "warning" for problem in problems)
    if told.shown:
        told.add({**head, "valid": valid, "problems": [problem.as_json() for problem in problems]})
    elif readable:
        say("\n".join([f"{head['file']}: {'valid' if valid else 'invalid'}", *lines(problems)]))
    if not readable:
        return UNUSABLE
    return FINE if valid else FAULTY


def _keep(kept: dict[str, Given], file: Given) -> None:
    """Keep a file to be held against the others; there is one of each kind."""
    if file.kind is None or not isinstance(file.document, dict):
        return
    if file.kind == "metadata":
        raise Unusable(f"{file.name}: a metadata record holds its files already; give core files with --together")
    if file.kind in kept:
        raise Unusable(f"{kept[file.kind].name} and {file.name} are both of kind {file.kind}: give one with --together")
    kept[file.kind] = file


def _tell_together(told: Listing, kept: dict[str, Given]) -> int:
    from schema_core.together import problems_between  # noqa: PLC0415 - needs all core files

    found = problems_between({kind: file.document for kind, file in kept.items()})
    return _tell(told, {"file": _TOGETHER, "kind": None, "files": [file.name for file in kept.values()]}, found)
