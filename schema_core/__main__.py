"""The command line: `python -m schema_core validate FILE…` and `python -m schema_core schema KIND`.

Exit status: 0 when every file is valid, 1 when one is not, 2 when a file cannot be read or the usage is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from schema_core.errors import Problem, UnknownKind
from schema_core.kinds import class_of, kind_of, kinds
from schema_core.validation import parse, validate

VALID, INVALID, UNUSABLE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m schema_core", description="The metadata standard on the command line."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("validate", help="say what is wrong with core files")
    check.add_argument("files", nargs="+", metavar="FILE", help="a core file or metadata.json; - reads standard input")
    check.add_argument("--kind", choices=kinds(), help="the kind of all files; otherwise each file says it")
    check.add_argument("--json", action="store_true", help="print the findings as JSON")
    check.set_defaults(run=_validate)
    schema = commands.add_parser("schema", help="print the JSON Schema of a kind, on one line")
    schema.add_argument("kind", choices=kinds())
    schema.set_defaults(run=_schema)
    return parser


def _validate(options: argparse.Namespace) -> int:
    status, reports = VALID, []
    for name in options.files:
        try:
            content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            print(f"{name}: cannot be read: {error.strerror}", file=sys.stderr)  # noqa: T201
            status = UNUSABLE
            continue
        report = _report(name, content, options.kind)
        reports.append(report)
        if not report["valid"]:
            status = max(status, INVALID)
    if options.json:
        print(json.dumps(reports, indent=2, ensure_ascii=False))  # noqa: T201
    elif reports:
        print(_text(reports))  # noqa: T201
    return status


def _report(name: str, content: bytes, kind: str | None) -> dict[str, Any]:
    """The verdict on one file."""
    document, problems = parse(content)
    if kind is None and not problems:
        try:
            kind = kind_of(document, name)
        except UnknownKind as error:
            problems = [Problem("", "document-kind", str(error))]
    if not problems:
        problems = validate(document, kind)
    valid = all(problem.severity == "warning" for problem in problems)
    return {"file": name, "kind": kind, "valid": valid, "problems": [problem.as_json() for problem in problems]}


def _text(reports: list[dict[str, Any]]) -> str:
    lines = []
    for report in reports:
        lines.append(f"{report['file']}: {'valid' if report['valid'] else 'invalid'}")
        for problem in report["problems"]:
            mark = "warning: " if problem["severity"] == "warning" else ""
            lines.append(f"{problem['path'] or '(document)'}  {mark}{problem['message']}")
    return "\n".join(lines)


def _schema(options: argparse.Namespace) -> int:
    schema = class_of(options.kind).model_json_schema()
    print(json.dumps(schema, ensure_ascii=False, separators=(",", ":")))  # noqa: T201
    return VALID


if __name__ == "__main__":
    sys.exit(main())
