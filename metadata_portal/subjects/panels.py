"""Panels that other apps add to the page of a subject, without this app knowing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from metadata_portal.accounts.models import User
    from metadata_portal.entries.models import Record

Fill: TypeAlias = "Callable[[User, Sequence[Record]], Mapping[str, Any]]"


@dataclass(frozen=True, slots=True)
class Panel:
    """A template, and what fills it for the records of one subject."""

    template: str
    fill: Fill


_panels: dict[str, Panel] = {}


def panel_add(template: str, fill: Fill) -> None:
    """Show a panel on every subject's page; each template is added once."""
    if template in _panels:
        raise ValueError(f"The panel {template} is on the subject's page already")
    _panels[template] = Panel(template, fill)


def panels() -> tuple[Panel, ...]:
    """Return the panels in the order they were added."""
    return tuple(_panels.values())
