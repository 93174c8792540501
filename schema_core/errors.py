"""Errors of the standard, and the problems a document can have.

SchemaError
├── UnknownPath       a path leads nowhere in the document (also a KeyError)
├── UnknownKind       no core file of that kind (also a ValueError)
├── RefusedClass      a lab's own class that cannot be registered (also a TypeError)
└── InvalidDocument   a document that validation refused; carries its problems (also a ValueError)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["missing", "error", "warning"]


class SchemaError(Exception):
    """Anything that the schema library refuses."""


class UnknownPath(SchemaError, KeyError):
    """A path that leads nowhere in the document at hand."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"Nothing in this document is at {self.path!r}"


class UnknownKind(SchemaError, ValueError):
    """A document whose kind of core file cannot be told."""


class RefusedClass(SchemaError, TypeError):
    """A lab's own class that cannot stand beside the standard's."""


class InvalidDocument(SchemaError, ValueError):
    """A document that is not valid; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [f"{problem.path or '(document)'}  {problem.message}" for problem in self.problems]
        return "\n".join([f"{len(lines)} problem{'' if len(lines) == 1 else 's'}:", *lines])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right, at the address of the value it is about."""

    path: str
    code: str
    message: str
    severity: Severity = "error"
    also: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; `from_json` reads them back."""
        return {
            "path": self.path,
            "code": self.code,
            "message": self.message,
            "severity": self.severity,
            "also": list(self.also),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Problem:
        """The problem that `as_json` wrote."""
        return cls(data["path"], data["code"], data["message"], data["severity"], tuple(data.get("also", ())))

    def under(self, prefix: str) -> Problem:
        """The same problem, seen from a document that holds this one at `prefix`."""
        if not prefix:
            return self
        path = f"{prefix}.{self.path}" if self.path else prefix
        also = tuple(f"{prefix}.{other}" if other else prefix for other in self.also)
        return Problem(path, self.code, self.message, self.severity, also)
