"""A rule of ours on where a needle went: what the standard accepts but a reader would misread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema_core import paths
from schema_core.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    Steps = tuple[str | int, ...]

_DOWN: Final = frozenset({"Superior_to_inferior", "Up_to_down"})
_UP: Final = frozenset({"Inferior_to_superior", "Down_to_up"})
_VERTICAL: Final = 2  # the place of the axis that a depth runs along


def downward(direction: str) -> int:
    """The sign that leads down along an axis of this direction; 0 where it does not run up or down."""
    return 1 if direction in _DOWN else -1 if direction in _UP else 0


def depth_findings(record: Any) -> Iterator[Finding]:
    """Depths of a subject's procedures whose sign leads out of the brain."""
    yield from _depth_findings(_operated(record))


def manipulation_depth_findings(record: Any) -> Iterator[Finding]:
    """Depths of an acquisition's manipulations whose sign leads out of the brain."""
    yield from _depth_findings(_manipulated(record))


def _depth_findings(injections: Iterator[tuple[Steps, Any, Any]]) -> Iterator[Finding]:
    for steps, injection, system in injections:
        down = downward(_vertical(system))
        for (entry, place), part in _parts(injection):
            depth = _depth(part, place)
            if depth * down < 0:
                sign = "positive" if down > 0 else "negative"
                yield _warning(
                    f"A depth of {depth:g} leads up, out of the brain: in {system.name} down is {sign}",
                    (*steps, "coordinates", entry, place, "translation", _VERTICAL),
                )


def _operated(record: Any) -> Iterator[tuple[Steps, Any, Any]]:
    """Every brain injection of a subject's procedures, with its address and the system around it."""
    for number, procedure in enumerate(record.subject_procedures):
        held = procedure.__dict__
        system = held.get("global_coordinate_system") or record.global_coordinate_system
        for place, step in enumerate(held.get("procedures", ())):
            if step.object_type == "Brain injection":
                yield ("subject_procedures", number, "procedures", place), step, system


def _manipulated(record: Any) -> Iterator[tuple[Steps, Any, Any]]:
    """Every brain injection of an acquisition, with its address and the system around it."""
    for number, manipulation in enumerate(record.manipulations):
        for place, step in enumerate(manipulation.procedures or ()):
            if step.object_type == "Brain injection":
                yield ("manipulations", number, "procedures", place), step, record.global_coordinate_system


def _parts(injection: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    for entry, transforms in enumerate(injection.coordinates):
        for place, part in enumerate(transforms):
            yield (entry, place), part


def _vertical(system: Any) -> str:
    return str(system.axes[_VERTICAL].direction) if system is not None and len(system.axes) > _VERTICAL else ""


def _depth(part: Any, place: int) -> float:
    """How far a step goes along the needle; 0 for any step that is not a depth."""
    held = part.__dict__  # a missing attribute of a model costs twenty times a missing key
    given, along = held.get("translation"), held.get("reference_coordinate_system")
    return float(given[_VERTICAL]) if place and along == "local" and given and len(given) > _VERTICAL else 0.0


def _warning(message: str, steps: Steps) -> Finding:
    return Finding(message, at=paths.join(steps), severity="warning")
