"""`schema KIND`: the JSON Schema of a core file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from schema_core.cli.files import FINE
from schema_core.cli.output import say
from schema_core.kinds import class_of

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print it on one line."""
    schema = class_of(options.kind).model_json_schema()
    say(json.dumps(schema, ensure_ascii=False, separators=(",", ":")))
    return FINE
