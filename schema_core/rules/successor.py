"""What only the standard's successor (biodata-schema 3.0.0) refuses: warnings with codes that begin with `next-`.

Most of these rules stand beside the class they are about; here is what they share.
"""

from __future__ import annotations

from typing import Final

PREFIX: Final = "next-"
ALSO_REFUSED: Final = frozenset({"injection-bare", "code-unversioned"})
"""Warnings of the standard itself that its successor turned into errors."""


def refused_by_successor(code: str) -> bool:
    """Whether the successor refuses a document that has a problem of this code."""
    return code.startswith(PREFIX) or code in ALSO_REFUSED
