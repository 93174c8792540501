"""How much of what a node must have is there."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.markup import html
from schema_core.compiled import compiled
from schema_core.introspect import Field, Shape, Struct


@dataclass(frozen=True, slots=True)
class Filled:
    """How many of the required fields of a node hold something; what those hold counts for their own nodes."""

    done: int
    wanted: int

    @property
    def is_full(self) -> bool:
        """Say whether nothing required is missing."""
        return self.done == self.wanted


def filled(shape: Shape, value: Any) -> Filled:
    """Count the required fields of a node that hold something."""
    if not isinstance(shape, Struct) or not isinstance(value, dict):
        return Filled(0, 0)
    wanted = _required(shape)
    return Filled(sum(_holds(entry, value) for entry in wanted), len(wanted))


def draw_filled(shape: Shape, value: Any) -> SafeString:
    """Draw the share of a node that is not complete; nothing for one that is."""
    share = filled(shape, value)
    if share.is_full:
        return SafeString("")
    return html('<span class="sf-share" title="{0} of {1} required filled in">{0}/{1}</span>', share.done, share.wanted)


def _holds(entry: Field, value: dict[str, Any]) -> bool:
    held = value.get(entry.name)
    return held is not None or (entry.nullable and entry.name in value)


@compiled
def _required(struct: Struct) -> tuple[Field, ...]:
    """Give the fields that people have to fill in."""
    hidden = layout_of(struct).hidden
    return tuple(entry for entry in struct.fields if entry.required and not entry.constant and entry.name not in hidden)
