"""A rule of ours on stretches of time: nothing ends before it began. The standard compares no two times of a node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schema_core.rules.findings import Finding
from schema_core.rules.registration import rule

if TYPE_CHECKING:
    from pydantic import BaseModel


def span(cls: type[BaseModel], start: str, end: str) -> None:
    """Warn where a node of this class ends before it starts."""

    def ends_after_its_start(node: Any) -> Finding | None:
        began, ended = node.__dict__.get(start), node.__dict__.get(end)
        if began is not None and ended is not None and ended < began:
            return Finding(
                f"The end ({ended.isoformat()}) is before the start ({began.isoformat()}): correct one of them",
                at=end,
                also=(start,),
                severity="warning",
            )
        return None

    rule(cls, reads=(start, end), code="portal-time-order")(ends_after_its_start)
