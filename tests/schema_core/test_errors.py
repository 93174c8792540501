"""Problems as values, and the errors that carry them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schema_core import InvalidDocument, Problem, SchemaError, UnknownKind, UnknownPath

PROBLEM = Problem("a.0", "range", "too big", "error", ("a.1", ""))


def test_a_problem_survives_json():
    assert Problem.from_json(PROBLEM.as_json()) == PROBLEM


def test_a_problem_moves_under_a_prefix_with_the_paths_it_mentions():
    assert PROBLEM.under("procedures") == Problem(
        "procedures.a.0", "range", "too big", "error", ("procedures.a.1", "procedures")
    )
    assert PROBLEM.under("") is PROBLEM


@pytest.mark.parametrize("error", [UnknownPath("x"), UnknownKind("x"), InvalidDocument([PROBLEM])])
def test_every_error_is_a_schema_error(error):
    assert isinstance(error, SchemaError)


def test_an_invalid_document_lists_its_problems():
    error = InvalidDocument([PROBLEM, Problem("", "missing", "gone", "missing")])
    assert str(error) == "2 problems:\na.0  too big\n(document)  gone"


def test_every_code_has_its_line_in_the_documentation():
    root = Path(__file__).resolve().parents[2]
    listed = set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", (root / "docs" / "errors.md").read_text(encoding="utf-8")))
    source = "\n".join(path.read_text(encoding="utf-8") for path in (root / "schema_core").rglob("*.py"))
    codes = set(re.findall(r'code="([a-z-]+)"|Problem\([^,]+, "([a-z-]+)"|PydanticCustomError\(\s*"([a-z-]+)"', source))
    assert {code for found in codes for code in found if code} - listed == set()
