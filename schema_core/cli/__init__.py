"""The command line: `python -m schema_core validate | schema | upgrade`.

Exit status: 0 when every file is fine, 1 when one is not, 2 when a file cannot be read or written, or on bad usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from schema_core.cli.files import UNUSABLE, Unusable
from schema_core.kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Callable

_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        for module in options.modules:
            _load(module)
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has seen enough
        status = _silenced()
    except Unusable as error:
        print(error, file=sys.stderr)  # noqa: T201
        status = UNUSABLE
    except OSError as error:
        print(f"The output cannot be written: {error.strerror}", file=sys.stderr)  # noqa: T201
        status = _silenced()
    except KeyboardInterrupt:
        status = _INTERRUPTED
    return status


def _silenced() -> int:
    """Let nothing be written any more, so that Python does not try again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m schema_core", description="The metadata standard on the command line."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("validate", help="say what is wrong with core files")
    _takes_files(check)
    check.add_argument(
        "--together",
        action="store_true",
        help="also say what these files tell of each other: an instrument and an acquisition at a rig, for example",
    )
    check.set_defaults(run=_command("validating"))

    schema = commands.add_parser("schema", help="print the JSON Schema of a kind, on one line")
    schema.add_argument("kind", choices=kinds())
    schema.set_defaults(run=_command("schemas"))

    carry = commands.add_parser("upgrade", help="write core files in another version of the standard")
    _takes_files(carry)
    carry.add_argument("--to", choices=("2.9", "3.0"), default="3.0", help="the version to write (3.0)")
    carry.add_argument("--out", metavar="DIR", help="folder for the new files; without it one file goes to the output")
    carry.set_defaults(run=_command("upgrading"))

    for command in (check, schema, carry):
        command.add_argument(
            "--with",
            action="append",
            default=[],
            dest="modules",
            metavar="MODULE",
            help="a Python module that registers a lab's own classes; may be given several times",
        )
    return parser


def _takes_files(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE", help="a core file or metadata.json; - is standard input")
    command.add_argument("--kind", choices=kinds(), help="the kind of all files; otherwise each file says it")
    command.add_argument("--json", action="store_true", help="print the findings as JSON")


def _command(module: str) -> Callable[[argparse.Namespace], int]:
    """What runs a command; its module is imported then."""

    def run(options: argparse.Namespace) -> int:
        status: int = import_module(f"{__name__}.{module}").run(options)
        return status

    return run


def _load(module: str) -> None:
    try:
        import_module(module)
    except Exception as error:  # whatever a lab's module does, say which it was
        raise Unusable(f"--with {module}: {type(error).__name__}: {error}") from error
