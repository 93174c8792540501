"""What a rule is and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from schema_core.rules.warned import StandardWarning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Check: TypeAlias = Callable[[Any], "Found"]
    Found: TypeAlias = "Finding | Iterable[Finding] | None"


class Finding(NamedTuple):
    """What a rule found: words for a person, and where (relative to the node)."""

    message: str
    at: str = ""
    also: tuple[str, ...] = ()
    severity: Literal["error", "warning"] = "error"
    code: str = ""
    """Of a warning that is not the rule's own; empty for the rule's code."""


def each(found: Found) -> Iterable[Finding]:
    """What a rule gave back, as a series."""
    return (found,) if isinstance(found, Finding) else found or ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule: what it checks, the fields it reads, and the code of its findings."""

    check: Check
    reads: tuple[str, ...]
    code: str
    category: type[Warning] = StandardWarning
