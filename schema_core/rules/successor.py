"""What only the standard's successor (biodata-schema 3.0.0) refuses: warnings with codes that begin with `next-`.

Most of these rules stand beside the class they are about; here is what they share.
"""

from __future__ import annotations

from typing import Final

from schema_core.rules.findings import Finding

PREFIX: Final = "next-"
ALSO_REFUSED: Final = frozenset({"injection-bare", "code-unversioned", "portal-local-class"})
"""Warnings of the standard itself that its successor turned into errors, and classes that only one lab has."""


def refused_by_successor(code: str) -> bool:
    """Whether the successor refuses a document that has a problem of this code."""
    return code.startswith(PREFIX) or code in ALSO_REFUSED


def zero_without_unit(unit: str, given: list[str]) -> Finding:
    """2.9 takes zero (or nothing at all) for a value that is not given."""
    return Finding(
        f"{given[0]} is given and {unit} is not: version 3.0 wants the unit of a zero too",
        at=unit,
        also=tuple(given),
        severity="warning",
        code="next-unit-missing",
    )
